// Makes the results of a scope, step by step: chains of codecs over slots, lists of values, cut and joined texts.
#include <algorithm>

#include "mappings/plan/run/calc.hpp"
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

namespace {

bool contains(const std::vector<std::string>& texts, std::string_view text) {
    for (const auto& one : texts)
        if (one == text) return true;
    return false;
}

// Of an element that holds no text.
bool attributes_alone(const Value& object) {
    for (const Member& member : object.members())
        if (!member.key.starts_with('@')) return false;
    return true;
}

}  // namespace

template <bool traced>
bool Run::steps(Frame& frame, const Scope& scope) {
    for (const Step& step : scope.steps) {
        bool holds = true;
        for (int test : step.tests) holds = holds && test_holds(frame, scope.tests[static_cast<std::size_t>(test)]);
        bool good = !holds || run_step(frame, step);
        if constexpr (traced) tell(frame, step, holds);
        if (!good) return false;
        if (left_out_) return true;
    }
    return true;
}
template bool Run::steps<false>(Frame& frame, const Scope& scope);
template bool Run::steps<true>(Frame& frame, const Scope& scope);

bool Run::run_step(Frame& frame, const Step& step) {
    Value& result = frame.results[step.results[0]];
    switch (step.kind) {
        case Step::Kind::constant:
            result = step.constant_kind == ChainType::Kind::boolean ? Value::boolean(step.constant == "true")
                     : step.constant_kind == ChainType::Kind::text  ? Value::string(step.constant)
                                                                    : Value::number(step.constant);
            return true;
        case Step::Kind::calc: return calc(frame, step, result);
        case Step::Kind::list: return list_step(frame, step, result);
        case Step::Kind::split: return reading() ? split(frame, step) : join(frame, step, result);
        case Step::Kind::copy:
        case Step::Kind::chain: break;
    }
    if (!step.sayings.empty()) {
        bool null = step.null_slot >= 0 && frame.slots[step.null_slot].is_boolean();
        const Value& value = frame.slots[step.slots[0]];
        if (const Saying* saying = saying_of(step, value, null)) return say(frame, step, *saying, value);
    }
    if (step.kind == Step::Kind::copy) return copy(frame, step);
    Value value = frame.slots[step.slots[0]];
    if (!single(frame, step, value) || !convert(frame, step, value)) return false;
    result = value;
    return true;
}

// A slot's value as a chain takes it: one value, no list of one, no object around its text.
bool Run::single(const Frame& frame, const Step& step, Value& value) {
    if (value.is_array()) {
        if (value.size() > 1) return fail(frame, step, "one value", value);
        value = value.size() == 0 ? Value() : value[0];
    }
    if (reading() && value.is_object() && !step.chain.typed()) {
        unknown_ = unknown_ || step.bare;
        const Value* text = value.find("#text");
        if (!text && !attributes_alone(value)) return fail(frame, step, "a text", Value());
        value = text ? *text : value.size() > 0 ? Value::string("") : Value();
    }
    if (value.is_object() || value.is_array()) return fail(frame, step, "a single value", Value());
    if (reading() && value.is_string()) {
        step.chain.take(value, arena_);
        if (contains(transfer_.nulls_read, value.text())) value = Value();
    }
    return true;
}

// The other fields that a step's codecs ask for.
const Value* Run::references(const Frame& frame, const Step& step) {
    auto count = step.references.size();
    if (count == 0) return nullptr;
    auto* out = arena_.allocate<Value>(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Value& found = value_at(frame, step.references[i]);
        out[i] = found.is_array() && found.size() == 1 ? found[0] : found;
    }
    return out;
}

bool Run::convert(const Frame& frame, const Step& step, Value& value) {
    CodecRun run{arena_, references(frame, step)};
    Value before = value;
    if (reading() ? step.chain.read(value, run) : step.chain.write(value, run)) {
        if (run.drifted && drift_) tell_code(frame, step, run.unknown);
        return true;
    }
    return fail(frame, step, run.problem, before);
}

