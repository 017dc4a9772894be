// identify_caller: who calls, by the SHA-256 digest of a bearer token (RFC 6750).
#include "gateway/pipeline/stages.hpp"
#include "gateway/pipeline/token.hpp"

namespace headgate {
namespace {

class IdentifyCaller final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        std::string_view authorization = exchange.request.header("authorization");
        const Snapshot& snapshot = exchange.worker->snapshot();
        if (authorization.empty()) {
            if (!snapshot.config.anonymous) {
                exchange.fail({ErrorKind::unauthenticated, "send a token: Authorization: Bearer <token>"});
                co_return;
            }
        } else {
            bool once = exchange.request.count("authorization") == 1;
            auto digest = once ? bearer_digest(authorization) : std::nullopt;
            exchange.caller = digest ? snapshot.caller(*digest) : nullptr;
            if (!exchange.caller) {
                exchange.fail({ErrorKind::unauthenticated, "the token is not known"});
                co_return;
            }
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
};

}  // namespace

std::unique_ptr<Stage> make_identify_caller() { return std::make_unique<IdentifyCaller>(); }

}  // namespace headgate
