#include "contracts/registry/check_operation.hpp"

#include <algorithm>
#include <set>

namespace headgate {
namespace {

bool is_scalar(const Shape* shape) {
    return shape && !shape->allows(ValueKind::object) && !shape->allows(ValueKind::array);
}

// What the schema says of members that it doesn't name: no name of a parameter holds this character.
const Shape* others(const Shape& shape) { return shape.property("\x7F"); }

// One operation's; borrows it.
class Check {
  public:
    Check(Operation& operation, const schema::Compiler& compiler, Diagnostics& diagnostics)
        : operation_(operation), compiler_(compiler), diagnostics_(diagnostics) {}

    void run() {
        for (auto& parameter : operation_.parameters) {
            kind(parameter, "the parameter '" + parameter.name + "' of " + operation_.name);
            if (parameter.in == ParameterPlace::query && compiler_.sound(*parameter.schema)) claims(parameter);
            if (parameter.in == ParameterPlace::header) secret(parameter);
        }
        for (auto& [status, response] : operation_.responses) headers(response);
        if (operation_.default_response) headers(*operation_.default_response);
        for (const Content& content : operation_.bodies) body(content);
    }

  private:
    void kind(Parameter& parameter, const std::string& what) {
        if (parameter.style == ParameterStyle::json || !parameter.schema || !compiler_.sound(*parameter.schema)) return;
        const Shape& shape = parameter.schema->shape();
        bool array = shape.allows(ValueKind::array), object = shape.allows(ValueKind::object);
        bool single = false;
        for (auto kind : {ValueKind::boolean, ValueKind::number, ValueKind::string}) single |= shape.allows(kind);
        if (array + object + single != 1)
            return fault(shape.mark(), what + " must be a single value, a list or an object",
                         array + object + single == 0 ? "null alone can't be told" : "say its type");
        parameter.kind = array ? Parameter::Kind::array : object ? Parameter::Kind::object : Parameter::Kind::scalar;
        if (array && !is_scalar(shape.items()))
            fault(shape.items() ? shape.items()->mark() : shape.mark(), what + " must be a list of single values",
                  shape.items() ? "say their type, or use content: application/json" : "say items: {type: ...}");
        if (object) members(shape, what);
        const char* name = parameter.style == ParameterStyle::space  ? "spaceDelimited"
                           : parameter.style == ParameterStyle::pipe ? "pipeDelimited"
                                                                     : "deepObject";
        if ((parameter.style == ParameterStyle::space || parameter.style == ParameterStyle::pipe) && single)
            fault(shape.mark(), "the style " + std::string(name) + " is defined for lists and objects alone",
                  "style: form");
        if (parameter.style == ParameterStyle::deep && !object)
            fault(shape.mark(), "the style deepObject is defined for objects alone", "style: form");
    }

    void members(const Shape& shape, const std::string& what) {
        for (auto name : shape.property_names())
            if (!is_scalar(shape.property(name)))
                fault(shape.property(name)->mark(),
                      what + " must hold single values, and '" + std::string(name) + "' may be none",
                      "say its type, or use content: application/json");
        if (const Shape* rest = others(shape); rest && !is_scalar(rest))
            fault(rest->mark(), what + " must hold single values", "additionalProperties: {type: string}");
    }

    // Each name in a query belongs to one parameter.
    void claims(const Parameter& parameter) {
        bool pieces =
            parameter.style == ParameterStyle::form && parameter.explode && parameter.kind == Parameter::Kind::object;
        if (pieces) {
            const Shape& shape = parameter.schema->shape();
            for (auto name : shape.property_names()) claim(std::string(name), parameter, "'" + std::string(name) + "'");
            if (others(shape)) claim("*", parameter, "every other name");
        } else {
            claim(parameter.name, parameter, "'" + parameter.name + "'");
        }
        if (parameter.style == ParameterStyle::deep)
            for (const auto& other : operation_.parameters)
                if (other.in == ParameterPlace::query && other.name.starts_with(parameter.name + "["))
                    fault(other.mark, "'" + other.name + "' is a member of the parameter '" + parameter.name + "' too",
                          "give it another name");
    }

    void claim(const std::string& name, const Parameter& parameter, const std::string& shown) {
        auto [entry, added] = claimed_.emplace(name, &parameter);
        if (!added && entry->second != &parameter && entry->second->name != parameter.name)
            fault(
                parameter.mark,
                shown + " of the query is of the parameters '" + entry->second->name + "' and '" + parameter.name + "'",
                "style: deepObject keeps them apart");
    }

    // A token must not become part of a message.
    void secret(const Parameter& parameter) {
        for (const auto& all : operation_.security)
            for (const auto& credential : all)
                if (credential == Credential{parameter.name})
                    return fault(parameter.mark,
                                 "the header '" + parameter.name + "' carries a token: it is no parameter",
                                 "the security scheme says it");
    }

    void headers(Response& response) {
        for (auto& header : response.headers) kind(header, "the header '" + header.name + "' of " + operation_.name);
    }

    void body(const Content& content) {
        if (!compiler_.sound(*content.schema)) return;
        const Shape& shape = content.schema->shape();
        for (auto kind : {ValueKind::null, ValueKind::boolean, ValueKind::number, ValueKind::string, ValueKind::array})
            if (shape.allows(kind))
                return fault(shape.mark(), "the body of " + operation_.name + " must be an object", "say type: object");
        for (const auto& parameter : operation_.parameters) {
            auto names = shape.property_names();
            if (std::find(names.begin(), names.end(), parameter.name) != names.end())
                fault(operation_.mark,
                      "'" + parameter.name + "' is a parameter and a member of the body of " + operation_.name,
                      "a request message is one object");
        }
    }

    void fault(SourceMark mark, std::string message, std::string hint) {
        for (const auto& known : diagnostics_.all())
            if (known.message == message && known.mark.line == mark.line && known.mark.file == mark.file) return;
        diagnostics_.error(std::move(mark), std::move(message), std::move(hint));
    }

    Operation& operation_;
    const schema::Compiler& compiler_;
    Diagnostics& diagnostics_;
    std::map<std::string, const Parameter*> claimed_;
};

}  // namespace

void check_operation(Operation& operation, const schema::Compiler& compiler, Diagnostics& diagnostics) {
    Check(operation, compiler, diagnostics).run();
}

}  // namespace headgate
