// Parameters and headers: where they stand, in which style, and what they may hold.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"
#include "contracts/registry/header_names.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/openapi.hpp"

namespace headgate {
namespace {

struct StyleName {
    std::string_view name;
    ParameterStyle style;
    ParameterPlace in;
};
constexpr StyleName styles[] = {
    {"simple", ParameterStyle::simple, ParameterPlace::path},
    {"label", ParameterStyle::label, ParameterPlace::path},
    {"matrix", ParameterStyle::matrix, ParameterPlace::path},
    {"form", ParameterStyle::form, ParameterPlace::query},
    {"spaceDelimited", ParameterStyle::space, ParameterPlace::query},
    {"pipeDelimited", ParameterStyle::pipe, ParameterPlace::query},
    {"deepObject", ParameterStyle::deep, ParameterPlace::query},
    {"simple", ParameterStyle::simple, ParameterPlace::header},
};

bool same_name(const Parameter& one, const Parameter& other) {
    bool headers = one.in == ParameterPlace::header && other.in == ParameterPlace::header;
    return headers ? equals_ignoring_case(one.name, other.name) : one.name == other.name;
}

}  // namespace

void OpenApiReader::read_parameters(const At& list, std::vector<Parameter>& out) {
    if (!list.node->is_sequence()) return fault(list, "parameters must be a list");
    for (const auto& item : list.node->items) {
        Parameter parameter;
        if (!read_parameter({&item, list.resource}, parameter)) continue;
        parameter.mark = mark({&item, list.resource});
        // All parameters are members of one message.
        for (const auto& other : out)
            if (same_name(other, parameter))
                fault({&item, list.resource}, "the parameter '" + parameter.name + "' is there twice",
                      other.in == parameter.in ? "" : "a request message is one object");
        out.push_back(std::move(parameter));
    }
}

bool OpenApiReader::read_parameter(At at, Parameter& out) {
    const char* what = "a parameter";
    at = follow(at, what, "parameters");
    if (!at.node || !keys(at, what,
                          {"name", "in", "description", "required", "deprecated", "style", "explode", "schema",
                           "content", "example", "examples", "allowReserved", "allowEmptyValue"}))
        return false;
    out.mark = mark(at);
    read_name(at, out);
    text(at, "description", what);
    out.deprecated = flag(at, "deprecated", false);
    out.required = flag(at, "required", false);
    if (out.in == ParameterPlace::path && !out.required)
        fault(here(at, "required"), "a path parameter must have `required: true`");
    if (at.node->find("allowEmptyValue"))
        fault(here(at, "allowEmptyValue"), "'allowEmptyValue' of a parameter is not supported",
              "OpenAPI advises against it; an empty text is `minLength: 0`");
    out.allow_reserved = flag(at, "allowReserved", false);
    if (out.allow_reserved && out.in != ParameterPlace::query)
        fault(here(at, "allowReserved"), "'allowReserved' says nothing outside a query");
    return read_value(at, what, out);
}

void OpenApiReader::read_name(const At& at, Parameter& out) {
    out.name = text(at, "name", "a parameter", true);
    std::string in = text(at, "in", "a parameter", true);
    if (in == "path")
        out.in = ParameterPlace::path;
    else if (in == "header")
        out.in = ParameterPlace::header;
    else if (in != "query" && !in.empty()) {
        std::string near = nearest(in, {"path", "query", "header"});
        fault(here(at, "in"), "parameters in '" + in.substr(0, 100) + "' are not supported",
              near.empty() || in == "cookie" ? "path, query and header are" : "did you mean '" + near + "'?");
    }
    if (out.in != ParameterPlace::header || out.name.empty()) return;
    if (!is_token(out.name)) fault(here(at, "name"), "'" + out.name + "' is no name of a header");
    if (ForeignHeader foreign = foreign_to_request(out.name))
        fault(here(at, "name"), "the header " + out.name + " is no parameter: " + foreign.why, foreign.hint);
}

// The combinations that the specification defines, and no other (OpenAPI 3.1.1, section 4.8.12.6).
void OpenApiReader::read_style(const At& at, Parameter& out) {
    out.style = out.in == ParameterPlace::query ? ParameterStyle::form : ParameterStyle::simple;
    if (std::string name = text(at, "style", "a parameter"); !name.empty()) {
        std::string allowed;
        std::vector<std::string_view> names;
        bool known = false;
        for (const auto& style : styles) {
            if (style.in != out.in) continue;
            if (style.name == name) out.style = style.style, known = true;
            allowed.append(allowed.empty() ? "" : ", ").append(style.name);
            names.push_back(style.name);
        }
        std::string near = nearest(name, names);
        if (!known)
            fault(here(at, "style"), "the style '" + name.substr(0, 100) + "' is not supported here",
                  near.empty() ? allowed + (names.size() > 1 ? " are" : " is") : "did you mean '" + near + "'?");
    }
    out.explode = flag(at, "explode", out.style == ParameterStyle::form);
    if (out.style == ParameterStyle::deep && !out.explode)
        fault(here(at, at.node->find("explode") ? "explode" : "style"),
              "the style deepObject is defined with explode alone", "explode: true");
    if ((out.style == ParameterStyle::space || out.style == ParameterStyle::pipe) && out.explode)
        fault(here(at, "explode"), "the style " + at.node->find("style")->text + " is not defined with explode",
              "explode: false, or style: form");
}

// `schema` with a style, or `content` with one JSON media type.
bool OpenApiReader::read_value(const At& at, const char* what, Parameter& out) {
    const SourceNode* schema = at.node->find("schema");
    const SourceNode* content = at.node->find("content");
    if (schema && content) fault(here(at, "content"), "'schema' and 'content' exclude each other", "keep one of them");
    if (!schema && !content) {
        fault(at, std::string(what) + " must have 'schema'");
        return false;
    }
    if (schema) {
        read_style(at, out);
        out.schema = compile({schema, at.resource});
        bool header = out.in == ParameterPlace::header;
        out.examples = read_examples(at, out.schema, header ? &out : nullptr);
        if (header) read_header_examples({schema, at.resource}, out);
        return true;
    }
    out.style = ParameterStyle::json;
    for (const char* key : {"style", "explode", "allowReserved", "example", "examples"})
        if (at.node->find(key))
            fault(here(at, key), "'" + std::string(key) + "' says nothing beside 'content'",
                  std::string_view(key).starts_with("example") ? "put it into the media type" : "");
    if (content->is_mapping() && content->entries.size() > 1) {
        fault(content->entries[1], at, "content of " + std::string(what) + " must have one media type");
        return false;
    }
    auto contents = read_content({content, at.resource});
    if (contents.empty()) return false;
    out.schema = std::move(contents.front().schema);
    out.examples = std::move(contents.front().examples);
    return true;
}

Parameter OpenApiReader::read_header(const SourceNode::Entry& entry, At at) {
    Parameter header;
    header.name = entry.key;
    header.in = ParameterPlace::header;
    const At holder = at;
    if (!is_token(entry.key)) fault(entry, holder, "'" + entry.key.substr(0, 100) + "' is no name of a header");
    at = follow(at, "a header", "headers");
    if (!at.node ||
        !keys(at, "a header",
              {"description", "required", "deprecated", "style", "explode", "schema", "content", "example", "examples"},
              {"name", "in", "allowReserved", "allowEmptyValue"}))
        return header;
    header.mark = mark(at);
    text(at, "description", "a header");
    header.required = flag(at, "required", false);
    header.deprecated = flag(at, "deprecated", false);
    read_value(at, "a header", header);
    return header;
}

}  // namespace headgate
