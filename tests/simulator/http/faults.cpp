// Reads and writes fault switches as JSON; an unknown or ill-typed switch is refused, so that a typing error can't make
// a test pass.
#include "tests/simulator/http/faults.hpp"

#include <algorithm>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

bool milliseconds(const Json& value, double& into) {
    if (!value.IsNumber() || value.GetDouble() < 0 || value.GetDouble() > longest_latency_ms) return false;
    into = value.GetDouble();
    return true;
}

// {"fixed_ms": 5}, {"uniform_ms": [5, 50]}, {"lognormal_ms": {"p50": 20, "p99": 400}}
bool read_latency(const Json& value, Latency& latency) {
    if (!value.IsObject() || value.MemberCount() != 1) return false;
    const auto& shape = value.MemberBegin()->value;
    const auto name = text_of(value.MemberBegin()->name);
    if (name == "fixed_ms") {
        latency.kind = Latency::fixed;
        return milliseconds(shape, latency.a);
    }
    if (name == "uniform_ms") {
        latency.kind = Latency::uniform;
        return shape.IsArray() && shape.Size() == 2 && milliseconds(shape[0], latency.a) &&
               milliseconds(shape[1], latency.b) && latency.a <= latency.b;
    }
    latency.kind = Latency::lognormal;
    return name == "lognormal_ms" && shape.IsObject() && shape.MemberCount() == 2 && shape.HasMember("p50") &&
           shape.HasMember("p99") && milliseconds(shape["p50"], latency.a) && milliseconds(shape["p99"], latency.b) &&
           latency.a > 0 && latency.a <= latency.b;
}

bool number(const Json& value, int least, int most, int& into) {
    if (!value.IsInt() || value.GetInt() < least || value.GetInt() > most) return false;
    into = value.GetInt();
    return true;
}

bool share(const Json& value, double most, double& into) {
    if (!value.IsNumber() || value.GetDouble() < 0 || value.GetDouble() > most) return false;
    into = value.GetDouble();
    return true;
}

bool flag(const Json& value, bool& into) {
    if (value.IsBool()) into = value.GetBool();
    return value.IsBool();
}

bool read_switch(const std::string& name, const Json& value, Faults& faults) {
    constexpr int longest = static_cast<int>(longest_latency_ms);
    if (name == "latency_ms") return number(value, 0, longest, faults.latency_ms);
    if (name == "latency_jitter_ms") return number(value, 0, longest, faults.latency_jitter_ms);
    if (name == "latency") return read_latency(value, faults.latency);
    if (name == "error_share") return share(value, 1, faults.error_share);
    if (name == "hang") return flag(value, faults.hang);
    if (name == "reset") return flag(value, faults.reset);
    if (name == "stopped") return flag(value, faults.stopped);
    if (name == "stall_after_bytes") return number(value, -1, 1 << 30, faults.stall_after_bytes);
    if (name == "half_answer") return flag(value, faults.half_answer);
    if (name == "drip_ms") return number(value, 0, longest, faults.drip_ms);
    if (name == "capacity_per_s") return share(value, 1e6, faults.capacity_per_s);
    if (name == "queue") return number(value, 0, 1 << 20, faults.queue);
    if (name == "lock") return flag(value, faults.lock);
    return name == "disk_full" && flag(value, faults.disk_full);
}

void write_latency(JsonText& out, const Latency& latency) {
    out.writer.StartObject();
    if (latency.kind == Latency::fixed) out.key("fixed_ms"), out.writer.Double(latency.a);
    if (latency.kind == Latency::uniform) {
        out.key("uniform_ms");
        out.writer.StartArray();
        out.writer.Double(latency.a);
        out.writer.Double(latency.b);
        out.writer.EndArray();
    }
    if (latency.kind == Latency::lognormal) {
        out.key("lognormal_ms");
        out.writer.StartObject();
        out.key("p50"), out.writer.Double(latency.a);
        out.key("p99"), out.writer.Double(latency.b);
        out.writer.EndObject();
    }
    out.writer.EndObject();
}

}  // namespace

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
        if (read_switch(name, member.value, read)) continue;
        problem = "unknown switch or wrong value: " + name;
        return false;
    }
    faults = read;
    return true;
}

std::string faults_json(const Faults& faults) {
    JsonText out;
    out.writer.StartObject();
    out.field("latency_ms", faults.latency_ms);
    out.field("latency_jitter_ms", faults.latency_jitter_ms);
    if (faults.latency.kind != Latency::none) out.key("latency"), write_latency(out, faults.latency);
    out.key("error_share"), out.writer.Double(faults.error_share);
    out.field("hang", faults.hang);
    out.field("reset", faults.reset);
    out.field("stopped", faults.stopped);
    out.field("stall_after_bytes", faults.stall_after_bytes);
    out.field("half_answer", faults.half_answer);
    out.field("drip_ms", faults.drip_ms);
    out.key("capacity_per_s"), out.writer.Double(faults.capacity_per_s);
    out.field("queue", faults.queue);
    out.field("lock", faults.lock);
    out.field("disk_full", faults.disk_full);
    out.writer.EndObject();
    return out.text();
}

std::string other_switch(const Faults& faults, std::initializer_list<std::string_view> known) {
    const Faults none;
    const std::pair<const char*, bool> set[] = {{"latency_ms", faults.latency_ms > 0},
                                                {"latency_jitter_ms", faults.latency_jitter_ms > 0},
                                                {"latency", faults.latency.kind != Latency::none},
                                                {"error_share", faults.error_share > 0},
                                                {"hang", faults.hang},
                                                {"reset", faults.reset},
                                                {"stopped", faults.stopped},
                                                {"stall_after_bytes", faults.stall_after_bytes >= 0},
                                                {"half_answer", faults.half_answer},
                                                {"drip_ms", faults.drip_ms > 0},
                                                {"capacity_per_s", faults.capacity_per_s > 0},
                                                {"queue", faults.queue != none.queue},
                                                {"lock", faults.lock},
                                                {"disk_full", faults.disk_full}};
    for (const auto& [name, on] : set)
        if (on && std::find(known.begin(), known.end(), name) == known.end()) return name;
    return {};
}

}  // namespace simulator
