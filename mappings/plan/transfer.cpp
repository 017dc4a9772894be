#include "mappings/plan/transfer.hpp"

#include <array>
#include <unordered_map>

namespace headgate::mappings {

Intake& Intake::child(std::string_view child_name) {
    for (auto& c : children)
        if (c.name == child_name) return c;
    children.push_back({std::string(child_name), -1, {}});
    return children.back();
}

// Members mostly come in the order in which the mapping knows them: the one after the last is looked at first.
const Intake* Intake::find(std::string_view child_name, std::size_t& hint) const {
    auto count = children.size();
    if (hint < count && children[hint].name == child_name) return &children[hint++];
    for (std::size_t i = 0; i < count; ++i)
        if (children[i].name == child_name) return hint = i + 1, &children[i];
    return nullptr;
}

namespace {

// A worker runs one transfer at a time: its frames share one stack, so that the valid path allocates nothing here.
constexpr std::size_t stack_values = 4096;
constexpr std::size_t max_operands = 64;
constexpr std::size_t max_references = 16;
thread_local std::array<Value, stack_values> value_stack;
thread_local std::size_t value_stack_used = 0;

struct Frame {
    const Scope* scope = nullptr;
    const Frame* parent = nullptr;
    Value source, rows;  // rows: of a group
    Value* slots = nullptr;
    Value* results = nullptr;
    const Outlet* list = nullptr;  // whose item this is; nullptr: the root
    std::uint32_t index = 0;
};

std::string_view key_of(const Value& row, const std::string& column) {
    const Value* value = row.find(column);
    return value ? text_of(*value) : std::string_view();
}

class Run {
  public:
    Run(const Transfer& transfer, const Value& request, Builder& builder)
        : transfer_(transfer), request_(request), builder_(builder), arena_(builder.arena()) {}

    bool root(const Value& source) {
        Frame frame;
        frame.scope = &transfer_.root;
        frame.source = source;
        return object(frame, transfer_.root);
    }
    Error take_error() { return std::move(error_); }

  private:
    bool reading() const { return transfer_.direction == Direction::to_contract; }

    // --- one scope: dispatch, compute, append
    bool object(Frame& frame, const Scope& scope) {
        auto needed = static_cast<std::size_t>(scope.slots + scope.results);
        auto mark = value_stack_used;
        if (mark + needed <= stack_values) {
            frame.slots = value_stack.data() + mark;
            value_stack_used += needed;
        } else {
            frame.slots = arena_.allocate<Value>(needed);
        }
        std::fill_n(frame.slots, needed, Value());
        frame.results = frame.slots + scope.slots;
        bool good = fill(frame.source, scope.intake, frame) && steps(frame, scope);
        if (good) {
            builder_.begin_object();
            good = members(scope.members, frame);
            if (good) builder_.end_object();
        }
        last_key_ = good && frame.list && frame.list->scope->missing
                        ? frame.results[frame.list->scope->missing->key_result]
                        : Value();
        value_stack_used = mark;
        return good;
    }

    bool fill(const Value& value, const Intake& node, Frame& frame) {
        if (value.is_object()) {
            std::size_t hint = 0;
            for (const Member& member : value.members()) {
                const Intake* child = node.find(member.key, hint);
                if (!child) continue;
                if (child->slot >= 0) frame.slots[child->slot] = member.value;
                if (!child->children.empty() && !fill(member.value, *child, frame)) return false;
            }
            return true;
        }
        if (value.is_array()) {
            if (value.size() == 0 || node.name.empty()) return true;  // the root of rows is taken by its lists
            if (value.size() > 1) return fail_at(frame, node.name, "one of it", {}, {});
            return fill(value[0], node, frame);
        }
        // An element with text alone, of which the mapping knows attributes too.
        std::size_t hint = 0;
        if (const Intake* text = value.is_null() ? nullptr : node.find("#text", hint); text && text->slot >= 0)
            frame.slots[text->slot] = value;
        return true;
    }

    bool steps(Frame& frame, const Scope& scope) {
        for (const Step& step : scope.steps) {
            bool holds = true;
            for (int test : step.tests) holds = holds && test_holds(frame, scope.tests[static_cast<std::size_t>(test)]);
            if (holds && !run_step(frame, step)) return false;
        }
        return true;
    }

