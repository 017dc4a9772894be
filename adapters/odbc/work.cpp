#include "adapters/odbc/work.hpp"

#include <algorithm>

namespace headgate::odbc {
namespace {

constexpr int duplicate_retries_at_most = 2, lost_retries_at_most = 1;

Error late() { return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"}; }

Error error_of(const SqlFault& fault, const std::string& place) {
    std::string detail = (place.empty() ? "" : place + ": ") + "SQLSTATE " + fault.state + ": " + fault.detail;
    switch (fault.kind) {
        case SqlFault::Kind::lost: return {ErrorKind::system_unavailable, "the database can't be reached", detail};
        case SqlFault::Kind::busy: return {ErrorKind::system_unavailable, "the database is busy", detail};
        case SqlFault::Kind::cancelled:
            return {ErrorKind::deadline_exceeded, "the system did not answer in time", detail};
        case SqlFault::Kind::too_large: return {ErrorKind::bad_answer, "the system's answer is too large", detail};
        default: return {ErrorKind::system_fault, "the database refused the statement", detail};
    }
}

// Locked until no time was left.
Error still_busy(Error error) {
    error.kind = ErrorKind::deadline_exceeded;
    return error;
}

// Waits a little before a locked database is tried again; false when there is no time left.
bool pause_before_retry(CallGuard& guard, Deadline deadline, int& waited_times) {
    auto span = milliseconds(std::min(2 << std::min(waited_times++, 4), 32));
    if (deadline.remaining() <= span) return false;
    return guard.pause(span);
}

// The outcome of one attempt at a transaction: ended for good, or to be tried again.
struct Attempt {
    enum class Next { end, again_busy, again_lost, again_duplicate } next = Next::end;
    Result<RowSet> result = RowSet();

    static Attempt ended(Result<RowSet> with) { return {Next::end, std::move(with)}; }
};

class TransactionRun {
  public:
    TransactionRun(Connection& connection, const Transaction& transaction, CallGuard& guard)
        : connection_(connection), transaction_(transaction), guard_(guard) {}

    Attempt run() {
        if (Fault fault = connection_.begin()) return failed(*fault, "");
        for (const Step& step : transaction_.steps) {
            long changed = 0;
            if (Fault fault = connection_.update(step.sql, step.parameters, guard_, changed)) {
                if (fault->kind == SqlFault::Kind::duplicate && !step.on_duplicate.empty()) return duplicate(step);
                return failed(*fault, step.place);
            }
            if (step.expect_rows < 0 || changed == step.expect_rows) continue;
            if (step.on_mismatch == "done") break;
            connection_.rollback();
            if (step.on_mismatch.empty())
                return Attempt::ended(Error{ErrorKind::bad_answer, "the system holds other data than expected",
                                            step.place + ": " + std::to_string(changed) + " rows changed, " +
                                                std::to_string(step.expect_rows) + " expected"});
            return Attempt::ended(refused(step, step.on_mismatch));
        }
        return commit();
    }

  private:
    static Error refused(const Step& step, const std::string& code) {
        return Error{ErrorKind::rejected, "the system refused this", step.place, {}, step.pointer, code};
    }

    // Nothing has been committed yet, so every failure is certain.
    Attempt failed(const SqlFault& fault, const std::string& place) {
        connection_.rollback();
        Attempt attempt = Attempt::ended(error_of(fault, place));
        if (fault.kind == SqlFault::Kind::busy) attempt.next = Attempt::Next::again_busy;
        if (fault.kind == SqlFault::Kind::lost) attempt.next = Attempt::Next::again_lost;
        return attempt;
    }

    Attempt commit() {
        RowSet rows;
        if (Fault fault = answer(rows)) return failed(*fault, "the answer");
        if (!guard_.begin_commit()) {
            connection_.rollback();
            return Attempt::ended(late());
        }
        Fault fault = connection_.commit();
        if (!fault) return Attempt::ended(std::move(rows));
        // A lock or a serialisation failure says that nothing was committed; of anything else nobody knows.
        bool certain = fault->kind == SqlFault::Kind::busy;
        bool rolled_back = !connection_.rollback();
        if (!certain || !rolled_back || !guard_.commit_failed())
            return Attempt::ended(Error{ErrorKind::outcome_unknown, "the system may or may not have it",
                                        "commit: SQLSTATE " + fault->state + ": " + fault->detail});
        Attempt attempt = Attempt::ended(error_of(*fault, "commit"));
        attempt.next = Attempt::Next::again_busy;
        return attempt;
    }

    Fault answer(RowSet& rows) {
        if (!transaction_.answer) return {};
        const Query& query = *transaction_.answer;
        return connection_.query(query.sql, query.parameters, guard_, query.limits, rows);
    }

    // What was done before is answered as it stands now.
    Attempt done_before() {
        RowSet rows;
        if (Fault fault = answer(rows)) return failed(*fault, "the answer");
        return Attempt::ended(std::move(rows));
    }

    Attempt duplicate(const Step& step) {
        if (connection_.rollback())
            return Attempt::ended(error_of({SqlFault::Kind::lost, "", "rollback failed"}, step.place));
        if (step.on_duplicate == "done") return done_before();
        if (step.on_duplicate == "retry") {
            Attempt attempt = Attempt::ended(Error{ErrorKind::system_fault, "the database refused the statement",
                                                   step.place + ": duplicate key again"});
            attempt.next = Attempt::Next::again_duplicate;
            return attempt;
        }
        if (step.on_duplicate != "check") return Attempt::ended(refused(step, step.on_duplicate));
        RowSet rows;
        ReadLimits limits{16, 64 << 10};
        if (Fault fault = connection_.query(step.duplicate_sql, step.duplicate_parameters, guard_, limits, rows))
            return failed(*fault, step.place);
        std::string_view found = rows.rows() > 0 ? rows.text(0, 0) : std::string_view();
        while (found.ends_with(' ')) found.remove_suffix(1);
        auto outcome =
            rows.rows() > 0 ? step.duplicate_outcomes.find(std::string(found)) : step.duplicate_outcomes.end();
        if (outcome == step.duplicate_outcomes.end())
            return Attempt::ended(Error{
                ErrorKind::outcome_unknown, "the system may or may not have it",
                step.place + ": the key is taken, but the check says '" + std::string(found.substr(0, 40)) + "'"});
        if (outcome->second == "done") return done_before();
        return Attempt::ended(refused(step, outcome->second));
    }

    Connection& connection_;
    const Transaction& transaction_;
    CallGuard& guard_;
};

}  // namespace

Result<RowSet> run_query(ConnectionPool& pool, const Query& query, CallGuard& guard, Deadline deadline) {
    if (deadline.expired() || !guard.begin()) return late();
    int waited = 0, lost = 0;
    for (;;) {
        auto lease = pool.take();
        if (!lease) return lease.error();
        RowSet rows;
        Fault fault = (*lease)->query(query.sql, query.parameters, guard, query.limits, rows);
        if (!fault) {
            guard.finish();
            return rows;
        }
        if (fault->kind == SqlFault::Kind::lost) {
            lease->drop();
            pool.forget_all();
            if (lost++ < lost_retries_at_most && !deadline.expired() && !guard.given_up()) continue;
        }
        bool busy = fault->kind == SqlFault::Kind::busy;
        if (busy && pause_before_retry(guard, deadline, waited)) continue;
        guard.finish();
        return busy ? still_busy(error_of(*fault, "query")) : error_of(*fault, "query");
    }
}

Result<RowSet> run_transaction(ConnectionPool& pool, const Transaction& transaction, CallGuard& guard,
                               Deadline deadline) {
    if (deadline.expired() || !guard.begin()) return late();
    int waited = 0, lost = 0, duplicates = 0;
    for (;;) {
        auto lease = pool.take();
        if (!lease) return lease.error();
        Attempt attempt = TransactionRun(**lease, transaction, guard).run();
        switch (attempt.next) {
            case Attempt::Next::end: break;
            case Attempt::Next::again_busy:
                if (pause_before_retry(guard, deadline, waited)) continue;
                attempt.result = still_busy(std::move(attempt.result.error()));
                break;
            case Attempt::Next::again_lost:
                lease->drop();
                pool.forget_all();
                if (lost++ < lost_retries_at_most && !deadline.expired() && !guard.given_up()) continue;
                break;
            case Attempt::Next::again_duplicate:
                if (duplicates++ < duplicate_retries_at_most && !deadline.expired()) continue;
                break;
        }
        guard.finish();
        return attempt.result;
    }
}

}  // namespace headgate::odbc
