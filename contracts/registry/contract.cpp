#include "contracts/registry/contract.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace headgate {

bool may_have_body(int status) { return status != 204 && status != 205 && status != 304; }

const Response* Operation::response(int status) const {
    auto found = responses.find(status);
    if (found == responses.end()) found = responses.find(status / 100);
    if (found != responses.end()) return &found->second;
    return default_response ? &*default_response : nullptr;
}

const std::vector<Content>& Operation::contents(int status) const {
    static const std::vector<Content> none;
    const Response* declared = response(status);
    return declared && may_have_body(status) ? declared->contents : none;
}

const Schema* Operation::response_schema(int status) const {
    const auto& all = contents(status);
    return all.empty() ? nullptr : all.front().schema.get();
}

bool Credential::operator==(const Credential& other) const { return equals_ignoring_case(header, other.header); }

const Parameter* Operation::parameter(std::string_view parameter_name) const {
    for (const auto& parameter : parameters)
        if (parameter.name == parameter_name) return &parameter;
    return nullptr;
}

std::string_view name(Lifecycle::State state) {
    switch (state) {
        case Lifecycle::State::draft: return "draft";
        case Lifecycle::State::active: return "active";
        case Lifecycle::State::deprecated: return "deprecated";
    }
    return "active";
}

}  // namespace headgate
