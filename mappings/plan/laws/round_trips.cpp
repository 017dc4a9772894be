#include "mappings/plan/laws/round_trips.hpp"

#include "contracts/document/json.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/plan/laws/shrink.hpp"
#include "mappings/plan/steps/step_plan.hpp"
#include "mappings/plan/steps/step_progress.hpp"

namespace headgate::mappings {

std::string RoundTripFailure::text() const {
    return mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column) + ": " + rule + ": " + what +
           "\n  seed " + std::to_string(seed) + ", the smallest document: " + document;
}

namespace {

Messages component_messages(const Plan& plan, const Registry& contracts) {
    const auto& side = plan.contract_side();
    auto slash = side.find('/');
    return Messages::of(*contracts.find_schema(side.substr(0, slash), side.substr(slash + 1)));
}

}  // namespace

std::unique_ptr<RoundTrips> RoundTrips::of(const Plan& any, const Registry& contracts, Direction direction) {
    bool reading = direction == Direction::to_contract;
    const auto* plan = dynamic_cast<const CompiledPlan*>(&any);
    if (const auto* calls = plan && !reading ? std::get_if<StepCalls>(&plan->call()) : nullptr) {
        auto whole = std::unique_ptr<RoundTrips>(new RoundTrips(*plan, contracts, direction));
        for (std::size_t i = 0; i < calls->steps.size(); ++i) {
            const auto& step = dynamic_cast<const CompiledStep&>(*calls->steps[i]);
            auto one = std::unique_ptr<RoundTrips>(new RoundTrips(step.compiled(), contracts, direction));
            one->calls_ = calls;
            one->step_ = i;
            for (std::size_t j = 0; j < i; ++j) {
                const auto& earlier = dynamic_cast<const CompiledStep&>(*calls->steps[j]);
                one->before_.emplace_back();
                if (!earlier.keeps()) continue;
                const auto& rules = earlier.compiled().mapping().reply.rules;
                one->before_.back().emplace(earlier.compiled(), relations_of(rules, *earlier.keeps()),
                                            std::vector<Value>());
            }
            whole->steps_.push_back(std::move(one));
        }
        return whole;
    }
    if (!plan || (reading ? !plan->reply() || !plan->answered() : !plan->request())) return nullptr;
    // What our own store tells is told one way.
    if (reading && std::holds_alternative<StoreQuery>(plan->call())) return nullptr;
    return std::unique_ptr<RoundTrips>(new RoundTrips(*plan, contracts, direction));
}

RoundTrips::RoundTrips(const CompiledPlan& plan, const Registry& contracts, Direction direction)
    : plan_(plan), reading_(direction == Direction::to_contract), laws_(plan, direction) {
    const auto* operation = contracts.find(plan.contract_side());
    if (operation) requests_ = Messages::of_request(*operation);
    if (!reading_) {
        if (operation) {
            messages_ = std::move(requests_);
            if (plan.paging()) pages_ = Messages::of(*operation->response_schema(operation->success_status));
        } else {
            messages_ = component_messages(plan, contracts);
        }
        return;
    }
    if (const auto* bridged = std::get_if<ContractCall>(&plan.call())) {
        messages_ = Messages::of(*bridged->operation->response_schema(bridged->operation->success_status));
        return;
    }
    Arena arena;
    std::vector<Value> answers;
    std::optional<Messages> messages;                   // the answers' texts are its
    if (std::holds_alternative<FileDrop>(plan.call()))  // it is the message itself that is read
        messages = operation ? Messages::of_request(*operation) : component_messages(plan, contracts);
    else if (const auto* schema = operation ? operation->response_schema(operation->success_status) : nullptr)
        messages = Messages::of(*schema);
    for (std::uint64_t seed = 1; messages && seed <= 64; ++seed)
        if (auto made = messages->make(seed, arena)) answers.push_back(*made);
    answers_.emplace(plan, laws_.relations(), answers);
}

std::optional<Value> RoundTrips::make(std::uint64_t seed, Arena& arena) const {
    if (calls_) return make_message(seed, arena);
    if (messages_) return with_cursor(messages_->make(seed, arena), seed, arena);
    return answers_->make(seed, arena);
}

