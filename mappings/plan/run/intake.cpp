// Builds the tree of names and dispatches a source by it, member by member.
#include "mappings/plan/run/intake.hpp"

#include <algorithm>
#include <cstring>

#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

namespace {

template <class Word>
std::uint64_t load(const char* from) {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

// Loads of fixed sizes that may overlap: no call for a copy of a few bytes. Equal for equal names; of names of one size
// up to 8 bytes, equal for those alone.
std::uint64_t head_of(std::string_view name) {
    const char* at = name.data();
    auto size = name.size();
    if (size >= 8) return load<std::uint64_t>(at);
    if (size >= 4) return load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 32;
    if (size >= 2) return load<std::uint16_t>(at) | load<std::uint16_t>(at + size - 2) << 16;
    return size == 1 ? load<std::uint8_t>(at) : 0;
}

bool same(const Intake& node, std::string_view name, std::uint64_t head) {
    return node.head == head && node.name.size() == name.size() &&
           (name.size() <= 8 || std::memcmp(node.name.data() + 8, name.data() + 8, name.size() - 8) == 0);
}

bool holds_text(const Value& value) {
    if (value.is_number() || value.is_boolean()) return true;  // of JSON
    return value.is_string() && value.text().find_first_not_of(" \t\r\n") != std::string_view::npos;
}

}  // namespace

Intake& Intake::child(std::string_view child_name) {
    auto child_head = head_of(child_name);
    for (auto& c : children)
        if (same(c, child_name, child_head)) return c;
    children.push_back({std::string(child_name), -1, {}, child_head});
    return children.back();
}

// Members mostly come in the order in which the mapping knows them: the one after the last is looked at first.
const Intake* Intake::find(std::string_view child_name, std::size_t& hint) const {
    auto child_head = head_of(child_name);
    auto count = children.size();
    for (std::size_t i = 0, at = hint; i < count; ++i, ++at) {
        if (at >= count) at -= count;
        if (same(children[at], child_name, child_head)) return hint = at + 1, &children[at];
    }
    return nullptr;
}

void close(Intake& intake, const LegacyNode& node) {
    std::vector<Intake> known;
    for (const auto& of_schema : node.children) {
        intake.child(of_schema.name);  // added when no rule asks for it
        auto at = std::find_if(intake.children.begin(), intake.children.end(),
                               [&](const Intake& child) { return child.name == of_schema.name; });
        bool value = at->slot >= 0 && (of_schema.type != LegacyType::group || of_schema.child("#text"));
        bool item = of_schema.repeated && !of_schema.children.empty();
        if ((value || !at->children.empty()) && !item && of_schema.type != LegacyType::any) close(*at, of_schema);
        known.push_back(std::move(*at));
        intake.children.erase(at);
    }
    for (auto& other : intake.children) known.push_back(std::move(other));
    intake.children = std::move(known);
    intake.closed = true;
}

const Intake* dispatch(const Value& value, const Intake& intake, Value* slots, bool& unknown) {
    if (intake.children.empty() && !value.is_array()) return nullptr;
    std::size_t hint = 0;
    if (value.is_object()) {
        const Intake* several = nullptr;
        for (const Member& member : value.members()) {
            const Intake* child = intake.find(member.key, hint);
            if (!child) {
                bool nil = member.value.is_null() && member.key == "#text";  // that of a group with attributes
                unknown = unknown || (intake.closed && !nil);
                continue;
            }
            if (child->slot >= 0) slots[child->slot] = member.value;
            if (child->null_slot >= 0 && member.value.is_null()) slots[child->null_slot] = Value::boolean(true);
            if (child->children.empty()) continue;
            const Intake* found = dispatch(member.value, *child, slots, unknown);
            if (!several) several = found;
        }
        return several;
    }
    if (value.is_array()) {
        if (value.size() == 0 || intake.name.empty()) return nullptr;  // the root of rows is taken by its lists
        return value.size() > 1 ? &intake : dispatch(value[0], intake, slots, unknown);
    }
    // An element with text alone, of which the mapping knows attributes too.
    const Intake* text = value.is_null() ? nullptr : intake.find("#text", hint);
    if (text && text->slot >= 0) slots[text->slot] = value;
    return !text && intake.closed && intake.slot < 0 && holds_text(value) ? &intake : nullptr;
}

bool has_text(const Value& value, const Intake& intake, const Intake& where) {
    if (&intake == &where) return holds_text(value);
    if (value.is_array()) return value.size() == 1 && has_text(value[0], intake, where);
    if (!value.is_object()) return false;
    return std::any_of(intake.children.begin(), intake.children.end(), [&](const Intake& child) {
        const Value* inner = value.find(child.name);
        return inner && has_text(*inner, child, where);
    });
}

}  // namespace headgate::mappings
