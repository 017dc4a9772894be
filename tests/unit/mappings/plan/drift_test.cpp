// What an answer holds beyond what its mapping knows is served, and told; cases: tests/golden/mappings/drift.
#include "mappings/formats/drift.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "contracts/document/json.hpp"
#include "mappings/plan/cases.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {

namespace {

const std::string golden = HEADGATE_SOURCE_DIR "/tests/golden/mappings";

class DriftOfAnswers : public testing::Test {
  protected:
    void SetUp() override {
        Diagnostics diagnostics;
        contracts_ = load_contracts({golden + "/faults/contracts"}, diagnostics);
        plans_ = load_mappings({golden + "/drift"}, contracts_, diagnostics);
        ASSERT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        book_ = plans_->find_call("depot", "bookGoods");
        ASSERT_TRUE(book_);
    }
    std::string read(const std::string& answer, DriftLog* drift) {
        Builder source(arena_);
        auto document = read_json(answer, source, {}, false);
        EXPECT_TRUE(document) << answer;
        auto message = book_->to_contract(*document, Value(), builder_, drift);
        return message ? to_json(*message) : message.error().detail;
    }

    Arena arena_;
    Builder builder_{arena_};
    std::shared_ptr<const Registry> contracts_;
    std::shared_ptr<const PlanSet> plans_;
    const Plan* book_ = nullptr;
};

}  // namespace

TEST_F(DriftOfAnswers, IsAsTheCasesSay) {
    Diagnostics diagnostics;
    int cases = 0;
    for (const auto& path : case_files(golden + "/drift"))
        for (const auto& count : run_cases(path, *plans_, diagnostics)) cases += count.run;
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_EQ(cases, 12);
}

TEST_F(DriftOfAnswers, FailsACaseThatDoesNotSayIt) {
    TempFolder folder;
    auto told = [&](const std::string& drift) {
        auto path = folder.file("x.cases.yaml");
        std::ofstream(path)
            << "map: depot.bookGoods\ncases:\n  - name: one\n    answer: { nr: B1, stand: OK, neu: x }\n"
               "    reads: { bookingId: B1, state: accepted, items: [], hints: [] }\n"
            << drift;
        Diagnostics diagnostics;
        run_cases(path, *plans_, diagnostics);
        auto text = diagnostics.text();
        return text.empty() ? text : text.substr(text.find("case "));
    };
    EXPECT_EQ(told(""), "case 'one': the drift should be nothing, and is element neu\n");
    EXPECT_EQ(told("    drift: [ { kind: element, path: alt } ]\n"),
              "case 'one': the drift should be element alt, and is element neu\n");
    EXPECT_EQ(told("    drift: [ { kind: element, path: neu } ]\n"), "");
}

// An error page in the place of an answer is not an answer that says nothing.
TEST_F(DriftOfAnswers, TakesNoTextForElements) {
    for (const char* answer : {R"("System maintenance")", R"({"nr":"B1","stand":"OK","pos":"x"})",
                               R"({"nr":"B1","stand":"OK","pos":[{"@nr":"001","rest":"1"},"x"]})",
                               R"({"nr":"B1","stand":"OK","pos":{"@nr":"001","rest":"1","spedition":"x"}})"})
        EXPECT_NE(read(answer, nullptr).find("expected elements, and not text"), std::string::npos)
            << read(answer, nullptr);
    EXPECT_EQ(read(R"({"nr":"B1","stand":"OK","pos":{"@nr":"001","rest":"1","spedition":" "}})", nullptr)[0], '{');
}

TEST_F(DriftOfAnswers, HasTheCountAndThePlaceOfTheFirst) {
    DriftLog drift;
    read(R"({"nr":"B1","stand":"OK","pos":[{"@nr":"001","rest":"1"},{"@nr":"002","rest":"1","neu":"x"},)"
         R"({"@nr":"003","rest":"1","neu":"x"},{"@nr":"004","rest":"geheim"}]})",
         &drift);
    ASSERT_EQ(drift.all().size(), 2u);
    EXPECT_EQ(drift.all()[0].place, "pos[2]/neu");
    EXPECT_EQ(drift.all()[0].count, 2u);
    EXPECT_EQ(drift.all()[1].place, "pos[4]/rest");
    EXPECT_TRUE(drift.all()[1].example.starts_with("expected ")) << drift.all()[1].example;
    EXPECT_EQ(drift.all()[1].example.find("geheim"), std::string::npos);  // it may be anybody's
}

TEST_F(DriftOfAnswers, IsServedTheSameWhereNobodyAsks) {
    std::string answer = R"({"nr":"B1","stand":"?","neu":1,"pos":[{"@nr":"001","rest":"x"},{"@nr":"002","rest":"2"}]})";
    DriftLog drift;
    auto told = read(answer, &drift);
    EXPECT_EQ(drift.all().size(), 3u);
    EXPECT_EQ(read(answer, nullptr), told);
    EXPECT_NE(told.find(R"("state":"held")"), std::string::npos) << told;
}

TEST_F(DriftOfAnswers, IsTracedAsTheRunMadeIt) {
    Builder source(arena_);
    auto document = read_json(R"({"nr":"B1","stand":"?","pos":[{"@nr":"001","rest":"x"},{"@nr":"002","rest":"2"}]})",
                              source, {}, false);
    PlanTrace trace;
    DriftLog drift;
    ASSERT_TRUE(book_->trace_to_contract(*document, Value(), builder_, trace, &drift));
    EXPECT_EQ(drift.all().size(), 2u);
    auto stage = [&](std::string_view contract) {
        for (const auto& rule : trace)
            if (rule.contract == contract) return rule.stages.back();
        return TracedRule::Stage{};
    };
    EXPECT_EQ(stage("/state").value, "\"held\"");
    EXPECT_FALSE(stage("/items/0/left").problem.empty());
    EXPECT_EQ(stage("/items/1/left").value, "2");
}

TEST_F(DriftOfAnswers, IsBoundedWhateverAnAnswerHolds) {
    std::string answer = R"({"nr":"B1","stand":"OK")";
    for (int i = 0; i < 5000; ++i) answer += ",\"n" + std::to_string(i) + "\":\"\"";
    answer += ",\"" + std::string(5000, 'x') + "\\u0007\":\"\"}";
    DriftLog drift;
    read(answer, &drift);
    EXPECT_EQ(drift.all().size(), DriftLog::at_most);
    EXPECT_EQ(drift.left_out(), 5001 - DriftLog::at_most);
    drift = {};
    drift.add("element", std::string(5000, 'x') + "y", "a\x1B[2Jb");
    EXPECT_EQ(drift.all()[0].name, std::string(DriftLog::text_at_most, 'x'));
    EXPECT_EQ(drift.all()[0].place, "a?[2Jb");
}

}  // namespace headgate