std::optional<Value> RoundTrips::with_cursor(std::optional<Value> message, std::uint64_t seed, Arena& arena) const {
    if (!pages_ || !message || !message->find("cursor")) return message;
    auto page = pages_->make(seed, arena);
    if (!page) return std::nullopt;
    Builder builder(arena);
    auto position = plan_.paging()->position_after(*page, builder);
    if (position.is_null()) return std::nullopt;
    auto cursor = Value::string(arena.copy(plan_.paging()->cursor(*message, position)));
    return with_member(*message, {"cursor", cursor}, builder);
}

std::optional<Value> RoundTrips::make_message(std::uint64_t seed, Arena& arena) const {
    auto request = messages_->make(seed, arena);
    if (!request) return std::nullopt;
    Builder builder(arena);
    StepProgress progress(*calls_, *request, builder);
    for (std::size_t i = 0; i < step_; ++i)
        if (before_[i] && progress.applies(i) && !progress.answered(i, before_[i]->make(seed + i, arena)))
            return std::nullopt;
    if (!progress.applies(step_)) return std::nullopt;
    return progress.message();
}

// Rules are held to all that came; which of it a page has is no matter of theirs.
Result<Value> RoundTrips::transferred(const Value& document, const Value& request, Builder& builder,
                                      DriftLog& drift) const {
    if (!reading_) return plan_.to_legacy(document, builder);
    if (plan_.paging()) return run_transfer(*plan_.reply(), document, request, builder, nullptr, &drift);
    return plan_.to_contract(document, request, builder, &drift);
}

RoundTrips::Outcome RoundTrips::try_one(const Value& document, const Value& request, Arena& arena,
                                        Breach* breach) const {
    Builder builder(arena);
    DriftLog drift;
    auto made = transferred(document, request, builder, drift);
    if (!made) {
        // Of a step, what another one's answer made is refused as such.
        auto expected = reading_ || (calls_ && made.error().kind == ErrorKind::bad_answer) ? ErrorKind::bad_answer
                                                                                           : ErrorKind::invalid_message;
        if (made.error().kind == expected) return Outcome::refused;
        *breach = {plan_.mark(), plan_.name(), "fails otherwise than by refusing: " + made.error().detail};
        return Outcome::broken;
    }
    for (const Drift& seen : drift.all()) {
        if (seen.kind == "code" || seen.kind == "item") return Outcome::refused;  // in part
        *breach = {plan_.mark(), plan_.name(), "what the legacy schema knows is told as drift: " + seen.place};
        return Outcome::broken;
    }
    Value message = document;
    if (!reading_ && plan_.paging()) message = *plan_.paging()->asked(document, builder);
    auto found = reading_ ? laws_.check(*made, document) : laws_.check(message, *made);
    if (!found) return Outcome::held;
    *breach = std::move(*found);
    return Outcome::broken;
}

RoundTripResult RoundTrips::run(int documents, std::uint64_t seed) const {
    RoundTripResult result;
    for (const auto& step : steps_) {
        auto one = step->run(documents, seed);
        result.documents += one.documents;
        result.refused += one.refused;
        result.failure = std::move(one.failure);
        if (result.failure) break;
    }
    if (!steps_.empty()) return result;
    auto block = std::make_unique<char[]>(1 << 20);
    for (; result.documents < documents && !result.failure; ++seed) {
        Arena arena(block.get(), 1 << 20);
        ++result.documents;
        auto document = make(seed, arena);
        if (!document) {
            ++result.refused;
            continue;
        }
        Value request;
        if (reading_ && requests_)
            if (auto asked = requests_->make(seed, arena)) request = *asked;
        Breach breach;
        auto outcome = try_one(*document, request, arena, &breach);
        result.refused += outcome == Outcome::refused;
        if (outcome != Outcome::broken) continue;
        auto smallest = shrunk(*document, request, arena, breach);
        result.failure = {seed, breach.mark, breach.rule, breach.what, smallest};
    }
    return result;
}

// What stays a message of the contract and breaks a law yet.
std::string RoundTrips::shrunk(const Value& document, const Value& request, Arena& arena, Breach& breach) const {
    if (calls_) return to_json(document);  // what has been kept comes of no smaller one
    auto smallest = shrink(document, arena, [&](const Value& smaller) {
        if (messages_ && !messages_->valid(smaller)) return false;
        Arena own;
        Breach other;
        if (try_one(smaller, request, own, &other) != Outcome::broken) return false;
        breach = std::move(other);
        return true;
    });
    return to_json(smallest);
}

}  // namespace headgate::mappings
