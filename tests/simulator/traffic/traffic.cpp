// An open loop of journeys: each begins when its time has come, and goes on when its last call is answered.
#include "tests/simulator/traffic/traffic.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <queue>
#include <stdexcept>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/traffic/caller.hpp"
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/load.hpp"
#include "tests/simulator/traffic/statistics.hpp"

namespace simulator {
namespace {

constexpr std::size_t most_under_way = 3000;
constexpr std::int64_t drain_us = 20'000'000;
constexpr double longest_wait_us = 20'000;

// Set by SIGTERM and SIGINT: no new journeys, then the report as at any end.
volatile std::sig_atomic_t ending = 0;

struct Path {
    std::string kind;
    std::unique_ptr<Journey> journey;
    Call call;
};

// Keeps idempotency keys of two runs with one seed apart.
std::string run_name() { return std::to_string(std::chrono::system_clock::now().time_since_epoch().count()); }

class Player {
  public:
    explicit Player(const TrafficOptions& options)
        : options_(options),
          catalog_(options.seed),
          world_{catalog_, run_name(), options.customers, options.hot_share, options.hot_items, options.think_ms},
          load_(options),
          dice_(number_for(options.seed, "traffic")),
          statistics_(options.customers),
          caller_(options.target, options.token) {
        if (options.orders.empty()) return;
        orders_ = open(options.orders.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        if (orders_ < 0) throw std::runtime_error("cannot write " + options.orders);
    }
    ~Player() {
        if (orders_ >= 0) close(orders_);
    }
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    int play() {
        auto end_us = static_cast<std::int64_t>(options_.seconds * 1e6);
        double next_start_us = load_.next(0, dice_) * 1e6;
        for (;;) {
            const auto at_us = now_us();
            if (ending != 0) end_us = std::min(end_us, at_us);
            for (; next_start_us < static_cast<double>(std::min(at_us, end_us));
                 next_start_us = load_.next(next_start_us / 1e6, dice_) * 1e6)
                start(next_start_us / 1e6);
            for (; !waiting_.empty() && waiting_.top().due_us <= at_us; waiting_.pop()) send(waiting_.top().path);
            const bool starting = at_us < end_us;
            if ((!starting && caller_.under_way() + waiting_.size() == 0) || at_us > end_us + drain_us) return finish();
            const double next_us = starting ? next_start_us - static_cast<double>(now_us()) : longest_wait_us;
            caller_.progress(static_cast<int>(std::clamp(next_us, 0.0, longest_wait_us) / 1000));
        }
    }

  private:
    struct Waiting {
        std::int64_t due_us;
        std::shared_ptr<Path> path;
        bool operator<(const Waiting& other) const { return due_us > other.due_us; }
    };

    std::int64_t now_us() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_)
            .count();
    }

    std::array<Statistics::Part*, 2> parts_of(const Path& path) {
        return {&statistics_.kinds[path.kind], &statistics_.channels[path.journey->channel()]};
    }

    void start(double second) {
        const auto& kind = load_.kind_at(second, dice_);
        auto path = std::make_shared<Path>();
        path->kind = kind.name;
        path->journey = kind.make(world_, count_++, load_.in_campaign(second));
        path->call = path->journey->first();
        if (caller_.under_way() + waiting_.size() >= most_under_way) {
            ++statistics_.journeys_skipped;
            return;
        }
        ++statistics_.journeys_started;
        for (auto* part : parts_of(*path)) ++part->started;
        send(path);
    }

    void send(const std::shared_ptr<Path>& path) {
        caller_.send(path->call, path->journey->customer(),
                     [this, path, sent_us = now_us()](const Reply& reply, const std::string& side) {
                         answered(path, sent_us, reply, side);
                     });
    }

    void answered(const std::shared_ptr<Path>& path, std::int64_t sent_us, const Reply& reply,
                  const std::string& side) {
        auto& journey = *path->journey;
        const auto at_us = now_us();
        statistics_.answered(path->call.operation, reply.status, at_us - sent_us);
        for (auto* part : parts_of(*path)) part->answered(reply.status, at_us - sent_us);
        if (path->call.operation.starts_with("getAvailability") && reply.status == 200)
            statistics_.side(journey.customer(), side, sent_us, at_us);
        auto next = journey.next(reply);
        const bool taken = reply.status == 200 || reply.status == 201;
        if (path->call.operation == "createOrder" && taken && !journey.order_id().empty()) keep_order(*path);
        if (!next) return end(*path, reply.status);
        path->call = std::move(*next);
        if (journey.wait_ms() == 0)
            send(path);
        else
            waiting_.push({at_us + journey.wait_ms() * 1000, path});
    }

    void keep_order(const Path& path) {
        const auto& journey = *path.journey;
        if (!statistics_.acknowledged(journey.key(), journey.order_id())) return;
        for (auto* part : parts_of(path)) ++part->orders;
        if (orders_ < 0) return;
        JsonText out;
        out.writer.StartObject();
        out.field("orderId", journey.order_id());
        out.field("key", journey.key());
        out.writer.EndObject();
        const auto line = out.text() + "\n";
        if (write(orders_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw std::runtime_error("cannot write " + options_.orders);
    }

    void end(const Path& path, int status) {
        const bool abandoned = path.journey->abandoned();
        ++(abandoned ? statistics_.journeys_abandoned : statistics_.journeys_finished);
        for (auto* part : parts_of(path)) ++(abandoned ? part->abandoned : part->finished);
        const bool unanswered = path.journey->order_id().empty() && (status == 0 || status >= 500);
        if (path.call.operation == "createOrder" && unanswered) ++statistics_.orders_unanswered;
    }

    int finish() {
        const double seconds = static_cast<double>(now_us()) / 1e6;
        statistics_.journeys_abandoned += caller_.under_way() + waiting_.size();
        if (!options_.report.empty()) {
            std::FILE* file = std::fopen(options_.report.c_str(), "w");
            if (file == nullptr) throw std::runtime_error("cannot write " + options_.report);
            std::fputs((statistics_.report(seconds) + "\n").c_str(), file);
            std::fclose(file);
        }
        std::cout << statistics_.summary(seconds) << std::flush;
        return statistics_.duplicate_order_ids().empty() ? 0 : 1;
    }

    const TrafficOptions options_;
    const Catalog catalog_;
    const World world_;
    const Load load_;
    Dice dice_;
    std::uint64_t count_ = 0;
    Statistics statistics_;
    Caller caller_;
    int orders_ = -1;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::priority_queue<Waiting> waiting_;
};

}  // namespace

int play_traffic(const TrafficOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int end : {SIGTERM, SIGINT}) std::signal(end, [](int) { ending = 1; });
    return Player(options).play();
}

}  // namespace simulator
