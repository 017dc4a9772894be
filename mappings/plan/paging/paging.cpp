#include "mappings/plan/paging/paging.hpp"

#include <algorithm>
#include <charconv>

#include "contracts/document/equal.hpp"
#include "mappings/plan/paging/cursor.hpp"

namespace headgate::mappings {

namespace {

constexpr std::size_t usual_limit = 100;              // of every list, as docs/reference/catalogue.md says
constexpr std::size_t farthest_offset = 999'999'999;  // and `number` has nine digits at most

std::optional<std::size_t> count_of(const Value* value) {
    if (!value || !value->is_number()) return std::nullopt;
    auto text = value->text();
    std::size_t out = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

// What a page begins with is a multiple of its size, whatever the pages before it had.
std::size_t size_that_meets(std::size_t offset, std::size_t size) {
    while (offset % size != 0) --size;
    return size;
}

void number(Builder& builder, std::string_view name, std::size_t value) {
    builder.key(name);
    builder.number(builder.arena().copy(std::to_string(value)));
}

}  // namespace

Error Paging::refused(const std::string& why) const {
    return {ErrorKind::bad_answer, "The system's answer does not fit its mapping",
            name_ + ": " + why + " (" + page_.mark.file + ":" + std::to_string(page_.mark.line) + ")"};
}

Result<Paging::Part> Paging::part_by_number(std::size_t limit, const Value& position) const {
    Part part;
    if (!position.is_null()) {
        auto offset = count_of(&position);
        if (!offset || *offset > farthest_offset) return bad_cursor("This cursor leads nowhere");
        part.offset = *offset;
    }
    part.size = size_that_meets(part.offset, limit);
    return part;
}

Result<Paging::Part> Paging::part_by_key(std::size_t limit, const Value& position) const {
    Part part;
    part.size = limit;
    part.after = position;
    if (position.is_null()) return part;
    bool fits = position.is_array() && position.size() == keys_.size();
    for (std::uint32_t i = 0; fits && i < position.size(); ++i) fits = keys_[i]->allows(position[i].kind());
    if (!fits) return bad_cursor("This cursor leads nowhere");
    return part;
}

Result<Paging::Part> Paging::part(const Value& message, Builder& builder) const {
    auto limit = count_of(message.find("limit")).value_or(usual_limit);
    if (page_.at_most) limit = std::min(limit, page_.at_most);
    limit = std::max<std::size_t>(limit, 1);
    Value position;
    if (const Value* cursor = message.find("cursor"); cursor && !cursor->is_null()) {
        if (!cursor->is_string()) return bad_cursor("A cursor is a text");
        auto read = read_cursor(cursor->text(), operation_, message, builder);
        if (!read) return std::move(read).error();
        position = *read;
        if (position.is_null()) return bad_cursor("This cursor leads nowhere");
    }
    return page_.by == Page::By::number ? part_by_number(limit, position) : part_by_key(limit, position);
}

// One more than the page has tells whether there is another.
std::size_t Paging::taken(const Part& part) const {
    return part.size * std::max<std::size_t>(page_.rows.value_or(1), 1) + 1;
}

Result<Value> Paging::asked(const Value& message, Builder& builder) const {
    auto found = part(message, builder);
    if (!found) return std::move(found).error();
    builder.begin_object();
    if (message.is_object())
        for (const Member& member : message.members()) {
            if (member.key == "limit" || member.key == "cursor") continue;
            builder.key(member.key);
            builder.value(member.value);
        }
    builder.key("page");
    builder.begin_object();
    if (page_.by == Page::By::number) {
        number(builder, "number", page_.first + found->offset / found->size);
        number(builder, "size", found->size);
    } else {
        number(builder, "take", taken(*found));
        if (!found->after.is_null()) {
            builder.key("after");
            builder.begin_object();
            for (std::uint32_t i = 0; i < found->after.size(); ++i) {
                builder.key(page_.key[i].first);
                builder.value(found->after[i]);
            }
            builder.end_object();
        }
    }
    builder.end_object();
    builder.end_object();
    return builder.take();
}

Result<std::size_t> Paging::kept_by_number(const Value& made, const Value& items, const Part& part, bool& more) const {
    if (items.size() > part.size)
        return refused("a page of " + std::to_string(part.size) + " was asked for, and " +
                       std::to_string(items.size()) + " items came");
    const Value* told = made.find("page");
    auto total = count_of(told ? told->find("total") : nullptr);
    more = total ? part.offset + part.size < *total : items.size() == part.size;
    more = more && part.offset + part.size <= farthest_offset;
    return items.size();
}

// Whether the last item is whole is known by what follows it: items of one key stay together, and of a part that was
// cut off the last key is left to the next page.
Result<std::size_t> Paging::kept_by_key(const Value& items, std::optional<std::size_t> rows, const Part& part,
                                        bool& more) const {
    bool by_rows = page_.rows.value_or(0) > 0;
    bool cut = (by_rows ? rows.value_or(items.size()) : items.size()) >= taken(part);
    std::size_t kept = items.size();
    if (cut && kept > 0) --kept;
    kept = std::min(kept, part.size);
    auto same_key = [&](std::size_t a, std::size_t b) {
        return std::all_of(page_.key.begin(), page_.key.end(), [&](const auto& key) {
            const Value *left = items[static_cast<std::uint32_t>(a)].find(key.first),
                        *right = items[static_cast<std::uint32_t>(b)].find(key.first);
            return left && right && equal(*left, *right);
        });
    };
    while (kept > 0 && kept < items.size() && same_key(kept - 1, kept)) --kept;
    if (kept == 0 && items.size() > 0)
        return refused("the rows of one key are more than a page takes (" + std::to_string(taken(part)) + ")");
    more = kept < items.size();
    return kept;
}

Result<Value> Paging::page(const Value& made, std::optional<std::size_t> rows, const Value& message,
                           Builder& builder) const {
    auto found = part(message, builder);
    if (!found) return std::move(found).error();
    const Value* list = made.find("items");
    Value items = list && list->is_array() ? *list : Value::array(nullptr, 0);
    bool more = false;
    auto kept = page_.by == Page::By::number ? kept_by_number(made, items, *found, more)
                                             : kept_by_key(items, rows, *found, more);
    if (!kept) return std::move(kept).error();
    auto count = static_cast<std::uint32_t>(*kept);
    Value position;
    if (more && page_.by == Page::By::number)
        position = Value::number(builder.arena().copy(std::to_string(found->offset + found->size)));
    else if (more)
        position = key_of(items[count - 1], builder);
    builder.begin_object();
    for (const Member& member : made.members()) {
        if (member.key == "page") continue;
        builder.key(member.key);
        builder.value(member.key == "items" ? Value::array(items.begin(), count) : member.value);
    }
    if (more) {
        builder.key("nextCursor");
        builder.string(builder.arena().copy(cursor(message, position)));
    }
    builder.end_object();
    return builder.take();
}

Value Paging::key_of(const Value& item, Builder& builder) const {
    auto* values = builder.arena().allocate<Value>(page_.key.size());
    for (std::size_t i = 0; i < page_.key.size(); ++i) {
        const Value* value = item.find(page_.key[i].first);
        values[i] = value ? *value : Value();
    }
    return Value::array(values, static_cast<std::uint32_t>(page_.key.size()));
}

std::string Paging::placed(std::string pointer) {
    if (!pointer.starts_with("/page/")) return pointer;
    return pointer == "/page/size" || pointer == "/page/take" ? "/limit" : "/cursor";
}

Error Paging::placed(Error error) {
    error.pointer = placed(std::move(error.pointer));
    return error;
}

std::string Paging::cursor(const Value& message, const Value& position) const {
    return write_cursor(operation_, message, position);
}

Value Paging::position_after(const Value& answer, Builder& builder) const {
    const Value* items = answer.find("items");
    if (!items || items->size() == 0) return {};
    if (page_.by == Page::By::key) return key_of((*items)[items->size() - 1], builder);
    return Value::number(builder.arena().copy(std::to_string(items->size())));
}

}  // namespace headgate::mappings