    const Value& at(const Frame& frame, const Reference& reference) const {
        const Frame* where = &frame;
        for (int i = 0; i < reference.up; ++i) where = where->parent;
        return (reference.result ? where->results : where->slots)[reference.index];
    }

    bool test_holds(const Frame& frame, const Test& test) const {
        const Value& value = at(frame, test.field);
        std::string_view text = value.is_boolean() ? (value.as_boolean() ? "true" : "false") : text_of(value);
        switch (test.test) {
            case Condition::Test::equal: return !value.is_null() && text == test.literal;
            case Condition::Test::not_equal: return !value.is_null() && text != test.literal;
            case Condition::Test::present: return !value.is_null();
            case Condition::Test::absent: return value.is_null();
        }
        return false;
    }

    // --- rules
    bool is_null(std::string_view legacy) const {
        for (const auto& text : transfer_.nulls_read)
            if (text == legacy) return true;
        return false;
    }

    // A slot's value as a chain takes it: one value, no list of one, no object around its text.
    bool single(const Frame& frame, const Step& step, Value& value) {
        if (value.is_array()) {
            if (value.size() > 1) return fail(frame, step, "one value", value);
            value = value.size() == 0 ? Value() : value[0];
        }
        if (reading() && value.is_object()) {
            const Value* text = value.find("#text");
            if (!text && value.size() > 0) return fail(frame, step, "a text", Value());
            value = text ? *text : Value();
        }
        if (value.is_object() || value.is_array()) return fail(frame, step, "a single value", Value());
        if (reading() && value.is_string() && is_null(value.text())) value = Value();
        return true;
    }

    bool convert(const Frame& frame, const Step& step, Value& value) {
        std::array<Value, max_references> references;
        for (std::size_t i = 0; i < step.references.size(); ++i) {
            references[i] = at(frame, step.references[i]);
            if (references[i].is_array() && references[i].size() == 1) references[i] = references[i][0];
        }
        CodecRun run{arena_, references.data()};
        Value before = value;
        if (reading() ? step.chain.read(value, run) : step.chain.write(value, run)) return true;
        return fail(frame, step, run.problem, before);
    }

    bool run_step(Frame& frame, const Step& step) {
        Value& result = frame.results[step.results[0]];
        switch (step.kind) {
            case Step::Kind::constant:
                result = step.constant_kind == ChainType::Kind::boolean ? Value::boolean(step.constant == "true")
                         : step.constant_kind == ChainType::Kind::text  ? Value::string(step.constant)
                                                                        : Value::number(step.constant);
                return true;
            case Step::Kind::calc: return calc(frame, step, result);
            case Step::Kind::list: return list_step(frame, step, result);
            case Step::Kind::split: return reading() ? split(frame, step) : join(frame, step, result);
            case Step::Kind::chain: break;
        }
        Value value = frame.slots[step.slots[0]];
        if (!single(frame, step, value) || !convert(frame, step, value)) return false;
        result = value;
        return true;
    }

    bool list_step(Frame& frame, const Step& step, Value& result) {
        const Value source = frame.slots[step.slots[0]];
        if (source.is_null()) {  // none(...) may have a legacy value for it
            Value value;
            if (!convert(frame, step, value)) return false;
            if (value.is_null()) return true;
            Value* one = arena_.allocate<Value>(1);
            *one = value;
            result = Value::array(one, 1);
            return true;
        }
        std::uint32_t count = source.is_array() ? source.size() : 1, kept = 0;
        Value* items = arena_.allocate<Value>(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            Value value = source.is_array() ? source[i] : source;
            list_index_ = static_cast<int>(i);
            if (!single(frame, step, value) || !convert(frame, step, value)) return false;
            if (!value.is_null()) items[kept++] = value;
        }
        list_index_ = -1;
        result = Value::array(items, kept);
        return true;
    }

