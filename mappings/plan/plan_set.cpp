// Loads the mappings of a deployment and finds plans by either side's name.
#include <filesystem>

#include "contracts/document/source.hpp"
#include "mappings/plan/compiled_plan.hpp"

namespace headgate::mappings {

namespace {

class CompiledPlanSet : public PlanSet {
  public:
    explicit CompiledPlanSet(std::shared_ptr<const Registry> contracts) : contracts_(std::move(contracts)) {}
    const Plan* find(std::string_view contract_side, std::string_view system) const override {
        for (const auto& plan : plans_)
            if (plan->contract_side() == contract_side && plan->system() == system && !bridged(*plan) &&
                !only_reads(*plan))
                return plan.get();
        return nullptr;
    }
    const Plan* find_call(std::string_view system, std::string_view call_name) const override {
        for (const auto& plan : plans_)
            if (plan->system() == system && plan->call_name() == call_name && !bridged(*plan)) return plan.get();
        return nullptr;
    }
    const Plan* find_bridge(std::string_view from, std::string_view over) const override {
        for (const auto& plan : plans_)
            if (const auto* other = bridged(*plan))
                if (plan->contract_side() == from && other->operation->name == over) return plan.get();
        return nullptr;
    }
    const std::vector<std::unique_ptr<Plan>>& plans() const override { return plans_; }
    MappingCheck load(const Mapping& mapping) {
        MappingCheck check;
        check.name = mapping.name;
        check.call = mapping.bridge ? mapping.contract_side : mapping.system + "." + mapping.call;
        check.mark = mapping.mark;
        auto over = mapping.system + (mapping.bridge ? "/" : ".") + mapping.call;
        if (const auto* other =
                mapping.bridge ? find_bridge(mapping.contract_side, over) : find_call(mapping.system, mapping.call)) {
            check.diagnostics.error(mapping.mark,
                                    mapping.bridge ? "a second bridge from " + mapping.contract_side + " to " + over
                                                   : "a second mapping of " + over,
                                    "the first is " + other->mark().file + ":" + std::to_string(other->mark().line));
        } else if (auto plan = CompiledPlan::compile(mapping, *contracts_, check.diagnostics, &check.report)) {
            check.plan = plan.get();
            plans_.push_back(std::move(plan));
        }
        return check;
    }

  private:
    static const ContractCall* bridged(const Plan& plan) { return std::get_if<ContractCall>(&plan.call()); }
    // Files that a system gives: no call to it.
    static bool only_reads(const Plan& plan) {
        const auto* file = std::get_if<FileDrop>(&plan.call());
        return file && !file->writes;
    }

    std::shared_ptr<const Registry> contracts_;  // plans borrow its schemas
    std::vector<std::unique_ptr<Plan>> plans_;
};

// In the order of their names, so that messages are.
std::vector<std::string> mapping_files(const std::string& folder, Diagnostics& diagnostics) {
    std::vector<std::string> files;
    std::error_code error;
    std::filesystem::directory_iterator begin(folder, error), end;
    if (error) {
        diagnostics.error({folder, 0, 0}, "this folder of mappings can't be read: " + error.message());
        return files;
    }
    for (; begin != end; begin.increment(error)) {
        if (error) break;
        if (begin->path().filename().string().ends_with(".map.yaml")) files.push_back(begin->path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

}  // namespace headgate::mappings

namespace headgate {

std::shared_ptr<const PlanSet> load_mappings(const std::vector<std::string>& folders,
                                             std::shared_ptr<const Registry> contracts, Diagnostics& diagnostics,
                                             std::vector<MappingCheck>* checks) {
    auto set = std::make_shared<mappings::CompiledPlanSet>(contracts);
    auto tell = [&](MappingCheck check) {
        diagnostics.add(check.diagnostics);
        if (checks) checks->push_back(std::move(check));
    };
    for (const auto& folder : folders) {
        for (const auto& path : mappings::mapping_files(folder, diagnostics)) {
            MappingCheck of_file;
            of_file.name = std::filesystem::path(path).filename().string();
            of_file.mark = {path, 0, 0};
            auto file = read_source(path, of_file.diagnostics);
            std::vector<mappings::Mapping> mappings;
            if (file) mappings = mappings::parse_mappings(file, of_file.diagnostics);
            if (!of_file.diagnostics.all().empty()) tell(std::move(of_file));
            for (const auto& mapping : mappings) tell(set->load(mapping));
        }
    }
    return set;
}

std::unique_ptr<const Plan> load_mapping(const std::string& path, const std::string& name, const Registry& contracts,
                                         Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    if (!file) return nullptr;
    auto all = mappings::parse_mappings(file, diagnostics);
    auto called = [&](const mappings::Mapping& m) {
        return name == m.name || name == m.contract_side || name == m.system + (m.bridge ? "/" : ".") + m.call;
    };
    std::vector<const mappings::Mapping*> found;
    std::string names;
    for (const auto& mapping : all) {
        names += (names.empty() ? "" : ", ") + mapping.name;
        if (name.empty() || called(mapping)) found.push_back(&mapping);
    }
    if (found.size() == 1) return mappings::CompiledPlan::compile(*found[0], contracts, diagnostics);
    if (found.size() > 1)
        diagnostics.error({path, 0, 0}, "several mappings" + (name.empty() ? "" : " are called '" + name + "'"),
                          "name one: " + names);
    else if (!diagnostics.has_errors())
        diagnostics.error({path, 0, 0},
                          name.empty() ? "no mapping in this file" : "no mapping is called '" + name + "'", names);
    return nullptr;
}

}  // namespace headgate
