// How a run of a mapping is told: to people, and as JSON in which every number keeps its digits.
#include <filesystem>
#include <fstream>

#include "contracts/document/source_value.hpp"
#include "contracts/document/source_write.hpp"
#include "gateway/app/cli/mapping_run.hpp"

namespace headgate::cli {
namespace {

std::string place(const SourceMark& mark) {
    return mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

// The lines of the mapping's file as they are now.
class RuleLines {
  public:
    explicit RuleLines(const std::string& path) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) lines_.push_back(std::move(line));
    }
    // Without the list's dash, the comment, and the blanks that columns are made of.
    std::string at(const SourceMark& mark) const {
        if (mark.line < 1 || static_cast<std::size_t>(mark.line) > lines_.size()) return {};
        std::string_view line = lines_[static_cast<std::size_t>(mark.line) - 1];
        line = line.substr(0, line.find(" #"));
        std::string out;
        for (char c : line)
            if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
        while (out.ends_with(' ')) out.pop_back();
        return out.starts_with("- ") ? out.substr(2) : out;
    }

  private:
    std::vector<std::string> lines_;
};

std::string value_text(const std::string& json) { return json == "null" ? "absent" : json; }

std::string trace_text(const PlanTrace& trace, const MappingRunOptions& options) {
    RuleLines lines(options.mapping);
    std::string out;
    for (const auto& rule : trace) {
        out += (rule.contract.empty() ? "" : rule.contract + " ") + (options.reverse ? "<-" : "->") +
               (rule.legacy.empty() ? "" : " " + rule.legacy) + "\n    " + place(rule.mark) + "  " +
               lines.at(rule.mark) + "\n    ";
        if (rule.skipped) {
            out += "skipped: its condition does not hold\n";
            continue;
        }
        std::string steps = rule.source.empty() ? "" : value_text(rule.source);
        for (const auto& stage : rule.stages) {
            steps += steps.empty() ? "" : "  |  ";
            steps += (stage.by.empty() ? "" : stage.by + ": ") +
                     (stage.problem.empty() ? value_text(stage.value) : "refused, expected " + stage.problem);
        }
        out += steps + "\n";
    }
    return out;
}

std::string statements_text(const LegacyBytes& bytes) {
    std::string out;
    for (const auto& statement : bytes.statements) {
        out += statement.sql + "\n";
        std::size_t number = 0;
        for (const auto& parameter : statement.parameters)
            out += "  " + std::to_string(++number) + ": " + (parameter ? "'" + *parameter + "'" : "NULL") + "\n";
    }
    return out;
}

// One line for each: `drift: element pos/rabatt, first at pos[2]/rabatt, 3 times`.
std::string drift_text(const DriftLog& drift) {
    std::string out;
    for (const auto& one : drift.all())
        out += "drift: " + one.kind + " " + one.name +
               (one.kind == "code"    ? ": '" + one.example + "'"
                : one.example.empty() ? ""
                                      : ": " + one.example) +
               ", first at " + one.place + (one.count > 1 ? ", " + std::to_string(one.count) + " times" : "") + "\n";
    return out;
}

std::string document_text(const Value& document) { return to_pretty_json(to_source(document)); }

// Exactly what a system would get; of what has no bytes, the document.
std::string plain_bytes(const MappingOutcome& outcome) {
    if (outcome.bytes && !outcome.bytes->statements.empty()) return statements_text(*outcome.bytes);
    if (outcome.bytes && !outcome.bytes->format.empty()) return outcome.bytes->bytes;
    std::string out = outcome.document ? to_json(*outcome.document) + "\n" : "";
    for (const auto& one : outcome.messages) out += to_json(one.message) + "\n";
    return out;
}

std::string messages_text(const MappingOutcome& outcome, const MappingRunOptions& options) {
    std::string out;
    for (const auto& one : outcome.messages) {
        if (!one.place.empty()) out += (out.empty() ? "" : "\n") + one.place + "\n";
        out += document_text(one.message);
    }
    if (options.acknowledgement.empty())
        for (const auto& one : outcome.acknowledgements) out += "\nacknowledgement\n" + one;
    return out;
}

class JsonRun {
  public:
    JsonRun(const MappingOutcome& outcome, const MappingRunOptions& options, Arena& arena)
        : outcome_(outcome), options_(options), arena_(arena), out_(arena) {}

    Value document() {
        out_.begin_object();
        text("mapping", outcome_.plan ? outcome_.plan->name() : options_.name);
        text("direction", options_.reverse ? "to-contract" : "to-legacy");
        flag("ok", outcome_.exit() == 0);
        diagnostics();
        problems();
        if (options_.reverse) drift();
        if (!outcome_.fault.empty()) text("fault", outcome_.fault), text("means", outcome_.fault_means);
        if (outcome_.document) out_.key("document"), out_.value(*outcome_.document);
        if (outcome_.file) messages();
        if (outcome_.bytes) bytes(*outcome_.bytes);
        if (options_.trace) trace();
        out_.end_object();
        return out_.take();
    }

