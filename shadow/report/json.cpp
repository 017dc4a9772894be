// The report for programs.
#include <nlohmann/json.hpp>

#include "base/timestamp.hpp"
#include "shadow/report/report.hpp"

namespace headgate {
namespace {

using Json = nlohmann::ordered_json;

// A value's excerpt: JSON text, which may have been cut; null when the side has no value.
Json value(const std::string& excerpt) { return excerpt.empty() ? Json(nullptr) : Json(excerpt); }

Json write(const FindingExample& e) {
    return {{"path", e.path},
            {"legacy", value(e.left)},
            {"candidate", value(e.right)},
            {"traceId", e.trace_id},
            {"at", rfc3339(e.at)}};
}

Json share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? Json(nullptr) : Json(static_cast<double>(part) / static_cast<double>(whole));
}

Json write(const Finding& f, std::uint64_t pairs) {
    Json examples = Json::array();
    for (const auto& example : f.examples) examples.push_back(write(example));
    return {{"id", f.id},
            {"path", f.path},
            {"kind", name(f.kind)},
            {"valueClass", f.value_class},
            {"harm", harm(f)},
            {"count", f.count},
            {"pairs", f.pairs},
            {"share", share(f.pairs, pairs)},
            {"firstSeen", rfc3339(f.first_seen)},
            {"lastSeen", rfc3339(f.last_seen)},
            {"first", write(f.first)},
            {"last", write(f.last)},
            {"examples", examples}};
}

Json write(const LatencyHistogram& histogram) {
    return {{"count", histogram.count()},
            {"p50_us", histogram.percentile_us(0.5)},
            {"p99_us", histogram.percentile_us(0.99)}};
}

Json write(const Tally& t) {
    return {{"eligible", t.eligible},
            {"compared", t.compared},
            {"sampledOut", t.sampled_out},
            {"inFlight", t.in_flight},
            {"dropped",
             {{"queueFull", t.dropped_queue_full},
              {"memory", t.dropped_bytes},
              {"stopped", t.dropped_stopped},
              {"comparingFull", t.dropped_compare_full}}},
            {"failed", {{"serving", t.failed_serving}, {"shadow", t.failed_shadow}}},
            {"addsUp", t.adds_up()}};
}

}  // namespace

std::string report_json(const std::vector<OperationEvidence>& operations) {
    Json list = Json::array();
    for (const auto& e : operations) {
        Json findings = Json::array();
        for (const auto& finding : e.findings) findings.push_back(write(finding, e.pairs));
        list.push_back({{"operation", e.operation},
                        {"tally", write(e.tally)},
                        {"comparedShare", share(e.tally.compared, e.tally.eligible)},
                        {"pairs", e.pairs},
                        {"differing", e.differing},
                        {"ignored", e.ignored},
                        {"latency", {{"legacy", write(e.legacy)}, {"candidate", write(e.candidate)}}},
                        {"skew", write(e.skew)},
                        {"findings", findings}});
    }
    return Json{{"operations", list}}.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace headgate
