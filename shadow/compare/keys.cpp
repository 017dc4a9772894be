#include "shadow/compare/keys.hpp"

#include "shadow/compare/rules.hpp"

namespace headgate {
namespace {

std::string_view next_word(std::string_view& words) {
    auto first = words.find_first_not_of(" ,");
    if (first == std::string_view::npos) return words = {};
    auto last = std::min(words.find_first_of(" ,", first), words.size());
    auto word = words.substr(first, last - first);
    words.remove_prefix(last);
    return word;
}

std::optional<std::string_view> scalar_text(const Value* value) {
    if (!value) return std::nullopt;
    if (value->is_string() || value->is_number()) return value->text();
    if (value->is_boolean()) return value->as_boolean() ? "true" : "false";
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> key_of(const Value& element, std::string_view keys, std::string& scratch) {
    auto name = next_word(keys);
    auto first = scalar_text(element.find(name));
    auto rest = keys;
    if (!first || next_word(rest).empty()) return first;
    scratch.assign(*first);
    while (!(name = next_word(keys)).empty()) {
        auto text = scalar_text(element.find(name));
        if (!text) return std::nullopt;
        scratch.append(1, '\x1f').append(*text);
    }
    return scratch;
}

std::string key_label(const Value& element, std::string_view keys, const Shape* items) {
    std::string label;
    for (auto name = next_word(keys); !name.empty(); name = next_word(keys)) {
        if (!label.empty()) label += ',';
        label.append(name).append("=");
        const Shape* shape = items ? items->property(name) : nullptr;
        if (auto text = scalar_text(element.find(name))) label.append(personal(shape) ? "(personal)" : *text);
    }
    return label;
}

}  // namespace headgate
