// An open loop over libcurl's multi interface: one thread, many requests under way.
#include "tests/simulator/traffic/traffic.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <queue>
#include <stdexcept>
#include <unordered_map>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/traffic/journeys.hpp"
#include "tests/simulator/traffic/statistics.hpp"

namespace simulator {
namespace {

constexpr std::size_t most_under_way = 3000;
constexpr std::int64_t drain_us = 20'000'000;
constexpr std::size_t answer_limit = 4 << 20;

std::size_t keep_body(char* data, std::size_t, std::size_t size, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size > answer_limit) return 0;
    body.append(data, size);
    return size;
}

struct UnderWay {
    Journey journey;
    Call call;
    std::string answer;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    std::int64_t sent_us = 0;
};

class Player {
  public:
    explicit Player(const TrafficOptions& options)
        : options_(options),
          catalog_(options.seed),
          planner_(catalog_, std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
          statistics_(options.customers) {
        browse_ = options.journeys.find("browse") != std::string::npos;
        checkout_ = options.journeys.find("checkout") != std::string::npos;
        if (!browse_ && !checkout_) throw std::runtime_error("no known journey in: " + options.journeys);
        if (!options.orders.empty() &&
            (orders_ = open(options.orders.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) < 0)
            throw std::runtime_error("cannot write " + options.orders);
        curl_global_init(CURL_GLOBAL_DEFAULT);
        multi_ = curl_multi_init();
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 512L);
    }

    ~Player() {
        for (auto& [easy, under_way] : under_way_) release(*under_way);
        for (auto* easy : idle_) curl_easy_cleanup(easy);
        curl_multi_cleanup(multi_);
        if (orders_ >= 0) close(orders_);
    }

    int play() {
        const auto end_us = static_cast<std::int64_t>(options_.seconds * 1e6);
        double next_start_us = 0;
        for (;;) {
            const auto at_us = now_us();
            for (; next_start_us < static_cast<double>(std::min(at_us, end_us)); next_start_us += gap_us())
                start_journey();
            for (; !waiting_.empty() && waiting_.top().due_us <= at_us; waiting_.pop()) send(waiting_.top().journey);
            const bool starting = at_us < end_us;
            if ((!starting && under_way_.empty() && waiting_.empty()) || at_us > end_us + drain_us) break;
            int running = 0;
            curl_multi_perform(multi_, &running);
            collect();
            const double next_us = starting ? next_start_us - static_cast<double>(now_us()) : 20000;
            curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::clamp(next_us / 1000, 0.0, 20.0)), nullptr);
        }
        return finish();
    }

  private:
    struct Waiting {
        std::int64_t due_us;
        std::shared_ptr<UnderWay> journey;
        bool operator<(const Waiting& other) const { return due_us > other.due_us; }
    };

    std::int64_t now_us() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_)
            .count();
    }
    double gap_us() { return -std::log(1.0 - planner_.dice().share()) * 1e6 / options_.rate; }

    void start_journey() {
        auto next = std::make_shared<UnderWay>();
        const bool checkout = checkout_ && (!browse_ || planner_.dice().share() < options_.checkout_share);
        next->journey = planner_.begin(checkout, options_.customers, next->call);
        if (under_way_.size() + waiting_.size() >= most_under_way) {
            ++statistics_.journeys_skipped;
            return;
        }
        ++statistics_.journeys_started;
        send(next);
    }

    void send(const std::shared_ptr<UnderWay>& request) {
        if (idle_.empty()) idle_.push_back(curl_easy_init());
        auto* easy = request->easy = idle_.back();
        idle_.pop_back();
        curl_easy_reset(easy);
        request->answer.clear();
        const auto header = [&](const std::string& line) {
            request->headers = curl_slist_append(request->headers, line.c_str());
        };
        char customer[32];
        std::snprintf(customer, sizeof customer, "X-Customer: c-%06d", request->journey.customer);
        header(customer);
        header("Expect:");
        if (!options_.token.empty()) header("Authorization: Bearer " + options_.token);
        if (!request->call.idempotency_key.empty()) header("Idempotency-Key: " + request->call.idempotency_key);
        curl_easy_setopt(easy, CURLOPT_URL, (options_.target + request->call.path).c_str());
        if (request->call.method == "POST") {
            header("Content-Type: application/json");
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request->call.body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->call.body.c_str());
        }
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keep_body);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &request->answer);
        request->sent_us = now_us();
        under_way_[easy] = request;
        curl_multi_add_handle(multi_, easy);
    }

    void release(UnderWay& request) {
        curl_multi_remove_handle(multi_, request.easy);
        curl_slist_free_all(request.headers);
        request.headers = nullptr;
        idle_.push_back(request.easy);
    }

    void collect() {
        int left = 0;
        while (auto* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const auto found = under_way_.find(message->easy_handle);
            const auto request = found->second;
            under_way_.erase(found);
            finish_call(request, message->data.result == CURLE_OK);
        }
    }

    void finish_call(const std::shared_ptr<UnderWay>& request, bool answered) {
        long status = 0;
        if (answered) curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
        const auto at_us = now_us();
        statistics_.answered(request->call.operation, static_cast<int>(status), at_us - request->sent_us);
        curl_header* side = nullptr;
        if (request->call.operation == "getAvailability" && status == 200 &&
            curl_easy_header(request->easy, "headgate-side", 0, CURLH_HEADER, -1, &side) == CURLHE_OK)
            statistics_.side(request->journey.customer, side->value, request->sent_us, at_us);
        release(*request);
        auto& journey = request->journey;
        auto next = planner_.next(journey, {static_cast<int>(status), request->answer});
        if (request->call.operation == "createOrder" && !journey.order_id.empty() && (status == 200 || status == 201))
            keep_order(*request);
        if (!next) return end_journey(*request, static_cast<int>(status));
        request->call = std::move(*next);
        if (journey.wait_ms == 0)
            send(request);
        else
            waiting_.push({at_us + journey.wait_ms * 1000, request});
    }

    void keep_order(const UnderWay& request) {
        if (!statistics_.acknowledged(request.journey.key, request.journey.order_id) || orders_ < 0) return;
        JsonText out;
        out.writer.StartObject();
        out.field("orderId", request.journey.order_id);
        out.field("key", request.journey.key);
        out.writer.EndObject();
        const auto line = out.text() + "\n";
        if (write(orders_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw std::runtime_error("cannot write " + options_.orders);
    }

    void end_journey(const UnderWay& request, int status) {
        ++(request.journey.abandoned ? statistics_.journeys_abandoned : statistics_.journeys_finished);
        if (request.call.operation == "createOrder" && request.journey.order_id.empty() &&
            (status == 0 || status >= 500))
            ++statistics_.orders_unanswered;
    }

    int finish() {
        const double seconds = static_cast<double>(now_us()) / 1e6;
        statistics_.journeys_abandoned += under_way_.size() + waiting_.size();
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
    JourneyPlanner planner_;
    Statistics statistics_;
    bool browse_ = false, checkout_ = false;
    int orders_ = -1;
    CURLM* multi_ = nullptr;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::unordered_map<CURL*, std::shared_ptr<UnderWay>> under_way_;
    std::vector<CURL*> idle_;
    std::priority_queue<Waiting> waiting_;
};

}  // namespace

int play_traffic(const TrafficOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    return Player(options).play();
}

}  // namespace simulator
