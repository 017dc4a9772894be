// `page:` held against the contract's list and the mapping's rules; what the rules see in its place.
#include <algorithm>

#include "base/ascii.hpp"
#include "mappings/plan/paging/paging.hpp"
#include "mappings/plan/steps/step_shapes.hpp"

namespace headgate::mappings {

namespace {

// A key's values and what is said around them find room in a cursor of this many bytes (512 characters).
constexpr std::size_t most_cursor_bytes = 384, bytes_around = 24, bytes_of_character = 4;

std::unique_ptr<const Shape> whole_number(int digits) {
    ChainType type;
    type.kind = ChainType::Kind::integer;
    type.length = digits;
    return value_shape(type);
}

bool contains_word(std::string_view text, std::string_view word) {
    auto same = [](char a, char b) { return to_lower(a) == to_lower(b); };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

}  // namespace

class PagingChecks {
  public:
    PagingChecks(const Mapping& mapping, const ContractEnd& contract, Diagnostics& diagnostics)
        : mapping_(mapping), contract_(contract), page_(*mapping.page), diagnostics_(diagnostics) {}

    std::unique_ptr<const Paging> compile() {
        auto before = diagnostics_.errors();
        if (!check_place() || !check_contract()) return nullptr;
        const Shape* item = contract_.reply->property("items")->items();
        check_list();
        if (page_.by == Page::By::key) check_key(*item);
        if (diagnostics_.errors() != before) return nullptr;
        auto out = std::make_unique<Paging>();
        fill(*out, *item);
        return out;
    }

  private:
    void fault(const SourceMark& mark, std::string message, std::string hint = {}) {
        diagnostics_.error(mark, std::move(message), std::move(hint));
    }

    bool check_place() {
        auto before = diagnostics_.errors();
        if (mapping_.legacy.is_file()) fault(page_.mark, "'page' belongs to a call that answers, and files do not");
        if (!mapping_.statements.empty()) fault(page_.mark, "'page' belongs to a call that only reads");
        if (mapping_.batch) fault(page_.mark, "'page' beside 'batch': the parts of one can't be told from the other's");
        return diagnostics_.errors() == before;
    }

    bool check_contract() {
        const auto* operation = contract_.operation;
        auto lacks = [&](const std::string& what) {
            fault(page_.mark, mapping_.contract_side + " has no " + what,
                  "a list takes limit and cursor, and answers items and nextCursor");
            return false;
        };
        if (!operation) return lacks("answer");
        const auto *limit = contract_.request->property("limit"), *cursor = contract_.request->property("cursor");
        if (!limit || !limit->integer()) return lacks("whole number 'limit'");
        if (!cursor || !cursor->allows(ValueKind::string)) return lacks("text 'cursor'");
        const auto* items = contract_.reply ? contract_.reply->property("items") : nullptr;
        if (!items || !items->items()) return lacks("list 'items'");
        const auto* next = contract_.reply->property("nextCursor");
        if (!next || !next->allows(ValueKind::string) || contract_.reply->required("nextCursor"))
            return lacks("text 'nextCursor' that may be absent");
        for (const Shape* side : {contract_.request, contract_.reply})
            if (side->property("page")) fault(page_.mark, "a field of " + mapping_.contract_side + " is called 'page'");
        return true;
    }

