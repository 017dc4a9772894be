#include "mappings/plan/compile/accounting.hpp"

#include <algorithm>

#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

// A part of a message of either side.
struct Part {
    const Shape* shape = nullptr;
    const LegacyNode* node = nullptr;
    std::string_view name = {};
    bool required = false;
};

// What a list's items have is the list's.
std::vector<Part> parts_of(const Part& part) {
    std::vector<Part> out;
    if (part.node) {
        for (const auto& child : part.node->children) out.push_back({nullptr, &child, child.name, !child.optional});
        return out;
    }
    const Shape* shape = part.shape;
    for (int depth = 0; shape && shape->items() && depth < 8; ++depth) shape = shape->items();
    if (shape)
        for (auto name : shape->property_names())
            out.push_back({shape->property(name), nullptr, name, shape->required(name)});
    return out;
}

constexpr int most_fields = 20'000;

// Fields below; a schema that holds itself counts once.
int fields_of(const Part& part, std::vector<const Shape*>& way, int& seen) {
    if (part.shape && std::find(way.begin(), way.end(), part.shape) != way.end()) return 1;
    if (++seen > most_fields) return 0;
    way.push_back(part.shape);
    int count = 0;
    auto inner = parts_of(part);
    for (const auto& one : inner)
        if (!one.node || !one.node->by_format) count += fields_of(one, way, seen);
    way.pop_back();
    return inner.empty() ? 1 : count;
}

class Accountant {
  public:
    struct Gap {
        Steps path;
        bool required;
        int fields;
        std::optional<Ledger::OpenCase> open = {};  // it is told of other cases alone
    };
    // `source`: the message is read, and each of its cases counts. `contract`: it is the contract's.
    Accountant(const Ledger& ledger, MappingReport::Side& side, bool source, bool contract)
        : ledger_(ledger), side_(side), source_(source), contract_(contract) {}

    std::vector<Gap> walk(const Part& top) {
        Steps at;
        inside(top, at, nullptr);
        return std::move(gaps_);
    }

  private:
    // `rest`: the drop of what no rule names.
    void inside(const Part& part, Steps& at, const Ledger::Note* rest) {
        const Shape* shape = part.shape;
        while (shape && shape->items()) shape = shape->items();
        for (const auto& one : parts_of(part)) {
            // What an alternative alone requires is there in its case.
            bool choice = shape && shape->may_require(one.name) && !one.required;
            if (choice) choices_.push_back(at);
            at.emplace_back(one.name);
            visit(one, at, rest);
            at.pop_back();
            if (choice) choices_.pop_back();
        }
    }
    void visit(const Part& part, Steps& at, const Ledger::Note* rest) {
        const auto* note = ledger_.find(at);
        bool below = ledger_.any_below(at);
        if (note && below && note->fate == Ledger::Fate::dropped && (note->rest || !note->when.empty()))
            return inside(part, at, note);
        bool list = !note && ledger_.opened(at);
        if (!note && below && !list) return inside(part, at, rest);
        if (!note && !list) note = rest;
        if (source_ && (note || list) && !tested(part, at))
            if (auto open = ledger_.open_case(at, contract_, choices_)) {
                std::vector<const Shape*> way;
                int seen = 0;
                return gaps_.push_back({at, part.required, fields_of(part, way, seen), std::move(open)});
            }
        if (list) return inside(part, at, rest);
        if (!note && part.node && part.node->by_format) return;
        std::vector<const Shape*> way;
        int seen = 0, fields = fields_of(part, way, seen);
        if (!note && !tested(part, at)) return gaps_.push_back({at, part.required, fields});
        side_.total += fields;
        count(note ? note->fate : Ledger::Fate::computed) += fields;
    }
    // A condition for each of its words says what becomes of a field.
    bool tested(const Part& part, const Steps& at) const {
        auto words = ledger_.untested(at, part.shape ? part.shape->enumeration() : std::vector<std::string_view>());
        return words && words->empty();
    }
    int& count(Ledger::Fate fate) {
        switch (fate) {
            case Ledger::Fate::mapped: return side_.mapped;
            case Ledger::Fate::computed: return side_.computed;
            case Ledger::Fate::set: return side_.set;
            case Ledger::Fate::dropped: break;
        }
        return side_.dropped;
    }

    const Ledger& ledger_;
    MappingReport::Side& side_;
    bool source_, contract_;
    std::vector<Steps> choices_;
    std::vector<Gap> gaps_;
};

// Where a gap is told, and its path as a rule there would name it.
struct Place {
    SourceMark mark;
    std::string path;
};

Place place_of(const Ledger& ledger, const Steps& path, const SourceMark& top, char separator) {
    auto list = ledger.list_around(path);
    Steps inner(path.begin() + static_cast<std::ptrdiff_t>(list.size()), path.end());
    return {ledger.mark_of(list, top), joined(inner, separator)};
}

