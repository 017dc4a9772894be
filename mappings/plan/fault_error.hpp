// What a refusal of a system means for the caller: the verdict of `faults:` as an error.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

// `detail`: what the system said, for the log alone.
inline Error fault_error(const FaultVerdict& verdict, std::string detail) {
    Error error{ErrorKind::system_fault, "the system answered with a fault", std::move(detail)};
    if (verdict.outcome == FaultVerdict::Outcome::rejected) {
        error.kind = ErrorKind::rejected;
        error.message = "the system refused this";
        error.code = verdict.code;
        error.pointer = verdict.pointer;
    } else if (verdict.outcome == FaultVerdict::Outcome::retry) {
        error.kind = ErrorKind::system_unavailable;
        error.message = "the system is busy";
    }
    return error;
}

namespace mappings {

// A code, by a rule of `faults:`: `*` at its end matches the rest.
inline bool meets(std::string_view rule, std::string_view code) {
    return rule.ends_with('*') ? code.starts_with(rule.substr(0, rule.size() - 1)) : code == rule;
}

}  // namespace mappings

}  // namespace headgate
