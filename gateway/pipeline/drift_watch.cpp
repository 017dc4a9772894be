#include "gateway/pipeline/drift_watch.hpp"

namespace headgate {
namespace {

class DriftWatch final : public System {
  public:
    DriftWatch(std::unique_ptr<System> inner, std::string system, std::string purpose, DriftBook& book)
        : inner_(std::move(inner)), system_(std::move(system)), purpose_(std::move(purpose)), book_(book) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        DriftLog drift;
        SystemCall watched = call;
        watched.drift = &drift;
        auto reply = co_await inner_->call(watched);
        // Of an answer that failed too: it mostly says why.
        if (call.plan && !(drift.empty() && drift.left_out() == 0)) book_.note(system_, *call.plan, purpose_, drift);
        co_return reply;
    }

    Result<void> rehearse(const SystemCall& call) override { return inner_->rehearse(call); }
    Task<Result<void>> probe(const CallContext& context) override { return inner_->probe(context); }

  private:
    std::unique_ptr<System> inner_;
    std::string system_, purpose_;
    DriftBook& book_;
};

}  // namespace

std::unique_ptr<System> drift_watched(std::unique_ptr<System> inner, std::string system, std::string purpose,
                                      DriftBook& book) {
    return std::make_unique<DriftWatch>(std::move(inner), std::move(system), std::move(purpose), book);
}

}  // namespace headgate
