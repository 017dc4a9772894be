#include "contracts/schema/generator.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "contracts/schema/compiled_schema.hpp"
#include "contracts/schema/generator_values.hpp"

namespace headgate::schema {
namespace {

constexpr std::size_t most_recipes = 5'000, most_ways = 16, most_choices = 8;
constexpr int most_depth = 24, optional_depth = 8;

struct Choosing {
    const Node* node;
    int kind;  // anyOf, oneOf, if
    bool operator==(const Choosing&) const = default;
};

// How a value is made that some schemas judge together.
struct Recipe {
    struct Part {
        std::string_view name;
        bool required;
        const Recipe* recipe;
    };
    std::vector<const Recipe*> ways;  // alternatives, of which one is taken; then there is nothing else
    std::vector<Value> pool;          // single values that fit; the first `plain` are no edges
    std::size_t plain = 0;
    std::uint64_t number = 0;
    bool object = false, array = false;
    std::vector<Part> members;
    const Recipe* items = nullptr;
    std::uint32_t fewest = 0, most = unbounded;
    bool possible() const { return !ways.empty() || !pool.empty() || object || array; }
};

}  // namespace

struct Generator::Recipes {
    explicit Recipes(const Program& of) : program(of) {}

    const Program& program;
    Arena arena{64 * 1024};
    std::deque<Recipe> all;
    std::map<std::vector<NodeId>, const Recipe*> by_nodes;
    const Recipe* root = nullptr;

    const Recipe* recipe(const std::vector<Demand>& first) {
        std::vector<NodeId> key;
        for (const Demand& demand : first) key.push_back(demand.node);
        auto [where, fresh] = by_nodes.emplace(std::move(key), nullptr);
        if (!fresh) return where->second;
        Recipe& made = all.emplace_back();
        where->second = &made;  // before what it holds, which may be itself
        fill(made, first, {});
        return &made;
    }

  private:
    void fill(Recipe& out, const std::vector<Demand>& first, const std::vector<Choosing>& chosen) {
        out.number = all.size();
        Demands demands(program, first);
        if (all.size() > most_recipes || std::any_of(demands.all.begin(), demands.all.end(), [&](const Demand& demand) {
                return program.nodes[demand.node].never;
            }))
            return;
        for (const Node* node : demands.choices)
            for (int kind : {0, 1, 2})
                if (Choosing one{node, kind}; open(one) && std::find(chosen.begin(), chosen.end(), one) == chosen.end())
                    return fill_ways(out, first, chosen, one);
        out.pool = single_values(program, demands, out.plain, arena);
        bool listed = std::any_of(demands.all.begin(), demands.all.end(), [&](const Demand& demand) {
            return program.nodes[demand.node].choice || program.nodes[demand.node].constant;
        });
        if (listed) return;
        if (demands.types & bit(ValueKind::object)) fill_object(out, demands);
        if (demands.types & bit(ValueKind::array)) fill_array(out, demands);
    }
    static bool open(const Choosing& one) {
        return one.kind == 0   ? !one.node->any_of.empty()
               : one.kind == 1 ? !one.node->one_of.empty()
                               : one.node->condition != no_node;
    }
    void fill_ways(Recipe& out, const std::vector<Demand>& first, std::vector<Choosing> chosen, const Choosing& one) {
        chosen.push_back(one);
        if (chosen.size() > most_choices) return;
        std::vector<std::vector<Demand>> ways;
        if (one.kind == 2) {
            ways = {{{one.node->condition}, {one.node->then}}, {{one.node->otherwise}}};
        } else {
            for (NodeId id : one.kind == 0 ? one.node->any_of : one.node->one_of)
                if (ways.size() < most_ways) ways.push_back({Demand{id}});
        }
        for (const auto& way : ways) {
            auto more = first;
            more.insert(more.end(), way.begin(), way.end());
            std::erase_if(more, [](const Demand& demand) { return demand.node == no_node; });
            Recipe& made = all.emplace_back();
            fill(made, more, chosen);
            if (made.possible()) out.ways.push_back(&made);
        }
    }
    void fill_object(Recipe& out, const Demands& demands) {
        out.object = true;
        for (const Demand& demand : demands.all) {
            const ObjectRules* rules = program.nodes[demand.node].object;
            if (!rules) continue;
            for (const auto& property : rules->properties) {
                auto known = std::find_if(out.members.begin(), out.members.end(),
                                          [&](const auto& part) { return part.name == property.name; });
                if (known != out.members.end())
                    known->required = known->required || property.required;
                else
                    out.members.push_back({property.name, property.required, nullptr});
            }
        }
        // A recipe that is being filled lies still: the deque does not move it.
        for (auto& member : out.members) member.recipe = recipe(member_demands(program, demands, member.name));
    }
    void fill_array(Recipe& out, const Demands& demands) {
        out.array = true;
        for (const Demand& demand : demands.all) {
            const ArrayRules* rules = program.nodes[demand.node].array;
            if (!rules) continue;
            out.fewest = std::max(out.fewest, rules->fewest);
            out.most = std::min(out.most, rules->most);
        }
        out.items = recipe(item_demands(program, demands, 0, 0));
    }
};

namespace {

// One document.
class Maker {
  public:
    Maker(std::uint64_t seed, Arena& arena) : dice_(seed), arena_(arena) {
        edges_ = dice_.once_in(2);
        filled_ = static_cast<Filled>(dice_.below(4));
    }

