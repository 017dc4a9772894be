// Scripts of faults: read, refused with their line, and played.
#include "tests/simulator/control/timeline.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace simulator {
namespace {

TEST(Timelines, AreReadInOrderWithFaultsAndQuirks) {
    std::vector<TimelineStep> steps;
    std::string problem;
    ASSERT_TRUE(
        read_timeline("# a bad morning\n"
                      "- { at: 0, part: shop, faults: { latency: { lognormal_ms: { p50: 20, p99: 400 } } } }\n"
                      "- at: 2.5\n  part: shop\n  faults:\n    hang: true\n"
                      "- { at: 9, part: all, quirks: { cp850: true } }\n",
                      {"shop", "stock"}, steps, problem))
        << problem;
    ASSERT_EQ(steps.size(), 3u);
    EXPECT_EQ(steps[0].faults.latency.b, 400);
    EXPECT_EQ(steps[1].at_s, 2.5);
    EXPECT_TRUE(steps[1].faults.hang);
    EXPECT_EQ(steps[2].quirks, R"({"cp850":true})");
    ASSERT_TRUE(
        read_timeline(R"([{"at":1,"part":"stock","faults":{"lock":true}}])", {"shop", "stock"}, steps, problem));
    EXPECT_TRUE(steps.at(0).faults.lock);
}

TEST(Timelines, ThoseInTheFolderCanBeRead) {
    int read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(HEADGATE_SOURCE_DIR "/tests/simulator/timelines")) {
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        std::vector<TimelineStep> steps;
        std::string problem;
        EXPECT_TRUE(
            read_timeline(text, {"shop", "stock", "warehouse", "inventory", "pricing", "payment"}, steps, problem))
            << entry.path() << " " << problem;
        EXPECT_GE(steps.size(), 3u) << entry.path();
        ++read;
    }
    EXPECT_GE(read, 2);
}

TEST(Timelines, AreRefusedWithTheLine) {
    const std::pair<const char*, const char*> wrong[] = {
        {"{}", "list of steps"},
        {"- { at: 1, part: shop }\n- { at: 0, part: shop }", "line 2: 'at' goes back"},
        {"- { at: x, part: shop }", "line 1: 'at'"},
        {"- { at: 1, part: shopp }", "no part 'shopp'"},
        {"- { at: 1 }", "neither a part nor quirks"},
        {"- { at: 1, part: all, faults: { hang: true } }", "'all' takes them back"},
        {"- { at: 1, part: shop, fault: {} }", "unknown word 'fault'"},
        {"- { at: 1, part: shop, faults: { hang: \"true\" } }", "wrong value: hang"},
        {"- { at: 1, quirks: { spelling: true } }", "unknown quirk"},
        {"- { at: 1, part: [", "line 1"}};
    for (const auto& [text, what] : wrong) {
        std::vector<TimelineStep> steps;
        std::string problem;
        EXPECT_FALSE(read_timeline(text, {"shop"}, steps, problem)) << text;
        EXPECT_NE(problem.find(what), std::string::npos) << problem;
    }
}

TEST(Timelines, ArePlayedInOrderAndEndAtOnceWhenStopped) {
    std::vector<double> played;
    std::mutex mutex;
    std::condition_variable changed;
    Timeline timeline([&](const TimelineStep& step) {
        const std::lock_guard lock(mutex);
        played.push_back(step.at_s);
        changed.notify_all();
    });
    timeline.play({{0, "all", {}, ""}, {0.05, "all", {}, ""}, {3600, "all", {}, ""}});
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return played.size() == 2; }));
    }
    timeline.stop();
    EXPECT_EQ(played, (std::vector<double>{0, 0.05}));
    EXPECT_EQ(timeline.json(), R"({"steps":3,"played":2})");
    timeline.play({});
    EXPECT_EQ(timeline.json(), R"({"steps":0,"played":0})");
}

}  // namespace
}  // namespace simulator
