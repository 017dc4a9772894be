#include "shadow/compare/compare.hpp"

#include "contracts/document/json.hpp"
#include "shadow/compare/excerpt.hpp"
#include "shadow/compare/walk.hpp"

namespace headgate {
namespace {

// An answer may be larger than a request: the other bounds stay.
constexpr std::size_t answer_bytes = 64u << 20;

// One thread's memory for two documents, warm after the first pair.
struct Workbench {
    std::vector<std::byte> block = std::vector<std::byte>(256 * 1024);
    std::optional<Arena> arena;
    std::optional<Builder> builder;

    Builder& fresh() {
        arena.emplace(block.data(), block.size());
        if (builder)
            builder->reset(*arena);
        else
            builder.emplace(*arena);
        return *builder;
    }
};

// The document of a body; no body is read as null.
Result<Value> read_body(std::string_view text, Builder& builder) {
    if (text.empty()) return Value::null();
    JsonLimits limits;
    limits.bytes = answer_bytes;
    return read_json(text, builder, limits);
}

Comparison compare_bodies(std::string_view left, std::string_view right, const Shape* shape, bool problem,
                          const CompareLimits& limits) {
    thread_local Workbench workbench;
    Builder& builder = workbench.fresh();
    Comparison comparison;
    auto l = read_body(left, builder);
    if (!l) {
        comparison.left_unusable = l.error().message;
        builder = Builder(*workbench.arena);  // a parse that failed may have left something open
    }
    auto r = read_body(right, builder);
    if (!r) {
        comparison.right_unusable = r.error().message;
        builder = Builder(*workbench.arena);
    }
    if (!comparison.usable()) return comparison;
    if (left.empty() == right.empty()) {
        Walk(comparison, limits, problem).node(*l, *r, shape);
    } else {  // no body is not a body that says null
        bool is_missing = right.empty();
        const Value& there = is_missing ? *l : *r;
        comparison.differences.push_back({"", "", is_missing ? DifferenceKind::missing : DifferenceKind::added,
                                          std::string(name(there.kind())), is_missing ? excerpt(there, shape) : "",
                                          is_missing ? "" : excerpt(there, shape)});
    }
    return comparison;
}

}  // namespace

std::string_view name(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::missing: return "missing";
        case DifferenceKind::added: return "added";
        case DifferenceKind::type: return "type";
        case DifferenceKind::value: return "value";
        case DifferenceKind::order: return "order";
        case DifferenceKind::status: return "status";
        case DifferenceKind::failed: return "failed";
        case DifferenceKind::other: return "other";
    }
    return "other";
}

DifferenceKind difference_kind(std::string_view word) {
    for (auto kind = 0; kind < static_cast<int>(DifferenceKind::other); ++kind)
        if (name(static_cast<DifferenceKind>(kind)) == word) return static_cast<DifferenceKind>(kind);
    return DifferenceKind::other;
}

Comparison compare_documents(const Value& left, const Value& right, const Shape* shape, const CompareLimits& limits) {
    Comparison comparison;
    Walk(comparison, limits, false).node(left, right, shape);
    return comparison;
}

Comparison compare_texts(std::string_view left, std::string_view right, const Shape* shape,
                         const CompareLimits& limits) {
    return compare_bodies(left, right, shape, false, limits);
}

Comparison compare_answers(const Operation& operation, const ShadowAnswer& left, const ShadowAnswer& right,
                           const CompareLimits& limits) {
    if (left.status != right.status) {
        Comparison comparison;
        auto l = std::to_string(left.status), r = std::to_string(right.status);
        comparison.differences.push_back({"", "", DifferenceKind::status, l + "->" + r, l, r});
        return comparison;
    }
    if (left.body == right.body) return {};  // most pairs, and nothing to parse
    const Schema* schema = operation.response_schema(left.status);
    return compare_bodies(left.body, right.body, schema ? &schema->shape() : nullptr, left.status >= 400, limits);
}

}  // namespace headgate
