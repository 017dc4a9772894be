#include "mappings/plan/laws/messages.hpp"

#include <algorithm>

#include "contracts/document/builder.hpp"

namespace headgate::mappings {

void Messages::add(std::string_view name, bool required, const Schema& schema) {
    parts_.push_back({name, required, &schema, std::make_unique<const schema::Generator>(schema)});
}

Messages Messages::of_request(const Operation& operation) {
    Messages out;
    for (const auto& parameter : operation.parameters)
        if (parameter.schema) out.add(parameter.name, parameter.required, *parameter.schema);
    if (operation.body) out.add({}, operation.body_required, *operation.body);
    return out;
}

Messages Messages::of(const Schema& schema) {
    Messages out;
    out.add({}, true, schema);
    return out;
}

std::optional<Value> Messages::make(std::uint64_t seed, Arena& arena) const {
    schema::Dice dice(seed);
    if (parts_.size() == 1 && parts_[0].name.empty()) return parts_[0].generator->make(dice.next(), arena);
    Builder builder(arena);
    builder.begin_object();
    for (const auto& part : parts_) {
        if (!part.required && dice.once_in(2)) continue;
        auto made = part.generator->make(dice.next(), arena);
        if (!made && part.required) return std::nullopt;
        if (!made) continue;
        if (!part.name.empty()) {
            builder.key(part.name);
            builder.value(*made);
        } else if (made->is_object()) {
            for (const auto& member : made->members()) {
                builder.key(member.key);
                builder.value(member.value);
            }
        }
    }
    builder.end_object();
    return builder.take();
}

bool Messages::valid(const Value& message) const {
    if (parts_.size() == 1 && parts_[0].name.empty()) return parts_[0].schema->validate(message);
    if (!message.is_object()) return false;
    Arena arena(1024);
    Builder body(arena);
    body.begin_object();
    for (const auto& member : message.members()) {
        auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.name == member.key; });
        if (part != parts_.end() && !part->schema->validate(member.value)) return false;
        if (part != parts_.end()) continue;
        body.key(member.key);
        body.value(member.value);
    }
    body.end_object();
    auto rest = body.take();
    return std::all_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        if (part.name.empty()) return (!part.required && rest.size() == 0) || part.schema->validate(rest);
        return !part.required || message.find(part.name);
    });
}

}  // namespace headgate::mappings
