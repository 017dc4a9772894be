// Round trips: generated messages through a plan, held against the laws of its rules.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mappings/plan/laws/law_check.hpp"
#include "mappings/plan/laws/legacy_documents.hpp"
#include "mappings/plan/laws/messages.hpp"

namespace headgate::mappings {

struct RoundTripFailure {
    std::uint64_t seed = 0;  // of the document: tried alone it fails again
    SourceMark mark;
    std::string rule, what;
    std::string document;  // the smallest that fails, as JSON
    std::string text() const;
};
struct RoundTripResult {
    int documents = 0;
    int refused = 0;  // they can't be told to the other side, which is said with their place
    std::optional<RoundTripFailure> failure;
};

// Of one direction of a plan; borrows it and the registry.
class RoundTrips {
  public:
    // nullptr where the direction has no rules, or the plan is none that load_mappings made.
    static std::unique_ptr<RoundTrips> of(const Plan& plan, const Registry& contracts, Direction direction);

    // Documents of the seeds `seed`, `seed` + 1, ...; stops at the first that breaks a law.
    RoundTripResult run(int documents, std::uint64_t seed) const;

  private:
    RoundTrips(const CompiledPlan& plan, const Registry& contracts, Direction direction);
    enum class Outcome : std::uint8_t { held, refused, broken };
    Outcome try_one(const Value& document, const Value& request, Arena& arena, Breach* breach) const;
    std::optional<Value> make(std::uint64_t seed, Arena& arena) const;
    // The messages of one step: a request, and what the steps before it keep of generated answers.
    std::optional<Value> make_message(std::uint64_t seed, Arena& arena) const;
    // Of a list: with a cursor of its own in place of the one that was generated.
    std::optional<Value> with_cursor(std::optional<Value> message, std::uint64_t seed, Arena& arena) const;
    Result<Value> transferred(const Value& document, const Value& request, Builder& builder, DriftLog& drift) const;
    std::string shrunk(const Value& document, const Value& request, Arena& arena, Breach& breach) const;

    const CompiledPlan& plan_;
    bool reading_;
    LawCheck laws_;
    std::optional<Messages> messages_;  // what is written, or another version's answer
    std::optional<Messages> requests_;  // that an answer is read for
    std::optional<Messages> pages_;     // of a list: answers of the contract, behind which its next page begins
    std::optional<LegacyDocuments> answers_;
    std::vector<std::unique_ptr<RoundTrips>> steps_;  // of several calls, each written by its own rules
    // Of one of them:
    const StepCalls* calls_ = nullptr;
    std::size_t step_ = 0;
    std::vector<std::optional<LegacyDocuments>>
        before_;  // answers of the steps before; nothing: those that keep nothing
};

}  // namespace headgate::mappings
