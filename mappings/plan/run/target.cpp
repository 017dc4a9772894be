// Appends the target of a scope from its results: members in the target's order, groups, and lists with their items.
#include "mappings/plan/run/missing_items.hpp"
#include "mappings/plan/run/row_groups.hpp"
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

namespace {

const Value* written(const Outlet& outlet, const Frame& frame) {
    for (int result : outlet.results)
        if (!frame.results[result].is_null()) return &frame.results[result];
    return nullptr;
}

bool says_null(const Outlet& outlet, const Frame& frame) {
    for (int result : outlet.null_results)
        if (frame.results[result].is_boolean()) return true;
    return false;
}

bool present(const Outlet& outlet, const Frame& frame) {
    switch (outlet.kind) {
        case Outlet::Kind::value: return outlet.strong && (written(outlet, frame) || says_null(outlet, frame));
        case Outlet::Kind::list: return outlet.items != Outlet::Items::slot || !frame.slots[outlet.slot].is_null();
        case Outlet::Kind::group: break;
    }
    for (const Outlet& child : outlet.children)
        if (present(child, frame)) return true;
    return false;
}

Value items_of(const Outlet& outlet, const Frame& frame) {
    switch (outlet.items) {
        case Outlet::Items::slot: return frame.slots[outlet.slot];
        case Outlet::Items::groups:
        case Outlet::Items::rows: break;
    }
    return frame.rows.is_array() ? frame.rows : frame.source;
}

bool has_value(const Value& row, std::string_view column) {
    const Value* value = row.find(column);
    return value && !value->is_null();
}

bool any_row(const Value& rows, std::string_view column) {
    for (const Value& row : rows)
        if (has_value(row, column)) return true;
    return false;
}

Misfit lacking(const Outlet& outlet) { return {outlet.legacy, outlet.contract, &outlet.mark, "a value"}; }

}  // namespace

bool Run::members(const std::vector<Outlet>& outlets, Frame& frame) {
    for (const Outlet& outlet : outlets) {
        switch (outlet.kind) {
            case Outlet::Kind::value: {
                const Value* value = written(outlet, frame);
                bool null = !value && (outlet.null_when_absent || says_null(outlet, frame));
                if (!value && outlet.required && !says_null(outlet, frame)) return fail(frame, lacking(outlet));
                if (!value && !null) break;
                builder_.key(outlet.name);
                builder_.value(value ? *value : Value());
                break;
            }
            case Outlet::Kind::group:
                if (!outlet.required && !present(outlet, frame)) break;
                builder_.key(outlet.name);
                builder_.begin_object();
                if (!members(outlet.children, frame)) return false;
                builder_.end_object();
                break;
            case Outlet::Kind::list:
                if (!list(outlet, frame)) return false;
                break;
        }
    }
    return true;
}

bool Run::list(const Outlet& outlet, Frame& frame) {
    for (int test : outlet.tests)
        if (!test_holds(frame, frame.scope->tests[static_cast<std::size_t>(test)])) return true;
    const MissingItems* missing = outlet.scope->missing.get();
    Value source = items_of(outlet, frame);
    if (reading() && source.is_string() && source.text().empty()) source = Value();
    if (source.is_null() || (source.is_array() && source.size() == 0 && !outlet.exact)) {
        if (outlet.required && !reading()) return fail(frame, lacking(outlet));
        if (!outlet.required && !missing) return true;
    }
    if (outlet.nested && !outlet.required && !any_row(source, outlet.column)) return true;
    builder_.key(outlet.name);
    builder_.begin_array();
    if (missing) memory_.keys.clear();
    Frame item;
    item.scope = outlet.scope.get();
    item.parent = &frame;
    item.list = &outlet;
    if (!items(outlet, source, item)) return false;
    if (missing) {
        auto known = memory_.keys.size();
        append_missing(*missing, request_, memory_.keys, builder_);
        if (trace_) tell_missing(frame, outlet, known);
    }
    builder_.end_array();
    return true;
}

bool Run::items(const Outlet& outlet, const Value& source, Frame& item) {
    if (source.is_null()) return true;
    Leniency leniency;
    if (outlet.items == Outlet::Items::groups) {
        if (!source.is_array()) return true;
        for (const Value& rows : group_rows(source, outlet.column, arena_)) {
            // Beside the rows of another list there may be none of this one.
            if (outlet.nested && !has_value(rows[0], outlet.column)) continue;
            item.source = rows[0];
            item.rows = rows;
            if (!lenient(item, leniency)) return false;
            ++item.index;
        }
        return served(leniency);
    }
    if (!reading() && !keys_differ(outlet, source, item)) return false;
    std::uint32_t count = source.is_array() ? source.size() : 1;
    for (; item.index < count; ++item.index) {
        item.source = source.is_array() ? source[item.index] : source;
        if (outlet.nil_is_none && item.source.is_null()) continue;
        if (!lenient(item, leniency)) return false;
    }
    return served(leniency);
}

// A list of single values has one of each row that has one.
void Run::gather_columns(Frame& item) {
    for (const Intake& column : item.scope->intake.children) {
        if (!column.every_row) continue;
        Value* values = arena_.allocate<Value>(item.rows.size());
        std::uint32_t count = 0;
        for (const Value& row : item.rows)
            if (const Value* value = row.find(column.name); value && !value->is_null()) values[count++] = *value;
        item.slots[column.slot] = Value::array(values, count);
    }
}

// A column that is read of a group, and not of each row, must be the same in all of them: any other would be lost.
bool Run::rows_agree(const Frame& item) {
    if (!item.rows.is_array()) return true;
    for (const Intake& column : item.scope->intake.children) {
        if (column.slot < 0 || column.every_row || (item.list && column.name == item.list->column)) continue;
        auto first = text_of_column(item.rows[0], column.name);
        for (std::uint32_t i = 1; i < item.rows.size(); ++i)
            if (text_of_column(item.rows[i], column.name) != first)
                return fail(
                    item,
                    Misfit{
                        column.name, {}, item.list ? &item.list->mark : nullptr, "the same in each row of the group"});
    }
    return true;
}

// What is told to a system as two items must be two: a repeated key would be merged, refused or taken twice there.
bool Run::keys_differ(const Outlet& outlet, const Value& source, Frame& item) {
    if (outlet.key.empty() || !source.is_array()) return true;
    auto& places = memory_.places;
    places.clear();
    for (std::uint32_t i = 0; i < source.size(); ++i)
        if (const Value* key = source[i].find(outlet.key); key && (key->is_string() || key->is_number()))
            places.emplace_back(key->text(), i);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].first != places[i - 1].first) continue;
        item.index = static_cast<decltype(item.index)>(places[i].second);
        std::string pointer = "/" + outlet.key;
        return fail(item, Misfit{outlet.key, pointer, &outlet.mark, "a key that no other item has"});
    }
    return true;
}

}  // namespace headgate::mappings
