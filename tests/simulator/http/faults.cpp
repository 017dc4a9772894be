// Reads and writes fault switches as JSON; an unknown or ill-typed switch is refused, so that a typing error can't make
// a test pass.
#include "tests/simulator/http/faults.hpp"

#include "tests/simulator/http/json.hpp"

namespace simulator {

bool read_faults(std::string_view json, Faults& faults, std::string& problem) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) {
        problem = "not a JSON object";
        return false;
    }
    Faults read;
    for (const auto& member : document.GetObject()) {
        const std::string name = text_of(member.name);
        const auto& value = member.value;
        const bool duration = value.IsInt() && value.GetInt() >= 0 && value.GetInt() <= 600000;
        if (name == "latency_ms" && duration) {
            read.latency_ms = value.GetInt();
        } else if (name == "latency_jitter_ms" && duration) {
            read.latency_jitter_ms = value.GetInt();
        } else if (name == "error_share" && value.IsNumber() && value.GetDouble() >= 0 && value.GetDouble() <= 1) {
            read.error_share = value.GetDouble();
        } else if (name == "hang" && value.IsBool()) {
            read.hang = value.GetBool();
        } else if (name == "reset" && value.IsBool()) {
            read.reset = value.GetBool();
        } else if (name == "stopped" && value.IsBool()) {
            read.stopped = value.GetBool();
        } else {
            problem = "unknown switch or wrong value: " + name;
            return false;
        }
    }
    faults = read;
    return true;
}

std::string faults_json(const Faults& faults) {
    JsonText out;
    out.writer.StartObject();
    out.field("latency_ms", faults.latency_ms);
    out.field("latency_jitter_ms", faults.latency_jitter_ms);
    out.key("error_share");
    out.writer.Double(faults.error_share);
    out.field("hang", faults.hang);
    out.field("reset", faults.reset);
    out.field("stopped", faults.stopped);
    out.writer.EndObject();
    return out.text();
}

}  // namespace simulator
