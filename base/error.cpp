#include "base/error.hpp"

namespace headgate {

std::string_view name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid_message: return "invalid-message";
        case ErrorKind::unknown_operation: return "unknown-operation";
        case ErrorKind::method_not_allowed: return "method-not-allowed";
        case ErrorKind::unsupported_media: return "unsupported-media-type";
        case ErrorKind::unsupported_coding: return "unsupported-content-coding";
        case ErrorKind::not_acceptable: return "not-acceptable";
        case ErrorKind::too_large: return "too-large";
        case ErrorKind::unauthenticated: return "unauthenticated";
        case ErrorKind::forbidden: return "forbidden";
        case ErrorKind::conflict: return "conflict";
        case ErrorKind::rejected: return "rejected";
        case ErrorKind::overloaded: return "overloaded";
        case ErrorKind::deadline_exceeded: return "deadline-exceeded";
        case ErrorKind::system_unavailable: return "system-unavailable";
        case ErrorKind::system_fault: return "system-fault";
        case ErrorKind::bad_answer: return "bad-answer";
        case ErrorKind::outcome_unknown: return "outcome-unknown";
        case ErrorKind::configuration: return "configuration";
        case ErrorKind::internal: return "internal";
    }
    return "internal";
}

}  // namespace headgate
