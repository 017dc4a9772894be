// The statements of commits and claims.
#include "gateway/store/sqlite/apply.hpp"

#include <sqlite3.h>

namespace headgate::store {

Work read_work(const Statement& row) {
    Work work;
    work.id = row.text(0);
    work.queue = row.text(1);
    work.stream = row.text(2);
    work.kind = row.text(3);
    work.state = static_cast<WorkState>(row.number(4));
    work.due_ms = row.number(5);
    work.created_ms = row.number(6);
    work.changed_ms = row.number(7);
    work.attempts = row.number(8);
    work.fence = row.number(9);
    work.owner = row.text(10);
    work.payload = row.text(11);
    work.note = row.text(12);
    return work;
}

Result<std::unique_ptr<Applier>> Applier::make(Connection& connection) {
    std::unique_ptr<Applier> applier(new Applier(connection));
    const std::string claimable =
        std::string("SELECT ") + work_columns + " FROM work WHERE queue=? AND state=0 AND due<=? ORDER BY due LIMIT ?";
    const std::pair<Statement*, const char*> all[] = {
        {&applier->revision_of_, "SELECT revision FROM records WHERE collection=? AND key=?"},
        {&applier->put_,
         "INSERT INTO records (collection,key,revision,due,payload) VALUES (?,?,?,?,?) ON CONFLICT (collection,key) "
         "DO UPDATE SET revision=excluded.revision, due=excluded.due, payload=excluded.payload"},
        {&applier->erase_, "DELETE FROM records WHERE collection=? AND key=?"},
        {&applier->event_, "INSERT INTO events (stream,kind,at,payload) VALUES (?,?,?,?)"},
        {&applier->work_state_, "SELECT state,fence FROM work WHERE id=?"},
        {&applier->work_add_,
         "INSERT INTO work (id,queue,stream,kind,state,due,created,changed,attempts,fence,owner,payload,note) VALUES "
         "(?,?,?,?,?,?,?,?,0,0,'',?,?)"},
        {&applier->work_change_,
         "UPDATE work SET state=?, due=?, changed=?, note=?, attempts=CASE ? WHEN 1 THEN 0 ELSE attempts END, "
         "owner=CASE ? WHEN 0 THEN '' ELSE owner END WHERE id=?"},
        {&applier->audit_, "INSERT INTO audit (at,who,what,why,detail) VALUES (?,?,?,?,?)"},
        {&applier->claimable_, claimable.c_str()},
        {&applier->claim_, "UPDATE work SET due=?, changed=?, attempts=?, fence=?, owner=? WHERE id=?"},
        {&applier->next_due_, "SELECT MIN(due) FROM work WHERE queue=? AND state=0 AND due>?"},
        {&applier->meta_, "UPDATE meta SET value=? WHERE name='revision'"},
        {&applier->savepoint_, "SAVEPOINT one"},
        {&applier->release_, "RELEASE one"},
        {&applier->rollback_, "ROLLBACK TO one"},
    };
    for (auto [statement, sql] : all) {
        auto prepared = connection.prepare(sql);
        if (!prepared) return prepared.error();
        *statement = std::move(*prepared);
    }
    return applier;
}

Result<void> Applier::finish(Statement& statement, const char* doing) {
    if (statement.step() != SQLITE_DONE) return connection_.error(doing);
    return Done{};
}

Result<bool> Applier::holds(const Condition& condition) {
    int rc = revision_of_.begin().bind(condition.collection).bind(condition.key).step();
    if (rc == SQLITE_DONE) return condition.revision == 0;
    if (rc != SQLITE_ROW) return connection_.error("checking a condition");
    bool equal = revision_of_.number(0) == condition.revision;
    revision_of_.begin();
    return equal;
}

Result<bool> Applier::may_change(const WorkChange& change) {
    int rc = work_state_.begin().bind(change.id).step();
    if (rc == SQLITE_DONE) return false;
    if (rc != SQLITE_ROW) return connection_.error("checking a fence");
    bool same = work_state_.number(0) == static_cast<int>(change.from) && work_state_.number(1) == change.fence;
    work_state_.begin();
    return same;
}

Result<bool> Applier::is_new(const Work& work) {
    int rc = work_state_.begin().bind(work.id).step();
    work_state_.begin();
    if (rc == SQLITE_DONE) return true;
    if (rc == SQLITE_ROW) return false;
    return connection_.error("checking a work item");
}

Result<Outcome> Applier::check(const Commit& commit) {
    for (const auto& condition : commit.conditions) {
        auto good = holds(condition);
        if (!good) return good.error();
        if (!*good) return Outcome::conflict;
    }
    for (const auto& change : commit.changes) {
        auto good = may_change(change);
        if (!good) return good.error();
        if (!*good) return Outcome::conflict;
    }
    for (const auto& work : commit.work) {
        auto good = is_new(work);
        if (!good) return good.error();
        if (!*good) return Outcome::conflict;
    }
    return Outcome::committed;
}

Result<void> Applier::write(const Commit& commit, std::int64_t revision) {
    for (const auto& put : commit.puts) {
        put_.begin().bind(put.collection).bind(put.key).bind(revision).bind(put.due_ms).bind(put.payload);
        if (auto done = finish(put_, "writing a record"); !done) return done;
    }
    for (const auto& erase : commit.erases)
        if (auto done = finish(erase_.begin().bind(erase.collection).bind(erase.key), "erasing a record"); !done)
            return done;
    for (const auto& event : commit.events) {
        event_.begin().bind(event.stream).bind(event.kind).bind(event.at_ms).bind(event.payload);
        if (auto done = finish(event_, "appending an event"); !done) return done;
    }
    for (const auto& w : commit.work) {
        work_add_.begin().bind(w.id).bind(w.queue).bind(w.stream).bind(w.kind).bind(static_cast<std::int64_t>(w.state));
        work_add_.bind(w.due_ms).bind(w.created_ms).bind(w.created_ms).bind(w.payload).bind(w.note);
        if (auto done = finish(work_add_, "adding work"); !done) return done;
    }
    for (const auto& change : commit.changes) {
        work_change_.begin().bind(static_cast<std::int64_t>(change.to)).bind(change.due_ms).bind(change.at_ms);
        work_change_.bind(change.note).bind(std::int64_t{change.forget_attempts});
        work_change_.bind(static_cast<std::int64_t>(change.to)).bind(change.id);
        if (auto done = finish(work_change_, "changing work"); !done) return done;
    }
    for (const auto& row : commit.audit) {
        audit_.begin().bind(row.at_ms).bind(row.who).bind(row.what).bind(row.why).bind(row.detail);
        if (auto done = finish(audit_, "writing the audit"); !done) return done;
    }
    return Done{};
}

Result<Outcome> Applier::apply(const Commit& commit, std::int64_t revision) {
    auto outcome = check(commit);
    if (!outcome || *outcome != Outcome::committed) return outcome;
    // What the checks can't foresee (the same new id twice in one commit) is undone to here.
    if (auto done = finish(savepoint_.begin(), "beginning a commit"); !done) return done.error();
    auto written = write(commit, revision);
    if (!written) {
        bool same_twice = (sqlite3_extended_errcode(connection_.handle()) & 0xff) == SQLITE_CONSTRAINT;
        if (!same_twice || !connection_.in_transaction()) return written.error();
        if (auto done = finish(rollback_.begin(), "undoing a commit"); !done) return done.error();
        outcome = Outcome::conflict;
    }
    if (auto done = finish(release_.begin(), "ending a commit"); !done) return done.error();
    return outcome;
}

Result<ClaimResult> Applier::apply(const ClaimRequest& claim) {
    ClaimResult result;
    claimable_.begin().bind(claim.queue).bind(claim.now_ms).bind(static_cast<std::int64_t>(claim.at_most));
    int rc;
    while ((rc = claimable_.step()) == SQLITE_ROW) result.items.push_back(read_work(claimable_));
    if (rc != SQLITE_DONE) return connection_.error("looking for work");
    for (auto& work : result.items) {
        work.due_ms = claim.now_ms + claim.lease_ms;
        work.changed_ms = claim.now_ms;
        work.owner = claim.owner;
        ++work.attempts;
        ++work.fence;
        claim_.begin().bind(work.due_ms).bind(work.changed_ms).bind(work.attempts).bind(work.fence).bind(work.owner);
        if (auto done = finish(claim_.bind(work.id), "claiming work"); !done) return done.error();
    }
    if (result.items.size() < claim.at_most) {
        if (next_due_.begin().bind(claim.queue).bind(claim.now_ms).step() != SQLITE_ROW)
            return connection_.error("looking for later work");
        result.next_due_ms = next_due_.maybe_number(0);
        next_due_.begin();
    }
    return result;
}

Result<void> Applier::remember_revision(std::int64_t revision) {
    return finish(meta_.begin().bind(revision), "writing the revision");
}

}  // namespace headgate::store
