// headgate mapping run: one message through one mapping, here and now: nothing is sent.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/cli/legacy_bytes.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::cli {

struct MappingRunOptions {
    std::string mapping;                 // a *.map.yaml file, and '#' with a mapping's name where it holds several
    std::string name;                    // the same name, apart
    std::string input;                   // the contract's message; with `reverse` what the system answered
    std::string request;                 // with `reverse`: the request message, for what was asked and did not come
    std::string answers;                 // of several calls: what the steps have answered
    std::vector<std::string> contracts;  // folders; none: those of headgate.yaml
    std::string output = "text";         // text, json, bytes
    std::string acknowledgement;         // of a file that is read: where its acknowledgement is written; empty: shown
    bool reverse = false, trace = false, watch = false;
};

// What a run gave; owns what it refers to.
struct MappingOutcome {
    Diagnostics diagnostics;                    // of the files
    std::shared_ptr<const Registry> contracts;  // the plan borrows of it
    std::unique_ptr<const Plan> plan;
    DocumentFile input, request, answers;
    Arena arena;
    std::optional<Value> document;  // the legacy document; with `reverse` the contract's message
    std::optional<LegacyBytes> bytes;
    // Of a file: the messages in it, in place of `document`; and what answers its interchanges.
    struct Message {
        std::string place;
        Value message;
    };
    std::vector<Message> messages;
    std::unique_ptr<FileReading> file;
    std::vector<std::string> acknowledgements;
    PlanTrace trace;
    DriftLog drift;  // of an answer
    // A legacy fault, and what the mapping says of it.
    std::string fault, fault_means;
    // What does not fit: the contract, or the mapping.
    struct Problem {
        std::string of;       // the file, or what was made of it
        std::string pointer;  // into the contract's message
        std::string text;     // with the legacy place and the mapping's line
        SourceMark schema;    // of the contract; of a misfit of the mapping: no file
    };
    std::vector<Problem> problems;

    int exit() const;
};

// Runs again and again with the contracts that it keeps, until told that they have changed.
class MappingRunner {
  public:
    explicit MappingRunner(MappingRunOptions options);
    std::unique_ptr<MappingOutcome> run();

    // What a run depends on: files by name, and folders whose documents count.
    std::vector<std::string> files() const;
    std::vector<std::string> folders() const;
    // Those of the contracts are read anew by the next run.
    void changed(const std::vector<std::string>& paths);

    const MappingRunOptions& options() const { return options_; }

  private:
    void write(MappingOutcome& out) const;
    void read(MappingOutcome& out) const;
    void read_file(MappingOutcome& out) const;
    std::optional<Value> read_one(MappingOutcome& out, const Value& legacy, const std::string& of) const;

    MappingRunOptions options_;
    std::vector<std::string> folders_;
    std::shared_ptr<const Registry> contracts_;
    Diagnostics of_contracts_;
};

// mapping_run_output.cpp. `again`: one of several, each a line of its own in JSON.
std::string run_text(const MappingOutcome& outcome, const MappingRunOptions& options);
std::string run_json(const MappingOutcome& outcome, const MappingRunOptions& options, bool again);
std::string run_faults(const MappingOutcome& outcome);  // for stderr

int mapping_run(const MappingRunOptions& options);

}  // namespace headgate::cli
