// Applier: carries out one commit or claim inside the writer's open transaction.
#pragma once

#include "gateway/store/sqlite/connection.hpp"
#include "gateway/store/store.hpp"

namespace headgate::store {

// Belongs to the writer's thread and connection. An Error is SQLite's (the whole transaction is doomed); a condition
// that doesn't hold is a conflict of this commit alone, and leaves nothing behind.
class Applier {
  public:
    static Result<std::unique_ptr<Applier>> make(Connection& connection);

    Result<Outcome> apply(const Commit& commit, std::int64_t revision);
    Result<ClaimResult> apply(const ClaimRequest& claim);
    Result<void> remember_revision(std::int64_t revision);

  private:
    explicit Applier(Connection& connection) : connection_(connection) {}
    Result<bool> holds(const Condition& condition);
    Result<bool> may_change(const WorkChange& change);
    Result<bool> is_new(const Work& work);
    Result<Outcome> check(const Commit& commit);
    Result<void> write(const Commit& commit, std::int64_t revision);
    Result<void> finish(Statement& statement, const char* doing);

    Connection& connection_;
    Statement revision_of_, put_, erase_, event_, work_state_, work_add_, work_change_, audit_, claimable_, claim_,
        next_due_, meta_, savepoint_, release_, rollback_;
};

// The columns of `work` in the order that read_work expects.
inline constexpr const char* work_columns =
    "id,queue,stream,kind,state,due,created,changed,attempts,fence,owner,payload,note";
Work read_work(const Statement& row);

}  // namespace headgate::store
