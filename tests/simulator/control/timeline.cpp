// yaml-cpp reads the script; faults and quirks inside it are read as the control port reads them.
#include "tests/simulator/control/timeline.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <chrono>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/quirks/quirks.hpp"

namespace simulator {
namespace {

// A plain scalar that JSON knows (true, 12, 0.5) stays what it is; everything else is a string.
void write_json(JsonText& out, const YAML::Node& node) {
    if (node.IsMap()) {
        out.writer.StartObject();
        for (const auto& member : node) {
            out.key(member.first.as<std::string>());
            write_json(out, member.second);
        }
        out.writer.EndObject();
    } else if (node.IsSequence()) {
        out.writer.StartArray();
        for (const auto& item : node) write_json(out, item);
        out.writer.EndArray();
    } else {
        const auto text = node.IsScalar() ? node.Scalar() : std::string("null");
        rapidjson::Document value;
        const bool plain = node.Tag() != "!" && !value.Parse(text.data(), text.size()).HasParseError() &&
                           (value.IsBool() || value.IsNumber());
        plain ? out.raw(text) : out.string(text);
    }
}

std::string json_of(const YAML::Node& node) {
    JsonText out;
    write_json(out, node);
    return out.text();
}

// What is wrong with a step, or nothing.
std::string read_step(const YAML::Node& node, const std::vector<std::string>& parts, TimelineStep& step) {
    if (!node.IsMap()) return "a step is {at, part, faults, quirks}";
    for (const auto& member : node) {
        const auto name = member.first.as<std::string>();
        if (name != "at" && name != "part" && name != "faults" && name != "quirks")
            return "unknown word '" + name + "'";
    }
    if (!node["at"] || !YAML::convert<double>::decode(node["at"], step.at_s) || !(step.at_s >= 0 && step.at_s <= 1e6))
        return "'at' is a number of seconds";
    if (node["part"]) step.part = node["part"].as<std::string>();
    if (step.part.empty() && !node["quirks"]) return "neither a part nor quirks";
    if (!step.part.empty() && step.part != "all" && std::find(parts.begin(), parts.end(), step.part) == parts.end())
        return "no part '" + step.part + "'";
    std::string problem;
    if (node["faults"]) {
        if (step.part.empty() || step.part == "all") return "faults are of one part; 'all' takes them back";
        if (!read_faults(json_of(node["faults"]), step.faults, problem)) return "faults: " + problem;
    }
    if (node["quirks"]) {
        step.quirks = json_of(node["quirks"]);
        Quirks tried;
        if (!tried.switch_by(step.quirks, problem)) return "quirks: " + problem;
    }
    return {};
}

}  // namespace

bool read_timeline(const std::string& text, const std::vector<std::string>& parts, std::vector<TimelineStep>& steps,
                   std::string& problem) {
    std::vector<TimelineStep> read;
    try {
        const auto root = YAML::Load(text);
        if (!root.IsSequence()) {
            problem = "a timeline is a list of steps";
            return false;
        }
        for (const auto& node : root) {
            TimelineStep step;
            problem = read_step(node, parts, step);
            if (problem.empty() && !read.empty() && step.at_s < read.back().at_s) problem = "'at' goes back in time";
            if (!problem.empty()) {
                problem = "line " + std::to_string(node.Mark().line + 1) + ": " + problem;
                return false;
            }
            read.push_back(std::move(step));
        }
    } catch (const YAML::Exception& failure) {
        problem = failure.what();
        return false;
    }
    steps = std::move(read);
    return true;
}

void Timeline::play(std::vector<TimelineStep> steps) {
    const std::lock_guard switching(switching_);
    halt();
    const std::lock_guard lock(mutex_);
    steps_ = std::move(steps);
    played_ = 0;
    ending_ = false;
    thread_ = std::thread([this] { run(); });
}

void Timeline::stop() {
    const std::lock_guard switching(switching_);
    halt();
}

void Timeline::halt() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Timeline::run() {
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (played_ < steps_.size()) {
        const auto step = steps_[played_];
        const auto at = start + std::chrono::microseconds(static_cast<std::int64_t>(step.at_s * 1e6));
        if (changed_.wait_until(lock, at, [this] { return ending_; })) return;
        lock.unlock();
        apply_(step);
        lock.lock();
        ++played_;
    }
}

std::string Timeline::json() const {
    const std::lock_guard lock(mutex_);
    JsonText out;
    out.writer.StartObject();
    out.field("steps", static_cast<std::uint64_t>(steps_.size()));
    out.field("played", static_cast<std::uint64_t>(played_));
    out.writer.EndObject();
    return out.text();
}

}  // namespace simulator
