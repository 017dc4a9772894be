// Tells what each rule makes, by running its codecs once more one by one: a run that nobody watches pays nothing.
#include "contracts/document/json.hpp"
#include "mappings/plan/run/calc.hpp"
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

namespace {

void add_stages(const Chain& chain, Direction direction, const Value& value, CodecRun& run, TracedRule& out) {
    for (const auto& stage : chain.stages(direction, value, run)) {
        auto json = to_json(stage.value);
        const auto& before = out.stages.empty() ? out.source : out.stages.back().value;
        if (stage.codec.empty() && stage.problem.empty() && json == before) continue;  // the type changes nothing
        out.stages.push_back({std::string(stage.codec), std::move(json), std::string(stage.problem)});
    }
}

std::string array_json(const std::vector<int>& places, const Value* values) {
    std::string out;
    for (int place : places) out += (out.empty() ? "[" : ",") + to_json(values[place]);
    return out + "]";
}

const char* word(Step::Kind kind) {
    return kind == Step::Kind::constant ? "set"
           : kind == Step::Kind::calc   ? "calc"
           : kind == Step::Kind::split  ? "split"
                                        : "";
}

}  // namespace

void Run::tell(const Frame& frame, const Step& step, bool holds) {
    TracedRule rule;
    places(frame, rule.contract, rule.legacy);
    if (step.contract.empty()) rule.contract.clear();
    rule.contract += step.contract;
    rule.legacy += step.legacy;
    rule.mark = step.mark;
    rule.skipped = !holds;
    auto direction = transfer_.direction;
    const Value& made = frame.results[step.results[0]];
    auto add = [&](std::string by, std::string value) { rule.stages.push_back({std::move(by), std::move(value), {}}); };
    auto convert = [&](const Value& value, TracedRule& out) {
        CodecRun run{arena_, references(frame, step)};
        add_stages(step.chain, direction, value, run, out);
    };
    if (!holds) return trace_->push_back(std::move(rule));
    switch (step.kind) {
        case Step::Kind::constant: add(word(step.kind), to_json(made)); break;
        case Step::Kind::calc: {
            auto computed = compute(step.program, frame, arena_);
            auto text = computed.number ? write_exact(trim(*computed.number), -1, arena_) : std::nullopt;
            rule.stages.push_back({word(step.kind), text ? std::string(*text) : "null", std::string(computed.problem)});
            if (!reading() && text) convert(Value::number(*text), rule);
            break;
        }
        case Step::Kind::split:
            if (reading()) {
                rule.source = to_json(frame.slots[step.slots[0]]);
                if (Value value = frame.slots[step.slots[0]]; single(frame, step, value)) convert(value, rule);
                if (!made.is_null()) add("", array_json(step.results, frame.results));
            } else {
                rule.source = array_json(step.slots, frame.slots);
                if (!made.is_null()) add(word(step.kind), to_json(made));
            }
            break;
        case Step::Kind::list: {
            const Value& source = frame.slots[step.slots[0]];
            std::uint32_t count = source.is_array() ? source.size() : source.is_null() ? 0 : 1;
            for (std::uint32_t i = 0; i < count; ++i) {
                TracedRule item = rule;
                item.contract += "/" + std::to_string(i);
                item.legacy += "[" + std::to_string(i + 1) + "]";
                Value value = source.is_array() ? source[i] : source;
                item.source = to_json(value);
                if (single(frame, step, value)) convert(value, item);
                bool failed = !item.stages.empty() && !item.stages.back().problem.empty();
                trace_->push_back(std::move(item));
                if (failed) return;
            }
            if (count > 0) return;
            rule.source = "null";
            convert(Value(), rule);
            break;
        }
        case Step::Kind::copy: rule.source = to_json(frame.slots[step.slots[0]]); break;
        case Step::Kind::chain: {
            Value value = frame.slots[step.slots[0]];
            rule.source = to_json(value);
            if (saying_of(step, value,
                          value.is_null() && step.null_slot >= 0 && frame.slots[step.null_slot].is_boolean()))
                add("cannot-say", to_json(made));
            else if (single(frame, step, value))
                convert(value, rule);
            break;
        }
    }
    trace_->push_back(std::move(rule));
}

void Run::tell_missing(const Frame& frame, const Outlet& outlet, std::size_t from) {
    for (auto i = from; i < memory_.keys.size(); ++i) {
        TracedRule rule;
        places(frame, rule.contract, rule.legacy);
        rule.contract += outlet.contract + "/" + std::to_string(i);
        rule.mark = outlet.mark;
        rule.source = to_json(memory_.keys[i]);
        rule.stages.push_back({"missing", rule.source, {}});
        trace_->push_back(std::move(rule));
    }
}

}  // namespace headgate::mappings
