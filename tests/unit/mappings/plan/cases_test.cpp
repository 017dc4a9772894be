// Cases that conditions leave open: found, and told as conditions.
#include <gtest/gtest.h>

#include <deque>

#include "mappings/plan/compile/ledger.hpp"

namespace headgate::mappings {

namespace {

class Cases : public testing::Test {
  protected:
    Clause clause(const std::string& field, Condition::Test test, const std::string& literal = {}) {
        auto& condition = conditions_.emplace_back();
        condition.test = test;
        condition.field.text = field;
        condition.literal = literal;
        Clause out{{}, &condition, {}, field != "note"};
        for (std::size_t at = 0; at <= field.size(); at = field.find('.', at) + 1) {
            auto end = std::min(field.find('.', at), field.size());
            out.field.push_back(field.substr(at, end - at));
            if (end == field.size()) break;
        }
        if (field.ends_with("way")) out.words = {"home", "pickup", "locker"};
        return out;
    }
    Clause is(const std::string& field, const std::string& word) { return clause(field, Condition::Test::equal, word); }
    Clause is_not(const std::string& field, const std::string& word) {
        return clause(field, Condition::Test::not_equal, word);
    }
    // The case in which none of these holds.
    static std::string none_of(const std::vector<Clauses>& all) {
        std::vector<const Clauses*> clauses;
        for (const auto& one : all) clauses.push_back(&one);
        auto found = find_case(clauses, [&](const OneCase& one) {
            return std::none_of(all.begin(), all.end(), [&](const auto& when) { return one.holds(when); });
        });
        return found.value_or("none");
    }
    std::string told(const Steps& path, const std::vector<Steps>& choices = {}) const {
        auto found = ledger_.open_case(path, true, choices);
        return found ? found->when + " (" + std::to_string(found->mark.line) + ")" : "none";
    }
    static Ledger::Note carried(Clauses when, int line = 1) {
        return {Ledger::Fate::mapped, SourceMark{"", line, 1}, std::move(when)};
    }
    void drop(const Steps& path, Clauses when, bool rest = false) {
        Diagnostics none;
        ledger_.drop(path, {Ledger::Fate::dropped, {}, std::move(when), rest}, none);
    }
    std::deque<Condition> conditions_;
    Ledger ledger_;
};

}  // namespace

TEST_F(Cases, AreTheWordsOfAField) {
    EXPECT_EQ(none_of({{is("way", "home")}}), "way != \"home\"");
    EXPECT_EQ(none_of({{is("way", "home")}, {is("way", "pickup")}}), "way == \"locker\"");
    EXPECT_EQ(none_of({{is("way", "home")}, {is("way", "pickup")}, {is("way", "locker")}}), "none");
    EXPECT_EQ(none_of({{is("way", "home")}, {is_not("way", "home")}}), "none");
    EXPECT_EQ(none_of({{is_not("way", "home")}}), "way == \"home\"");
    EXPECT_EQ(none_of({{is_not("way", "home")}, {is_not("way", "pickup")}}), "none");
}

TEST_F(Cases, OfAFieldThatMayBeAbsentHaveItsAbsence) {
    EXPECT_EQ(none_of({{is("note", "a")}, {is_not("note", "a")}}), "note absent");
    EXPECT_EQ(none_of({{is("note", "a")}, {is("note", "b")}, {clause("note", Condition::Test::absent)}}),
              "note != \"a\" and note != \"b\"");
    EXPECT_EQ(none_of({{clause("note", Condition::Test::absent)}}), "note present");
    EXPECT_EQ(none_of({{clause("note", Condition::Test::absent)}, {clause("note", Condition::Test::present)}}), "none");
}

TEST_F(Cases, OfSeveralFieldsAreToldByThoseThatMatter) {
    EXPECT_EQ(none_of({{is("way", "home"), is("kind", "a")}, {is_not("kind", "a")}}),
              "way != \"home\" and kind == \"a\"");
    EXPECT_EQ(none_of({{is("way", "home"), is("kind", "a")}, {is("way", "home"), is_not("kind", "a")}}),
              "way != \"home\"");
    EXPECT_EQ(none_of({{}}), "none");
}

TEST_F(Cases, AreExclusiveWhenOneFieldCannotSayBoth) {
    EXPECT_TRUE(exclusive({is("way", "home")}, {is("kind", "a"), is("way", "pickup")}));
    EXPECT_TRUE(exclusive({is("way", "home")}, {is_not("way", "home")}));
    EXPECT_TRUE(exclusive({is("note", "a")}, {clause("note", Condition::Test::absent)}));
    EXPECT_FALSE(exclusive({is("way", "home")}, {is("kind", "a")}));
    EXPECT_FALSE(exclusive({is("way", "home")}, {}));
    EXPECT_FALSE(exclusive({is_not("way", "home")}, {is("way", "pickup")}));
}

TEST_F(Cases, AreClosedByADropOfThePartOrOfAllAroundIt) {
    ledger_.note({"a", "b"}, carried({is("way", "home")}, 7));
    EXPECT_EQ(told({"a", "b"}), "way != \"home\" (7)");
    drop({"a"}, {is_not("way", "home")}, true);
    EXPECT_EQ(told({"a", "b"}), "none");
}

TEST_F(Cases, OfAPartCountWhereItIsThere) {
    ledger_.note({"note", "text"}, carried({clause("note", Condition::Test::present)}));
    EXPECT_EQ(told({"note", "text"}), "none");
    ledger_.note({"to", "street"}, carried({is("to.way", "home")}));
    EXPECT_EQ(told({"to", "street"}), "to.way != \"home\" (1)");
    EXPECT_EQ(told({"to", "street"}, {{"to"}}), "none");
    ledger_.note({"to", "city"}, carried({is("to.way", "home"), is("kind", "a")}, 3));
    EXPECT_EQ(told({"to", "city"}, {{"to"}}), "to.way == \"home\" and kind != \"a\" (3)");
}

TEST_F(Cases, OfAnItemAreThoseInWhichItsListHasRules) {
    ledger_.open({"lines"}, SourceMark{"", 4, 1}, {is("kind", "a")});
    ledger_.note({"lines", "sku"}, carried({is("kind", "a")}));
    ledger_.note({"lines", "size"}, carried({is("kind", "a"), is("lines.way", "home")}, 6));
    EXPECT_EQ(told({"lines"}), "kind != \"a\" (4)");
    EXPECT_EQ(told({"lines", "sku"}), "none");
    EXPECT_EQ(told({"lines", "size"}), "kind == \"a\" and lines.way != \"home\" (6)");
}

}  // namespace headgate::mappings
