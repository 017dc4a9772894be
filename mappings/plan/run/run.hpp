// Run: one transfer of one document; a scope's dispatch, its steps, its target, and the scopes of its lists inside.
#pragma once

#include <array>
#include <memory>

#include "mappings/plan/run/failure.hpp"
#include "mappings/plan/run/frame.hpp"

namespace headgate::mappings {

// What a worker keeps between runs, so that the valid path allocates nothing here: a worker runs one transfer at a
// time.
struct RunMemory {
    static constexpr std::size_t size = 4096;
    std::array<Value, size> values;  // the stack that frames share
    std::size_t used = 0;
    std::vector<Value> keys;  // of the items written, for `missing`; nested `missing` is refused at load
    std::vector<std::pair<std::string_view, std::uint32_t>> places;  // of the keys of a list that is written
};

// What the step declares of a value (`null`: it is there, and null); nullptr: nothing. sayings.cpp
const Saying* saying_of(const Step& step, const Value& value, bool null);

// Lives for one run on one thread. Functions answer false after a fault, of which the error was put together.
class Run {
  public:
    Run(const Transfer& transfer, const Value& request, Builder& builder, PlanTrace* trace, DriftLog* drift);

    bool root(const Value& source);
    Error take_error() { return std::move(error_); }

  private:
    bool reading() const { return transfer_.direction == Direction::to_contract; }

    // run.cpp
    bool object(Frame& frame, const Scope& scope);

    // steps.cpp
    template <bool traced>
    bool steps(Frame& frame, const Scope& scope);
    bool run_step(Frame& frame, const Step& step);
    bool list_step(Frame& frame, const Step& step, Value& result);
    bool split(Frame& frame, const Step& step);
    bool join(Frame& frame, const Step& step, Value& result);
    bool calc(Frame& frame, const Step& step, Value& result);
    bool single(const Frame& frame, const Step& step, Value& value);
    bool convert(const Frame& frame, const Step& step, Value& value);
    const Value* references(const Frame& frame, const Step& step);

    // tell.cpp
    void tell(const Frame& frame, const Step& step, bool holds);
    void tell_missing(const Frame& frame, const Outlet& outlet, std::size_t from);

    // sayings.cpp
    bool say(Frame& frame, const Step& step, const Saying& saying, const Value& value);
    bool copy(Frame& frame, const Step& step);

    // target.cpp
    bool members(const std::vector<Outlet>& outlets, Frame& frame);
    bool list(const Outlet& outlet, Frame& frame);
    bool items(const Outlet& outlet, const Value& source, Frame& item);
    void gather_columns(Frame& item);
    bool rows_agree(const Frame& item);
    bool keys_differ(const Outlet& outlet, const Value& source, Frame& item);

    // bad_items.cpp
    struct Leniency {  // of one list
        std::unique_ptr<Error> first;
        bool good = false;  // one item was
    };
    bool lenient(Frame& item, Leniency& list);
    bool served(Leniency& list);  // not when every item was bad: then the first's error is the list's
    Value key_of(Frame& item, int key_result);

    // drift.cpp
    void tell_unknown(const Frame& frame);
    void tell_code(const Frame& frame, const Step& step, std::string_view code);
    void tell_bad_item();

    bool fail(const Frame& frame, const Step& step, std::string_view expected, const Value& value) {
        return fail(frame, Misfit{step.legacy, step.contract, &step.mark, expected, value, list_index_});
    }
    bool fail(const Frame& frame, const Misfit& misfit);

    const Transfer& transfer_;
    const Value& request_;
    Builder& builder_;
    Arena& arena_;
    RunMemory& memory_;
    PlanTrace* const trace_;  // nullptr: nobody is told
    DriftLog* drift_;         // the same
    Error error_;
    struct {
        std::string name, place, expected;
    } fault_;                // the error as drift tells it, where somebody is told
    bool unknown_ = false;   // the scope at work holds a name that nobody knows
    int list_index_ = -1;    // the value of a list that is at work
    bool left_out_ = false;  // the item at work is not told
};

}  // namespace headgate::mappings
