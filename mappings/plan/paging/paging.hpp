// Paging: a contract's list by cursor over a system's by number or by key. The rules of the mapping see `page` in the
// request in place of `limit` and `cursor`, and in the answer in place of `nextCursor`.
#pragma once

#include <memory>

#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "mappings/plan/contract_end.hpp"
#include "mappings/plan/paging/page_shapes.hpp"

namespace headgate::mappings {

// Immutable; used by any thread. Borrows the contract's shapes.
class Paging {
  public:
    // nullptr after diagnostics. The mapping has `page:`.
    static std::unique_ptr<const Paging> compile(const Mapping& mapping, const ContractEnd& contract,
                                                 Diagnostics& diagnostics);

    const Shape& request() const { return *request_; }  // as the rules see them
    const Shape& reply() const { return *reply_; }

    // The message as the rules see it. Fails with invalid_message at /cursor.
    Result<Value> asked(const Value& message, Builder& builder) const;
    // Of what the rules made of the system's part: its page, with `nextCursor` unless it is the last. `rows`: of the
    // part, nothing where items are no rows. Fails with bad_answer where no whole item of the part is certain.
    Result<Value> page(const Value& made, std::optional<std::size_t> rows, const Value& message,
                       Builder& builder) const;
    // A place in `page` as that of what the caller sent.
    static std::string placed(std::string pointer);
    static Error placed(Error error);

    // For cases and laws: the cursor of a position, which is a number of items or the values of a key; the position
    // behind a page.
    std::string cursor(const Value& message, const Value& position) const;
    Value position_after(const Value& answer, Builder& builder) const;

  private:
    struct Part {  // of the list, as it is asked for
        std::size_t offset = 0, size = 0;
        Value after;  // null: from the beginning
    };
    Result<Part> part(const Value& message, Builder& builder) const;
    Result<Part> part_by_number(std::size_t limit, const Value& position) const;
    Result<Part> part_by_key(std::size_t limit, const Value& position) const;
    std::size_t taken(const Part& part) const;  // rows, or items
    Result<std::size_t> kept_by_number(const Value& made, const Value& items, const Part& part, bool& more) const;
    Result<std::size_t> kept_by_key(const Value& items, std::optional<std::size_t> rows, const Part& part,
                                    bool& more) const;
    Value key_of(const Value& item, Builder& builder) const;
    Error refused(const std::string& why) const;

    friend class PagingChecks;
    Page page_;
    std::string name_, operation_;
    std::vector<const Shape*> keys_;
    PagedShape number_or_key_, answered_;  // `page` of the request, of the answer
    std::unique_ptr<PagedShape> after_, request_, reply_;
};

}  // namespace headgate::mappings
