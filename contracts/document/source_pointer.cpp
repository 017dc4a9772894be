#include "contracts/document/source_pointer.hpp"

#include <algorithm>
#include <utility>

#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

using Place = std::pair<int, int>;

Place place_of_node(const SourceNode& node) { return {node.line, node.column}; }

}  // namespace

// Values stand in the order of the file, so the one that holds a place is the last that begins at or before it.
std::string pointer_of(const SourceFile& file, const SourceNode& wanted) {
    std::string pointer;
    const Place place = place_of_node(wanted);
    const SourceNode* at = &file.root();
    while (at != &wanted) {
        if (at->is_mapping() && !at->entries.empty()) {
            auto after = std::upper_bound(at->entries.begin(), at->entries.end(), place, [](Place sought, auto& entry) {
                return sought < Place(entry.line, entry.column);
            });
            if (after == at->entries.begin()) return {};
            append_pointer(pointer, (after - 1)->key);
            at = &(after - 1)->value;
        } else if (at->is_sequence() && !at->items.empty()) {
            auto after = std::upper_bound(at->items.begin(), at->items.end(), place,
                                          [](Place sought, auto& item) { return sought < place_of_node(item); });
            if (after == at->items.begin()) return {};
            append_pointer(pointer, std::to_string(after - 1 - at->items.begin()));
            at = &*(after - 1);
        } else {
            return {};
        }
    }
    return pointer;
}

}  // namespace headgate
