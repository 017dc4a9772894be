#include "contracts/schema/sampler.hpp"

#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"

namespace headgate::schema {
namespace {

constexpr std::size_t most_steps = 20'000, most_values = 10'000, most_text = 16u << 20, most_alternatives = 64;
constexpr int most_depth = 40;

}  // namespace

Error Sampler::refusal() const {
    Error error{ErrorKind::configuration, "no value can be made"};
    if (!why_.empty()) error.message += ": " + why_;
    return error;
}

bool Sampler::Choosing::open() const {
    return kind == any ? !node->any_of.empty() : kind == one ? !node->one_of.empty() : node->condition != no_node;
}

std::optional<Value> Sampler::value(const std::vector<Demand>& first, const std::vector<Choosing>& chosen,
                                    const Path* path, int depth) {
    if (++steps_ > most_steps) return give_up("it takes too many steps");
    Demands demands(program_, first);
    if (depth > most_depth) return fail(demands, path, depth, "the schema asks for itself, deeper and deeper");
    for (const Demand& demand : demands.all)
        if (program_.nodes[demand.node].never) return fail(demands, path, depth, "nothing is allowed there");
    if (is_given(path)) {
        if (fits(first, given_->value)) return given_->value;
        return fail(demands, path, depth, to_json(given_->value) + " is not allowed");
    }
    auto proposed = written_values(program_, demands, variant_, arena_);
    if (given_ && !path) give(proposed);
    for (const Value& written : proposed)
        if (fits(first, written)) return written;
    for (const Node* node : demands.choices)
        for (auto kind : {Choosing::any, Choosing::one, Choosing::condition}) {
            Choosing choosing{node, kind};
            if (choosing.open() && std::find(chosen.begin(), chosen.end(), choosing) == chosen.end())
                return choose(choosing, first, chosen, path, depth);
        }
    for (ValueKind kind : kinds(demands)) {
        if (auto made = of_kind(kind, first, chosen, demands, path, depth)) return made;
        if (kind == ValueKind::object && given_ && !path) break;  // another kind would only evade the member
    }
    return fail(demands, path, depth, "no value was found that all of its schemas allow");
}

std::optional<Value> Sampler::choose(const Choosing& choosing, const std::vector<Demand>& first,
                                     std::vector<Choosing> chosen, const Path* path, int depth) {
    chosen.push_back(choosing);
    std::vector<std::vector<Demand>> ways;
    const Node& node = *choosing.node;
    if (choosing.kind == Choosing::condition) {
        ways.push_back({Demand{node.condition}, Demand{node.then}});
        ways.push_back({Demand{node.otherwise}});
    } else {
        for (NodeId id : choosing.kind == Choosing::any ? node.any_of : node.one_of)
            if (ways.size() < most_alternatives) ways.push_back({Demand{id}});
        // The second value of a list may be of another kind than the first.
        std::rotate(ways.begin(), ways.begin() + static_cast<std::ptrdiff_t>(variant_ % ways.size()), ways.end());
    }
    for (const auto& way : ways) {
        std::vector<Demand> more = first;
        more.insert(more.end(), way.begin(), way.end());
        std::erase_if(more, [](const Demand& demand) { return demand.node == no_node; });
        auto made = value(more, chosen, path, depth);
        if (made && fits(first, *made)) return made;
        if (exhausted_) break;
    }
    return std::nullopt;
}

std::vector<ValueKind> Sampler::kinds(const Demands& demands) const {
    using enum ValueKind;
    auto allowed = [&](ValueKind kind) {
        return (demands.types & (kind == number ? bit(number) | integer_bit : bit(kind))) != 0;
    };
    std::vector<ValueKind> out;
    auto add = [&](ValueKind kind) {
        if (allowed(kind) && std::find(out.begin(), out.end(), kind) == out.end()) out.push_back(kind);
    };
    for (const Demand& demand : demands.all) {
        const Node& node = program_.nodes[demand.node];
        if (node.object) add(object);
        if (node.array) add(array);
        if (node.string) add(string);
        if (node.number) add(number);
    }
    for (ValueKind kind : {string, number, boolean, object, array, null}) add(kind);
    return out;
}

std::optional<Value> Sampler::of_kind(ValueKind kind, const std::vector<Demand>& first,
                                      const std::vector<Choosing>& chosen, const Demands& demands, const Path* path,
                                      int depth) {
    std::vector<Value> proposed;
    switch (kind) {
        case ValueKind::null: proposed = {Value::null()}; break;
        case ValueKind::boolean:
            proposed = {Value::boolean(variant_ % 2 == 0), Value::boolean(variant_ % 2 != 0)};
            break;
        case ValueKind::number: proposed = number_values(program_, demands, variant_, arena_); break;
        case ValueKind::string:
            proposed = string_values(program_, demands, variant_, path ? path->key : std::string_view(), arena_);
            for (const Value& text : proposed) text_ += text.text().size();
            if (text_ > most_text) return give_up("its texts are too long");
            break;
        case ValueKind::array:
        case ValueKind::object:
            // All that is known, else only what must be there.
            for (bool full : {true, false}) {
                std::size_t opened = open_.size();
                for (const Demand& demand : demands.all) open_.push_back(demand.node);
                auto made = kind == ValueKind::array ? items(demands, path, depth, full)
                                                     : members(first, chosen, demands, path, depth, full);
                open_.resize(opened);
                if (made && fits(first, *made)) return made;
            }
            return std::nullopt;
    }
    for (const Value& one : proposed)
        if (fits(first, one)) return one;
    return std::nullopt;
}

std::optional<Value> Sampler::part(const std::vector<Demand>& first, const Path& path, int depth, bool required) {
    if (++values_ > most_values) return give_up("it has too many values");
    if (required) return value(first, {}, &path, depth + 1);
    for (const Demand& demand : Demands(program_, first).all)
        if (std::find(open_.begin(), open_.end(), demand.node) != open_.end()) return std::nullopt;
    auto why = why_;
    int depth_of_why = depth_of_why_;
    auto made = value(first, {}, &path, depth + 1);
    if (!exhausted_) {
        why_ = std::move(why);
        depth_of_why_ = depth_of_why;
    }
    return made;
}

void Sampler::give(std::vector<Value>& written) {
    std::stable_partition(written.begin(), written.end(), [&](const Value& value) {
        const Value* member = value.find(given_->key);
        return member && equal(*member, given_->value);
    });
    Builder builder(arena_);
    for (Value& value : written)
        if (value.find(given_->key)) value = with_member(value, *given_, builder);
}

bool Sampler::fits(const std::vector<Demand>& demands, const Value& value) {
    if (exhausted_) return false;
    steps_ += 1 + value.size() / 16;
    return std::all_of(demands.begin(), demands.end(),
                       [&](const Demand& demand) { return validate(program_, demand.node, value, nullptr, 0); });
}

std::nullopt_t Sampler::fail(const Demands& demands, const Path* path, int depth, const std::string& reason) {
    if (exhausted_ || depth <= depth_of_why_) return std::nullopt;
    depth_of_why_ = depth;
    std::string pointer = path ? path->pointer() : std::string();
    why_ = (pointer.empty() ? "" : "at " + pointer + ", ") + reason;
    if (demands.all.empty()) return std::nullopt;
    SourceMark mark = program_.nodes[demands.all.front().node].mark("");
    why_ += " (" + mark.file.substr(mark.file.rfind('/') + 1) + ":" + std::to_string(mark.line) + ")";
    return std::nullopt;
}

std::nullopt_t Sampler::give_up(const std::string& reason) {
    if (!std::exchange(exhausted_, true)) why_ = reason;
    return std::nullopt;
}

}  // namespace headgate::schema
