// Finds a row's group by a small hash table in the arena; rows of one group mostly stand together and need no look-up.
#include "mappings/plan/run/row_groups.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "mappings/plan/codec.hpp"

namespace headgate::mappings {

namespace {

struct Group {
    std::string_view key;
    std::uint32_t first, last, size;
};

constexpr std::uint32_t nobody = 0xFFFFFFFF;

// Open addressing over the indices of groups; at most half full.
class Index {
  public:
    Index(std::uint32_t rows, Arena& arena)
        : mask_(std::bit_ceil(std::size_t{rows} * 2) - 1), places_(arena.allocate<std::uint32_t>(mask_ + 1)) {
        std::fill_n(places_, mask_ + 1, nobody);
    }
    // Where the key's group stands, or should be put: nobody.
    std::uint32_t& place(std::string_view key, const Group* groups) {
        auto at = std::hash<std::string_view>()(key) & mask_;
        while (places_[at] != nobody && groups[places_[at]].key != key) at = (at + 1) & mask_;
        return places_[at];
    }

  private:
    std::size_t mask_;
    std::uint32_t* places_;
};

// Rows mostly have one order of columns.
std::string_view column_text(const Value& row, std::string_view column, std::uint32_t& hint) {
    if (!row.is_object()) return {};
    const Member* members = row.members_begin();
    if (hint >= row.size() || members[hint].key != column) {
        hint = 0;
        while (hint < row.size() && members[hint].key != column) ++hint;
        if (hint == row.size()) return {};
    }
    auto text = text_of(members[hint].value);
    while (text.ends_with(' ')) text.remove_suffix(1);  // as databases compare what is filled up
    return text;
}

}  // namespace

std::string_view text_of_column(const Value& row, std::string_view column) {
    std::uint32_t hint = 0;
    return column_text(row, column, hint);
}

std::span<const Value> group_rows(const Value& rows, std::string_view column, Arena& arena) {
    std::uint32_t count = rows.size(), found = 0, current = 0, hint = 0;
    if (count == 0) return {};
    auto* next = arena.allocate<std::uint32_t>(count);  // the row of the same group that follows
    auto* groups = arena.allocate<Group>(count);
    Index index(count, arena);
    for (std::uint32_t row = 0; row < count; ++row) {
        next[row] = nobody;
        auto key = column_text(rows[row], column, hint);
        if (found == 0 || key != groups[current].key) {
            auto& place = index.place(key, groups);
            if (place == nobody) {
                groups[found] = {key, row, row, 0};
                place = found++;
            }
            current = place;
        }
        Group& group = groups[current];
        if (group.size > 0) next[group.last] = row;
        group.last = row;
        ++group.size;
    }
    auto* out = arena.allocate<Value>(found);
    for (std::uint32_t i = 0; i < found; ++i) {
        auto* of_group = arena.allocate<Value>(groups[i].size);
        std::uint32_t filled = 0;
        for (auto row = groups[i].first; row != nobody; row = next[row]) of_group[filled++] = rows[row];
        out[i] = Value::array(of_group, filled);
    }
    return {out, found};
}

}  // namespace headgate::mappings
