#include "adapters/odbc/odbc_system.hpp"

#include "adapters/odbc/examine_sql.hpp"
#include "adapters/odbc/prepare.hpp"
#include "adapters/permits.hpp"
#include "adapters/settings.hpp"
#include "base/run_blocking.hpp"

namespace headgate {
namespace {

using namespace odbc;

class OdbcHost : public SystemHost {
  public:
    OdbcHost(std::string system, std::string connection_string, int connections, int concurrency,
             milliseconds call_deadline)
        : name(std::move(system)),
          connections_(std::move(connection_string), login_seconds),
          permits(concurrency),
          pool(static_cast<std::size_t>(connections), static_cast<std::size_t>(concurrency)),
          deadline_(call_deadline) {}

    std::unique_ptr<System> for_worker(HttpClient& http) override;
    milliseconds deadline() const override { return deadline_; }
    std::string refuses(const Plan& plan) const override {
        std::string charset;
        if (const auto* query = std::get_if<RowsQuery>(&plan.call()))
            charset = query->charset;
        else if (const auto* transaction = std::get_if<RowsTransaction>(&plan.call()))
            charset = transaction->charset;
        else
            return "the adapter odbc carries out mappings of SQL alone";
        return Charset::find(charset) ? "" : "the charset '" + charset + "' is not supported";
    }
    void shut_down() override { pool.join(); }

    const std::string name;

  private:
    static constexpr unsigned login_seconds = 5;
    ConnectionPool connections_;

  public:
    ConnectionPool& connections() { return connections_; }
    Permits permits;    // in flight: at work or waiting; a late call keeps its own
    BlockingPool pool;  // a thread a connection; joined before what its jobs use goes

  private:
    const milliseconds deadline_;
};

// What a call's jobs and its worker share; outlives whichever ends first, points into no exchange.
struct SharedCall {
    SharedCall(OdbcHost& h, Permits::Permit p, Deadline d) : host(h), permit(std::move(p)), deadline(d) {}
    OdbcHost& host;  // outlives its pool's jobs
    Permits::Permit permit;
    const Deadline deadline;
};

struct QueryBatches : SharedCall {
    QueryBatches(OdbcHost& h, Permits::Permit p, Deadline d, std::vector<Query> q, const Executor& executor)
        : SharedCall(h, std::move(p), d), queries(std::move(q)), guards(queries.size()), timer(executor) {}
    const std::vector<Query> queries;
    std::vector<CallGuard> guards;  // one a batch
    Timer timer;                    // this and the results: the worker's thread alone
    std::vector<std::optional<Result<RowSet>>> results;
    std::size_t pending = 0;
};

// All batches side by side; the rows in their order. The first failure gives the others up.
Task<Result<RowSet>> run_batches(OdbcHost& host, Permits::Permit permit, Deadline deadline,
                                 std::vector<Query> queries) {
    auto executor = co_await asio::this_coro::executor;
    auto call = std::make_shared<QueryBatches>(host, std::move(permit), deadline, std::move(queries), executor);
    std::size_t count = call->queries.size();
    auto give_up = [](QueryBatches& shared) {
        for (CallGuard& guard : shared.guards) guard.give_up();
    };
    call->results.resize(count);
    call->pending = count;
    call->timer.expires_at(deadline.when());
    for (std::size_t i = 0; i < count; ++i) {
        bool accepted = host.pool.try_submit([call, executor, i] {
            auto rows = run_query(call->host.connections(), call->queries[i], call->guards[i], call->deadline);
            asio::post(executor, [call, i, rows = std::move(rows)]() mutable {
                call->results[i] = std::move(rows);
                if (--call->pending == 0 || !call->results[i]->ok()) call->timer.cancel();
            });
        });
        if (!accepted) {
            give_up(*call);
            co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        }
    }
    auto failed = [&call]() -> const Error* {
        for (const auto& result : call->results)
            if (result && !result->ok()) return &result->error();
        return nullptr;
    };
    boost::system::error_code ignored;
    while (call->pending > 0 && !failed() && !deadline.expired())
        co_await call->timer.async_wait(asio::redirect_error(use_task, ignored));
    if (const Error* error = failed()) {
        Error out = *error;
        give_up(*call);
        co_return out;
    }
    if (call->pending > 0) {
        give_up(*call);
        co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
    }
    RowSet rows = std::move(call->results[0]->value());
    for (std::size_t i = 1; i < count; ++i) rows.append(call->results[i]->value());
    co_return rows;
}

class OdbcSystem : public System {
  public:
    explicit OdbcSystem(OdbcHost& host) : host_(host) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto reply = co_await carry_out(call);
        if (!reply && reply.error().system.empty()) reply.error().system = host_.name;
        co_return reply;
    }

    Task<Result<void>> probe(const CallContext& context) override {
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        std::vector<Query> queries;
        queries.push_back({"SELECT 1", {}, {}});
        Deadline deadline = context.deadline.within(Deadline::in(host_.deadline()));
        auto rows = co_await run_batches(host_, std::move(permit), deadline, std::move(queries));
        if (!rows) co_return rows.error();
        co_return Result<void>();
    }