    void check_list() {
        auto found = std::find_if(mapping_.reply.rules.begin(), mapping_.reply.rules.end(), [](const Rule& rule) {
            return rule.kind == Rule::Kind::each && rule.contract.text == "items";
        });
        if (found == mapping_.reply.rules.end())
            return fault(page_.mark, "no rule makes the list that is paged", "- each: items <- ...");
        list_ = &*found;
        if (list_->missing) fault(list_->missing->mark, "a page has no items that are missing from it");
        bool counts = std::any_of(mapping_.reply.rules.begin(), mapping_.reply.rules.end(), [](const Rule& rule) {
            return rule.kind != Rule::Kind::drop && rule.contract.text == "page.total";
        });
        if (list_->bad_item && list_->bad_item->then == BadItemRule::Then::omit &&
            (page_.by == Page::By::key || !counts))
            fault(
                list_->bad_item->mark, "an item that is left out makes a page look like the last one",
                page_.by == Page::By::key ? "bad-item: { set: ... }" : "page.total <- ..., or bad-item: { set: ... }");
        if (mapping_.legacy.sql.empty() || contains_word(mapping_.legacy.sql, "order by")) return;
        fault(mapping_.legacy.sql_mark, "pages of rows in no order would miss some", "ORDER BY what the pages go by");
    }

    void check_key(const Shape& item) {
        std::size_t bytes = bytes_around + mapping_.contract_side.size();
        for (const auto& [name, mark] : page_.key) {
            const auto* shape = item.property(name);
            if (!shape) {
                auto near = nearest(name, item.property_names());
                fault(mark, "the items of " + mapping_.contract_side + " have no '" + name + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
                continue;
            }
            bool single = shape->allows(ValueKind::string) || shape->integer();
            if (!single || shape->allows(ValueKind::null) || !item.required(name))
                fault(mark, "the next page can't begin behind '" + name + "'",
                      "a text or whole number that every item has");
            bytes += shape->integer() ? 20 : bytes_of_character * shape->longest();
            if (single && !shape->integer() && shape->longest() == 0)
                fault(mark, "'" + name + "' is of any length, and a cursor is not");
        }
        if (bytes > most_cursor_bytes) fault(page_.mark, "the values of the key may be longer than a cursor");
        if (list_) check_rows();
    }

    void check_rows() {
        const auto& group = list_->group;
        if (group.empty()) {
            if (page_.rows) fault(page_.rows_mark, "'rows' belongs to items that are groups of rows");
            return;
        }
        if (!page_.rows)
            fault(page_.mark, "an item that is a group of rows may be cut in two by the end of a page",
                  "rows: 20, the most that one item has, or rows: all, where page.take counts items in the query");
        if (page_.key.size() != 1 || page_.key[0].first != list_->key.text)
            fault(page_.key[0].second, "pages of groups go by what tells the groups apart",
                  list_->key.text.empty() ? "" : "key: [" + list_->key.text + "]");
    }

    void fill(Paging& out, const Shape& item) const {
        out.page_ = page_;
        out.name_ = mapping_.name;
        out.operation_ = contract_.operation->name;
        auto& asked = out.number_or_key_;
        if (page_.by == Page::By::number) {
            asked.add("number", whole_number(9), true);
            asked.add("size", whole_number(3), true);
            out.answered_.add("total", whole_number(18), false);
        } else {
            asked.add("take", whole_number(6), true);
            out.after_ = std::make_unique<PagedShape>();
            for (const auto& [name, mark] : page_.key) {
                out.keys_.push_back(item.property(name));
                out.after_->add(name, *out.keys_.back(), true);
            }
            asked.add("after", *out.after_, false);
        }
        out.request_ = std::make_unique<PagedShape>(contract_.request);
        out.request_->hide("limit");
        out.request_->hide("cursor");
        out.request_->add("page", asked, true);
        out.reply_ = std::make_unique<PagedShape>(contract_.reply);
        out.reply_->hide("nextCursor");
        if (page_.by == Page::By::number) out.reply_->add("page", out.answered_, false);
    }

    const Mapping& mapping_;
    const ContractEnd& contract_;
    const Page& page_;
    Diagnostics& diagnostics_;
    const Rule* list_ = nullptr;
};

std::unique_ptr<const Paging> Paging::compile(const Mapping& mapping, const ContractEnd& contract,
                                              Diagnostics& diagnostics) {
    return PagingChecks(mapping, contract, diagnostics).compile();
}

}  // namespace headgate::mappings
