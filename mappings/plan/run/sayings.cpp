// What a bridge does with a value that the other version alone can say.
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

const Saying* saying_of(const Step& step, const Value& value, bool null) {
    if (!null && !value.is_string()) return nullptr;
    for (const Saying& saying : step.sayings)
        if (saying.null == null && (null || saying.value == value.text())) return &saying;
    return nullptr;
}

bool Run::say(Frame& frame, const Step& step, const Saying& saying, const Value& value) {
    switch (saying.then) {
        case CannotSay::Then::say: frame.results[step.results[0]] = Value::string(saying.as); return true;
        case CannotSay::Then::leave_out_field: return true;
        case CannotSay::Then::leave_out_item: return left_out_ = true;
        case CannotSay::Then::refuse: break;
    }
    return fail(frame, step, "a value that this version can say", value);
}

// As it came: nothing is read into it.
bool Run::copy(Frame& frame, const Step& step) {
    frame.results[step.results[0]] = frame.slots[step.slots[0]];
    if (step.null_slot >= 0) frame.results[step.null_result] = frame.slots[step.null_slot];
    return true;
}

}  // namespace headgate::mappings
