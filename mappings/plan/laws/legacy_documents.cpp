#include "mappings/plan/laws/legacy_documents.hpp"

#include <algorithm>

#include "mappings/plan/laws/legacy_edges.hpp"
#include "mappings/plan/run/row_groups.hpp"

namespace headgate::mappings {

LegacyDocuments::LegacyDocuments(const CompiledPlan& plan, const std::vector<Relation>& relations,
                                 const std::vector<Value>& answers)
    : plan_(plan), shape_(*plan.answered()), rows_(plan.rows()), one_(!plan.mapping().legacy.one.empty()) {
    for (const auto& one : relations)
        if (!one.rule->group.empty()) group_ = one.rule->group;
    if (rows_) levels_ = levels_of(relations, one_ ? "" : group_);
    propose(relations, {});
    for (const auto& answer : answers) {
        ContractScopes scopes;
        harvest(relations, {}, scopes, answer);
    }
    Steps at;
    fill(shape_, at);
}

void LegacyDocuments::add(const Steps& path, std::string_view text) {
    auto& texts = pools_[path].texts;
    if (texts.size() < 96 && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.emplace_back(text);
}

namespace {

std::vector<std::string> below(const std::vector<std::string>& prefix, const std::vector<std::string>& steps) {
    auto out = prefix;
    out.insert(out.end(), steps.begin(), steps.end());
    return out;
}

}  // namespace

// What the codecs know of: codes, dates in their pattern, values that mean none.
void LegacyDocuments::propose(const std::vector<Relation>& relations, const Steps& prefix) {
    Arena arena(4096);
    for (const auto& one : relations) {
        auto path = below(prefix, one.rule->legacy.steps);
        if (one.kind == Relation::Kind::items) {
            propose(one.rules, path);
            continue;
        }
        readers_[path].push_back(&one);
        for (std::size_t i = 0; i < one.rule->codecs.size(); ++i) {
            const auto& call = one.rule->codecs[i];
            if (call.name == "unit")
                for (std::size_t a = 1; a < call.arguments.size(); ++a)
                    add(below(prefix, {call.arguments[0].text}),
                        call.arguments[a].text.substr(0, call.arguments[a].text.find('=')));
            for (const auto& text : known_texts(call, plan_.mapping())) {
                Value value = Value::string(text);
                CodecRun run{arena};
                if (one.step->chain.write_before(i, value, run) && !value.is_null()) add(path, text_of(value));
            }
        }
    }
}

// The values of a message of the contract, as the rules would write them.
void LegacyDocuments::harvest(const std::vector<Relation>& relations, const Steps& prefix, ContractScopes& scopes,
                              const Value& item) {
    scopes.open.push_back(item);
    for (const auto& one : relations) {
        auto path = below(prefix, one.rule->legacy.steps);
        auto ours = value_at(item, one.rule->contract.steps);
        if (one.kind == Relation::Kind::items) {
            for (const auto& inner : items_of(ours)) harvest(one.rules, path, scopes, inner);
            continue;
        }
        if (one.step->law == Law::one_way || one.kind == Relation::Kind::parts) continue;
        Arena arena(1024);
        for (Value value : one.kind == Relation::Kind::values ? items_of(ours) : std::vector<Value>{ours}) {
            auto references = scopes.references(*one.rule);
            CodecRun run{arena, references.data()};
            if (!value.is_null() && one.step->chain.write(value, run) && !value.is_null() && !value.is_boolean())
                add(path, text_of(value));
        }
    }
    scopes.open.pop_back();
}

bool LegacyDocuments::accepted(const LegacyNode& field, const Steps& path, std::string_view text) const {
    auto found = readers_.find(path);
    if (found == readers_.end()) return true;
    Arena arena(1024);
    return std::all_of(found->second.begin(), found->second.end(), [&](const Relation* one) {
        std::vector<Value> references;  // what stands beside is mostly this
        for (const auto& codec : one->rule->codecs) {
            if (codec.name == "minor-units" && !codec.arguments[0].quoted) references.push_back(Value::string("EUR"));
            if (codec.name == "unit")
                references.push_back(Value::string(
                    std::string_view(codec.arguments[1].text).substr(0, codec.arguments[1].text.find('='))));
        }
        Value value = legacy_value(field, text);
        CodecRun run{arena, references.data()};
        return one->step->chain.read(value, run) && !run.drifted;
    });
}

void LegacyDocuments::fill(const LegacyNode& node, Steps& at) {
    for (const auto& child : node.children) {
        at.push_back(child.name);
        if (!child.children.empty()) {
            fill(child, at);
        } else {
            // Texts beside attributes are mapped by the element's own path.
            auto path = at;
            if (child.name == "#text") path.pop_back();
            auto& pool = pools_[path];
            std::erase_if(pool.texts, [&](const auto& text) { return !accepted(child, path, text); });
            pool.plain = pool.texts.size();
            for (const auto& text : edges_of(child))
                if (accepted(child, path, text)) add(path, text);
            if (pool.texts.empty()) add(path, edges_of(child).front());
            if (pool.plain == 0) pool.plain = std::min<std::size_t>(pool.texts.size(), 4);
        }
        at.pop_back();
    }
}

// One document.
struct LegacyDocuments::Maker {
    const LegacyDocuments& of;
    schema::Dice dice;
    Arena& arena;
    bool edges, full;
    Steps at = {};

    // `salt` and `index`: of the item around, so that the items of a list differ.
    Value text(const LegacyNode& field, const Steps& path, std::uint64_t salt, std::size_t index) {
        return legacy_value(field, text(path, salt, index));
    }
    std::string_view text(const Steps& path, std::uint64_t salt, std::size_t index) {
        const auto& pool = of.pools_.at(path);
        auto count = edges ? pool.texts.size() : pool.plain;
        if (salt == 0) return pool.texts[dice.below(count)];
        schema::Dice own(salt + path.size() * 31 + path.back().size());
        return pool.texts[(own.below(count) + index) % count];
    }
    std::size_t items() {
        switch (dice.below(6)) {
            case 0: return 0;
            case 1: return 1;
            case 2: return edges ? 12 + dice.below(20) : 2;
            default: return 2 + dice.below(3);
        }
    }
    Value node(const LegacyNode& of_node, std::uint64_t salt, std::size_t index) {
        if (of_node.children.empty()) {
            auto path = at;
            if (of_node.name == "#text") path.pop_back();
            return text(of_node, path, salt, index);
        }
        auto* members = arena.allocate<Member>(of_node.children.size());
        std::uint32_t count = 0;
        for (const auto& child : of_node.children) {
            if (child.optional && !of.rows_ && (full ? dice.once_in(16) : dice.once_in(2))) continue;
            at.push_back(child.name);
            Value made;
            if (child.repeated) {
                auto wanted = std::max<std::size_t>(items(), child.optional ? 0 : 1);
                auto* list = arena.allocate<Value>(wanted);
                auto inner = dice.next() | 1;
                for (std::size_t i = 0; i < wanted; ++i) list[i] = node(child, inner, i);
                made = Value::array(list, static_cast<std::uint32_t>(wanted));
            } else if (!child.nillable || !dice.once_in(full ? 16 : 3)) {
                made = node(child, salt, index);
            }
            if (!made.is_null() || child.nillable) members[count++] = {child.name, made};
            at.pop_back();
        }
        return Value::object(members, count);
    }
    // Rows with one value of the column stand together, or apart; of one group they have its columns in common.
    Value rows() {
        bool top = !of.group_.empty() && !of.one_;
        std::size_t groups = top ? items() : 1;
        std::vector<Value> all;
        auto salt = dice.next() | 1;
        for (std::size_t group = 0; group < groups; ++group) {
            std::vector<Member*> same;
            for (std::size_t row = 0, count = top || of.one_ ? 1 + dice.below(4) : items(); row < count; ++row) {
                auto made = node(of.shape_, dice.next() | 1, row);
                auto* members = arena.allocate<Member>(made.size());
                std::copy(made.members_begin(), made.members_end(), members);
                for (std::uint32_t i = 0; top && i < made.size(); ++i)
                    if (members[i].key == of.group_) members[i].value = Value::string(text({of.group_}, salt, group));
                same.push_back(members);
                all.push_back(Value::object(members, made.size()));
            }
            if (top || of.one_) agree(of.levels_, same, all.back().size());
        }
        if (dice.once_in(4))
            for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[dice.below(i)]);
        auto* out = arena.allocate<Value>(all.size());
        std::copy(all.begin(), all.end(), out);
        return Value::array(out, static_cast<std::uint32_t>(all.size()));
    }
    // What is not read of a row, or of a group within, is the same in all of a group's rows.
    void agree(const Levels& level, const std::vector<Member*>& rows, std::uint32_t size) {
        for (std::size_t row = 1; row < rows.size(); ++row)
            for (std::uint32_t i = 0; i < size; ++i)
                if (!level.below.contains(rows[row][i].key)) rows[row][i].value = rows[0][i].value;
        for (const auto& inner : level.groups) {
            std::map<std::string, std::vector<Member*>> parts;
            for (auto* row : rows)
                parts[std::string(text_of_column(Value::object(row, size), inner.column))].push_back(row);
            for (const auto& [key, part] : parts) agree(inner, part, size);
        }
    }
};

// Which columns belong to the rows, or to groups within, by each group.
LegacyDocuments::Levels LegacyDocuments::levels_of(const std::vector<Relation>& relations, const std::string& column) {
    Levels level;
    level.column = column;
    for (const auto& one : relations) {
        if (one.kind != Relation::Kind::items) {
            if (one.rule->legacy.list) level.below.insert(one.rule->legacy.steps[0]);
            continue;
        }
        if (!one.rule->group.empty() && one.rule->group == column) return levels_of(one.rules, column);
        columns_of(one.rules, level.below);
        if (one.rule->group.empty()) continue;
        level.below.insert(one.rule->group);
        level.groups.push_back(levels_of(one.rules, one.rule->group));
    }
    return level;
}

void LegacyDocuments::columns_of(const std::vector<Relation>& relations, std::set<std::string, std::less<>>& out) {
    for (const auto& one : relations) {
        if (!one.rule->group.empty()) out.insert(one.rule->group);
        if (one.kind == Relation::Kind::items) {
            columns_of(one.rules, out);
            continue;
        }
        if (!one.rule->legacy.steps.empty()) out.insert(one.rule->legacy.steps[0]);
        for (const auto& call : one.rule->codecs)
            if (call.name == "unit") out.insert(call.arguments[0].text);
    }
}

Value LegacyDocuments::make(std::uint64_t seed, Arena& arena) const {
    schema::Dice dice(seed);
    bool edges = dice.once_in(2), full = dice.once_in(2);
    Maker maker{*this, dice, arena, edges, full};
    return rows_ ? maker.rows() : maker.node(shape_, 0, 0);
}

}  // namespace headgate::mappings
