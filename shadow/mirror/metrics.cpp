#include "shadow/mirror/metrics.hpp"

#include <array>

namespace headgate {
namespace {

struct Bucket {
    const char* name;
    std::uint64_t Tally::*count;
};
constexpr std::array<Bucket, 10> buckets{{{"eligible", &Tally::eligible},
                                          {"compared", &Tally::compared},
                                          {"sampled-out", &Tally::sampled_out},
                                          {"in-flight", &Tally::in_flight},
                                          {"dropped-queue-full", &Tally::dropped_queue_full},
                                          {"dropped-memory", &Tally::dropped_bytes},
                                          {"dropped-stopped", &Tally::dropped_stopped},
                                          {"dropped-comparing-full", &Tally::dropped_compare_full},
                                          {"failed-serving", &Tally::failed_serving},
                                          {"failed-shadow", &Tally::failed_shadow}}};

}  // namespace

void export_tally(Metrics& metrics, const Mirror& mirror, const std::vector<std::string>& operations) {
    for (const std::string& operation : operations) {
        std::vector<Gauge> gauges;
        for (const Bucket& bucket : buckets)
            gauges.push_back(metrics.gauge("headgate_shadow_requests", "Eligible requests by where they ended.",
                                           {{"operation", operation}, {"outcome", bucket.name}}));
        metrics.before_scrape([&mirror, operation, gauges] {
            Tally tally = mirror.tally(operation);
            for (std::size_t i = 0; i < buckets.size(); ++i)
                gauges[i].set(static_cast<double>(tally.*buckets[i].count));
        });
    }
}

}  // namespace headgate
