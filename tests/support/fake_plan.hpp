// FakePlan: a Plan of a given call whose translations are the identity unless a test says otherwise.
#pragma once

#include <functional>
#include <string>

#include "mappings/plan/plan.hpp"

namespace headgate {

class FakePlan : public Plan {
  public:
    explicit FakePlan(LegacyCall call, std::string name = "fake") : name_(std::move(name)), call_(std::move(call)) {}

    std::function<Result<Value>(const Value&, Builder&)> legacy = [](const Value& message, Builder&) {
        return message;
    };
    std::function<Result<Value>(const Value&, Builder&)> contract = [](const Value& answer, Builder&) {
        return answer;
    };
    std::function<FaultVerdict(std::string_view, const Value&)> verdict = [](std::string_view, const Value&) {
        return FaultVerdict{};
    };

    bool recognised = false;  // a repetition

    bool repeatable() const override { return recognised; }
    const std::string& name() const override { return name_; }
    const std::string& contract_side() const override { return name_; }
    const std::string& system() const override { return name_; }
    const std::string& call_name() const override { return name_; }
    const LegacyCall& call() const override { return call_; }
    SourceMark mark() const override { return {}; }
    std::uint64_t fingerprint() const override { return 0; }
    const MappingReport& report() const override { return report_; }
    Result<Value> to_legacy(const Value& message, Builder& builder) const override { return legacy(message, builder); }
    Result<Value> to_contract(const Value& answer, const Value&, Builder& builder, DriftLog*) const override {
        return contract(answer, builder);
    }
    FaultVerdict fault(std::string_view code, const Value& detail) const override { return verdict(code, detail); }

  private:
    std::string name_;  // also of its system
    LegacyCall call_;
    MappingReport report_;
};

}  // namespace headgate
