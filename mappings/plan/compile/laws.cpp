// Which law a rule keeps, inferred from its codecs: whether what it tells can be told back, and is then the same.
#include <algorithm>

#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

CodecSetup ScopeCompiler::codec_setup(const Rule& rule, Step& step) {
    static const CodecCall none;
    CodecSetup setup{none,
                     {},
                     reading() || rule.direction == Direction::both,
                     !reading() || rule.direction == Direction::both,
                     &setup_.mapping.tables,
                     setup_.zone,
                     setup_.mapping.legacy.ambiguous_time,
                     setup_.mapping.legacy.skipped_time,
                     rule.legacy.mark};
    setup.contract_field = [this, &step](const CodecArgument& argument) {
        ScopeCompiler* found = nullptr;
        auto steps = field_steps(argument.text);
        auto reference = contract_reference(steps, argument.text, argument.mark, &found);
        if (!reference) return -1;
        const Shape* shape = found->contract_;
        for (const auto& one : steps) shape = shape ? shape->property(one) : nullptr;
        if (shape && !shape->allows(ValueKind::string)) {
            diagnostics_.error(argument.mark, "'" + argument.text + "' is no text" + described(shape));
            return -1;
        }
        note_reference(*found, steps, argument.mark);
        step.references.push_back(*reference);
        return static_cast<int>(step.references.size()) - 1;
    };
    setup.legacy_field = [this, &step](const CodecArgument& argument) {
        Path path;
        path.mark = argument.mark;
        path.text = argument.text;
        path.steps = {argument.text};
        if (!reading() || !legacy_place(path)) return -1;
        ledgers_.legacy.note(from_top(legacy_prefix_, path), {Ledger::Fate::computed, argument.mark, here_});
        step.references.push_back({0, false, slot(path.steps)});
        return static_cast<int>(step.references.size()) - 1;
    };
    return setup;
}

// A chain that would compile for both directions can be run backwards.
Law ScopeCompiler::law_of(const Rule& rule, const LegacyNode* legacy, const Chain& chain) {
    Step unused;
    auto setup = codec_setup(rule, unused);
    setup.reads = setup.writes = true;
    setup.contract_field = setup.legacy_field = [](const CodecArgument&) { return 0; };
    Diagnostics own;
    if (!compile_chain(rule.codecs, legacy, setup, false, own)) return Law::one_way;
    // What unknown codes are told as is told back by its table.
    for (std::size_t i = 1; i < rule.codecs.size(); ++i) {
        const auto &codec = rule.codecs[i], &before = rule.codecs[i - 1];
        if (codec.name != "else" || fails(codec) || omits(codec) || before.name != "table") continue;
        const auto& entries = setup_.mapping.tables.find(before.arguments[0].text)->second.entries;
        auto says = [&](const Table::Entry& entry) { return entry.contract == codec.arguments[0].text; };
        if (std::none_of(entries.begin(), entries.end(), says)) return Law::one_way;
    }
    return chain.exact() ? Law::exact : Law::normalising;
}

void ScopeCompiler::report_law(const Rule& rule, Law law) {
    auto legacy = !rule.group.empty() ? "group(" + rule.group + ")" : rule.by_row ? "row" : rule.legacy.text;
    setup_.report->rules.push_back(
        {rule.mark, rule.contract.text + " " + std::string(sign(rule.direction)) + " " + legacy, !reading(), law});
    if (law == Law::one_way || law == Law::updating) partial_ = true;
}

}  // namespace headgate::mappings
