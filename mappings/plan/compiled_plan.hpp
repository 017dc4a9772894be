// CompiledPlan: a mapping that passed its checks; what load_mappings makes.
#pragma once

#include "mappings/plan/legacy/legacy_side.hpp"
#include "mappings/plan/paging/paging.hpp"
#include "mappings/plan/plan.hpp"
#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

class CompiledPlan : public Plan {
  public:
    // nullptr after diagnostics. The registry's schemas must outlive the plan. `report`: what is known of it even so.
    static std::unique_ptr<CompiledPlan> compile(const Mapping& mapping, const Registry& contracts,
                                                 Diagnostics& diagnostics, MappingReport* report = nullptr);

    const std::string& name() const override { return name_; }
    const std::string& contract_side() const override { return contract_side_; }
    const std::string& system() const override { return system_; }
    const std::string& call_name() const override { return call_name_; }
    const LegacyCall& call() const override { return side_->call; }
    SourceMark mark() const override { return mark_; }
    std::uint64_t fingerprint() const override { return fingerprint_; }
    const MappingReport& report() const override { return report_; }
    bool repeatable() const override { return mapping_.repeatable; }
    Result<Value> to_legacy(const Value& message, Builder& builder) const override;
    Result<Value> to_contract(const Value& legacy, const Value& request, Builder& builder,
                              DriftLog* drift = nullptr) const override;
    Result<Value> trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const override;
    Result<Value> trace_to_contract(const Value& legacy, const Value& request, Builder& builder, PlanTrace& trace,
                                    DriftLog* drift = nullptr) const override;
    std::optional<std::string> cursor(const Value& request, const Value& position) const override;
    FaultVerdict fault(std::string_view code, const Value& detail) const override;
    std::optional<std::string> contract_pointer(std::string_view legacy_pointer) const override;
    std::vector<SourceMark> rules_of(bool answer, const std::vector<std::string>& path) const override;

    const Mapping& mapping() const { return mapping_; }
    const Transfer* request() const { return request_.get(); }
    const Transfer* reply() const { return reply_.get(); }
    const LegacyNode* written() const { return side_->request; }  // nullptr: parameters
    const LegacyNode* answered() const { return side_->reply; }   // nullptr: nothing; of rows, their columns
    bool rows() const { return side_->rows; }
    const Paging* paging() const { return paging_.get(); }  // nullptr: no list, or none in parts

  protected:
    // What the mapping says of itself.
    void begin(const Mapping& mapping);
    // The fingerprint: of the mapping's file, `files` and the contract's.
    void mix_files(const std::vector<std::string>& files, const SourceMark& contract);
    Result<Value> write(const Value& message, Builder& builder, PlanTrace* trace) const;
    Result<Value> read(const Value& legacy, const Value& request, Builder& builder, PlanTrace* trace,
                       DriftLog* drift) const;

    Mapping mapping_;
    std::string name_, contract_side_, system_, call_name_;
    SourceMark mark_;
    std::uint64_t fingerprint_ = 0;
    std::unique_ptr<LegacySide> side_;
    std::unique_ptr<const Paging> paging_;
    std::unique_ptr<Transfer> request_, reply_;
    std::vector<FaultRule> faults_;
    MappingReport report_;
};

}  // namespace headgate::mappings
