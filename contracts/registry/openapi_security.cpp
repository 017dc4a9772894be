// Security schemes and requirements: what a caller must show. Headgate knows tokens alone, as bearer or in a header.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"
#include "contracts/registry/header_names.hpp"
#include "contracts/registry/openapi.hpp"

namespace headgate {
void OpenApiReader::read_security_schemes(const At& components) {
    each(components, "securitySchemes", [&](const SourceNode::Entry& entry, At at) {
        At scheme = follow(at, "a security scheme", "securitySchemes");
        auto& known = document_.schemes[entry.key];  // what is refused here is no fault where it is named
        if (scheme.node) known = read_security_scheme(entry.key, scheme);
    });
}

std::optional<Credential> OpenApiReader::read_security_scheme(const std::string& name, const At& scheme) {
    const char* what = "a security scheme";
    if (!keys(scheme, what,
              {"type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"}))
        return std::nullopt;
    text(scheme, "description", what);
    std::string type = text(scheme, "type", what, true);
    auto refuse = [&](std::string_view key, const std::string& which) {
        fault(here(scheme, key), "the security scheme '" + name + "' is not supported: " + which,
              "type: http with scheme: bearer, or type: apiKey with in: header");
        return std::nullopt;
    };
    // A key of another type would say nothing.
    auto only = [&](Names allowed) {
        for (const auto& entry : scheme.node->entries)
            if (!entry.key.starts_with("x-") && entry.key != "type" && entry.key != "description" &&
                std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
                fault(entry, scheme, "'" + entry.key + "' says nothing of type: " + type);
    };
    if (type == "http") {
        only({"scheme", "bearerFormat"});
        text(scheme, "bearerFormat", what);
        std::string kind = text(scheme, "scheme", "a security scheme of type http", true);
        if (kind.empty()) return std::nullopt;
        if (!equals_ignoring_case(kind, "bearer")) return refuse("scheme", "http " + kind);
        return Credential{};
    }
    if (type == "apiKey") {
        only({"name", "in"});
        std::string in = text(scheme, "in", "a security scheme of type apiKey", true);
        std::string header = text(scheme, "name", "a security scheme of type apiKey", true);
        if (in.empty() || header.empty()) return std::nullopt;
        if (in != "header") return refuse("in", "apiKey in " + in);
        if (!is_token(header)) {
            fault(here(scheme, "name"), "'" + header + "' is no name of a header");
            return std::nullopt;
        }
        if (foreign_to_request(header)) return refuse("name", "apiKey in " + header);
        return Credential{header};
    }
    if (type == "oauth2" || type == "openIdConnect" || type == "mutualTLS") return refuse("type", type);
    if (!type.empty()) {
        std::string near = nearest(type, {"http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"});
        fault(here(scheme, "type"), "unknown type of security scheme '" + type + "'",
              near.empty() ? "http or apiKey" : "did you mean '" + near + "'?");
    }
    return std::nullopt;
}

OpenApiReader::Alternatives OpenApiReader::read_security(const At& requirements) {
    Alternatives out;
    if (!requirements.node->is_sequence()) {
        fault(requirements, "security must be a list", "security: [] when everybody may call");
        return {{Credential{}}};
    }
    std::vector<std::string_view> names;
    for (const auto& [name, credential] : document_.schemes) names.push_back(name);
    for (const auto& requirement : requirements.node->items) {
        At at{&requirement, requirements.resource};
        auto& all = out.emplace_back();
        if (!mapping(at, "a security requirement")) {
            all.emplace_back();
            continue;
        }
        for (const auto& entry : requirement.entries) {
            auto known = document_.schemes.find(entry.key);
            if (known == document_.schemes.end()) {
                std::string near = nearest(entry.key, names);
                fault(entry, requirements, "there is no security scheme '" + entry.key + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
            }
            if (!entry.value.is_sequence())
                fault({&entry.value, at.resource}, "a security requirement must be a list", "write []");
            else if (!entry.value.items.empty())
                fault({&entry.value, at.resource}, "scopes and roles are not supported", "write []");
            Credential credential = known != document_.schemes.end() && known->second ? *known->second : Credential{};
            if (std::find(all.begin(), all.end(), credential) == all.end()) all.push_back(credential);
        }
    }
    return out;
}

}  // namespace headgate
