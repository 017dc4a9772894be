// Codes of a system and words of the contract: each that may come has its fellow, tried through the rule's own codecs.
#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

bool has(const std::vector<std::string>& codes, std::string_view code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool has_codec(const Rule& rule, std::string_view name) {
    return std::any_of(rule.codecs.begin(), rule.codecs.end(), [&](const auto& codec) { return codec.name == name; });
}

}  // namespace

void ScopeCompiler::check_codes(const Rule& rule, const LegacyNode* legacy, const Shape* shape, const Step& step) {
    if (!step.references.empty() || step.kind == Step::Kind::split) return;
    static const std::vector<std::string> none;
    const auto& codes = legacy ? legacy->codes : none;
    auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
    const auto& kind = step.chain.contract_type().kind;
    bool flag = kind == ChainType::Kind::boolean, table = has_codec(rule, "table");
    if (legacy && !bridge() && !check_sent_codes(rule, *legacy, shape, step.chain)) return;
    auto refuse = [&](std::string message, std::string hint) {
        diagnostics_.error(mark_of(rule), message + described(shape), std::move(hint));
    };
    Arena arena(512);
    CodecRun run{arena};
    if (reading()) {
        if (codes.empty() && !words.empty() && !table && kind == ChainType::Kind::text)
            return refuse(
                "'" + rule.legacy.text + "' may be any text, and '" + rule.contract.text + "' knows some words alone",
                "add table(...)");
        for (const auto& code : codes) {
            Value value = Value::string(code);
            run.drifted = false;
            bool made = step.chain.read(value, run) && !run.drifted;
            if (made && (words.empty() || value.is_null() ||
                         std::find(words.begin(), words.end(), text_of(value)) != words.end()))
                continue;
            refuse(
                "'" + rule.legacy.text + "' may be '" + code + "', for which '" + rule.contract.text + "' has no value",
                table  ? "add it to the table"
                : flag ? "flag(" + codes.front() + ",...)"
                       : "add table(...)");
            if (!table) return;  // it is so of each
        }
        return;
    }
    if (!codes.empty() && words.empty() && !flag && !table && kind == ChainType::Kind::text)
        return refuse(
            "'" + rule.contract.text + "' may be any text, and '" + rule.legacy.text + "' knows some codes alone",
            "add table(...)");
    std::vector<std::pair<std::string, Value>> given;
    for (auto word : words) given.emplace_back(word, Value::string(word));
    if (flag) given = {{"true", Value::boolean(true)}, {"false", Value::boolean(false)}};
    for (auto& [name, value] : given) {
        auto told = "'" + rule.contract.text + "' may be '" + name + "', which ";
        bool made = step.chain.write(value, run);
        // What the table lacks, and codes that are none, are told already.
        if (table && (made || run.problem.find("table") != std::string_view::npos)) continue;
        if (!made)
            return refuse(told + "'" + rule.legacy.text + "' can't be told: expected " + std::string(run.problem), "");
        if (!value.is_null() && !codes.empty() && !has(codes, text_of(value)))
            return refuse(
                told + "is told as '" + std::string(text_of(value)) + "', no code of '" + rule.legacy.text + "'",
                flag ? "flag(" + codes.front() + ",...)" : "add table(...)");
    }
}

// What an unknown code means is a value of the contract, or none where there may be none.
bool ScopeCompiler::check_else(const Rule& rule, const Shape* shape) {
    auto found = std::find_if(rule.codecs.begin(), rule.codecs.end(),
                              [](const auto& codec) { return codec.name == "else" && !fails(codec); });
    if (found == rule.codecs.end()) return true;
    const auto& argument = found->arguments[0];
    auto refuse = [&](std::string message, std::string hint) {
        diagnostics_.error(argument.mark, std::move(message), std::move(hint));
        return false;
    };
    if (bridge()) return refuse("a bridge says under cannot-say: what becomes of a word", "else(fail)");
    if (!reading()) return refuse("what an unknown code means is said where an answer is read", "else(fail)");
    bool outcome = !setup_.contract && rule.contract.text == "step.outcome";
    if (omits(*found)) {
        bool made = has_codec(rule, "default") || rule.contract.list;
        if (outcome || (!made && required_here(rule.contract.steps)))
            return refuse(
                "'" + rule.contract.text + "' is required, and an unknown code leaves it out" + described(shape),
                outcome ? "else(held), or else(fail)" : "else(word), or else(fail)");
        return true;
    }
    auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
    if (outcome) words = {"accepted", "held", "rejected"};
    if (words.empty() || std::find(words.begin(), words.end(), argument.text) != words.end() ||
        !has_codec(rule, "table"))
        return true;
    auto near = nearest(argument.text, words);
    return refuse("'" + argument.text + "' is no value of " + rule.contract.text + described(shape),
                  near.empty() ? "" : "did you mean '" + near + "'?");
}

// What stands for nothing can be read by the codecs behind it, and is a word of the contract.
bool ScopeCompiler::check_absence(const Rule& rule, const Shape* shape, const Step& step) {
    if (!reading() || !step.references.empty()) return true;
    for (const auto& codec : rule.codecs) {
        if (codec.name != "default" && codec.name != "null") continue;
        Arena arena(256);
        CodecRun run{arena};
        Value value;
        const auto& argument = codec.arguments[0];
        auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
        if (!step.chain.read(value, run)) {
            diagnostics_.error(
                argument.mark,
                "'" + argument.text + "' can't be read by the codecs behind it: expected " + std::string(run.problem));
            return false;
        }
        if (!value.is_string() || words.empty() || std::find(words.begin(), words.end(), value.text()) != words.end())
            continue;
        auto near = nearest(value.text(), words);
        diagnostics_.error(
            argument.mark,
            "'" + std::string(value.text()) + "' is no value of " + rule.contract.text + described(shape),
            near.empty() ? "" : "did you mean '" + near + "'?");
        return false;
    }
    return true;
}

}  // namespace headgate::mappings