    // The first separators cut; the last part takes the rest.
    bool split(Frame& frame, const Step& step) {
        Value value = frame.slots[step.slots[0]];
        if (!single(frame, step, value) || !convert(frame, step, value)) return false;
        if (value.is_null()) return true;
        auto rest = text_of(value);
        for (std::size_t i = 0; i + 1 < step.results.size(); ++i) {
            auto cut = rest.find(step.chain.separator());
            if (cut == std::string_view::npos) return fail(frame, step, "a text with the separator", value);
            frame.results[step.results[i]] = Value::string(rest.substr(0, cut));
            rest.remove_prefix(cut + step.chain.separator().size());
        }
        frame.results[step.results.back()] = Value::string(rest);
        return true;
    }

    bool join(Frame& frame, const Step& step, Value& result) {
        const auto& separator = step.chain.separator();
        std::size_t size = separator.size() * (step.slots.size() - 1);
        for (int slot : step.slots) {
            if (!frame.slots[slot].is_string()) return fail(frame, step, "every part of the text", frame.slots[slot]);
            size += frame.slots[slot].text().size();
        }
        char* out = arena_.allocate<char>(size);
        char* to = out;
        for (std::size_t i = 0; i < step.slots.size(); ++i) {
            auto part = frame.slots[step.slots[i]].text();
            to = std::copy(part.begin(), part.end(), to);
            if (i + 1 == step.slots.size()) break;
            to = std::copy(separator.begin(), separator.end(), to);
            // Cut again it must give the same part, else it would come back mangled.
            std::string_view tail(to - separator.size() - part.size(), separator.size() + part.size());
            if (tail.find(separator) != part.size())
                return fail(frame, step, "a part without the separator", frame.slots[step.slots[i]]);
        }
        Value value = Value::string({out, size});
        if (!convert(frame, step, value)) return false;
        result = value;
        return true;
    }

    bool calc(Frame& frame, const Step& step, Value& result) {
        std::array<Exact, max_operands> stack;
        std::size_t top = 0;
        for (const CalcOp& op : step.program) {
            switch (op.kind) {
                case Expression::Kind::literal: stack[top++] = op.number; break;
                case Expression::Kind::field: {
                    const Value& value = at(frame, op.field);
                    if (value.is_null()) return true;  // nothing to compute from: the field is absent
                    auto number = parse_exact(text_of(value));
                    if (!number) return fail(frame, step, "a number to compute with", value);
                    stack[top++] = *number;
                    break;
                }
                case Expression::Kind::sum: {
                    const Value& list = at(frame, op.field);
                    std::optional<Exact> total = Exact{};
                    for (std::uint32_t i = 0; total && i < list.size(); ++i) {
                        Value item = list[i];
                        for (const Intake* path = &op.item; !path->children.empty(); path = &path->children[0]) {
                            const Value* inner = item.find(path->children[0].name);
                            item = inner ? *inner : Value();
                        }
                        auto number = parse_exact(text_of(item));
                        total = number ? add(*total, *number) : std::nullopt;
                    }
                    if (!total) return fail(frame, step, "numbers to add", Value());
                    stack[top++] = *total;
                    break;
                }
                default: {
                    std::optional<Exact> out = stack[top - static_cast<std::size_t>(op.operands)];
                    for (int i = op.operands - 1; out && i > 0; --i)
                        out = apply(op.kind, *out, stack[top - static_cast<std::size_t>(i)]);
                    if (!out) return fail(frame, step, "numbers of at most 36 digits", Value());
                    top -= static_cast<std::size_t>(op.operands);
                    stack[top++] = *out;
                }
            }
        }
        bool whole = step.chain.contract_type().kind == ChainType::Kind::integer;
        auto text = whole && reading() ? write_whole(stack[0], arena_) : write_exact(trim(stack[0]), -1, arena_);
        if (!text) return fail(frame, step, "a whole result", Value());
        Value value = Value::number(*text);
        if (!reading() && !convert(frame, step, value)) return false;
        result = value;
        return true;
    }

