// The messages of an operation as mappings see them: parameters and headers in groups, the bodies' members beside them.
#include <algorithm>

#include "mappings/formats/openapi/api_reader.hpp"
#include "mappings/formats/shape/schema_tree.hpp"

namespace headgate {

namespace {

using mappings::TreeMaker;

constexpr std::pair<ParameterPlace, const char*> places[] = {
    {ParameterPlace::path, "path"}, {ParameterPlace::query, "query"}, {ParameterPlace::header, "header"}};

LegacyNode* find(std::vector<LegacyNode>& nodes, std::string_view name) {
    for (auto& node : nodes)
        if (node.name == name) return &node;
    return nullptr;
}

// Parameters, or headers of an answer, that stand in one place.
LegacyNode group_of(const std::vector<Parameter>& parameters, ParameterPlace in, const char* name, TreeMaker& trees) {
    LegacyNode group;
    group.name = name;
    group.typed = true;
    group.optional = true;
    for (const auto& parameter : parameters) {
        if (parameter.in != in) continue;
        LegacyNode node;
        node.name = parameter.name;
        trees.fill(node, parameter.schema->shape());
        node.optional = !parameter.required && in != ParameterPlace::path;
        group.optional = group.optional && node.optional;
        group.children.push_back(std::move(node));
    }
    return group;
}

bool stands_apart(const std::vector<LegacyNode>& groups, const LegacyNode& body) {
    if (body.type != LegacyType::group || body.repeated || body.children.empty()) return true;
    return std::any_of(groups.begin(), groups.end(), [&](const LegacyNode& group) { return body.child(group.name); });
}

// True: it stands under `body`.
bool add_body(LegacyNode& message, LegacyNode body) {
    bool apart = stands_apart(message.children, body);
    if (apart) {
        body.name = "body";
        message.children.push_back(std::move(body));
        return true;
    }
    for (auto& child : body.children) {
        child.optional = child.optional || body.optional;
        message.children.push_back(std::move(child));
    }
    return false;
}

// What two answers of success say, as one; false where they say one member differently.
bool merge(LegacyNode& into, const LegacyNode& other, std::string& culprit) {
    if (into.type != other.type || into.repeated != other.repeated) return culprit = into.name, false;
    into.optional = into.optional || other.optional;
    into.nillable = into.nillable || other.nillable;
    into.length = into.length == 0 || other.length == 0 ? 0 : std::max(into.length, other.length);
    if (into.codes.empty() != other.codes.empty()) into.codes.clear();
    for (const auto& code : other.codes)
        if (std::find(into.codes.begin(), into.codes.end(), code) == into.codes.end() && !into.codes.empty())
            into.codes.push_back(code);
    for (auto& child : into.children) child.optional = child.optional || !other.child(child.name);
    for (const auto& child : other.children) {
        if (auto* known = find(into.children, child.name)) {
            if (!merge(*known, child, culprit)) return false;
            continue;
        }
        into.children.push_back(child);
        into.children.back().optional = true;
    }
    return true;
}

void may_all_be_absent(LegacyNode& node) {
    node.optional = true;
    for (auto& child : node.children) may_all_be_absent(child);
}

std::vector<const Response*> all_of(const Operation& operation) {
    std::vector<const Response*> out;
    for (const auto& [status, response] : operation.responses) out.push_back(&response);
    if (operation.default_response) out.push_back(&*operation.default_response);
    return out;
}

bool is_success(int status) { return status == 2 || status / 100 == 2; }

}  // namespace

bool ApiReader::sound(const Operation& operation) const {
    auto good = [&](const std::shared_ptr<const Schema>& schema) { return compiler_.sound(*schema); };
    auto parameter = [&](const Parameter& one) { return good(one.schema); };
    auto content = [&](const Content& one) { return good(one.schema); };
    auto response = [&](const Response* one) {
        return std::all_of(one->headers.begin(), one->headers.end(), parameter) &&
               std::all_of(one->contents.begin(), one->contents.end(), content);
    };
    auto responses = all_of(operation);
    return std::all_of(operation.parameters.begin(), operation.parameters.end(), parameter) &&
           std::all_of(operation.bodies.begin(), operation.bodies.end(), content) &&
           std::all_of(responses.begin(), responses.end(), response);
}

bool ApiReader::check_kinds(std::vector<Parameter>& parameters, const At& at) {
    for (auto& parameter : parameters) {
        const Shape& shape = parameter.schema->shape();
        bool array = shape.allows(ValueKind::array), object = shape.allows(ValueKind::object), single = false;
        for (auto kind : {ValueKind::boolean, ValueKind::number, ValueKind::string}) single |= shape.allows(kind);
        if (parameter.style != ParameterStyle::json && array + object + single != 1)
            return fault(at, "'" + parameter.name + "' is a single value, a list or an object",
                         "say the type of its schema"),
                   false;
        parameter.kind = array ? Parameter::Kind::array : object ? Parameter::Kind::object : Parameter::Kind::scalar;
    }
    return true;
}

bool ApiReader::make_trees(ApiOperation& out, const At& at) {
    Operation& operation = out.operation;
    if (!check_kinds(operation.parameters, at)) return false;
    TreeMaker trees(TreeMaker::Of::api);
    out.request.typed = out.answer.typed = true;
    for (const auto& [in, name] : places)
        if (auto group = group_of(operation.parameters, in, name, trees); !group.children.empty())
            out.request.children.push_back(std::move(group));
    if (operation.body) {
        LegacyNode body;
        trees.fill(body, operation.body->shape());
        body.optional = !operation.body_required;
        out.body_apart = add_body(out.request, std::move(body));
    }
    LegacyNode headers, body;
    std::string culprit;
    bool any = false, empty = false, first_headers = true;
    auto add = [&](Response& response, bool success) {
        if (!check_kinds(response.headers, at)) return false;
        for (const auto& content : response.contents) {
            LegacyNode one;
            trees.fill(one, content.schema->shape());
            auto refusal = one;
            may_all_be_absent(refusal);
            std::string unused;
            merge(out.refusals, refusal, unused);
            if (!success) continue;
            if (any && !merge(body, one, culprit)) return false;
            if (!any) body = std::move(one);
            any = true;
        }
        if (!success) return true;
        empty = empty || response.contents.empty();
        auto of_answer = group_of(response.headers, ParameterPlace::header, "header", trees);
        if (!first_headers && !merge(headers, of_answer, culprit)) return false;
        if (first_headers) headers = std::move(of_answer);
        first_headers = false;
        return true;
    };
    bool good = true;
    for (auto& [status, response] : operation.responses) good = good && add(response, is_success(status));
    if (operation.default_response) good = good && add(*operation.default_response, first_headers);
    if (!good) {
        if (!culprit.empty() || any)
            fault(at, "its answers of success say '" + (culprit.empty() ? "the body" : culprit) + "' differently");
        return false;
    }
    if (!headers.children.empty()) out.answer.children.push_back(std::move(headers));
    body.optional = empty;
    if (any) out.answer_apart = add_body(out.answer, std::move(body));
    // Where successes are named, no other answer is one.
    if (std::any_of(operation.responses.begin(), operation.responses.end(),
                    [](const auto& one) { return is_success(one.first); }))
        operation.default_response.reset();
    if (trees.too_large()) return fault(at, "the messages of this operation are too large"), false;
    return true;
}

}  // namespace headgate
