#include "contracts/registry/parameter_text.hpp"

#include <algorithm>

#include "contracts/document/number.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_pairs = 1000;
constexpr std::size_t most_issues = 20;
constexpr std::size_t longest_number = 64;

// What a text means where the schema allows such a value; else it stays a string, and the schema says what is wrong.
Value scalar(std::string_view text, const Shape* shape, Builder& builder) {
    if (shape && !shape->allows(ValueKind::string)) {
        if (shape->allows(ValueKind::number) && text.size() <= longest_number && is_json_number(text) &&
            text.find_first_of("eE") == std::string_view::npos)
            return Value::number(builder.arena().copy(text));
        if (shape->allows(ValueKind::boolean) && (text == "true" || text == "false"))
            return Value::boolean(text == "true");
    }
    return Value::string(builder.arena().copy(text));
}

bool is_list(const Shape& shape) { return shape.allows(ValueKind::array) && !shape.allows(ValueKind::string); }

void write_scalar(const Value& value, std::string& out, bool encode) {
    std::string_view text = value.is_boolean()                       ? (value.as_boolean() ? "true" : "false")
                            : value.is_number() || value.is_string() ? value.text()
                                                                     : std::string_view();
    if (encode)
        percent_encode(text, out);
    else
        out += text;
}

}  // namespace

Value simple_value(std::string_view text, const Shape& shape, Builder& builder) {
    if (!is_list(shape)) return scalar(text, &shape, builder);
    std::vector<Value> items;
    while (!text.empty()) {
        auto comma = text.find(',');
        std::string_view item = text.substr(0, comma);
        while (item.starts_with(' ')) item.remove_prefix(1);
        items.push_back(scalar(item, shape.items(), builder));
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
        if (text.empty()) items.push_back(scalar(text, shape.items(), builder));
    }
    builder.begin_array();
    for (const Value& item : items) builder.value(item);
    builder.end_array();
    return builder.take();
}

void write_simple(const Value& value, std::string& out, bool encode) {
    if (!value.is_array()) return write_scalar(value, out, encode);
    for (std::uint32_t i = 0; i < value.size(); ++i) {
        if (i > 0) out += ',';
        write_scalar(value[i], out, encode);
    }
}

QueryReader::QueryReader(std::string_view query, const Operation& operation, Builder& builder,
                         std::vector<SchemaIssue>& issues)
    : operation_(operation), builder_(builder), issues_(issues) {
    while (!query.empty()) {
        std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty()) continue;
        if (pairs_.size() == most_pairs) {
            issue("", "more than " + std::to_string(most_pairs) + " query parameters", "query");
            break;
        }
        auto equals = part.find('=');
        auto name = percent_decode(part.substr(0, equals), true);
        if (!name) {
            issue("", "a name in the query is not well-formed", "encoding");
            continue;
        }
        pairs_.push_back({std::move(*name), equals == std::string_view::npos ? "" : part.substr(equals + 1)});
    }
}

void QueryReader::issue(const std::string& name, std::string message, const char* keyword) {
    if (issues_.size() >= most_issues) return;
    std::string pointer;
    if (!name.empty()) append_pointer(pointer, name);
    issues_.push_back({std::move(pointer), std::move(message), keyword, operation_.mark});
}

bool QueryReader::refused(const Parameter& parameter) const {
    if (parameter.in == ParameterPlace::query)
        for (const Pair& pair : pairs_)
            if (pair.name == parameter.name) return true;
    return false;
}

std::optional<Value> QueryReader::take(const Parameter& parameter) {
    const Shape& shape = parameter.schema->shape();
    bool list = is_list(shape);
    std::vector<Value> items;
    std::size_t given = 0;
    auto add = [&](std::string_view raw) {
        auto text = percent_decode(raw, true);
        if (!text) {
            issue(parameter.name, "is not well-formed", "encoding");
            return false;
        }
        items.push_back(scalar(*text, list ? shape.items() : &shape, builder_));
        return true;
    };
    for (const Pair& pair : pairs_) {
        if (pair.name != parameter.name) continue;
        if (++given > 1 && !(list && parameter.explode)) {
            issue(parameter.name, list ? "is given twice; its items are separated by commas" : "is given twice",
                  "query");
            return std::nullopt;
        }
        std::string_view raw = pair.raw;
        // Commas separate before they are decoded: an item may hold one as %2C.
        while (list && !parameter.explode && !raw.empty()) {
            auto comma = raw.find(',');
            if (!add(raw.substr(0, comma))) return std::nullopt;
            if (comma == std::string_view::npos) break;
            raw.remove_prefix(comma + 1);
            if (raw.empty() && !add(raw)) return std::nullopt;
        }
        if ((!list || parameter.explode) && !add(raw)) return std::nullopt;
    }
    if (given == 0) return std::nullopt;
    if (!list) return items.front();
    builder_.begin_array();
    for (const Value& item : items) builder_.value(item);
    builder_.end_array();
    return builder_.take();
}

void QueryReader::finish() {
    std::vector<std::string_view> names;
    for (const auto& parameter : operation_.parameters)
        if (parameter.in == ParameterPlace::query) names.push_back(parameter.name);
    for (const Pair& pair : pairs_) {
        if (std::find(names.begin(), names.end(), pair.name) != names.end()) continue;
        std::string near = pair.name.size() < 100 ? nearest(pair.name, names) : std::string();
        // A name of any length is not repeated to its sender.
        issue(pair.name.size() < 100 ? pair.name : std::string(),
              near.empty() ? "is no parameter of this operation"
                           : "is no parameter of this operation; did you mean '" + near + "'?",
              "query");
    }
}

}  // namespace headgate
