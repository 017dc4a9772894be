// Plan: a mapping checked against the contract's schema and the legacy schema, compiled to slots; runs over documents,
// without I/O. One pass over the source's children fills slots, one pass over the target's shape appends the output.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"
#include "mappings/formats/file_format.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/formats/soap/version.hpp"
#include "mappings/plan/report.hpp"
#include "mappings/plan/trace.hpp"

namespace headgate {

class DriftLog;
struct ApiOperation;

// What an adapter must know to carry out the mapping's call: one of these, by the mapping's `legacy:` block.
struct SoapCall {
    std::string operation;  // portType operation: priceQuery
    std::string soap_action;
    SoapVersion version = SoapVersion::v11;
    std::string charset = "UTF-8";  // of what we send; answers say their own
    LegacyNode request, response;   // the roots of both bodies, see SoapOperation; without a name: an empty body
    bool one_way = false;           // nothing is answered but that it came
    bool types = false;             // whether the answer has types that xsi:type tells apart
};
struct RowsQuery {
    std::string sql;                      // with `?` for each parameter, in order
    std::vector<std::string> parameters;  // names in the legacy document that plan.to_legacy makes; lists expand
    std::vector<std::string> columns;     // expected, upper case
    LegacyNode row;                       // the same with their types, as the mapping declares them
    std::string charset = "UTF-8";
    // The list parameter that is split over several calls when longer than `batch_at_most`; empty: never.
    std::string batch_over;
    std::size_t batch_at_most = 0;
};
// Statements that change data, run in order inside one transaction: all or nothing.
struct RowsTransaction {
    struct Statement {
        std::string sql;                      // with `?`
        std::vector<std::string> parameters;  // a name is looked for in the list's item first, then in the document
        std::string each;                     // empty: once; else the legacy list over which it runs
        // Where a refusal is at in the contract's message: `each_pointer` is the list's, of which item 3 is /lines/3;
        // without `each` it is the place itself, or empty.
        std::string each_pointer;
        int expect_rows = -1;  // -1: any
        // What another count means: "" bad_answer; "done" the work was done before: commit, skip the statements that
        // follow, success; else roll back, rejected with this business code: out-of-stock.
        std::string on_mismatch;
        // What SQLSTATE 23xxx means: "" an error; "done" roll back, success; "retry" roll back and run the whole
        // transaction once more (twice at most: somebody was faster between two statements of ours); "check" roll back,
        // then ask duplicate_sql; else roll back, rejected with this business code.
        std::string on_duplicate;
        // For "check": its first column of its first row, trailing blanks cut, is looked up: "done" or a business code.
        // No row or an unknown value: outcome_unknown.
        std::string duplicate_sql;
        std::vector<std::string> duplicate_parameters;
        std::map<std::string, std::string> duplicate_outcomes;
        int line = 0;  // in the mapping document
    };
    std::vector<Statement> statements;
    std::string charset = "UTF-8";
    // What is answered: read behind the statements, within the transaction; its list parameters expand, nothing is
    // batched.
    std::optional<RowsQuery> answer = {};
};
// A file that is dropped for the system, or that it gives; see mappings/plan/file_drop.hpp.
struct FileDrop {
    std::shared_ptr<const FileFormat> format;
    bool writes = true, reads = false;            // by the mapping's direction
    std::string file_name;                        // pattern with {legacy paths}: pick-{W05/02}.940; of what is written
    std::map<std::string, std::string> envelope;  // sender, receiver, usage, ... as the mapping gives them, patterns
};
// Another version of the contract: a bridge's legacy side. No adapter carries it out; the pipeline goes on as that
// operation.
struct ContractCall {
    const Operation* operation = nullptr;  // owned by the registry
    LegacyNode request, response;
};
// Answered from our own store: one captured order of the order log (gateway/orders/order_source.hpp), or messages that
// came as files and are kept (gateway/feeds/read_model.hpp).
struct StoreQuery {
    enum class Of : std::uint8_t { order, orders, message, messages } of = Of::order;
    bool of_messages() const { return of == Of::message || of == Of::messages; }
    std::string contract;       // orders.v1, whose captured orders these are, or are told beside messages; empty: none
    std::string component;      // of messages: fulfilment.v1/ShipmentAdvice
    std::string field;          // what is asked for by; of an order `key`, the Idempotency-Key, else orderId
    LegacyNode request, reply;  // typed, as those of a contract
};
// An operation of a JSON API by its own OpenAPI document.
struct ApiCall {
    std::shared_ptr<const ApiOperation> operation;
    std::vector<std::vector<std::string>>
        codes;                        // ways to where a refusal's body has its code, the first that is there
    std::vector<std::string> faults;  // the codes that `faults:` names, as written: 409/too_large, 200/NO
};
class Plan;
// One of several calls of a mapping: its plan writes the call, and hands the answer over as it is. Immutable.
class CallStep {
  public:
    virtual ~CallStep() = default;
    virtual const std::string& name() const = 0;
    virtual const Plan& plan() const = 0;
    // Earlier steps, by their place, whose answers it may use.
    virtual const std::vector<std::size_t>& needs() const = 0;
    // Steps of one wave need none of each other's answers; waves follow each other. What changes something is the last,
    // alone.
    virtual std::size_t wave() const = 0;
    virtual bool effect() const = 0;
    // Whether it is called at all. `message`: the request's members, and beside them what each earlier step kept.
    virtual bool applies(const Value& message) const = 0;
    // What later steps may use of its answer; null: nothing. Fails with bad_answer.
    virtual Result<Value> keep(const Value& answer, Builder& builder) const = 0;
};
// Several calls, each of its own system (mappings/plan/steps/step_progress.hpp runs through them). Each answer is a member of the
// legacy document that the whole plan reads, under the step's name.
struct StepCalls {
    std::vector<std::shared_ptr<const CallStep>> steps;
    LegacyNode answers;
};
using LegacyCall =
    std::variant<SoapCall, RowsQuery, RowsTransaction, FileDrop, ContractCall, StoreQuery, ApiCall, StepCalls>;

// What a `faults:` rule made of a legacy fault.
struct FaultVerdict {
    enum class Outcome : std::uint8_t { rejected, retry, failed } outcome = Outcome::failed;
    std::string code;     // business code, for rejected
    std::string pointer;  // into the request message, where the rule says so
};

// Immutable and thread-safe. Errors are bad_answer or invalid_message with the contract's pointer, and `detail` naming
// the legacy location and the mapping's file:line.
class Plan {
  public:
    virtual ~Plan() = default;
    virtual const std::string& name() const = 0;           // orders.v1/Order -> shop.orderCreate, as written
    virtual const std::string& contract_side() const = 0;  // orders.v1/Order, inventory.v2/getAvailability
    virtual const std::string& system() const = 0;         // shop
    virtual const std::string& call_name() const = 0;      // orderCreate
    virtual const LegacyCall& call() const = 0;
    virtual SourceMark mark() const = 0;
    virtual std::uint64_t fingerprint() const = 0;  // of the mapping's text and both schemas
    virtual const MappingReport& report() const = 0;
    // Whether the system recognises a repetition of a call that changes something: it has one effect, and the same
    // answer.
    virtual bool repeatable() const { return false; }

