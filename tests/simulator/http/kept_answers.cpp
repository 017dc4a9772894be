#include "tests/simulator/http/kept_answers.hpp"

namespace simulator {

std::optional<KeptAnswer> KeptAnswers::find(const std::string& key) const {
    const auto known = by_key_.find(key);
    return known == by_key_.end() ? std::nullopt : std::optional(known->second);
}

std::string KeptAnswers::keep(const std::string& key, const KeptAnswer& answer) {
    by_key_[key] = answer;
    JsonText out;
    out.writer.StartObject();
    out.field("key", key);
    out.field("request", answer.request);
    out.field("status", answer.status);
    out.field("body", answer.body);
    out.writer.EndObject();
    return out.text();
}

bool KeptAnswers::read(const Json& line) {
    const auto key = text_member(line, "key");
    if (key.empty()) return false;
    by_key_[key] = {text_member(line, "request"), static_cast<int>(integer_member(line, "status")),
                    text_member(line, "body")};
    return true;
}

std::int64_t integer_member(const Json& object, const char* name) {
    const auto member = object.FindMember(name);
    return member != object.MemberEnd() && member->value.IsInt64() ? member->value.GetInt64() : 0;
}

}  // namespace simulator
