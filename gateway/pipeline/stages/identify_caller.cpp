// identify_caller: who calls, by the SHA-256 digest of the tokens that the operation's security asks for (RFC 6750, or
// a header of its own).
#include <algorithm>

#include "gateway/pipeline/stages.hpp"
#include "gateway/pipeline/token.hpp"

namespace headgate {
namespace {

enum class Shown { nothing, wrong, known };

const char* header_of(const Credential& credential) {
    return credential.header.empty() ? "authorization" : credential.header.c_str();
}

// What one credential says; a header that is there twice says nothing that can be relied on.
Shown look(const Exchange& exchange, const Credential& credential, const CallerConfig*& caller) {
    if (exchange.request.count(header_of(credential)) > 1) return Shown::wrong;
    std::string_view value = exchange.request.header(header_of(credential));
    if (value.empty()) return Shown::nothing;
    auto digest = credential.header.empty() ? bearer_digest(value) : key_digest(value);
    caller = digest ? exchange.worker->snapshot().caller(*digest) : nullptr;
    return caller ? Shown::known : Shown::wrong;
}

// Everything that an alternative names must be shown, and be one caller's.
Shown look(const Exchange& exchange, const std::vector<Credential>& all, const CallerConfig*& caller) {
    Shown out = Shown::known;
    const CallerConfig* first = nullptr;
    for (const Credential& credential : all) {
        const CallerConfig* one = nullptr;
        Shown shown = look(exchange, credential, one);
        if (shown == Shown::wrong || (one && first && one != first)) return Shown::wrong;
        if (shown == Shown::nothing) out = Shown::nothing;
        if (!first) first = one;
    }
    if (out == Shown::known) caller = first;
    return out;
}

// Which header was there twice, if any was.
std::optional<Error> repeated(const Exchange& exchange) {
    for (const auto& all : exchange.match.operation->security)
        for (const Credential& credential : all)
            if (exchange.request.count(header_of(credential)) > 1)
                return Error{ErrorKind::invalid_message,
                             "the header " + std::string(header_of(credential)) + " is there more than once"};
    return std::nullopt;
}

// "Authorization: Bearer <token>, or x-key: <token>"
std::string wanted(const Operation& operation) {
    std::string out = "send a token: ";
    bool first = true;
    for (const auto& all : operation.security) {
        if (!first) out += ", or ";
        first = false;
        for (std::size_t i = 0; i < all.size(); ++i)
            out += (i > 0 ? " and " : "") +
                   (all[i].header.empty() ? "Authorization: Bearer <token>" : all[i].header + ": <token>");
    }
    return out;
}

// A challenge for each credential of every alternative: `Bearer, ApiKey header="x-key"`.
std::string challenges(const Operation& operation) {
    std::vector<Credential> told;
    std::string out;
    for (const auto& all : operation.security)
        for (const Credential& credential : all) {
            if (std::find(told.begin(), told.end(), credential) != told.end()) continue;
            told.push_back(credential);
            out += (out.empty() ? "" : ", ") + challenge(credential);
        }
    return out;
}

class IdentifyCaller final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        if (auto failure = identify(exchange)) {
            exchange.fail(std::move(*failure));
            co_return;
        }
        if (exchange.caller) {
            exchange.context.caller = exchange.caller->name;
            // Viewers and reviewers look at evidence; calling contracts is for callers, and for operators who try
            // things.
            if (exchange.caller->role == Role::viewer || exchange.caller->role == Role::reviewer) {
                exchange.fail({ErrorKind::forbidden,
                               "a " + std::string(name(exchange.caller->role)) + "'s token does not call contracts"});
                co_return;
            }
        }
        co_await next(exchange);
    }

  private:
    // The first alternative that is shown in full counts.
    static std::optional<Error> identify(Exchange& exchange) {
        const Operation& operation = *exchange.match.operation;
        bool optional = operation.security.empty(), wrong = false;
        for (const auto& all : operation.security) {
            if (all.empty()) {
                optional = true;
                continue;
            }
            Shown shown = look(exchange, all, exchange.caller);
            if (shown == Shown::known) return std::nullopt;
            wrong = wrong || shown == Shown::wrong;
        }
        // Where everybody may call, a bearer token tells who does, and one that is not known is nobody's.
        if (operation.security.empty()) {
            look(exchange, Credential{}, exchange.caller);
            return std::nullopt;
        }
        if (wrong) {
            if (auto twice = repeated(exchange)) return twice;
            return Error{ErrorKind::unauthenticated, "the token is not known", challenges(operation)};
        }
        if (optional || exchange.worker->snapshot().config.anonymous) return std::nullopt;
        return Error{ErrorKind::unauthenticated, wanted(operation), challenges(operation)};
    }
};

}  // namespace

std::unique_ptr<Stage> make_identify_caller() { return std::make_unique<IdentifyCaller>(); }

}  // namespace headgate
