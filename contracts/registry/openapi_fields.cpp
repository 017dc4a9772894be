// Faults, references, and the fields that every object of a document has in the same way.
#include <algorithm>
#include <tuple>

#include "contracts/document/source_format.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/openapi.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_faults = 1000;
constexpr std::size_t most_objects = 500'000;
constexpr std::size_t longest_shown = 100;

std::string shown(std::string_view text) {
    std::string_view cut = cut_utf8(text, longest_shown);
    return std::string(cut) + (cut.size() < text.size() ? "..." : "");
}

// One letter too many, too few, another one, or two swapped.
bool is_slip(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    if (a.size() <= 1 && b.size() <= 1) return true;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

struct Extension {
    std::string_view name;
    std::vector<std::string_view> where;
    const char* hint;
};

}  // namespace

void OpenApiReader::tell(SourceMark mark, std::string message, std::string hint, bool error) {
    // What several references lead to is read several times, and told once.
    std::string key = mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column) + message;
    if (told_.size() > most_faults || !told_.insert(std::move(key)).second) return;
    if (told_.size() > most_faults)
        return diagnostics_.error({mark.file, 0, 0},
                                  "more than " + std::to_string(most_faults) + " faults; the rest is not told");
    error ? diagnostics_.error(std::move(mark), std::move(message), std::move(hint))
          : diagnostics_.warning(std::move(mark), std::move(message), std::move(hint));
}

void OpenApiReader::fault(const At& at, std::string message, std::string hint) {
    tell(mark(at), std::move(message), std::move(hint), true);
}

void OpenApiReader::fault(const SourceNode::Entry& entry, const At& in, std::string message, std::string hint) {
    tell(compiler_.file_of(in.resource).mark(entry), std::move(message), std::move(hint), true);
}

OpenApiReader::At OpenApiReader::here(const At& at, std::string_view key) const {
    const SourceNode* value = at.node->find(key);
    return {value ? value : at.node, at.resource};
}

bool OpenApiReader::mapping(const At& at, const char* what) {
    if (at.node->is_mapping()) return true;
    fault(at, std::string(what) + " must be a mapping");
    return false;
}

bool OpenApiReader::keys(const At& at, const char* what, Names known, Names refused) {
    if (!mapping(at, what)) return false;
    if (++objects_ > most_objects) {
        fault({at.node, at.resource}, "the contracts hold more than " + std::to_string(most_objects) + " objects",
              "those behind references count each time");
        return false;
    }
    for (const auto& entry : at.node->entries) {
        std::string_view key = entry.key;
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        if (key.starts_with("x-")) {
            extension(entry, at, what);
            continue;
        }
        if (std::find(refused.begin(), refused.end(), key) != refused.end()) {
            fault(entry, at, "'" + entry.key + "' of " + what + " is not supported");
            continue;
        }
        std::string near = key.size() < longest_shown ? nearest(key, known) : std::string();
        fault(entry, at, "unknown key '" + shown(key) + "' of " + what,
              near.empty() ? std::string() : "did you mean '" + near + "'?");
    }
    return true;
}

// Other people's extensions are left alone; one of ours in the wrong place, or misspelt, would say nothing.
void OpenApiReader::extension(const SourceNode::Entry& entry, const At& in, std::string_view what) {
    static const std::vector<Extension> ours = {
        {"x-contract", {"info"}, "it belongs into info"},
        {"x-lifecycle", {"info", "an operation"}, "it belongs into info or an operation"},
        {"x-safe", {"an operation"}, "it belongs into an operation"},
        {"x-compare", {"a schema"}, "it belongs into a schema"},
        {"x-personal", {"a schema"}, "it belongs into a schema"},
    };
    if (entry.key.starts_with("x-headgate")) return fault(entry, in, "unknown extension '" + shown(entry.key) + "'");
    for (const auto& known : ours) {
        if (entry.key == known.name) {
            if (std::find(known.where.begin(), known.where.end(), what) == known.where.end())
                fault(entry, in, "'" + entry.key + "' says nothing here", known.hint);
            return;
        }
        if (entry.key.size() < longest_shown && is_slip(entry.key, known.name))
            tell(compiler_.file_of(in.resource).mark(entry), "the extension '" + entry.key + "' is not known",
                 "did you mean '" + std::string(known.name) + "'?", false);
    }
}

