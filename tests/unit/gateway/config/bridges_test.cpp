// Routes that are bridges lead to a route that is none.
#include "gateway/config/bridges.hpp"

#include <gtest/gtest.h>

namespace headgate {
namespace {

// Operations a, b, c...; a route of each pair leads from the first to the second, or ends where the second is '.'.
class Chain {
  public:
    std::string faults(const std::vector<std::string>& pairs) {
        for (char c = 'a'; c < 'k'; ++c) operations_[c].name = std::string(1, c);
        snapshot_.routes.reserve(pairs.size());
        configs_.reserve(pairs.size());
        for (const auto& pair : pairs) {
            RouteConfig& config = configs_.emplace_back();
            config.operation = pair.substr(0, 1);
            config.bridge_mark = {"headgate.yaml", static_cast<int>(configs_.size()), 1};
            Route route;
            route.config = &config;
            route.operation = &operations_[pair[0]];
            if (pair[1] != '.') route.bridge = BridgeTarget{&operations_[pair[1]], nullptr};
            snapshot_.routes.push_back(std::move(route));
        }
        for (const auto& route : snapshot_.routes) snapshot_.route_of[route.operation] = &route;
        Diagnostics diagnostics;
        check_bridges(snapshot_, diagnostics);
        return diagnostics.text();
    }

  private:
    std::map<char, Operation> operations_;
    std::vector<RouteConfig> configs_;
    Snapshot snapshot_;
};

TEST(Bridges, MayFollowOneAnotherToARouteThatIsNone) {
    EXPECT_EQ(Chain().faults({"ab", "b."}), "");
    EXPECT_EQ(Chain().faults({"ab", "bc", "cd", "de", "e."}), "");
}

TEST(Bridges, AreRefusedWhenTheyEndNowhere) {
    auto told = Chain().faults({"ab", "bc"});
    EXPECT_EQ(
        told,
        "headgate.yaml:2:1: error: 'c' has no route of its own (a bridge leads to an operation that is served)\n");
}

TEST(Bridges, AreRefusedWhenTheyGoRoundInCircles) {
    for (const auto& circle : {std::vector<std::string>{"aa"}, {"ab", "ba"}, {"ab", "bc", "cb"}}) {
        auto told = Chain().faults(circle);
        EXPECT_NE(told.find("do not end within 4 steps"), std::string::npos) << told;
    }
}

TEST(Bridges, AreRefusedWhenTheyAreTooMany) {
    auto told = Chain().faults({"ab", "bc", "cd", "de", "ef", "f."});
    EXPECT_NE(told.find("headgate.yaml:1:1: error: the bridges from 'a' do not end"), std::string::npos) << told;
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1) << told;
}

}  // namespace
}  // namespace headgate
