#include "contracts/schema/program.hpp"

#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/document/source_pointer.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/schema/shape_set.hpp"

namespace headgate::schema {

Program::Program() = default;
Program::~Program() = default;

SourceMark Node::mark(std::string_view keyword) const {
    if (source->is_mapping())
        for (const auto& entry : source->entries)
            if (entry.key == keyword) return file->mark(entry);
    return file->mark(*source);
}

std::string Node::pointer(std::string_view keyword) const {
    std::string pointer = pointer_of(*file, *source);
    if (source->find(keyword)) append_pointer(pointer, keyword);
    return pointer;
}

// Many are found by their hash, which nobody outside can foresee.
void Choice::sort() {
    constexpr std::size_t few = 16;
    if (values.size() <= few) return;
    for (std::uint32_t i = 0; i < values.size(); ++i) by_hash.emplace_back(hash(values[i]), i);
    std::sort(by_hash.begin(), by_hash.end());
}

bool Choice::has(const Value& value) const {
    if (by_hash.empty())
        return std::any_of(values.begin(), values.end(), [&](const Value& allowed) { return equal(allowed, value); });
    std::uint64_t wanted = hash(value);
    auto at = std::lower_bound(by_hash.begin(), by_hash.end(), std::pair(wanted, std::uint32_t(0)));
    for (; at != by_hash.end() && at->first == wanted; ++at)
        if (equal(values[at->second], value)) return true;
    return false;
}

std::size_t ObjectRules::search(std::string_view name) const {
    constexpr std::size_t linear = 8;
    if (properties.size() <= linear) {
        for (std::size_t i = 0; i < properties.size(); ++i)
            if (properties[i].name == name) return i;
        return properties.size();
    }
    auto found = index.find(name);
    return found == index.end() ? properties.size() : found->second;
}

}  // namespace headgate::schema
