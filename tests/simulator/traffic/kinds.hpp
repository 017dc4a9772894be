// The journeys there are: a file each in journeys/, a line each in the table of kinds.cpp. A further operation that is
// served becomes a further journey, or a further step of one.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "tests/simulator/traffic/journey.hpp"

namespace simulator {

using DayCurve = std::array<double, 24>;  // how busy an hour is, against the others

struct JourneyKind {
    std::string_view name;
    double weight;  // against the other kinds, when nothing else is said
    DayCurve day;
    std::unique_ptr<Journey> (*make)(const World& world, std::uint64_t number, bool campaign);
};

const std::vector<JourneyKind>& journey_kinds();

std::unique_ptr<Journey> make_browse(const World& world, std::uint64_t number, bool campaign);
std::unique_ptr<Journey> make_checkout(const World& world, std::uint64_t number, bool campaign);
std::unique_ptr<Journey> make_web(const World& world, std::uint64_t number, bool campaign);
std::unique_ptr<Journey> make_app(const World& world, std::uint64_t number, bool campaign);
std::unique_ptr<Journey> make_store(const World& world, std::uint64_t number, bool campaign);
std::unique_ptr<Journey> make_marketplace(const World& world, std::uint64_t number, bool campaign);

}  // namespace simulator
