#include "mappings/formats/files/document_paths.hpp"

namespace headgate {

std::string_view text_at(const Value& document, std::string_view path) {
    const Value* at = &document;
    while (!path.empty()) {
        auto slash = path.find('/');
        at = at->find(path.substr(0, slash));
        if (!at) return {};
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return at->is_string() || at->is_number() ? at->text() : std::string_view();
}

Result<std::string> expand_pattern(std::string_view pattern, const Value& document) {
    std::string out;
    while (!pattern.empty()) {
        auto open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        auto close = pattern.find('}', open);
        if (close == std::string_view::npos)
            return Error{ErrorKind::configuration, "a file name's pattern is wrong", "'}' is missing in the pattern"};
        std::string_view path = pattern.substr(open + 1, close - open - 1);
        std::string_view text = text_at(document, path);
        if (text.empty())
            return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is",
                         std::string(path) + ": no value, but the pattern needs it"};
        out += text;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

PatternFault pattern_fault(std::string_view pattern, const LegacyNode& shape) {
    for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        auto close = pattern.find('}', open);
        if (close == std::string_view::npos) return {"expected '}'", open};
        std::string_view path = pattern.substr(open + 1, close - open - 1), rest = path;
        const LegacyNode* node = rest.empty() ? nullptr : &shape;
        while (node && !rest.empty()) {
            auto slash = rest.find('/');
            node = node->child(rest.substr(0, slash));
            if (node && node->repeated) return {"'" + node->name + "' is repeated, and the pattern needs one", open};
            rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        }
        if (!node) return {"the file has no '" + std::string(path) + "'", open};
        if (!node->children.empty()) return {"'" + std::string(path) + "' is no single value", open};
    }
    return {};
}

}  // namespace headgate