  private:
    void text(std::string_view key, std::string_view value) {
        out_.key(key);
        out_.string(value.empty() ? std::string_view("", 0) : arena_.copy(value));
    }
    void flag(std::string_view key, bool value) { out_.key(key), out_.boolean(value); }
    void json(std::string_view key, std::string_view value) {
        out_.key(key);
        Builder builder(arena_);
        auto read = read_json(arena_.copy(value), builder);
        out_.value(read ? *read : Value());
    }
    void mark(const SourceMark& at) {
        text("file", at.file);
        for (auto [key, number] : {std::pair("line", at.line), std::pair("column", at.column)})
            out_.key(key), out_.number(arena_.copy(std::to_string(number)));
    }
    void diagnostics() {
        out_.key("diagnostics");
        out_.begin_array();
        for (const auto& one : outcome_.diagnostics.all()) {
            out_.begin_object();
            mark(one.mark);
            text("severity", one.error ? "error" : "warning");
            text("message", one.message);
            if (!one.hint.empty()) text("hint", one.hint);
            out_.end_object();
        }
        out_.end_array();
    }
    void problems() {
        out_.key("problems");
        out_.begin_array();
        for (const auto& one : outcome_.problems) {
            out_.begin_object();
            text("of", one.of);
            text("pointer", one.pointer);
            text("message", one.text);
            if (!one.schema.file.empty()) {
                out_.key("schema");
                out_.begin_object();
                mark(one.schema);
                out_.end_object();
            }
            out_.end_object();
        }
        out_.end_array();
    }
    void drift() {
        out_.key("drift");
        out_.begin_array();
        for (const auto& one : outcome_.drift.all()) {
            out_.begin_object();
            text("kind", one.kind);
            text("path", one.name);
            text("place", one.place);
            if (!one.example.empty()) text("example", one.example);
            out_.key("count"), out_.number(arena_.copy(std::to_string(one.count)));
            out_.end_object();
        }
        out_.end_array();
    }
    void messages() {
        out_.key("messages");
        out_.begin_array();
        for (const auto& one : outcome_.messages) {
            out_.begin_object();
            text("place", one.place);
            out_.key("message"), out_.value(one.message);
            out_.end_object();
        }
        out_.end_array();
        out_.key("acknowledgements");
        out_.begin_array();
        for (const auto& one : outcome_.acknowledgements) out_.string(arena_.copy(one));
        out_.end_array();
    }
    void bytes(const LegacyBytes& made) {
        if (made.format.empty()) return;
        text("format", made.format);
        text("charset", made.charset);
        if (!made.name.empty()) text("name", made.name);
        if (made.statements.empty()) return text("bytes", shown_bytes(made));
        out_.key("statements");
        out_.begin_array();
        for (const auto& statement : made.statements) {
            out_.begin_object();
            text("sql", statement.sql);
            out_.key("parameters");
            out_.begin_array();
            for (const auto& one : statement.parameters) one ? out_.string(arena_.copy(*one)) : out_.null();
            out_.end_array();
            out_.end_object();
        }
        out_.end_array();
    }
    void trace() {
        RuleLines lines(options_.mapping);
        out_.key("trace");
        out_.begin_array();
        for (const auto& rule : outcome_.trace) {
            out_.begin_object();
            text("contract", rule.contract);
            text("legacy", rule.legacy);
            mark(rule.mark);
            text("rule", lines.at(rule.mark));
            if (rule.skipped) flag("skipped", true);
            if (!rule.source.empty()) json("source", rule.source);
            if (!rule.skipped && (rule.stages.empty() || rule.stages.back().problem.empty()))
                json("value", rule.stages.empty() ? rule.source : rule.stages.back().value);
            out_.key("stages");
            out_.begin_array();
            for (const auto& stage : rule.stages) {
                out_.begin_object();
                text("by", stage.by);
                if (stage.problem.empty())
                    json("value", stage.value);
                else
                    text("expected", stage.problem);
                out_.end_object();
            }
            out_.end_array();
            out_.end_object();
        }
        out_.end_array();
    }

    const MappingOutcome& outcome_;
    const MappingRunOptions& options_;
    Arena& arena_;
    Builder out_;
};

}  // namespace

std::string run_faults(const MappingOutcome& outcome) {
    std::string out = outcome.diagnostics.text();
    for (const auto& one : outcome.problems)
        out += one.of +
               ": error: " + (one.pointer.empty() && one.schema.file.empty() ? "" : "at '" + one.pointer + "': ") +
               one.text + (one.schema.file.empty() ? "" : " (" + place(one.schema) + ")") + "\n";
    return out + drift_text(outcome.drift);
}

std::string run_text(const MappingOutcome& outcome, const MappingRunOptions& options) {
    if (options.output == "bytes") return plain_bytes(outcome);
    std::string out;
    if (options.trace && !outcome.trace.empty()) out += trace_text(outcome.trace, options) + "\n";
    if (!outcome.fault.empty()) out += "fault " + outcome.fault + "\nmeans " + outcome.fault_means + "\n";
    if (outcome.document) out += document_text(*outcome.document);
    out += messages_text(outcome, options);
    if (!outcome.bytes || outcome.bytes->format.empty()) return out;
    const auto& bytes = *outcome.bytes;
    out += "\n" + bytes.format + ", " + bytes.charset + (bytes.name.empty() ? "" : ", " + bytes.name) + "\n";
    out += bytes.statements.empty() ? shown_bytes(bytes) : statements_text(bytes);
    return out.ends_with('\n') ? out : out + "\n";
}

std::string run_json(const MappingOutcome& outcome, const MappingRunOptions& options, bool again) {
    Arena arena;
    Value document = JsonRun(outcome, options, arena).document();
    return again ? to_json(document) + "\n" : document_text(document);
}

}  // namespace headgate::cli
