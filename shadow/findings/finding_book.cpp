#include "shadow/findings/finding_book.hpp"

#include "shadow/compare/stable_hash.hpp"

namespace headgate {

FindingBook::FindingBook(const Clock& clock, FindingLimits limits) : clock_(clock), limits_(limits) {}

FindingBook::Page& FindingBook::page(std::string_view operation) {
    auto found = pages_.find(operation);
    return found != pages_.end() ? found->second : pages_[std::string(operation)];
}

void FindingBook::add(Page& page, std::string_view operation, const Difference& difference, std::string_view trace_id,
                      std::uint64_t times) {
    std::string id = finding_id(operation, difference.folded, difference.kind, difference.value_class);
    auto found = page.entries.find(id);
    if (found == page.entries.end()) {
        if (page.entries.size() >= limits_.findings && difference.kind != DifferenceKind::other) {
            Difference beyond{difference.path, "", DifferenceKind::other, "", difference.left, difference.right};
            return add(page, operation, beyond, trace_id, times);
        }
        found = page.entries.emplace(id, Entry{}).first;
        Finding& fresh = found->second.finding;
        fresh.id = std::move(id);
        fresh.operation = operation;
        fresh.path = difference.folded;
        fresh.kind = difference.kind;
        fresh.value_class = difference.value_class;
    }
    Entry& entry = found->second;
    Finding& finding = entry.finding;
    WallTime now = clock_.wall_now();
    FindingExample example{difference.path, difference.left, difference.right, std::string(trace_id), now};
    if (finding.count == 0) {
        finding.first_seen = now;
        finding.first = example;
    }
    finding.last_seen = now;
    finding.count += times;
    if (entry.last_pair != page.pairs) {
        entry.last_pair = page.pairs;
        ++finding.pairs;
    }
    // A uniform sample of all (Vitter's algorithm R); the hash stands in for chance, so that tests repeat.
    if (finding.examples.size() < limits_.examples) {
        finding.examples.push_back(example);
    } else if (limits_.examples > 0) {
        auto slot = mix(finding.count + fnv1a(finding.id)) % finding.count;
        if (slot < limits_.examples) finding.examples[slot] = example;
    }
    finding.last = std::move(example);
}

void FindingBook::compared(std::string_view operation, const Comparison& comparison, std::string_view trace_id) {
    std::lock_guard lock(mutex_);
    Page& at = page(operation);
    ++at.pairs;
    at.ignored += comparison.ignored;
    if (!comparison.differences.empty()) ++at.differing;
    for (const Difference& difference : comparison.differences) add(at, operation, difference, trace_id);
    if (comparison.more > 0) add(at, operation, {"", "", DifferenceKind::other, "", "", ""}, trace_id, comparison.more);
}

void FindingBook::failed(std::string_view operation, std::string_view side, std::string_view failure,
                         std::string_view trace_id) {
    std::string value_class(side);
    value_class.append(": ").append(failure);
    Difference difference{"", "", DifferenceKind::failed, std::move(value_class), "", ""};
    (side == "legacy" ? difference.left : difference.right) = failure;
    std::lock_guard lock(mutex_);
    Page& at = page(operation);
    ++at.pairs;
    ++at.differing;
    add(at, operation, difference, trace_id);
}

OperationEvidence FindingBook::evidence(std::string_view operation) const {
    OperationEvidence evidence;
    evidence.operation = operation;
    {
        std::lock_guard lock(mutex_);
        auto found = pages_.find(operation);
        if (found == pages_.end()) return evidence;
        const Page& at = found->second;
        evidence.pairs = at.pairs;
        evidence.differing = at.differing;
        evidence.ignored = at.ignored;
        evidence.findings.reserve(at.entries.size());
        for (const auto& [id, entry] : at.entries) evidence.findings.push_back(entry.finding);
    }
    sort_findings(evidence.findings);
    return evidence;
}

std::vector<std::string> FindingBook::operations() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [operation, at] : pages_) names.push_back(operation);
    return names;
}

void FindingBook::restore(const OperationEvidence& evidence) {
    Page restored;
    restored.pairs = evidence.pairs;
    restored.differing = evidence.differing;
    restored.ignored = evidence.ignored;
    for (const Finding& finding : evidence.findings) restored.entries.emplace(finding.id, Entry{finding, 0});
    std::lock_guard lock(mutex_);
    pages_[evidence.operation] = std::move(restored);
}

}  // namespace headgate
