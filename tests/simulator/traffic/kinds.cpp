// The table.
#include "tests/simulator/traffic/kinds.hpp"

namespace simulator {
namespace {

constexpr DayCurve flat{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr DayCurve evening{3, 2, 1, 1, 1, 1, 2, 4, 5, 6, 7, 7, 8, 7, 6, 6, 7, 8, 10, 13, 15, 14, 9, 5};
constexpr DayCurve commuting{2, 1, 1, 1, 1, 3, 9, 12, 8, 5, 5, 6, 9, 7, 5, 6, 9, 12, 11, 10, 11, 12, 8, 4};
constexpr DayCurve opening{0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 9, 11, 12, 10, 10, 11, 13, 15, 12, 6, 0, 0, 0, 0};
constexpr DayCurve batches{9, 3, 3, 3, 3, 3, 9, 3, 3, 3, 3, 3, 9, 3, 3, 3, 3, 3, 9, 3, 3, 3, 3, 3};

}  // namespace

const std::vector<JourneyKind>& journey_kinds() {
    static const std::vector<JourneyKind> all{
        {"browse", 0.8, flat, make_browse},  {"checkout", 0.2, flat, make_checkout},
        {"web", 5, evening, make_web},       {"app", 3, commuting, make_app},
        {"store", 1.5, opening, make_store}, {"marketplace", 0.5, batches, make_marketplace}};
    return all;
}

}  // namespace simulator
