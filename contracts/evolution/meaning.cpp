#include "contracts/evolution/meaning.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "contracts/document/number.hpp"
#include "contracts/document/source_value.hpp"

namespace headgate::evolution {
namespace {

constexpr std::size_t longest = 1 << 20, deepest = 200;

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::vector<const SourceNode::Entry*> sorted_entries(const SourceNode& mapping) {
    std::vector<const SourceNode::Entry*> sorted;
    for (const auto& entry : mapping.entries) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
    return sorted;
}

// Writes objects of a document; with `files`, references are followed.
class Meaning {
  public:
    explicit Meaning(ApiFiles* files) : files_(files) {}

    bool write(Place at, bool names) {
        if (out_.size() > longest || stack_.size() > deepest) return false;
        const SourceNode& node = *at.node;
        if (files_) files_->see(at);
        if (node.is_sequence()) {
            out_ += '[';
            for (const auto& inner : node.items) {
                if (!write({&inner, at.resource}, false)) return false;
                out_ += ',';
            }
            out_ += ']';
            return true;
        }
        if (!node.is_mapping()) {
            out_ += canonical(node);
            return true;
        }
        const SourceNode* reference = files_ && !names ? node.find("$ref") : nullptr;
        return reference ? follow(at, *reference) : entries(at, names);
    }
    std::string text() && { return std::move(out_); }

  private:
    bool entries(Place at, bool names) {
        out_ += '{';
        stack_.push_back(at.node);
        for (const auto* entry : sorted_entries(*at.node)) {
            if (!names && is_annotation(entry->key)) continue;
            out_ += quoted(entry->key) + ':';
            if (!names && entry->key == "scopes" && entry->value.is_mapping()) {
                // What stands beside a scope describes it.
                if (files_) files_->see_all({&entry->value, at.resource});
                for (const auto* scope : sorted_entries(entry->value)) out_ += quoted(scope->key) + ',';
            } else if (!names && is_value(entry->key)) {
                if (files_) files_->see_all({&entry->value, at.resource});
                out_ += canonical(entry->value);
            } else if (!write({&entry->value, at.resource}, !names && holds_names(entry->key))) {
                return false;
            }
            out_ += ',';
        }
        stack_.pop_back();
        out_ += '}';
        return true;
    }
    bool follow(Place at, const SourceNode& reference) {
        Place target = files_->resolve({&reference, at.resource});
        if (!target) return false;
        auto open = std::find(stack_.begin(), stack_.end(), target.node);
        if (open != stack_.end()) {
            out_ += '^' + std::to_string(open - stack_.begin());
            return true;
        }
        std::size_t others = 0;
        for (const auto& entry : at.node->entries)
            if (entry.key != "$ref" && !is_annotation(entry.key)) ++others;
        if (others == 0) {
            stack_.push_back(at.node);
            bool whole = write(target, false);
            stack_.pop_back();
            return whole;
        }
        out_ += "{$ref:";
        stack_.push_back(at.node);
        bool whole = write(target, false);
        stack_.pop_back();
        return whole && entries(at, false) && (out_ += '}', true);
    }

    ApiFiles* files_;
    std::string out_;
    std::vector<const SourceNode*> stack_;
};

}  // namespace

bool is_annotation(std::string_view key) {
    static const std::unordered_set<std::string_view> all = {"title",   "description", "summary",     "$comment",
                                                             "example", "examples",    "contact",     "termsOfService",
                                                             "license", "tags",        "externalDocs"};
    return all.contains(key);
}

bool is_value(std::string_view key) {
    return key == "default" || key == "enum" || key == "const" || key.starts_with("x-");
}

bool holds_names(std::string_view key) {
    static const std::unordered_set<std::string_view> all = {
        "properties", "patternProperties", "$defs",   "definitions",   "dependentSchemas", "dependentRequired",
        "schemas",    "responses",         "headers", "requestBodies", "securitySchemes",  "links",
        "callbacks",  "pathItems",         "paths",   "webhooks",      "content",          "encoding",
        "variables",  "mapping",           "scopes",  "flows",         "parameters"};
    return all.contains(key);
}

std::string canonical_number(std::string_view number) {
    Decimal decimal(number);
    if (decimal.is_zero()) return "0";
    std::string out = decimal.negative() ? "-" : "";
    for (std::size_t i = 0; i < decimal.digits(); ++i) out += static_cast<char>('0' + decimal.digit(i));
    return decimal.exponent() == 0 ? out : out + 'e' + std::to_string(decimal.exponent());
}

std::string canonical(const SourceNode& value) {
    switch (value.kind) {
        case SourceKind::null: return "null";
        case SourceKind::scalar:
            if (value.quoted) return quoted(value.text);
            if (auto flag = boolean_of(value)) return *flag ? "true" : "false";
            return is_json_number(value.text) ? canonical_number(value.text) : quoted(value.text);
        case SourceKind::sequence: {
            std::string out = "[";
            for (const auto& item : value.items) out += (out.size() > 1 ? "," : "") + canonical(item);
            return out + ']';
        }
        case SourceKind::mapping: break;
    }
    std::string out = "{";
    for (const auto* entry : sorted_entries(value))
        out += (out.size() > 1 ? "," : "") + quoted(entry->key) + ':' + canonical(entry->value);
    return out + '}';
}

std::optional<std::string> meaning_of(ApiFiles& files, Place at) {
    Meaning meaning(&files);
    if (!meaning.write(at, false)) return std::nullopt;
    return std::move(meaning).text();
}

std::string raw_meaning(const SourceNode& node, bool names) {
    // Beyond the bound annotations count too: a difference too much, never one too few.
    Meaning meaning(nullptr);
    return meaning.write({&node, 0}, names) ? std::move(meaning).text() : canonical(node);
}

}  // namespace headgate::evolution
