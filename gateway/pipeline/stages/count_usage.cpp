// count_usage: counts the call for its caller and the build of its app, with the fields that its message has.
#include "contracts/usage/app_build.hpp"
#include "contracts/usage/usage_book.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class CountUsage final : public Stage {
  public:
    explicit CountUsage(Services& services) : clock_(services.clock), recorder_(services.usage.recorder()) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        // Of the operation that was asked for: a later stage may go on with another.
        const auto& fields = exchange.operation->request_fields;
        co_await next(exchange);
        if (exchange.context.shadow) co_return;
        std::array<char, longest_build> room;
        const std::string& header = exchange.worker->snapshot().config.app_build;
        recorder_->record(fields, exchange.caller ? std::string_view(exchange.caller->name) : anonymous_caller,
                          app_build(exchange.request.header(header), room),
                          exchange.asked.is_object() ? &exchange.asked : nullptr, clock_.wall_now());
    }

  private:
    const Clock& clock_;
    std::shared_ptr<UsageRecorder> recorder_;  // of this worker
};

}  // namespace

std::unique_ptr<Stage> make_count_usage(Services& services) { return std::make_unique<CountUsage>(services); }

}  // namespace headgate
