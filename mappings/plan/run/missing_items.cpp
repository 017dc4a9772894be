// Both lists mostly have one order: the search for a key begins where the last one ended.
#include "mappings/plan/run/missing_items.hpp"

namespace headgate::mappings {

namespace {

// `begin`: where to look first among the first `known` keys, and where next.
bool contains(const std::vector<Value>& keys, std::size_t known, std::string_view key, std::size_t& begin) {
    for (std::size_t i = 0; i < known; ++i) {
        std::size_t at = begin + i < known ? begin + i : begin + i - known;
        if (text_of(keys[at]) != key) continue;
        begin = at + 1 < known ? at + 1 : 0;
        return true;
    }
    for (std::size_t i = known; i < keys.size(); ++i)
        if (text_of(keys[i]) == key) return true;
    return false;
}

}  // namespace

void append_item(const ToldItem& told, const Value& key, Builder& builder) {
    builder.begin_object();
    builder.key(told.key_name);
    builder.value(key);
    for (const auto& [name, value] : told.set) {
        builder.key(name);
        builder.value(value);
    }
    builder.end_object();
}

void append_missing(const MissingItems& missing, const Value& request, std::vector<Value>& keys, Builder& builder) {
    Value over;
    if (dispatch(request, missing.over, &over) || !over.is_array()) return;
    std::size_t begin = 0, known = keys.size();
    for (const Value& asked : over) {
        if (contains(keys, known, text_of(asked), begin)) continue;
        keys.push_back(asked);  // asked for twice is told once
        append_item(missing.told, asked, builder);
    }
}

}  // namespace headgate::mappings
