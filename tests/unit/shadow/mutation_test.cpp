// Seeded mutations of the contracts' examples: each is detected without any rule; other spellings of the same are not.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/registry/registry.hpp"
#include "shadow/compare/compare.hpp"
#include "shadow/compare/rules.hpp"
#include "tests/support/fake_shape.hpp"

namespace headgate {
namespace {

using Json = nlohmann::ordered_json;
using Random = std::mt19937_64;

struct Sample {
    Json document;
    const Shape* shape;
};

// The deployment's contracts, with every example of a successful answer.
struct Catalog {
    std::shared_ptr<const Registry> registry;
    std::vector<Sample> examples;

    Catalog() {
        std::string folder = std::string(HEADGATE_SOURCE_DIR) + "/contracts/catalog";
        Diagnostics diagnostics;
        registry = load_contracts({folder}, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        if (!registry) return;
        for (const auto& operation : registry->operations()) add(*operation);
    }

    void add(const Operation& operation) {
        Arena arena;
        Builder builder(arena);
        const Response* answer = operation.response(operation.success_status);
        ASSERT_TRUE(answer && !answer->contents.empty()) << operation.name;
        const Content& content = answer->contents.front();
        ASSERT_FALSE(content.examples.empty()) << operation.name << " has no example";
        for (const auto& example : content.examples)
            examples.push_back({Json::parse(to_json(to_value(*example.value, builder))), &content.schema->shape()});
    }
};

std::size_t below(Random& random, std::size_t bound) { return random() % bound; }

const Shape* member_of(const Shape* shape, const std::string& key) { return shape ? shape->property(key) : nullptr; }
const Shape* items_of(const Shape* shape) { return shape ? shape->items() : nullptr; }

// Where every value stands, but for what the contract ignores.
void places(const Json& at, const Shape* shape, const Json::json_pointer& path, std::vector<Json::json_pointer>& into) {
    if (ignored(shape)) return;
    into.push_back(path);
    if (at.is_object())
        for (const auto& [key, value] : at.items()) places(value, member_of(shape, key), path / key, into);
    else if (at.is_array())
        for (std::size_t i = 0; i < at.size(); ++i) places(at[i], items_of(shape), path / i, into);
}

// One whole character of UTF-8.
void cut_last(std::string& text) {
    while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
    text.pop_back();
}

void mutate_text(std::string& text, std::size_t way) {
    std::size_t letter = 0;
    while (letter < text.size() && !std::isalpha(static_cast<unsigned char>(text[letter]))) ++letter;
    bool is_time = text.size() > 10 && text[10] == 'T';  // 't' and 'z' are as good in a date-time
    if (way == 0 && letter < text.size() && !is_time)
        text[letter] = static_cast<char>(text[letter] ^ 0x20);
    else if (way == 1 && !text.empty())
        cut_last(text);
    else if (way == 2)
        text += " ";
    else
        text.insert(0, "x");
}

// Changes one value into another one; says what it did.
std::string mutate(Json& document, const Shape* shape, Random& random) {
    std::vector<Json::json_pointer> all;
    places(document, shape, Json::json_pointer(), all);
    auto path = all[1 + below(random, all.size() - 1)];  // not the whole
    Json& value = document[path];
    std::string what = path.to_string() + " " + value.dump();
    Json& parent = document[path.parent_pointer()];
    switch (below(random, 5)) {
        case 0:  // gone: a member, or an element
            if (parent.is_object())
                parent.erase(path.back());
            else
                parent.erase(std::stoul(path.back()));
            return what + " removed";
        case 1:  // null for the value
            value = nullptr;
            return what + " null";
        case 2:  // null for absent
            if (value.is_object()) {
                value["surprise"] = nullptr;
                return what + " null for absent";
            }
            break;
        case 3:  // another kind
            if (value.is_string())
                value = 7;
            else
                value = value.dump();
            return what + " of another kind";
        default: break;
    }
    if (value.is_number()) {
        constexpr std::array<std::int64_t, 4> steps{1, -1, 100, -1000};
        value = value.get<std::int64_t>() + steps[below(random, steps.size())];
    } else if (value.is_boolean()) {
        value = !value.get<bool>();
    } else if (value.is_string()) {
        auto text = value.get<std::string>();
        mutate_text(text, below(random, 4));
        value = text;
    } else if (value.is_array()) {
        value.push_back(Json{{"sku", "HG-999999"}, {"locationId", "ST-9999"}});
    } else {
        value["extra"] = 1;
    }
    return what + " -> " + value.dump();
}

// The same document with members, and elements whose order has no meaning, in another order.
Json shuffled(const Json& at, const Shape* shape, Random& random) {
    if (at.is_array()) {
        std::vector<Json> items;
        for (const auto& item : at) items.push_back(shuffled(item, items_of(shape), random));
        if (array_rule(shape).mode != ArrayMode::order) std::shuffle(items.begin(), items.end(), random);
        return Json(items);
    }
    if (!at.is_object()) return at;
    std::vector<std::string> keys;
    for (const auto& [key, value] : at.items()) keys.push_back(key);
    std::shuffle(keys.begin(), keys.end(), random);
    Json other = Json::object();
    for (const auto& key : keys) other[key] = shuffled(at[key], member_of(shape, key), random);
    return other;
}

TEST(Mutations, AreAllDetectedWithoutARule) {
    const Catalog catalog;
    const auto& examples = catalog.examples;
    ASSERT_GE(examples.size(), 4u);
    Random random(7);
    for (int i = 0; i < 10'000; ++i) {
        const Sample& example = examples[below(random, examples.size())];
        Json changed = example.document;
        std::string what = mutate(changed, example.shape, random);
        auto comparison = compare_texts(example.document.dump(), changed.dump(), example.shape);
        ASSERT_TRUE(comparison.usable());
        ASSERT_FALSE(comparison.differences.empty()) << what;
        for (const auto& difference : comparison.differences) {
            ASSERT_TRUE(difference.path.empty() || difference.path[0] == '/') << difference.path;
            ASSERT_EQ(difference.folded.find('='), std::string::npos) << difference.folded;
        }
        // The other way round it is as different.
        auto back = compare_texts(changed.dump(), example.document.dump(), example.shape);
        ASSERT_EQ(back.differences.size(), comparison.differences.size()) << what;
    }
}

TEST(Permutations, OfMembersElementsAndWhiteSpaceAreNoDifference) {
    const Catalog catalog;
    const auto& examples = catalog.examples;
    ASSERT_GE(examples.size(), 4u);
    Random random(7);
    for (int i = 0; i < 10'000; ++i) {
        const Sample& example = examples[below(random, examples.size())];
        auto other =
            shuffled(example.document, example.shape, random).dump(static_cast<int>(below(random, 4)) - 1, '\t');
        auto comparison = compare_texts(example.document.dump(), other, example.shape);
        ASSERT_TRUE(comparison.same()) << other << "\n" << comparison.differences[0].path;
    }
}

TEST(Mutations, OfOneElementAmongTenThousandAreFoundWhateverTheirOrder) {
    std::vector<Json> prices;
    for (int i = 0; i < 10'000; ++i)
        prices.push_back({{"sku", "HG-" + std::to_string(i)}, {"effectivePrice", {{"centAmount", 1000 + i}}}});
    Json left{{"prices", prices}};
    std::reverse(prices.begin(), prices.end());
    prices[1234]["effectivePrice"]["centAmount"] = 1;
    Json right{{"prices", prices}};
    auto shape = prices_shape();
    auto comparison = compare_texts(left.dump(), right.dump(), &shape);
    ASSERT_EQ(comparison.differences.size(), 1u);
    EXPECT_EQ(comparison.differences[0].path, "/prices[sku=HG-8765]/effectivePrice/centAmount");
}

}  // namespace
}  // namespace headgate
