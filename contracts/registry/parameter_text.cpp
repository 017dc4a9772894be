#include "contracts/registry/parameter_text.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_pairs = 1000;
constexpr std::size_t most_issues = 20;
constexpr std::size_t longest_name = 100;  // that is repeated to its sender

}  // namespace

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
        std::string_view name = part.substr(0, equals);
        if (name.find_first_of("%+") != std::string_view::npos || find_invalid_utf8(name) != std::string_view::npos) {
            auto decoded = percent_decode(name, true);
            if (!decoded) {
                issue("", "a name in the query is not well-formed", "encoding");
                continue;
            }
            name = builder_.arena().copy(*decoded);
        }
        pairs_.push_back({name, equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1)});
    }
}

void QueryReader::issue(std::string_view name, std::string message, const char* keyword) {
    if (issues_.size() >= most_issues) return;
    std::string pointer;
    if (!name.empty()) append_pointer(pointer, name);
    issues_.push_back({std::move(pointer), std::move(message), keyword, operation_.mark});
}

std::optional<Value> QueryReader::refuse(const Parameter& parameter, std::string why, const char* keyword) {
    refused_ = true;
    issue(parameter.name, std::move(why), keyword);
    return std::nullopt;
}

std::optional<Value> QueryReader::take(const Parameter& parameter) {
    refused_ = false;
    bool pieces = parameter.style == ParameterStyle::form && parameter.explode;
    if (parameter.style == ParameterStyle::deep || (pieces && parameter.kind == Parameter::Kind::object))
        return take_members(parameter);
    if (pieces && parameter.kind == Parameter::Kind::array) return take_items(parameter);
    return take_single(parameter);
}

// `color=blue`, `color=blue,black`, `color=R,100,G,200`, `color={"R":100}`
std::optional<Value> QueryReader::take_single(const Parameter& parameter) {
    Pair* found = nullptr;
    for (Pair& pair : pairs_) {
        if (pair.name != parameter.name) continue;
        pair.claimed = true;
        if (!found) {
            found = &pair;
            continue;
        }
        for (Pair& other : pairs_) other.claimed = other.claimed || other.name == parameter.name;
        const char* why = "is given twice";
        if (parameter.kind == Parameter::Kind::array && parameter.style != ParameterStyle::json)
            why = parameter.style == ParameterStyle::space  ? "is given twice; its items are separated by blanks"
                  : parameter.style == ParameterStyle::pipe ? "is given twice; its items are separated by '|'"
                                                            : "is given twice; its items are separated by commas";
        return refuse(parameter, why, "query");
    }
    if (!found) return std::nullopt;
    TextReader reader(parameter, Coding::query, builder_);
    auto value = parameter.style == ParameterStyle::json ? reader.json(found->raw) : reader.by_kind(found->raw);
    return value ? value : refuse(parameter, std::move(reader.why), "encoding");
}

// `color=blue&color=black`
std::optional<Value> QueryReader::take_items(const Parameter& parameter) {
    TextReader reader(parameter, Coding::query, builder_);
    bool any = false;
    for (Pair& pair : pairs_) {
        if (pair.name != parameter.name) continue;
        pair.claimed = true;
        if (!any) reader.begin();
        any = true;
        if (reader.item(pair.raw)) continue;
        reader.abandon();
        for (Pair& other : pairs_) other.claimed = other.claimed || other.name == parameter.name;
        return refuse(parameter, std::move(reader.why), "encoding");
    }
    if (!any) return std::nullopt;
    return reader.end();
}

// `R=100&G=200`: the members that the schema names; where it says what others are, every name that no parameter has.
// `color[R]=100`: whatever stands in the brackets.
bool QueryReader::is_member(const Parameter& parameter, std::string_view name, std::string_view& key) const {
    key = name;
    if (parameter.style == ParameterStyle::deep) {
        std::string_view prefix = parameter.name;
        if (name.size() < prefix.size() + 2 || !name.starts_with(prefix) || name[prefix.size()] != '[' ||
            name.back() != ']')
            return false;
        key = name.substr(prefix.size() + 1, name.size() - prefix.size() - 2);
        return true;
    }
    if (!parameter.schema->shape().property(name)) return false;
    for (const Parameter& other : operation_.parameters)
        if (other.in == ParameterPlace::query && other.name == name && &other != &parameter) return false;
    return true;
}

std::optional<Value> QueryReader::take_members(const Parameter& parameter) {
    TextReader reader(parameter, Coding::query, builder_);
    bool any = false, broken = false;
    std::string_view key;
    for (Pair& pair : pairs_) {
        if (pair.claimed || !is_member(parameter, pair.name, key)) continue;
        pair.claimed = true;
        if (!any) reader.begin();
        any = true;
        if (!broken) broken = !reader.member(key, pair.raw);
    }
    if (!any) return std::nullopt;
    if (!broken) return reader.end();
    reader.abandon();
    return refuse(parameter, std::move(reader.why), "query");
}

void QueryReader::finish() {
    std::vector<std::string_view> names;
    for (const Pair& pair : pairs_) {
        if (pair.claimed) continue;
        if (names.empty())
            for (const auto& parameter : operation_.parameters)
                if (parameter.in == ParameterPlace::query) names.push_back(parameter.name);
        bool told = pair.name.size() < longest_name;
        std::string near = told ? nearest(pair.name, names) : std::string();
        issue(told ? pair.name : std::string_view(),
              near.empty() ? "is no parameter of this operation"
                           : "is no parameter of this operation; did you mean '" + near + "'?",
              "query");
    }
}

}  // namespace headgate