bool Run::list_step(Frame& frame, const Step& step, Value& result) {
    const Value source = frame.slots[step.slots[0]];
    if (source.is_null()) {  // none(...) may have a legacy value for it
        Value value;
        if (!convert(frame, step, value)) return false;
        if (value.is_null()) {
            if (step.empty_list) result = Value::array(nullptr, 0);
            return true;
        }
        Value* one = arena_.allocate<Value>(1);
        *one = value;
        result = Value::array(one, 1);
        return true;
    }
    std::uint32_t count = source.is_array() ? source.size() : 1, kept = 0;
    Value* items = arena_.allocate<Value>(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        Value value = source.is_array() ? source[i] : source;
        list_index_ = static_cast<int>(i);
        if (const Saying* saying = saying_of(step, value, false)) {
            if (saying->then == CannotSay::Then::refuse) return say(frame, step, *saying, value);
            if (saying->then == CannotSay::Then::say) items[kept++] = Value::string(saying->as);
            continue;
        }
        if (!single(frame, step, value) || !convert(frame, step, value)) return false;
        if (!value.is_null()) items[kept++] = value;
    }
    list_index_ = -1;
    if (kept > 0 || !step.no_empty_list) result = Value::array(items, kept);
    return true;
}

// The first separators cut; the last part takes the rest.
bool Run::split(Frame& frame, const Step& step) {
    Value value = frame.slots[step.slots[0]];
    if (!single(frame, step, value) || !convert(frame, step, value)) return false;
    if (value.is_null()) return true;
    auto rest = text_of(value);
    for (std::size_t i = 0; i + 1 < step.results.size(); ++i) {
        auto cut = rest.find(step.chain.separator());
        if (cut == std::string_view::npos) return fail(frame, step, "a text with the separator", value);
        frame.results[step.results[i]] = Value::string(rest.substr(0, cut));
        rest.remove_prefix(cut + step.chain.separator().size());
    }
    frame.results[step.results.back()] = Value::string(rest);
    return true;
}

bool Run::join(Frame& frame, const Step& step, Value& result) {
    const auto& separator = step.chain.separator();
    std::size_t size = separator.size() * (step.slots.size() - 1);
    for (int slot : step.slots) {
        if (!frame.slots[slot].is_string()) return fail(frame, step, "every part of the text", frame.slots[slot]);
        size += frame.slots[slot].text().size();
    }
    char* out = arena_.allocate<char>(size);
    char* to = out;
    for (std::size_t i = 0; i < step.slots.size(); ++i) {
        auto part = frame.slots[step.slots[i]].text();
        to = std::copy(part.begin(), part.end(), to);
        if (i + 1 == step.slots.size()) break;
        to = std::copy(separator.begin(), separator.end(), to);
        // Cut again it must give the same part, else it would come back mangled.
        std::string_view tail(to - separator.size() - part.size(), separator.size() + part.size());
        if (tail.find(separator) != part.size())
            return fail(frame, step, "a part without the separator", frame.slots[step.slots[i]]);
    }
    Value value = Value::string({out, size});
    if (!convert(frame, step, value)) return false;
    result = value;
    return true;
}

bool Run::calc(Frame& frame, const Step& step, Value& result) {
    auto computed = compute(step.program, frame, arena_);
    if (!computed.problem.empty()) return fail(frame, step, computed.problem, computed.culprit);
    if (!computed.number) return true;
    bool whole = reading() && step.chain.contract_type().kind == ChainType::Kind::integer;
    auto text = whole ? write_whole(*computed.number, arena_) : write_exact(trim(*computed.number), -1, arena_);
    if (!text) return fail(frame, step, "a whole result", Value());
    Value value = Value::number(*text);
    if (!reading() && !convert(frame, step, value)) return false;
    result = value;
    return true;
}

}  // namespace headgate::mappings
