#include "gateway/writes/key_errors.hpp"

namespace headgate::writes {

namespace {
Error conflict(std::string message, std::string code) {
    return {ErrorKind::conflict, std::move(message), {}, {}, {}, std::move(code)};
}
}  // namespace

Error key_in_progress() {
    return conflict("a request with this Idempotency-Key is being processed; try again shortly",
                    "idempotency-key-in-progress");
}

Error key_reused() { return conflict("this Idempotency-Key was used for another request", "idempotency-key-reused"); }

Error outcome_unknown(const Error& cause) {
    return {ErrorKind::outcome_unknown,
            "whether this took effect is not known; it is not carried out again under this Idempotency-Key",
            std::string(name(cause.kind)) + ": " + cause.message + (cause.detail.empty() ? "" : ": ") + cause.detail,
            cause.system,
            {},
            "outcome-unknown"};
}

Error still_unknown() {
    return conflict(
        "whether the request with this Idempotency-Key took effect is not known; look at how things stand, and use "
        "another key for what is still to be done",
        "outcome-unknown");
}

}  // namespace headgate::writes