    static std::optional<Exact> apply(Expression::Kind kind, const Exact& a, const Exact& b) {
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

    // --- the target
    const Value* written(const Outlet& outlet, const Frame& frame) const {
        for (int result : outlet.results)
            if (!frame.results[result].is_null()) return &frame.results[result];
        return nullptr;
    }

    bool present(const Outlet& outlet, const Frame& frame) const {
        switch (outlet.kind) {
            case Outlet::Kind::value: return outlet.strong && written(outlet, frame);
            case Outlet::Kind::list: return outlet.items != Outlet::Items::slot || !frame.slots[outlet.slot].is_null();
            case Outlet::Kind::group: break;
        }
        for (const Outlet& child : outlet.children)
            if (present(child, frame)) return true;
        return false;
    }

    bool members(const std::vector<Outlet>& outlets, Frame& frame) {
        for (const Outlet& outlet : outlets) {
            switch (outlet.kind) {
                case Outlet::Kind::value: {
                    const Value* value = written(outlet, frame);
                    if (!value && outlet.required) return missing_field(frame, outlet);
                    if (!value && !outlet.null_when_absent) break;
                    builder_.key(outlet.name);
                    builder_.value(value ? *value : Value());
                    break;
                }
                case Outlet::Kind::group:
                    if (!outlet.required && !present(outlet, frame)) break;
                    builder_.key(outlet.name);
                    builder_.begin_object();
                    if (!members(outlet.children, frame)) return false;
                    builder_.end_object();
                    break;
                case Outlet::Kind::list:
                    if (!list(outlet, frame)) return false;
                    break;
            }
        }
        return true;
    }

    bool list(const Outlet& outlet, Frame& frame) {
        for (int test : outlet.tests)
            if (!test_holds(frame, frame.scope->tests[static_cast<std::size_t>(test)])) return true;
        Value source = outlet.items == Outlet::Items::slot     ? frame.slots[outlet.slot]
                       : outlet.items == Outlet::Items::groups ? frame.source
                       : frame.rows.is_array()                 ? frame.rows
                                                               : frame.source;
        if (reading() && source.is_string() && source.text().empty()) source = Value();
        if (source.is_null() || (source.is_array() && source.size() == 0)) {
            if (outlet.required && !reading()) return missing_field(frame, outlet);
            if (!outlet.required && !outlet.scope->missing) return true;
        }
        builder_.key(outlet.name);
        builder_.begin_array();
        Frame item;
        item.scope = outlet.scope.get();
        item.parent = &frame;
        item.list = &outlet;
        const MissingItems* missing = outlet.scope->missing.get();
        if (missing) seen_.clear();  // nested `missing` is refused at load
        if (outlet.items == Outlet::Items::groups) {
            if (!groups(outlet, source, item, missing != nullptr)) return false;
        } else if (!source.is_null()) {
            std::uint32_t count = source.is_array() ? source.size() : 1;
            for (; item.index < count; ++item.index) {
                item.source = source.is_array() ? source[item.index] : source;
                if (!object(item, *item.scope)) return false;
                if (missing) seen_.push_back(last_key_);
            }
        }
        if (missing) append_missing(*missing);
        builder_.end_array();
        return true;
    }

    // Rows with one value of the column are one item, wherever they stand; items in the order of their first rows.
    bool groups(const Outlet& outlet, const Value& source, Frame& item, bool keep_keys) {
        if (!source.is_array()) return true;
        std::uint32_t count = source.size();
        struct Group {
            std::uint32_t first, last, size;
        };
        auto* next = arena_.allocate<std::uint32_t>(count);
        auto* groups = arena_.allocate<Group>(count);
        std::uint32_t found = 0;
        std::pmr::unordered_map<std::string_view, std::uint32_t> by_key(arena_.resource());
        std::string_view last_key;
        std::uint32_t current = 0;
        for (std::uint32_t row = 0; row < count; ++row) {
            next[row] = count;
            auto key = key_of(source[row], outlet.column);
            if (found == 0 || key != last_key) {
                auto [where, fresh] = by_key.emplace(key, found);
                if (fresh) groups[found++] = {row, row, 0};
                current = where->second;
                last_key = key;
            }
            Group& group = groups[current];
            if (group.size > 0) next[group.last] = row;
            group.last = row;
            ++group.size;
        }
        for (; item.index < found; ++item.index) {
            const Group& group = groups[item.index];
            auto* rows = arena_.allocate<Value>(group.size);
            std::uint32_t filled = 0;
            for (std::uint32_t row = group.first; row < count; row = next[row]) rows[filled++] = source[row];
            item.source = rows[0];
            item.rows = Value::array(rows, filled);
            if (!object(item, *item.scope)) return false;
            if (keep_keys) seen_.push_back(last_key_);
        }
        return true;
    }

    // What was asked for and not found is told as such. Both lists mostly have one order: the search begins where the
    // last one ended.
    void append_missing(const MissingItems& missing) {
        Frame frame;
        Value over;
        frame.slots = &over;
        if (!fill(request_, missing.over, frame) || !over.is_array()) return;
        std::size_t begin = 0, known = seen_.size();
        for (const Value& asked : std::span(over.begin(), over.end())) {
            bool found = false;
            for (std::size_t i = 0; i < known && !found; ++i) {
                std::size_t at = begin + i < known ? begin + i : begin + i - known;
                if (text_of(seen_[at]) != text_of(asked)) continue;
                found = true;
                begin = at + 1 < known ? at + 1 : 0;
            }
            for (std::size_t i = known; i < seen_.size() && !found; ++i) found = text_of(seen_[i]) == text_of(asked);
            if (found) continue;
            seen_.push_back(asked);  // asked for twice is told once
            builder_.begin_object();
            builder_.key(missing.key_name);
            builder_.value(asked);
            for (const auto& [name, value] : missing.set) {
                builder_.key(name);
                builder_.value(value);
            }
            builder_.end_object();
        }
    }

    // --- faults: only here may anything allocate
    void places(const Frame& frame, std::string& pointer, std::string& legacy) const {
        if (frame.parent) places(*frame.parent, pointer, legacy);
        if (!frame.list) return;
        pointer += frame.list->contract + "/" + std::to_string(frame.index);
        switch (frame.list->items) {
            case Outlet::Items::slot:
                legacy += frame.list->legacy + "[" + std::to_string(frame.index + 1) + "]/";
                break;
            case Outlet::Items::rows: legacy += "row " + std::to_string(frame.index + 1) + ", "; break;
            case Outlet::Items::groups:
                legacy += frame.list->column + "='" + std::string(key_of(frame.source, frame.list->column)) + "', ";
        }
    }

    bool fail_at(const Frame& frame, const std::string& legacy_name, std::string_view expected,
                 const std::string& contract, const SourceMark& mark, const Value& value = {}) {
        std::string pointer, legacy;
        places(frame, pointer, legacy);
        legacy += legacy_name;
        pointer += contract;
        if (list_index_ >= 0) pointer += "/" + std::to_string(list_index_);
        error_.kind = reading() ? ErrorKind::bad_answer : ErrorKind::invalid_message;
        error_.message = reading() ? "The system's answer does not fit its mapping"
                                   : "This value can't be told to the system behind: expected " + std::string(expected);
        error_.detail = transfer_.name + ": " + legacy + ": expected " + std::string(expected);
        if (auto text = text_of(value); !value.is_null())
            error_.detail += ", got '" + std::string(text.substr(0, 40)) + (text.size() > 40 ? "...'" : "'");
        if (mark.line > 0)
            error_.detail +=
                " (" + mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column) + ")";
        error_.pointer = std::move(pointer);
        return false;
    }
    bool fail(const Frame& frame, const Step& step, std::string_view expected, const Value& value) {
        return fail_at(frame, step.legacy, expected, step.contract, step.mark, value);
    }
    bool missing_field(const Frame& frame, const Outlet& outlet) {
        return fail_at(frame, outlet.legacy, "a value", outlet.contract, outlet.mark);
    }

    const Transfer& transfer_;
    const Value& request_;
    Builder& builder_;
    Arena& arena_;
    Error error_;
    Value last_key_;
    int list_index_ = -1;
    static thread_local std::vector<Value> seen_;
};

thread_local std::vector<Value> Run::seen_;

}  // namespace

Result<Value> run_transfer(const Transfer& transfer, const Value& source, const Value& request, Builder& builder) {
    Run run(transfer, request, builder);
    if (run.root(source)) return builder.take();
    builder.reset(builder.arena());
    return run.take_error();
}

}  // namespace headgate::mappings
