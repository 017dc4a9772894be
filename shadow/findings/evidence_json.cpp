// Evidence as a store keeps it: JSON with a version.
#include <nlohmann/json.hpp>

#include "base/timestamp.hpp"
#include "shadow/findings/findings_store.hpp"
#include "shadow/findings/timestamp.hpp"

namespace headgate {
namespace {

using Json = nlohmann::ordered_json;
constexpr int version = 1;

// One list of names for both directions.
template <class TallyLike, class Visit>
void each_count(TallyLike& t, Visit visit) {
    visit("eligible", t.eligible);
    visit("compared", t.compared);
    visit("sampled_out", t.sampled_out);
    visit("in_flight", t.in_flight);
    visit("dropped_queue_full", t.dropped_queue_full);
    visit("dropped_bytes", t.dropped_bytes);
    visit("dropped_stopped", t.dropped_stopped);
    visit("dropped_compare_full", t.dropped_compare_full);
    visit("failed_serving", t.failed_serving);
    visit("failed_shadow", t.failed_shadow);
}

Json write(const LatencyHistogram& histogram) {
    Json sparse = Json::array();
    for (std::size_t i = 0; i < LatencyHistogram::buckets; ++i)
        if (histogram.counts()[i] > 0) sparse.push_back({i, histogram.counts()[i]});
    return sparse;
}

Json write(const FindingExample& e) {
    return {{"path", e.path}, {"left", e.left}, {"right", e.right}, {"trace", e.trace_id}, {"at", rfc3339(e.at)}};
}

Json write(const Finding& f) {
    Json examples = Json::array();
    for (const auto& example : f.examples) examples.push_back(write(example));
    return {{"path", f.path},
            {"kind", name(f.kind)},
            {"class", f.value_class},
            {"count", f.count},
            {"pairs", f.pairs},
            {"first_seen", rfc3339(f.first_seen)},
            {"last_seen", rfc3339(f.last_seen)},
            {"first", write(f.first)},
            {"last", write(f.last)},
            {"examples", examples}};
}

// These throw on anything unexpected; read_evidence catches once.
WallTime time_at(const Json& json, const char* key) {
    auto when = read_timestamp(json.at(key).get_ref<const std::string&>());
    if (!when) throw std::invalid_argument(std::string(key) + " is no time");
    return *when;
}

LatencyHistogram read_histogram(const Json& json) {
    LatencyHistogram histogram;
    for (const auto& entry : json) histogram.add(entry.at(0).get<std::size_t>(), entry.at(1).get<std::uint64_t>());
    return histogram;
}

FindingExample read_example(const Json& json) {
    return {json.at("path").get<std::string>(), json.at("left").get<std::string>(), json.at("right").get<std::string>(),
            json.at("trace").get<std::string>(), time_at(json, "at")};
}

Finding read_finding(const Json& json, const std::string& operation) {
    Finding f;
    f.operation = operation;
    f.path = json.at("path").get<std::string>();
    f.kind = difference_kind(json.at("kind").get_ref<const std::string&>());
    f.value_class = json.at("class").get<std::string>();
    f.id = finding_id(operation, f.path, f.kind, f.value_class);
    f.count = json.at("count").get<std::uint64_t>();
    f.pairs = json.at("pairs").get<std::uint64_t>();
    f.first_seen = time_at(json, "first_seen");
    f.last_seen = time_at(json, "last_seen");
    f.first = read_example(json.at("first"));
    f.last = read_example(json.at("last"));
    for (const auto& example : json.at("examples")) f.examples.push_back(read_example(example));
    return f;
}

}  // namespace

std::string write_evidence(const OperationEvidence& evidence) {
    Json tally = Json::object(), findings = Json::array();
    each_count(evidence.tally, [&](const char* key, std::uint64_t count) { tally[key] = count; });
    for (const Finding& finding : evidence.findings) findings.push_back(write(finding));
    Json json{{"version", version},
              {"operation", evidence.operation},
              {"tally", tally},
              {"pairs", evidence.pairs},
              {"differing", evidence.differing},
              {"ignored", evidence.ignored},
              {"legacy_us", write(evidence.legacy)},
              {"candidate_us", write(evidence.candidate)},
              {"skew_us", write(evidence.skew)},
              {"findings", findings}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<OperationEvidence> read_evidence(std::string_view text) {
    try {
        Json json = Json::parse(text);
        if (json.at("version").get<int>() != version)
            return Error{ErrorKind::internal, "stored findings are of another version"};
        OperationEvidence evidence;
        evidence.operation = json.at("operation").get<std::string>();
        const Json& tally = json.at("tally");
        each_count(evidence.tally,
                   [&](const char* key, std::uint64_t& count) { count = tally.at(key).get<std::uint64_t>(); });
        evidence.tally.dropped_stopped += std::exchange(evidence.tally.in_flight, 0);
        evidence.pairs = json.at("pairs").get<std::uint64_t>();
        evidence.differing = json.at("differing").get<std::uint64_t>();
        evidence.ignored = json.at("ignored").get<std::uint64_t>();
        evidence.legacy = read_histogram(json.at("legacy_us"));
        evidence.candidate = read_histogram(json.at("candidate_us"));
        evidence.skew = read_histogram(json.at("skew_us"));
        for (const auto& finding : json.at("findings"))
            evidence.findings.push_back(read_finding(finding, evidence.operation));
        return evidence;
    } catch (const std::exception& e) {
        return Error{ErrorKind::internal, "stored findings can't be read", e.what()};
    }
}

}  // namespace headgate
