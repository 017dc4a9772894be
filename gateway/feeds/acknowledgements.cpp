#include "gateway/feeds/acknowledgements.hpp"

#include <nlohmann/json.hpp>

#include "gateway/store/control_numbers.hpp"
#include "mappings/formats/files/document_paths.hpp"

namespace headgate::feeds {
namespace {

using store::WorkState;

constexpr std::size_t most_overdue = 200;  // a look
const std::string refused_note = "the system has refused the file",
                  silent_note = "the system has not acknowledged the file";

// What became of a step's file.
struct Verdict {
    WorkState from, to;
    const char* event;
    std::string note;
};

void change(const store::Work& step, const Verdict& verdict, std::int64_t now_ms, store::Commit& commit) {
    commit.changes.push_back({step.id, step.fence, verdict.from, verdict.to, now_ms, now_ms, verdict.note});
    nlohmann::ordered_json payload{{"step", step.kind}};
    if (!verdict.note.empty()) payload["note"] = verdict.note;
    commit.events.push_back({0, step.stream, verdict.event, now_ms,
                             payload.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)});
}

// AK5 of every set of the group, else AK9 of the group: A, E and P are read, R and all else is not. The first that is
// refused counts, with its errors.
std::string refusal(const Value& document) {
    auto told = [](const Value& segment) {
        std::string out;
        for (const auto& element : segment.members())
            if (element.key != "01" && element.value.is_string()) out += " " + std::string(element.value.text());
        return out;
    };
    auto accepted = [](std::string_view code) { return code == "A" || code == "E" || code == "P"; };
    const Value* sets = document.find("AK2");
    for (std::uint32_t i = 0; sets && sets->is_array() && i < sets->size(); ++i)
        if (const Value* end = (*sets)[i].find("AK5"); end && end->is_object())
            if (auto code = text_at(*end, "01"); !accepted(code)) return "AK5 " + std::string(code) + told(*end);
    const Value* group = document.find("AK9");
    auto code = group ? text_at(*group, "01") : std::string_view();
    return accepted(code) ? std::string() : "AK9 " + std::string(code);
}

}  // namespace

Result<std::string> take_acknowledgement(store::Store& store, const Acknowledges& of, const Value& document,
                                         std::int64_t now_ms, store::Commit& commit) {
    std::string number(text_at(document, "AK1/02"));
    number.erase(0, number.find_first_not_of('0'));
    auto sent = store.find(store::numbers_sent(of.sequence), number);
    if (!sent) return sent.error();
    if (!*sent) return "it acknowledges group " + number + ", which was never sent";
    const std::string order = (*sent)->payload;
    const std::string why = refusal(document);
    // What was refused is waited for once more: it may be dropped again.
    commit.puts.push_back({(*sent)->collection, number, order, why.empty() ? std::nullopt : std::optional(now_ms)});
    auto step = store.work(order + "/" + of.step.text());
    if (!step) return step.error();
    if (!*step) return std::string();  // sent by something else than an order's step
    const store::Work& work = **step;
    bool ours = work.note.starts_with(refused_note) || work.note.starts_with(silent_note);
    if (!why.empty() && work.state == WorkState::done)
        change(work, {WorkState::done, WorkState::held, "step-refused", refused_note + ": " + why}, now_ms, commit);
    else if (why.empty() && work.state == WorkState::held && ours)
        change(work, {WorkState::held, WorkState::done, "step-acknowledged", ""}, now_ms, commit);
    return std::string();
}

Result<std::size_t> hold_overdue(store::Store& store, const Acknowledges& of, std::int64_t now_ms) {
    const auto rows = store.due(store::numbers_sent(of.sequence), now_ms - of.within.count(), most_overdue);
    if (!rows) return rows.error();
    std::size_t held = 0;
    for (const auto& row : *rows) {
        auto step = store.work(row.payload + "/" + of.step.text());
        if (!step) return step.error();
        store::Commit commit;
        commit.conditions.push_back({row.collection, row.key, row.revision});
        bool told = *step && (*step)->state == WorkState::done;
        // One that is still being told, or will be told again, is waited for anew.
        std::optional<std::int64_t> again = *step ? std::optional(now_ms) : std::nullopt;
        commit.puts.push_back({row.collection, row.key, row.payload, again});
        if (told)
            change(**step,
                   {WorkState::done, WorkState::held, "step-not-acknowledged",
                    silent_note + " within " + std::to_string(of.within.count() / 1000) + " s"},
                   now_ms, commit);
        auto done = store.commit(std::move(commit));
        if (!done) return done.error();
        if (done->outcome == store::Outcome::committed && told) ++held;
    }
    return held;
}

}  // namespace headgate::feeds
