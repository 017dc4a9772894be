// libmicrohttpd asks for pieces; who has none yet suspends the connection.
#include "tests/simulator/http/pour.hpp"

#include <microhttpd.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace simulator {
namespace {

constexpr std::size_t pieces = 8;

struct Pour {
    HttpPart& part;
    MHD_Connection* connection;
    std::string body;
    bool half;
    std::chrono::milliseconds drip;
    HttpPart::Clock::time_point next;
};

ssize_t piece(void* self, std::uint64_t at, char* into, std::size_t room) {
    auto& pour = *static_cast<Pour*>(self);
    if (pour.half && at >= pour.body.size() / 2) return MHD_CONTENT_READER_END_WITH_ERROR;
    const auto open_until = pour.part.open_until();
    const bool stalled = at >= open_until;
    const bool dripping = pour.drip.count() > 0 && HttpPart::Clock::now() < pour.next;
    if (stalled || dripping) {
        const auto flow = pour.part.hold(pour.connection, stalled ? HttpPart::Clock::time_point::max() : pour.next);
        if (flow == HttpPart::Flow::end) return MHD_CONTENT_READER_END_WITH_ERROR;
        if (flow == HttpPart::Flow::wait) return 0;
    }
    std::size_t most = std::min(room, pour.body.size() - static_cast<std::size_t>(at));
    if (pour.drip.count() > 0) most = std::min(most, pour.body.size() / pieces + 1);
    if (pour.half) most = std::min(most, std::max<std::size_t>(1, pour.body.size() / 2 - static_cast<std::size_t>(at)));
    most = static_cast<std::size_t>(std::min<std::uint64_t>(most, open_until - at));
    std::memcpy(into, pour.body.data() + at, most);
    pour.next = HttpPart::Clock::now() + pour.drip;
    return static_cast<ssize_t>(most);
}

void release(void* self) { delete static_cast<Pour*>(self); }

}  // namespace

bool pours(const Faults& faults) { return faults.half_answer || faults.drip_ms > 0 || faults.stall_after_bytes >= 0; }

MHD_Response* poured_response(HttpPart& part, MHD_Connection* connection, std::string body, const Faults& faults) {
    const auto length = body.size();
    const auto drip = std::chrono::milliseconds(faults.drip_ms);
    auto pour = std::make_unique<Pour>(
        Pour{part, connection, std::move(body), faults.half_answer, drip, HttpPart::Clock::now() + drip});
    auto* response = MHD_create_response_from_callback(length, 4096, &piece, pour.get(), &release);
    if (response != nullptr) (void)pour.release();
    return response;
}

}  // namespace simulator