    // `item`: the item of a list that this is part of, so that the items of one list differ.
    struct Item {
        std::uint64_t salt;
        std::uint32_t index;
    };
    std::optional<Value> value(const Recipe& recipe, int depth, const Item* item) {
        if (depth > most_depth || ++values_ > 20'000) return std::nullopt;
        if (!recipe.ways.empty()) return value(*recipe.ways[dice_.below(recipe.ways.size())], depth + 1, item);
        bool structured = recipe.object || recipe.array;
        if (!recipe.pool.empty() && (!structured || dice_.once_in(8))) return single(recipe, item);
        if (recipe.object && (!recipe.array || dice_.once_in(2))) return object(recipe, depth, item);
        return recipe.array ? array(recipe, depth) : std::nullopt;
    }

  private:
    enum class Filled : std::uint8_t { barely, wholly, partly, mostly };

    Value single(const Recipe& recipe, const Item* item) {
        auto count = edges_ || recipe.plain == 0 ? recipe.pool.size() : recipe.plain;
        if (!item) return recipe.pool[dice_.below(count)];
        // As many items as there are values differ.
        Dice own(item->salt + recipe.number);
        return recipe.pool[(own.below(count) + item->index) % count];
    }
    bool there(bool required, int depth) {
        if (required) return true;
        if (depth >= optional_depth) return false;
        switch (filled_) {
            case Filled::barely: return false;
            case Filled::wholly: return true;
            case Filled::partly: return dice_.once_in(2);
            case Filled::mostly: return !dice_.once_in(8);
        }
        return true;
    }
    std::optional<Value> object(const Recipe& recipe, int depth, const Item* item) {
        auto* members = arena_.allocate<Member>(recipe.members.size());
        std::uint32_t count = 0;
        for (const auto& part : recipe.members) {
            if (!there(part.required, depth)) continue;
            auto made = value(*part.recipe, depth + 1, item);
            if (made)
                members[count++] = {part.name, *made};
            else if (part.required)
                return std::nullopt;
        }
        return Value::object(members, count);
    }
    std::optional<Value> array(const Recipe& recipe, int depth) {
        std::uint32_t wanted = 0;
        switch (dice_.below(8)) {
            case 0: break;
            case 1:
            case 2: wanted = 1; break;
            case 3: wanted = edges_ && depth < 4 ? 12 + static_cast<std::uint32_t>(dice_.below(20)) : 2; break;
            default: wanted = 2 + static_cast<std::uint32_t>(dice_.below(3));
        }
        if (depth >= optional_depth) wanted = 0;
        auto count = std::min(std::max(wanted, recipe.fewest), recipe.most);
        auto* items = arena_.allocate<Value>(count);
        Item item{dice_.next(), 0};
        for (; item.index < count; ++item.index) {
            auto made = value(*recipe.items, depth + 1, &item);
            if (!made && item.index >= recipe.fewest) break;
            if (!made) return std::nullopt;
            items[item.index] = *made;
        }
        return Value::array(items, item.index);
    }

    Dice dice_;
    Arena& arena_;
    bool edges_ = false;
    Filled filled_ = Filled::partly;
    std::size_t values_ = 0;
};

}  // namespace

Generator::Generator(const Schema& schema) : schema_(schema) {
    const auto* compiled = dynamic_cast<const CompiledSchema*>(&schema);
    if (!compiled) return;
    auto recipes = std::make_unique<Recipes>(compiled->program());
    recipes->root = recipes->recipe({Demand{compiled->root()}});
    recipes_ = std::move(recipes);
}

Generator::~Generator() = default;

std::optional<Value> Generator::make(std::uint64_t seed, Arena& arena) const {
    if (!recipes_) return std::nullopt;
    Dice dice(seed);
    for (int tries = 0; tries < 8; ++tries) {
        auto made = Maker(dice.next(), arena).value(*recipes_->root, 0, nullptr);
        if (made && schema_.validate(*made)) return made;
    }
    return std::nullopt;
}

}  // namespace headgate::schema
