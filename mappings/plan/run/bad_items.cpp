// One bad item of a list fails alone, where its rule says what becomes of it.
#include <utility>

#include "mappings/plan/run/missing_items.hpp"
#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

// The steps until the key is made: a fault of another field is no matter, and nothing of them is told again.
Value Run::key_of(Frame& item, int key_result) {
    auto* drift = std::exchange(drift_, nullptr);
    const Value& key = item.results[key_result];
    for (const Step& step : item.scope->steps) {
        if (!key.is_null()) break;
        bool holds = true;
        for (int test : step.tests)
            holds = holds && test_holds(item, item.scope->tests[static_cast<std::size_t>(test)]);
        if (holds) run_step(item, step);
        list_index_ = -1;
    }
    drift_ = drift;
    return key;
}

bool Run::lenient(Frame& item, Leniency& list) {
    const BadItem* bad = item.scope->bad.get();
    if (!bad) return object(item, *item.scope);
    auto mark = builder_.mark();
    if (object(item, *item.scope)) return list.good = true;
    if (!list.first) list.first = std::make_unique<Error>(error_);
    builder_.rewind(mark);
    list_index_ = -1;
    left_out_ = false;
    if (!bad->omit) {
        Error error = std::move(error_);
        Value key = key_of(item, bad->told.key_result);
        if (key.is_null()) return error_ = std::move(error), false;
        append_item(bad->told, key, builder_);
        if (item.scope->missing) memory_.keys.push_back(key);
    }
    tell_bad_item();
    return true;
}

bool Run::served(Leniency& list) {
    if (!list.first || list.good) return true;
    error_ = std::move(*list.first);
    return false;
}

}  // namespace headgate::mappings