std::string OpenApiReader::text(const At& at, std::string_view key, const char* what, bool required) {
    const SourceNode* value = at.node->find(key);
    if (!value) {
        if (required) fault(at, std::string(what) + " must have '" + std::string(key) + "'");
        return {};
    }
    // In YAML every scalar is text where text belongs; JSON tells numbers and texts apart by itself.
    bool json = source_format(compiler_.file_of(at.resource).path) == SourceFormat::json;
    if (!value->is_scalar() || (json && !value->quoted)) {
        fault({value, at.resource}, "'" + std::string(key) + "' must be text",
              value->is_scalar()                ? "put it in quotes"
              : value->kind == SourceKind::null ? "it has no value"
                                                : "");
        return {};
    }
    if (required && value->text.empty()) fault({value, at.resource}, "'" + std::string(key) + "' must not be empty");
    return value->text;
}

bool OpenApiReader::flag(const At& at, std::string_view key, bool otherwise) {
    const SourceNode* value = at.node->find(key);
    if (!value) return otherwise;
    if (value->is_scalar() && !value->quoted && (value->text == "true" || value->text == "false"))
        return value->text == "true";
    fault({value, at.resource}, "'" + std::string(key) + "' must be true or false", flag_hint(*value));
    return otherwise;
}

OpenApiReader::At OpenApiReader::follow(At at, const char* what, std::string_view section) {
    constexpr int most = 8;  // a reference to a reference to ...
    std::vector<At> seen;
    const At first = at;
    for (int i = 0; i < most; ++i) {
        const SourceNode* reference = at.node->is_mapping() ? at.node->find("$ref") : nullptr;
        if (!reference) return at;
        auto again = std::find_if(seen.begin(), seen.end(), [&](const At& one) { return one.node == at.node; });
        if (again != seen.end()) {
            // The same place wherever the circle is entered, so that it is told once.
            At least = *std::min_element(again, seen.end(), [&](const At& a, const At& b) {
                SourceMark x = mark(a), y = mark(b);
                return std::tie(x.file, x.line, x.column) < std::tie(y.file, y.line, y.column);
            });
            fault(here(least, "$ref"), std::string(what) + " leads back to itself without end");
            return {nullptr, at.resource};
        }
        seen.push_back(at);
        for (const auto& entry : at.node->entries)
            if (entry.key != "$ref" && entry.key != "summary" && entry.key != "description")
                fault(entry, at, "'" + shown(entry.key) + "' beside $ref is not read",
                      "beside it may stand summary and description");
        text(at, "summary", "a reference");
        text(at, "description", "a reference");
        if (text(at, "$ref", "a reference", true).empty()) return {nullptr, at.resource};
        auto found = reference->text.find("#/components/");
        if (found != std::string::npos) {
            std::string_view rest = std::string_view(reference->text).substr(found + 13);
            std::string_view leads = rest.substr(0, rest.find('/'));
            if (leads != section && leads.size() < rest.size()) {
                fault({reference, at.resource}, std::string(what) + " can't be of components/" + shown(leads),
                      "#/components/" + std::string(section) + "/...");
                return {nullptr, at.resource};
            }
        }
        std::string why;
        auto place = compiler_.resolve(reference->text, at.resource, why);
        if (!place.node) {
            fault({reference, at.resource}, std::string(what) + " $ref '" + shown(reference->text) + "' leads nowhere" +
                                                (why.empty() ? "" : ": " + shown(why)));
            return {nullptr, at.resource};
        }
        at = {place.node, place.resource};
    }
    fault(here(first, "$ref"), "a chain of references is longer than " + std::to_string(most));
    return {nullptr, at.resource};
}

}  // namespace headgate
