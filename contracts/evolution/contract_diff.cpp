#include "contracts/evolution/contract_diff.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/documents.hpp"

namespace headgate::evolution {
namespace {

// The comparison of one or many pairs of documents, which may refer to each other's files.
class Diff {
  public:
    Diff(const DiffOptions& options, Diagnostics& diagnostics)
        : options_(options),
          diagnostics_(diagnostics),
          before_(diagnostics),
          after_(diagnostics),
          budget_(options.limits),
          pairs_(before_, after_, budget_) {}

    // Either side may be absent.
    void add(const std::shared_ptr<const SourceFile>& before, const std::shared_ptr<const SourceFile>& after) {
        Both root;
        if (before) root.before = before_.open(before);
        if (after) root.after = after_.open(after);
        if (diagnostics_.has_errors()) return;
        comparisons_.emplace_back(before_, after_, pairs_, budget_, options_.today, changes_,
                                  ApiFiles::contract_name(after ? *after : *before), root);
    }

    std::vector<Change> run() {
        for (auto& comparison : comparisons_) {
            if (comparison.root.before && comparison.root.after)
                compare_document(comparison);
            else
                tell_alone(comparison);
        }
        judge_and_tell();
        for (auto& comparison : comparisons_) compare_components(comparison);
        judge_and_tell();
        for (auto& comparison : comparisons_)
            if (comparison.root.before && comparison.root.after) compare_leftovers(comparison);
        for (auto& comparison : comparisons_) judge_version(comparison);
        if (budget_.is_cut()) tell_cut();
        sort();
        return std::move(changes_);
    }

  private:
    bool is_library(Place root, const ApiFiles& files) const {
        return !files.child(root, "paths") && !files.child(root, "webhooks");
    }

    // The day by which the last of its operations goes; empty when one is to stay.
    std::string last_sunset(Place root) {
        std::string last = sunset_of(before_, root, root);
        auto operations = operations_of(before_, root);
        for (const auto& operation : operations) {
            std::string sunset = sunset_of(before_, operation.at, root);
            if (sunset.empty()) return {};
            last = &operation == operations.data() ? sunset : std::max(last, sunset);
        }
        return last;
    }

    // A document that is there on one side alone. A library's components are judged one by one.
    void tell_alone(Comparison& comparison) {
        const Both& root = comparison.root;
        comparison.see(root);
        if (root.after) {
            if (!is_library(root.after, after_)) comparison.tell({}, "contract-added", root, "the contract is new");
            return;
        }
        if (is_library(root.before, before_)) return;
        std::string sunset = last_sunset(root.before);
        if (!sunset.empty() && sunset <= options_.today)
            comparison.tell({}, "contract-removed-after-sunset", root,
                            "the contract is gone, as was announced for " + sunset);
        else
            comparison.tell({}, "contract-removed", root,
                            "the contract is gone" + (sunset.empty() ? "" : ", announced for " + sunset));
        // Its components go with it.
        before_.see_all(before_.child(root.before, "components"));
    }

    void judge_and_tell() {
        pairs_.judge();
        for (auto& comparison : comparisons_) comparison.tell_schemas();
    }

    // A contract of ours says by its version that it has changed.
    void judge_version(Comparison& comparison) {
        Both info = comparison.child(comparison.root, "info");
        Both version = comparison.child(info, "version"), name = comparison.child(info, "x-contract");
        if (!name.before || !name.after || version.before.text() != version.after.text()) return;
        bool changed = std::any_of(changes_.begin(), changes_.end(),
                                   [&](const Change& change) { return change.contract == comparison.contract; });
        if (changed)
            comparison.tell(
                {}, "version-not-raised", version.before && version.after ? version : info,
                "the contract has changed, and its version is still '" + std::string(version.after.text()) + "'");
    }

    // Bypasses the bound on changes, which may be what cut it.
    void tell_cut() {
        Change& change = changes_.emplace_back();
        change.rule = "comparison-cut";
        change.level = find_rule(change.rule)->level;
        change.contract = comparisons_.empty() ? "" : comparisons_.front().contract;
        change.message = "there is more to compare, or more has changed, than is told here: not all was judged";
        change.hint = "compare the documents one by one";
    }

    void sort() {
        auto place = [](const std::optional<SourceMark>& mark) {
            return mark ? std::tuple(mark->file, mark->line, mark->column) : std::tuple(std::string(), 0, 0);
        };
        auto key = [&](const Change& one) {
            return std::tuple(-static_cast<int>(one.level), one.contract, one.operation, one.where, one.path, one.rule,
                              place(one.after), place(one.before), one.message);
        };
        std::vector<std::pair<decltype(key(changes_.front())), std::size_t>> order;
        for (std::size_t i = 0; i < changes_.size(); ++i) order.emplace_back(key(changes_[i]), i);
        std::sort(order.begin(), order.end());
        order.erase(
            std::unique(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
            order.end());
        std::vector<Change> sorted;
        for (const auto& [text, index] : order) sorted.push_back(std::move(changes_[index]));
        changes_ = std::move(sorted);
    }

    DiffOptions options_;
    Diagnostics& diagnostics_;
    ApiFiles before_, after_;
    Budget budget_;
    SchemaPairs pairs_;
    std::vector<Change> changes_;
    std::deque<Comparison> comparisons_;
};

std::optional<std::vector<Change>> compare(const std::string& before, const std::string& after,
                                           const DiffOptions& options, Diagnostics& diagnostics) {
    std::error_code error;
    if (std::filesystem::is_directory(before, error) != std::filesystem::is_directory(after, error)) {
        diagnostics.error({after, 0, 0}, "two files or two folders can be compared, not one of each");
        return std::nullopt;
    }
    auto old_documents = documents_of(before, diagnostics), documents = documents_of(after, diagnostics);
    if (diagnostics.has_errors()) return std::nullopt;
    Diff diff(options, diagnostics);
    std::set<std::string> names;
    for (const auto* side : {&old_documents, &documents})
        for (const auto& [name, file] : *side) names.insert(name);
    auto of = [](const Documents& side, const std::string& name) {
        auto found = side.find(name);
        return found == side.end() ? nullptr : found->second;
    };
    for (const auto& name : names) diff.add(of(old_documents, name), of(documents, name));
    if (diagnostics.has_errors()) return std::nullopt;
    auto changes = diff.run();
    if (diagnostics.has_errors()) return std::nullopt;
    return changes;
}

}  // namespace

std::optional<std::vector<Change>> diff_contracts(const std::string& before, const std::string& after,
                                                  const DiffOptions& options, Diagnostics& diagnostics) {
    Diagnostics found;
    auto changes = compare(before, after, options, found);
    // A place is come by often, and from both sides where they share a file: its fault is one.
    std::set<std::tuple<std::string, int, int, std::string>> told;
    for (const auto& [mark, message, hint, error] : found.all())
        if (told.emplace(mark.file, mark.line, mark.column, message).second)
            error ? diagnostics.error(mark, message, hint) : diagnostics.warning(mark, message, hint);
    return changes;
}

}  // namespace headgate::evolution
