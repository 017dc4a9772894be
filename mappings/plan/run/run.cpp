// Runs a scope: dispatches its source into slots, makes its results, appends its target.
#include "mappings/plan/run/run.hpp"

#include <algorithm>
#include <utility>

namespace headgate::mappings {

namespace {

RunMemory& memory_of_worker() {
    static thread_local RunMemory memory;
    return memory;
}

}  // namespace

Run::Run(const Transfer& transfer, const Value& request, Builder& builder, PlanTrace* trace, DriftLog* drift)
    : transfer_(transfer),
      request_(request),
      builder_(builder),
      arena_(builder.arena()),
      memory_(memory_of_worker()),
      trace_(trace),
      drift_(drift) {}

bool Run::root(const Value& source) {
    Frame frame;
    frame.scope = &transfer_.root;
    frame.source = source;
    if (!transfer_.one.empty() && source.is_array()) {
        frame.rows = source;
        frame.source = source[0];
    }
    return object(frame, transfer_.root);
}

bool Run::object(Frame& frame, const Scope& scope) {
    auto needed = static_cast<std::size_t>(scope.slots + scope.results);
    auto mark = memory_.used;
    if (mark + needed <= RunMemory::size) {
        frame.slots = memory_.values.data() + mark;
        memory_.used += needed;
    } else {
        frame.slots = arena_.allocate<Value>(needed);
    }
    std::fill_n(frame.slots, needed, Value());
    frame.results = frame.slots + scope.slots;
    unknown_ = false;
    const Intake* several = dispatch(frame.source, scope.intake, frame.slots, unknown_);
    if (frame.rows.is_array()) gather_columns(frame);
    auto expected = [&] {
        return has_text(frame.source, scope.intake, *several) ? "elements, and not text" : "one of it";
    };
    bool good = several  ? fail(frame, Misfit{several->name, {}, nullptr, expected()})
                : trace_ ? steps<true>(frame, scope)
                         : steps<false>(frame, scope);
    if (unknown_ && drift_) tell_unknown(frame);
    good = good && rows_agree(frame);
    bool told = good && !std::exchange(left_out_, false);
    if (told) {
        builder_.begin_object();
        good = members(scope.members, frame);
        if (good) builder_.end_object();
    }
    if (good && told && scope.missing && frame.list)
        memory_.keys.push_back(frame.results[scope.missing->told.key_result]);
    memory_.used = mark;
    return good;
}

bool tests_hold(const Scope& scope, const Value& source) {
    std::vector<Value> slots(static_cast<std::size_t>(scope.slots));
    Frame frame;
    frame.scope = &scope;
    frame.slots = slots.data();
    if (dispatch(source, scope.intake, frame.slots)) return false;
    return std::all_of(scope.tests.begin(), scope.tests.end(),
                       [&](const Test& test) { return test_holds(frame, test); });
}

bool test_holds(const Frame& frame, const Test& test) {
    const Value& value = value_at(frame, test.field);
    std::string_view text = value.is_boolean() ? (value.as_boolean() ? "true" : "false") : text_of(value);
    switch (test.test) {
        case Condition::Test::equal: return !value.is_null() && text == test.literal;
        case Condition::Test::not_equal: return !value.is_null() && text != test.literal;
        case Condition::Test::present: return !value.is_null();
        case Condition::Test::absent: return value.is_null();
    }
    return false;
}

Result<Value> run_transfer(const Transfer& transfer, const Value& source, const Value& request, Builder& builder,
                           PlanTrace* trace, DriftLog* drift) {
    if (!transfer.one.empty() && source.is_array() && source.size() == 0)
        return Error{ErrorKind::rejected, "there is no such thing", transfer.name + ": no row", {}, {}, transfer.one};
    Run run(transfer, request, builder, trace, drift);
    if (run.root(source)) return builder.take();
    builder.reset(builder.arena());
    return run.take_error();
}

}  // namespace headgate::mappings
