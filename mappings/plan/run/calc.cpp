// A stack machine over Exact: load has checked that the program leaves one number.
#include "mappings/plan/run/calc.hpp"

namespace headgate::mappings {

namespace {

std::optional<Exact> combine(Expression::Kind kind, const Exact& a, const Exact& b) {
    switch (kind) {
        case Expression::Kind::add: return add(a, b);
        case Expression::Kind::subtract: return subtract(a, b);
        case Expression::Kind::multiply: return multiply(a, b);
        default: {
            auto order = compare(a, b);
            if (!order) return std::nullopt;
            return (kind == Expression::Kind::minimum) == (*order <= 0) ? a : b;
        }
    }
}

// What of each item is added: a chain of names.
std::optional<Exact> sum(const Value& list, const CalcOp& op) {
    std::optional<Exact> total = Exact{};
    // One element and a list of one are the same.
    std::uint32_t count = list.is_array() ? list.size() : list.is_object() ? 1 : 0;
    for (std::uint32_t i = 0; total && i < count; ++i) {
        Value item = list.is_array() ? list[i] : list;
        for (const Intake* node = &op.item; !node->children.empty(); node = &node->children[0]) {
            const Value* inner = item.find(node->children[0].name);
            item = inner ? *inner : Value();
        }
        bool absent = op.counts_absent && (item.is_null() || text_of(item).empty());
        auto number = absent ? op.number : parse_exact(text_of(item));
        total = number ? add(*total, *number) : std::nullopt;
    }
    return total;
}

std::optional<Exact> fold(Expression::Kind kind, std::span<const Exact> operands) {
    std::optional<Exact> out = operands[0];
    for (std::size_t i = 1; out && i < operands.size(); ++i) out = combine(kind, *out, operands[i]);
    return out;
}

}  // namespace

Computed compute(std::span<const CalcOp> program, const Frame& frame, Arena& arena) {
    auto* stack = arena.allocate<Exact>(program.size());
    std::size_t top = 0;
    for (const CalcOp& op : program) {
        switch (op.kind) {
            case Expression::Kind::literal: stack[top++] = op.number; break;
            case Expression::Kind::field: {
                const Value& value = value_at(frame, op.field);
                if (value.is_null()) return {};  // nothing to compute from
                auto number = parse_exact(text_of(value));
                if (!number) return {std::nullopt, "a number to compute with", value};
                stack[top++] = *number;
                break;
            }
            case Expression::Kind::sum: {
                auto total = sum(value_at(frame, op.field), op);
                if (!total) return {std::nullopt, "numbers to add"};
                stack[top++] = *total;
                break;
            }
            default: {
                auto count = static_cast<std::size_t>(op.operands);
                auto out = fold(op.kind, {stack + top - count, count});
                if (!out) return {std::nullopt, "numbers of at most 36 digits"};
                top -= count;
                stack[top++] = *out;
            }
        }
    }
    return {stack[0]};
}

}  // namespace headgate::mappings
