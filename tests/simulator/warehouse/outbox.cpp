// The journal is written behind the file: a kill in between sends the file once more, under the same number.
#include "tests/simulator/warehouse/outbox.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace fs = std::filesystem;
namespace {

constexpr auto once_more_after = std::chrono::seconds(1);
constexpr std::size_t slow_pieces = 4;
constexpr auto slow_pause = std::chrono::milliseconds(150);

}  // namespace

Outbox::Outbox(fs::path root, const Quirks& quirks)
    : root_(std::move(root)), quirks_(quirks), journal_((root_ / "sent.jsonl").string()) {
    fs::create_directories(root_ / "out");
    for (const auto& line : lines_of((root_ / "sent.jsonl").string())) {
        rapidjson::Document json;
        if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) continue;
        const auto number = json.FindMember("number");
        if (number == json.MemberEnd() || !number->value.IsUint()) continue;
        auto& last = last_[text_member(json, "family")];
        last = std::max(last, number->value.GetUint());
        sent_.emplace(text_member(json, "kind"), text_member(json, "about"));
    }
}

bool Outbox::send(const File& file, const std::function<std::string(unsigned)>& text) {
    const std::lock_guard lock(mutex_);
    const unsigned number = last_[file.family] + (quirks_.now_and_then(Quirk::number_gaps) ? 2 : 1);
    char name[80];
    std::snprintf(name, sizeof name, "%s-%06u.%s", file.kind.c_str(), number, file.extension.c_str());
    const auto bytes = text(number);
    if (!write(name, bytes)) return false;
    if (quirks_.on(Quirk::double_files))
        again_.push_back({std::chrono::steady_clock::now() + once_more_after, name, bytes});
    last_[file.family] = number;
    sent_.emplace(file.kind, file.about);
    ++count_;
    JsonText line;
    line.writer.StartObject();
    line.field("family", file.family);
    line.field("number", static_cast<std::uint64_t>(number));
    line.field("kind", file.kind);
    line.field("about", file.about);
    line.field("file", name);
    line.writer.EndObject();
    journal_.append(line.text());
    return true;
}

bool Outbox::write(const std::string& name, const std::string& bytes) {
    if (full_) return false;
    const bool bare = quirks_.on(Quirk::bare_files);
    const auto draft = root_ / "out" / (bare ? name : "." + name + ".part");
    {
        std::ofstream out(draft, std::ios::binary);
        const auto step = quirks_.on(Quirk::slow_files) ? bytes.size() / slow_pieces + 1 : bytes.size();
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            if (at > 0) std::this_thread::sleep_for(slow_pause);
            out.write(bytes.data() + at, static_cast<std::streamsize>(std::min(step, bytes.size() - at))).flush();
        }
        if (!out) return false;
    }
    std::error_code failed;
    if (!bare) fs::rename(draft, root_ / "out" / name, failed);
    return !failed;
}

void Outbox::drop_again(std::chrono::steady_clock::time_point at) {
    const std::lock_guard lock(mutex_);
    const auto later = std::partition(again_.begin(), again_.end(), [at](const Again& again) { return again.at > at; });
    for (auto due = later; due != again_.end(); ++due) count_ += write(due->name, due->bytes) ? 1 : 0;
    again_.erase(later, again_.end());
}

bool Outbox::sent(const std::string& kind, const std::string& about) const {
    const std::lock_guard lock(mutex_);
    return sent_.count({kind, about}) != 0;
}

}  // namespace simulator
