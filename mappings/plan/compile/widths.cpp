// How large values are on both sides: a longer text or a greater number than the other side takes is declared to be
// refused, by text(n) or at-most(n), and not found out by a customer.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

int whole_digits(std::string_view bound) {
    auto number = parse_exact(bound);
    if (!number) return 0;
    int digits = 0;
    auto units = number->units < 0 ? -number->units : number->units;
    for (; units > 0; units /= 10) ++digits;
    return std::max(1, digits - number->scale);
}

// Of what the contract allows.
Width width_of(const Shape& shape) {
    Width out{shape.longest(), 0};
    if (!shape.least().empty() && !shape.greatest().empty())
        out.digits = std::max(whole_digits(shape.least()), whole_digits(shape.greatest()));
    return out;
}

std::string counted(std::size_t count, bool digits) {
    if (count == 0) return digits ? "of any size" : "of any length";
    return std::to_string(count) + (digits ? " digits before the point" : " characters");
}

}  // namespace

void ScopeCompiler::check_widths(const Rule& rule, const LegacyNode* legacy, const Shape* shape, const Chain& chain) {
    if (!shape || !legacy || !shape->enumeration().empty()) return;
    const auto& type = chain.contract_type();
    if (reading()) {
        auto longest = static_cast<int>(shape->longest());
        if (type.kind != ChainType::Kind::text || type.told_by == "table" || longest == 0 || !legacy->codes.empty() ||
            !rule.contract.braces.empty() || (type.length > 0 && type.length <= longest))
            return;
        return diagnostics_.error(mark_of(rule),
                                  "'" + rule.legacy.text + "' may be " +
                                      counted(static_cast<std::size_t>(type.length), false) + ", and '" +
                                      rule.contract.text + "' takes " + std::to_string(longest) + described(shape),
                                  "add text(" + std::to_string(longest) + "): longer ones are refused");
    }
    Width given = width_of(*shape);
    for (const auto& brace : rule.contract.braces) {
        auto way = rule.contract;
        way.braces = {brace};
        auto part = contract_place(way);
        auto longest = part && part->contract ? part->contract->longest() : 0;
        bool first = &brace == &rule.contract.braces.front(), open = longest == 0 || (!first && given.characters == 0);
        given.characters = open ? 0 : (first ? 0 : given.characters + count_code_points(chain.separator())) + longest;
    }
    check_written_width(rule, *legacy, *shape, given, chain);
}

void ScopeCompiler::check_written_width(const Rule& rule, const LegacyNode& legacy, const Shape& shape, Width given,
                                        const Chain& chain) {
    const auto& type = chain.contract_type();
    if (legacy.length == 0 || type.kind == ChainType::Kind::boolean) return;
    auto legacy_kind = legacy_type(&legacy);
    bool numeric = legacy_kind.numeric();
    bool places = numeric && legacy_kind.fraction < 36;  // else as many as there are
    auto room = static_cast<std::size_t>(places ? legacy.length - legacy_kind.fraction : legacy.length);
    auto written = chain.written(given);
    bool digits = type.numeric();
    std::size_t needed = digits ? static_cast<std::size_t>(written.digits) : written.characters;
    if (needed == 0 && numeric && !digits) needed = static_cast<std::size_t>(written.digits);
    if (needed > 0 && digits && !numeric) needed = std::max(needed, written.characters);
    // A sign needs room too.
    if (needed > 0 && digits && !numeric && (shape.least().empty() || shape.least().front() == '-')) ++needed;
    if (needed > 0 && needed <= room) return;
    if (auto least = chain.written({1, 1}); !digits && least.characters > room)
        return diagnostics_.error(mark_of(rule), "the codecs write " + counted(least.characters, false) + ", and '" +
                                                     rule.legacy.text + "' takes " + std::to_string(room));
    std::string limit(room, '9');
    std::string hint = digits ? "add at-most(" + limit + "): greater ones are refused"
                       : shape.format() == "date-time" && rule.codecs.empty()
                           ? "add datetime(\"dd.MM.yyyy HH:mm:ss\")"
                           : "add text(" + std::to_string(room) + "): longer ones are refused";
    diagnostics_.error(mark_of(rule),
                       "'" + rule.contract.text + "' may be " + counted(needed, digits) + described(&shape) +
                           ", and '" + rule.legacy.text + "' takes " + std::to_string(room),
                       hint);
}

}  // namespace headgate::mappings
