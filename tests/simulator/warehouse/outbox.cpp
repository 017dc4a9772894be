// The journal is written behind the file: a kill in between sends the file once more, under the same number.
#include "tests/simulator/warehouse/outbox.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace fs = std::filesystem;

Outbox::Outbox(fs::path root) : root_(std::move(root)), journal_((root_ / "sent.jsonl").string()) {
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
    const unsigned number = last_[file.family] + 1;
    char name[80];
    std::snprintf(name, sizeof name, "%s-%06u.%s", file.kind.c_str(), number, file.extension.c_str());
    if (!write(name, text(number))) return false;
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
    const auto draft = root_ / "out" / ("." + name + ".part");
    {
        std::ofstream out(draft, std::ios::binary);
        out << bytes;
        if (!out.flush()) return false;
    }
    std::error_code failed;
    fs::rename(draft, root_ / "out" / name, failed);
    return !failed;
}

bool Outbox::sent(const std::string& kind, const std::string& about) const {
    const std::lock_guard lock(mutex_);
    return sent_.count({kind, about}) != 0;
}

std::uint64_t Outbox::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

}  // namespace simulator