std::string hint_for(const Ledger& ledger, const Steps& path, const std::string& named, bool contract) {
    auto drop = std::string("drop: { ") + (contract ? "contract: " : "legacy: ") + named + ", why: ... }";
    auto near = ledger.nearest_to(path);
    if (!near) return "a rule, or " + drop;
    return "a rule, as '" + joined(near->first, contract ? '.' : '/') + "' has in line " +
           std::to_string(near->second.line) + ", or " + drop;
}

// Part of the source is in a condition, but some of its words in none.
std::string words_hint(const Ledger& ledger, const Steps& path, const Shape& top, const std::string& named) {
    const Shape* shape = &top;
    for (const auto& step : path) {
        while (shape && shape->items()) shape = shape->items();
        shape = shape ? shape->property(step) : nullptr;
    }
    auto words = ledger.untested(path, shape ? shape->enumeration() : std::vector<std::string_view>());
    return words && !words->empty() ? "when: " + named + " == \"" + words->front() + "\"" : std::string();
}

}  // namespace

void tell_gap(const Mapping& mapping, Diagnostics& diagnostics, const SourceMark& mark, std::string message,
              std::string hint) {
    if (mapping.draft)
        diagnostics.warning(mark, std::move(message), std::move(hint));
    else
        diagnostics.error(mark, std::move(message), std::move(hint));
}

namespace {

// A part that rules carry, or drop, in some cases alone.
void tell_open_case(const Mapping& mapping, Diagnostics& diagnostics, const Ledger::OpenCase& open,
                    const std::string& named, const std::string& whose, bool contract) {
    tell_gap(mapping, diagnostics, open.mark, "nothing is said of '" + named + "' of " + whose + " when " + open.when,
             "a rule under that when:, or drop: { " + std::string(contract ? "contract: " : "legacy: ") + named +
                 ", why: ... }");
}

void add_unmapped(MappingReport::Side& side, const Accountant::Gap& gap, char separator) {
    side.total += gap.fields;
    side.unmapped.push_back(joined(gap.path, separator));
}

}  // namespace

void account_contract(const CompileSetup& setup, const Ledger& contract, const SourceMark& mark,
                      Diagnostics& diagnostics) {
    if (!setup.contract) return;
    bool reading = setup.direction == Direction::to_contract;
    const auto& mapping = setup.mapping;
    auto& side = setup.report->contract;
    for (const auto& gap : Accountant(contract, side, !reading, true).walk({setup.contract})) {
        add_unmapped(side, gap, '.');
        if (reading && gap.required) continue;  // it is told that nothing makes it
        auto [at, named] = place_of(contract, gap.path, mark, '.');
        if (gap.open) {
            tell_open_case(mapping, diagnostics, *gap.open, named, mapping.contract_side, true);
            continue;
        }
        auto hint = reading ? "" : words_hint(contract, gap.path, *setup.contract, named);
        tell_gap(mapping, diagnostics, at,
                 reading        ? "no rule makes '" + named + "' of " + mapping.contract_side
                 : hint.empty() ? mapping.contract_side + " takes '" + named + "', and no rule carries it"
                                : "no rule carries '" + named + "', and not each of its words has a when:",
                 hint.empty() ? hint_for(contract, gap.path, named, true) : hint);
    }
}

void account_legacy(const CompileSetup& setup, const Ledger& legacy, const SourceMark& mark, Diagnostics& diagnostics) {
    bool reading = setup.direction == Direction::to_contract;
    const auto& mapping = setup.mapping;
    auto system = mapping.system + (mapping.bridge ? "/" : ".") + mapping.call;
    auto& side = setup.report->legacy;
    if (!setup.legacy) {  // parameters: each that is made is used
        side.mapped += legacy.count(Ledger::Fate::mapped);
        side.computed += legacy.count(Ledger::Fate::computed);
        side.set += legacy.count(Ledger::Fate::set);
        side.total = side.accounted();
        return;
    }
    for (const auto& gap : Accountant(legacy, side, reading, false).walk({nullptr, setup.legacy})) {
        if (!reading && mapping.bridge && !gap.required) continue;  // left to the other version
        add_unmapped(side, gap, '/');
        if (!reading && gap.required) continue;  // it is told that nothing writes it
        auto [at, named] = place_of(legacy, gap.path, mark, '/');
        if (gap.open) {
            tell_open_case(mapping, diagnostics, *gap.open, named, system, false);
            continue;
        }
        tell_gap(mapping, diagnostics, at,
                 reading ? system + " answers '" + named + "', and no rule carries it"
                         : "no rule writes '" + named + "' of " + system,
                 hint_for(legacy, gap.path, named, false));
    }
}

}  // namespace headgate::mappings
