// Parameters of an operation: where they stand, and how their values are told as text.
#include <algorithm>

#include "base/ascii.hpp"
#include "mappings/formats/openapi/api_reader.hpp"

namespace headgate {

namespace {

std::optional<ParameterStyle> style_of(const std::string& name, ParameterPlace in) {
    bool query = in == ParameterPlace::query, path = in == ParameterPlace::path;
    if (name.empty()) return query ? ParameterStyle::form : ParameterStyle::simple;
    if (name == "form" && query) return ParameterStyle::form;
    if (name == "simple" && !query) return ParameterStyle::simple;
    if (name == "label" && path) return ParameterStyle::label;
    if (name == "matrix" && path) return ParameterStyle::matrix;
    if (name == "spaceDelimited" && query) return ParameterStyle::space;
    if (name == "pipeDelimited" && query) return ParameterStyle::pipe;
    if (name == "deepObject" && query) return ParameterStyle::deep;
    return std::nullopt;
}

// OpenAPI 3.1, section 4.8.12.1: what is said of these is not read.
bool is_said_elsewhere(std::string_view header) {
    for (std::string_view name : {"accept", "content-type", "authorization"})
        if (equals_ignoring_case(header, name)) return true;
    return false;
}

}  // namespace

// Those of an operation replace those of its path.
void ApiReader::read_parameters(const At& holder, std::vector<Parameter>& out) {
    At list = member(holder, "parameters");
    if (!list.node || !list.node->is_sequence()) return;
    for (const auto& item : list.node->items) {
        At at = follow({&item, list.resource});
        auto parameter = at.node ? read_parameter(at) : std::nullopt;
        if (!parameter) continue;
        std::erase_if(
            out, [&](const Parameter& other) { return other.in == parameter->in && other.name == parameter->name; });
        out.push_back(std::move(*parameter));
    }
}

std::optional<Parameter> ApiReader::read_parameter(const At& at) {
    Parameter out;
    out.name = text(at, "name");
    out.mark = mark(at);
    auto in = text(at, "in");
    out.required = flag(at, "required", false);
    if (in == "cookie") {
        if (out.required) fault(at, "the cookie '" + out.name + "' is required: cookies are not supported");
        return std::nullopt;
    }
    if (out.name.empty() || (in != "path" && in != "query" && in != "header")) {
        fault(at, "a parameter has a name, and stands in path, query or header", "{ name: id, in: path, ... }");
        return std::nullopt;
    }
    out.in = in == "path" ? ParameterPlace::path : in == "query" ? ParameterPlace::query : ParameterPlace::header;
    if (out.in == ParameterPlace::header && is_said_elsewhere(out.name)) return std::nullopt;
    if (!read_value(at, out)) return std::nullopt;
    return out;
}

bool ApiReader::read_value(const At& at, Parameter& out) {
    if (at.node->is_mapping() && at.node->find("content")) {
        auto contents = read_contents(at);
        if (contents.empty()) return false;
        out.schema = contents.front().schema;
        out.style = ParameterStyle::json;
        return true;
    }
    const SourceNode* schema = at.node->is_mapping() ? at.node->find("schema") : nullptr;
    if (!schema) return fault(at, "'" + out.name + "' says no schema", "schema: { type: string }"), false;
    auto style = style_of(text(at, "style"), out.in);
    if (!style) return fault(at, "the style '" + text(at, "style") + "' of '" + out.name + "' is not supported"), false;
    out.style = *style;
    out.explode = flag(at, "explode", out.style == ParameterStyle::form || out.style == ParameterStyle::deep);
    out.allow_reserved = flag(at, "allowReserved", false);
    out.schema = compiler_.compile(*schema, at.resource);
    return true;
}

// Each `{name}` of the path is a parameter of it, and each parameter of it stands there.
bool ApiReader::check_path(const Operation& operation, const At& at) {
    std::vector<std::string> named;
    for (std::string_view rest = operation.path;;) {
        auto open = rest.find('{'), close = rest.find('}');
        if (open == std::string_view::npos && close == std::string_view::npos) break;
        if (open == std::string_view::npos || close == std::string_view::npos || close < open)
            return fault(at, "the path '" + operation.path + "' can't be read"), false;
        named.emplace_back(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    auto in_path = [](const Parameter& one) { return one.in == ParameterPlace::path; };
    for (const auto& name : named)
        if (std::none_of(operation.parameters.begin(), operation.parameters.end(),
                         [&](const Parameter& one) { return in_path(one) && one.name == name; }))
            return fault(at, "no parameter says what '{" + name + "}' of the path is"), false;
    for (const auto& one : operation.parameters)
        if (in_path(one) && std::find(named.begin(), named.end(), one.name) == named.end())
            return fault(at, "the path '" + operation.path + "' has no '{" + one.name + "}'"), false;
    return true;
}

}  // namespace headgate