    // Contract message -> legacy document in the format's shape (mappings/README of shapes: docs/reference/mapping.md).
    virtual Result<Value> to_legacy(const Value& message, Builder& builder) const = 0;
    // Legacy answer -> contract message. `request` is the request message (for `missing`). `drift`: nullptr, or where
    // it is told what the answer holds beyond what the mapping knows, also of an answer that fails.
    virtual Result<Value> to_contract(const Value& legacy, const Value& request, Builder& builder,
                                      DriftLog* drift = nullptr) const = 0;
    // The same, telling what each rule makes. Plans that don't know tell nothing.
    virtual Result<Value> trace_to_legacy(const Value& message, Builder& builder, PlanTrace&) const {
        return to_legacy(message, builder);
    }
    virtual Result<Value> trace_to_contract(const Value& legacy, const Value& request, Builder& builder, PlanTrace&,
                                            DriftLog* drift = nullptr) const {
        return to_contract(legacy, request, builder, drift);
    }
    // Of a list that is paged: the cursor of a position (a number of items, or the key's values) in what `request` asks
    // for, as cases name it; nothing of other plans.
    virtual std::optional<std::string> cursor(const Value& /*request*/, const Value& /*position*/) const {
        return std::nullopt;
    }
    // `code` as the format names it: "soap:Server/E4711"; `detail` the fault's detail as a document, or null.
    virtual FaultVerdict fault(std::string_view code, const Value& detail) const = 0;
    // A place in what to_legacy made (JSON Pointer), told as the place in the contract's message that it came from;
    // nothing when there is no such place, or no single one.
    virtual std::optional<std::string> contract_pointer(std::string_view) const { return std::nullopt; }
    // The rules that carry this place of the legacy message, what is in it or what it is in; `answer`: of the reply.
    virtual std::vector<SourceMark> rules_of(bool /*answer*/, const std::vector<std::string>& /*path*/) const {
        return {};
    }
};

// All mappings of a deployment, by both names.
class PlanSet {
  public:
    virtual ~PlanSet() = default;
    // nullptr when there is none: find("inventory.v2/getAvailability", "stock").
    virtual const Plan* find(std::string_view contract_side, std::string_view system) const = 0;
    virtual const Plan* find_call(std::string_view system, std::string_view call_name) const = 0;
    // Between two versions: find_bridge("inventory.v1/getAvailability", "inventory.v2/getAvailability").
    virtual const Plan* find_bridge(std::string_view from, std::string_view over) const = 0;
    virtual const std::vector<std::unique_ptr<Plan>>& plans() const = 0;
};

// What loading told of one mapping; or of a file, by its name, of which not every mapping could be read.
struct MappingCheck {
    std::string name;  // as written
    std::string call;  // shop.priceQuery, as cases name it; of a bridge the operation that it serves
    SourceMark mark;
    MappingReport report;
    Diagnostics diagnostics;
    const Plan* plan = nullptr;  // of the set; nullptr: it is refused
};

// Loads every *.map.yaml of the folders and checks it against the contracts. Diagnostics decide; `checks` tells them
// apart by mapping.
std::shared_ptr<const PlanSet> load_mappings(const std::vector<std::string>& folders,
                                             std::shared_ptr<const Registry> contracts, Diagnostics& diagnostics,
                                             std::vector<MappingCheck>* checks = nullptr);
// What was to be dropped for a time that is over; `today`: 2026-11-23.
void warn_of_past_drops(const PlanSet& plans, std::string_view today, Diagnostics& diagnostics);

// One mapping of one file. `name`: as `map:` writes it, system.call, or the contract's side; empty: the only one.
// nullptr after diagnostics. The contracts must outlive it.
std::unique_ptr<const Plan> load_mapping(const std::string& path, const std::string& name, const Registry& contracts,
                                         Diagnostics& diagnostics);

}  // namespace headgate
