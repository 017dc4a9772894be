// What systems drift is counted for whom it was, kept once with its first example, and bounded for each system.
#include "gateway/pipeline/drift_book.hpp"

#include <gtest/gtest.h>

#include "gateway/pipeline/drift_watch.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_plan.hpp"

namespace headgate {
namespace {

// Answers with what the test says that it drifts.
class Drifting final : public System {
  public:
    Drifting(DriftLog drift, bool fails) : drift_(std::move(drift)), fails_(fails) {}
    Task<Result<SystemReply>> call(const SystemCall& call) override {
        for (const Drift& one : drift_.all()) call.drift->add(one.kind, one.name, one.place, one.example);
        if (fails_) co_return Error{ErrorKind::bad_answer, "scripted"};
        co_return SystemReply{};
    }
    Task<Result<void>> probe(const CallContext&) override { co_return Result<void>(); }

  private:
    DriftLog drift_;
    bool fails_;
};

class DriftBookTest : public ::testing::Test {
  protected:
    DriftLog log(std::string_view name, int times = 1) {
        DriftLog out;
        for (int i = 0; i < times; ++i) out.add("element", name, "pos[1]/" + std::string(name));
        return out;
    }

    FakeClock clock_;
    Metrics metrics_;
    DriftBook book_{metrics_, clock_};
    FakePlan plan_{SoapCall{}};
};

TEST_F(DriftBookTest, KeepsTheFirstExampleWithCountsAndTimes) {
    DriftLog code;
    code.add("code", "stand", "stand", "NEU2");
    book_.note("shop", plan_, "serving", code);
    clock_.advance(milliseconds(60'000));
    DriftLog later;
    later.add("code", "stand", "other place", "ALT");
    later.add("code", "stand", "other place", "ALT");
    book_.note("shop", plan_, "shadow", later);
    auto records = book_.records("shop");
    ASSERT_EQ(records.size(), 1u);
    const DriftRecord& one = records[0];
    EXPECT_EQ(one.system + " " + one.call + " " + one.kind + " " + one.path, "shop fake code stand");
    EXPECT_EQ(one.example + ", " + one.place, "NEU2, stand");
    EXPECT_EQ(one.count, 3u);
    EXPECT_EQ(one.counts, (std::map<std::string, std::uint64_t>{{"serving", 1}, {"shadow", 2}}));
    EXPECT_EQ(one.last_seen - one.first_seen, std::chrono::minutes(1));
    EXPECT_TRUE(book_.records("stock").empty());
    auto exposed = metrics_.exposition();
    EXPECT_NE(exposed.find(R"(headgate_drift_total{call="fake",for="serving",kind="code",system="shop"} 1)"),
              std::string::npos)
        << exposed;
    EXPECT_NE(exposed.find(R"(headgate_drift_total{call="fake",for="shadow",kind="code",system="shop"} 2)"),
              std::string::npos);
}

TEST_F(DriftBookTest, IsBoundedForEachSystemAndCountsWhatFoundNoRoom) {
    for (std::size_t i = 0; i < DriftBook::at_most + 7; ++i)
        book_.note("shop", plan_, "serving", log("n" + std::to_string(i), 2));
    book_.note("shop", plan_, "serving", log("n0"));
    book_.note("stock", plan_, "serving", log("x"));
    EXPECT_EQ(book_.records("shop").size(), DriftBook::at_most);
    EXPECT_EQ(book_.records("shop")[0].count, 3u);
    EXPECT_EQ(book_.records().size(), DriftBook::at_most + 1);
    EXPECT_EQ(book_.left_out(), (std::map<std::string, std::uint64_t>{{"shop", 14}}));
}

TEST_F(DriftBookTest, HearsOfEveryWatchedCallWhetherItWasServedOrNot) {
    asio::io_context io;
    Arena arena;
    Builder builder(arena);
    CallContext context;
    for (bool fails : {false, true}) {
        auto system = drift_watched(std::make_unique<Drifting>(log("neu"), fails), "shop", "shadow", book_);
        SystemCall call{nullptr, &plan_, Value(), builder, context};
        EXPECT_EQ(await(io, system->call(call)).ok(), !fails);
    }
    ASSERT_EQ(book_.records().size(), 1u);
    EXPECT_EQ(book_.records()[0].counts.at("shadow"), 2u);
    auto silent = drift_watched(std::make_unique<Drifting>(DriftLog(), false), "s", "serving", book_);
    SystemCall call{nullptr, &plan_, Value(), builder, context};
    EXPECT_TRUE(await(io, silent->call(call)));
    EXPECT_EQ(book_.records().size(), 1u);
}

}  // namespace
}  // namespace headgate
