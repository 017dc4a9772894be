// Beginnings are drawn at the highest rate and kept with the share of the rate of their moment (thinning).
#include "tests/simulator/traffic/load.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <stdexcept>

namespace simulator {
namespace {

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= list.size();) {
        const auto end = std::min(list.find(',', from), list.size());
        parts.push_back(list.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

const JourneyKind& kind_named(const std::string& name) {
    const auto& kinds = journey_kinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const JourneyKind& kind) { return kind.name == name; });
    if (found == kinds.end()) throw std::runtime_error("no known journey: " + name);
    return *found;
}

Campaign campaign_of(const std::string& text) {
    Campaign campaign;
    int end = 0;
    const int read =
        std::sscanf(text.c_str(), "%lf:%lf:%lf%n", &campaign.from_s, &campaign.for_s, &campaign.factor, &end);
    if (read != 3 || static_cast<std::size_t>(end) != text.size() || !(campaign.from_s >= 0) || !(campaign.for_s > 0) ||
        !(campaign.factor > 0 && campaign.factor <= 1000))
        throw std::runtime_error("a campaign is FROM:FOR:FACTOR, seconds: " + text);
    return campaign;
}

}  // namespace

Load::Load(const LoadOptions& options) : rate_(options.rate), day_s_(options.day_s) {
    double sum = 0;
    const auto parts = split(options.journeys);
    for (const auto& part : parts) {
        const auto equals = part.find('=');
        const auto& kind = kind_named(part.substr(0, equals));
        double weight = kind.weight;
        if (equals != std::string::npos) {
            char* end = nullptr;
            weight = std::strtod(part.c_str() + equals + 1, &end);
            if (*end != '\0' || !(weight >= 0 && weight <= 1e6)) throw std::runtime_error("no weight: " + part);
        } else if (parts.size() > 1 && kind.name == "browse") {
            weight = 1 - options.checkout_share;
        } else if (parts.size() > 1 && kind.name == "checkout") {
            weight = options.checkout_share;
        }
        const double mean =
            std::accumulate(kind.day.begin(), kind.day.end(), 0.0) / static_cast<double>(kind.day.size());
        played_.push_back({&kind, weight, mean});
        sum += weight;
    }
    if (sum <= 0) throw std::runtime_error("no journey has a weight: " + options.journeys);
    for (auto& played : played_) played.share /= sum;
    for (const auto& text : options.campaigns) campaigns_.push_back(campaign_of(text));
    double factor = 1;
    for (const auto& campaign : campaigns_) factor *= std::max(1.0, campaign.factor);
    for (const auto& played : played_) {
        const double busiest = *std::max_element(played.kind->day.begin(), played.kind->day.end());
        most_ += rate_ * played.share * (day_s_ > 0 ? busiest / played.mean_hour : 1) * factor;
    }
}

double Load::factor_at(double second) const {
    double factor = 1;
    for (const auto& campaign : campaigns_)
        if (second >= campaign.from_s && second < campaign.from_s + campaign.for_s) factor *= campaign.factor;
    return factor;
}

bool Load::in_campaign(double second) const {
    return std::any_of(campaigns_.begin(), campaigns_.end(), [second](const Campaign& campaign) {
        return second >= campaign.from_s && second < campaign.from_s + campaign.for_s;
    });
}

double Load::rate_of(const Played& played, double second) const {
    double busy = 1;
    if (day_s_ > 0) {
        // An hour's value stands at its beginning; in between it goes straight to the next one's.
        const double hour = std::fmod(second, day_s_) / day_s_ * 24;
        const auto at = static_cast<std::size_t>(hour) % 24;
        const double part = hour - std::floor(hour);
        busy = (played.kind->day[at] * (1 - part) + played.kind->day[(at + 1) % 24] * part) / played.mean_hour;
    }
    return rate_ * played.share * busy * factor_at(second);
}

double Load::rate_at(double second) const {
    double rate = 0;
    for (const auto& played : played_) rate += rate_of(played, second);
    return rate;
}

double Load::next(double second, Dice& dice) const {
    do {
        second += -std::log(1.0 - dice.share()) / most_;
    } while (dice.share() * most_ >= rate_at(second));
    return second;
}

const JourneyKind& Load::kind_at(double second, Dice& dice) const {
    double left = dice.share() * rate_at(second);
    for (const auto& played : played_) {
        left -= rate_of(played, second);
        if (left < 0) return *played.kind;
    }
    return *played_.back().kind;
}

}  // namespace simulator
