// read_message: parameters and body become the request message, validated by the contract.
#include "contracts/registry/message.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class ReadMessage final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        const IncomingRequest& request = exchange.request;
        for (const Parameter& parameter : exchange.match.operation->parameters)
            if (parameter.in == ParameterPlace::header && request.count(parameter.name) > 1) {
                exchange.fail(
                    {ErrorKind::invalid_message, "the header is there more than once", {}, {}, "/" + parameter.name});
                co_return;
            }
        if (exchange.match.operation->body && request.coded()) {
            exchange.fail({ErrorKind::unsupported_coding, "send the body as it is, without a Content-Encoding"});
            co_return;
        }
        JsonLimits limits;
        limits.bytes = exchange.worker->snapshot().config.limits.body_bytes;
        WireRequest wire{request.query, request.header("content-type"), request.body,
                         [&request](std::string_view name) { return request.header(name); }};
        auto message = read_request(exchange.match, wire, exchange.builder, exchange.issues, limits);
        if (!message) {
            exchange.fail(std::move(message).error());
            co_return;
        }
        exchange.message = exchange.asked = *message;
        co_await next(exchange);
    }
};

}  // namespace

std::unique_ptr<Stage> make_read_message() { return std::make_unique<ReadMessage>(); }

}  // namespace headgate
