// What a bridge does with a value that the other version alone can say.
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

// Whether the step is done with: its result made, left out, or refused (then `good` is false).
bool Run::unsayable(Frame& frame, const Step& step, const Value& value, bool null, bool& good) {
    if (!null && !value.is_string()) return false;
    for (const Saying& saying : step.sayings) {
        if (saying.null != null || (!null && saying.value != value.text())) continue;
        switch (saying.then) {
            case CannotSay::Then::say: frame.results[step.results[0]] = Value::string(saying.as); break;
            case CannotSay::Then::leave_out_field: break;
            case CannotSay::Then::leave_out_item: left_out_ = true; break;
            case CannotSay::Then::refuse: good = fail(frame, step, "a value that this version can say", value); break;
        }
        return true;
    }
    return false;
}

// As it came: nothing is read into it.
bool Run::copy(Frame& frame, const Step& step) {
    frame.results[step.results[0]] = frame.slots[step.slots[0]];
    if (step.null_slot >= 0) frame.results[step.null_result] = frame.slots[step.null_slot];
    return true;
}

}  // namespace headgate::mappings