    Task<Result<Examination>> examine(std::vector<const Plan*> plans, const CallContext& context) override {
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        struct Shared : SharedCall {
            using SharedCall::SharedCall;
            std::vector<const Plan*> plans;
            CallGuard guard;
        };
        auto shared = std::make_shared<Shared>(host_, std::move(permit), context.deadline);
        shared->plans = std::move(plans);
        std::function<Result<Examination>()> work = [shared] {
            return examine_sql(shared->host.connections(), shared->plans, shared->guard);
        };
        std::function<void()> on_late = [shared] { shared->guard.give_up(); };
        co_return co_await run_blocking<Examination>(host_.pool, context.deadline, std::move(work), std::move(on_late));
    }

  private:
    Task<Result<SystemReply>> carry_out(const SystemCall& call) {
        const auto* query = call.plan ? std::get_if<RowsQuery>(&call.plan->call()) : nullptr;
        const auto* transaction = call.plan ? std::get_if<RowsTransaction>(&call.plan->call()) : nullptr;
        if (!query && !transaction)
            co_return Error{ErrorKind::internal, "this call has no mapping", "adapter odbc without SQL"};
        if (transaction && call.context.shadow)
            co_return Error{ErrorKind::forbidden, "a mirrored call must have no effect"};
        const Charset* charset = Charset::find(query ? query->charset : transaction->charset);
        if (!charset) co_return Error{ErrorKind::configuration, "a mapping names an unknown charset"};
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) co_return legacy.error();
        Deadline deadline = call.context.deadline.within(Deadline::in(host_.deadline()));
        if (transaction) {
            auto prepared = prepare_transaction(*transaction, *legacy, *charset);
            if (!prepared) co_return prepared.error();
            auto rows = co_await change(std::move(permit), deadline, std::move(*prepared));
            if (!rows) co_return rows.error();
            if (!transaction->answer) co_return SystemReply{200, Value::null()};
            auto reply = read(call, *transaction->answer, *rows, *charset);
            if (!reply) reply.error().kind = ErrorKind::outcome_unknown;  // it is committed, and can't be told
            co_return reply;
        }
        auto queries = prepare_queries(*query, *legacy, *charset);
        if (!queries) co_return queries.error();
        auto rows = co_await run_batches(host_, std::move(permit), deadline, std::move(*queries));
        if (!rows) co_return rows.error();
        co_return read(call, *query, *rows, *charset);
    }

    static Result<SystemReply> read(const SystemCall& call, const RowsQuery& query, const RowSet& rows,
                                    const Charset& charset) {
        auto document = rows.document(query.columns, charset, call.builder.arena(), call.drift);
        if (!document) return document.error();
        auto message = call.plan->to_contract(*document, call.message, call.builder, call.drift);
        if (!message) return message.error();
        return SystemReply{200, *message};
    }

    Task<Result<RowSet>> change(Permits::Permit permit, Deadline deadline, Transaction transaction) {
        struct Shared : SharedCall {
            using SharedCall::SharedCall;
            Transaction transaction;
            CallGuard guard;
        };
        auto shared = std::make_shared<Shared>(host_, std::move(permit), deadline);
        shared->transaction = std::move(transaction);
        bool unknown = false;
        std::function<Result<RowSet>()> work = [shared] {
            return run_transaction(shared->host.connections(), shared->transaction, shared->guard, shared->deadline);
        };
        std::function<void()> on_late = [shared, &unknown] {
            // Given up before its commit, it will be rolled back: only a commit under way leaves us not knowing.
            auto phase = shared->guard.give_up();
            unknown = phase == CallGuard::Phase::committing || phase == CallGuard::Phase::done;
        };
        auto done = co_await run_blocking<RowSet>(host_.pool, deadline, std::move(work), std::move(on_late));
        if (!done && unknown && done.error().kind == ErrorKind::deadline_exceeded)
            co_return Error{ErrorKind::outcome_unknown, "the system may or may not have it",
                            "the deadline passed while the database was committing"};
        co_return done;
    }

    OdbcHost& host_;
};

std::unique_ptr<System> OdbcHost::for_worker(HttpClient&) { return std::make_unique<OdbcSystem>(*this); }

}  // namespace

std::unique_ptr<SystemHost> open_odbc_system(const SystemSpec& spec, Diagnostics& diagnostics) {
    SystemSettings settings(spec);
    std::string connection = settings.fields.text("connection"), dsn = settings.fields.text("dsn");
    if (connection.empty() == dsn.empty())
        settings.fields.fault("connection", "or 'dsn': exactly one of them is needed",
                              "dsn: STKDB, or connection: Driver=SQLite3;Database=stock.db");
    int connections = settings.connections(8);
    int concurrency = settings.concurrency(std::max(256, 4 * connections));
    if (concurrency < connections)
        settings.fields.fault("concurrency", "is less than connections", "at least " + std::to_string(connections));
    milliseconds deadline = settings.deadline(1000);
    if (!settings.finish(diagnostics)) return nullptr;
    if (connection.empty()) connection = "DSN=" + dsn;
    return std::make_unique<OdbcHost>(spec.name, std::move(connection), connections, concurrency, deadline);
}

}  // namespace headgate
