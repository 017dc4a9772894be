// evidence: begins the trace, and on the way back writes problem, log line and metrics: the first stage, seen by all.
#include "base/telemetry/log.hpp"
#include "gateway/pipeline/problem.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class Evidence final : public Stage {
  public:
    Evidence(Essentials& services, Side first) : services_(services), first_(first) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        exchange.side = first_;
        // Two of them name no trace.
        auto continued = exchange.request.count("traceparent") == 1
                             ? continue_trace(exchange.request.header("traceparent"))
                             : std::nullopt;
        exchange.context.trace = continued ? *continued : begin_trace();
        exchange.context.shadow = !exchange.request.header(shadow_header).empty();
        exchange.context.deadline = Deadline::at(exchange.begun + exchange.worker->snapshot().config.limits.request);
        co_await next(exchange);
        std::string trace_id = exchange.context.trace.trace_id();
        auto& response = exchange.response;
        if (exchange.failure) write_problem(*exchange.failure, exchange.issues, trace_id, response);
        response.headers.push_back({"traceparent", exchange.context.trace.traceparent()});
        if (exchange.operation) exchange.operation->lifecycle.add_to(response.headers, exchange.match);
        if (exchange.worker->snapshot().config.disclose_side && exchange.operation && exchange.operation->route)
            response.headers.push_back({"headgate-side", std::string(name(exchange.side))});
        double seconds = std::chrono::duration<double>(services_.clock.steady_now() - exchange.begun).count();
        if (exchange.operation && !exchange.context.shadow)
            exchange.operation->metrics->served(name(exchange.side), response.status, seconds);
        if (exchange.failure || log::enabled(log::Level::debug)) log_exchange(exchange, trace_id, seconds);
    }

  private:
    // Answers and names from outside may be long; a log line is not.
    static std::string_view bounded(std::string_view text) { return text.substr(0, 1000); }

    // Failures always, answered requests at level debug: the metrics count them all.
    static void log_exchange(const Exchange& exchange, const std::string& trace_id, double seconds) {
        static const Error none{};
        const Error& failure = exchange.failure ? *exchange.failure : none;
        auto level = !exchange.failure                 ? log::Level::debug
                     : exchange.response.status >= 500 ? log::Level::warning
                                                       : log::Level::info;
        log::write(level, exchange.failure ? "request-failed" : "request-served",
                   {{"trace", trace_id},
                    {"operation", exchange.match.operation ? std::string_view(exchange.match.operation->name) : ""},
                    {"over", exchange.over ? std::string_view(exchange.over->name) : ""},
                    {"caller", exchange.context.caller},
                    {"side", name(exchange.side)},
                    {"status", exchange.response.status},
                    {"seconds", seconds},
                    {"kind", exchange.failure ? name(failure.kind) : ""},
                    {"message", bounded(failure.message)},
                    {"detail", bounded(failure.detail)},
                    {"system", failure.system},
                    {"pointer", bounded(exchange.issues.empty() ? failure.pointer : exchange.issues.front().pointer)}});
    }

    Essentials& services_;
    Side first_;
};

}  // namespace

std::unique_ptr<Stage> make_evidence(Essentials& services, Side first) {
    return std::make_unique<Evidence>(services, first);
}

}  // namespace headgate
