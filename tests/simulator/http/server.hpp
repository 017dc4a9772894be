// One HTTP part of the retailer on a loopback port, over libmicrohttpd, with faults that work below its handler.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/http/faults.hpp"

struct MHD_Daemon;
struct MHD_Connection;

namespace simulator {

struct HttpRequest {
    std::string method, path, body;
    std::map<std::string, std::string> query;    // decoded; a repeated name keeps its last value
    std::map<std::string, std::string> headers;  // names in lower case

    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

struct HttpAnswer {
    int status = 200;
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

// Called on any of the server's threads, several at once.
using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

// A problem document as the contracts have it; its trace is the request's, or one of zeros and a one.
HttpAnswer problem(const HttpRequest& request, int status, const std::string& title, const std::string& detail,
                   const std::string& pointer = "");

// Owns its port for its whole life, also while stopped: nobody else can take it in between. Thread-safe but for
// construction and destruction.
class HttpPart {
  public:
    // Takes the port and answers nobody yet. Port 0: any free one. Throws std::runtime_error when the port can't be
    // had.
    HttpPart(std::string name, int port, std::uint64_t seed, HttpHandler handle, HttpHandler busy);
    ~HttpPart();
    HttpPart(const HttpPart&) = delete;
    HttpPart& operator=(const HttpPart&) = delete;

    // Both take effect before they return; who owns several parts opens them when all of them are there.
    void open();
    void close();
    int port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    void set_faults(const Faults& faults);
    Faults faults() const;
    std::uint64_t requests() const { return requests_; }

    struct Exchange;  // one request in progress; libmicrohttpd's callbacks own it

    // For the callbacks of libmicrohttpd alone.
    int finish(MHD_Connection* connection, Exchange& exchange);
    using Clock = std::chrono::steady_clock;
    // What a body that is held back may do now: go on, wait (the connection is suspended), or end.
    enum class Flow { go_on, wait, end };
    Flow hold(MHD_Connection* connection, Clock::time_point until);  // until then; max: until faults change
    std::uint64_t open_until() const;  // where a body stalls, by the faults of now; the largest number: nowhere

  private:
    struct Waiting {
        Clock::time_point due;
        MHD_Connection* connection;
        bool operator>(const Waiting& other) const { return due > other.due; }
    };
    void start();
    void stop();
    void run_timer();
    int answer(MHD_Connection* connection, const HttpAnswer& answer);
    std::chrono::nanoseconds delay(bool& fail);  // of a request that comes now; under mutex_

    std::string name_;
    HttpHandler handle_, busy_;
    int port_ = 0;
    int holder_ = -1;               // bound and never listening: keeps the port ours while stopped
    std::mutex switching_;          // one start or stop at a time; taken before mutex_
    MHD_Daemon* daemon_ = nullptr;  // under switching_

    mutable std::mutex mutex_;  // faults_, dice_, waiting_, closing_, ending_
    std::condition_variable changed_;
    Faults faults_;
    Dice dice_;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;  // suspended connections
    Clock::time_point free_at_{};  // capacity: when the next request may begin
    bool closing_ = false;         // the daemon is being stopped: nothing may be suspended any more
    bool ending_ = false;
    std::atomic<std::uint64_t> requests_{0};
    std::thread timer_;
};

}  // namespace simulator
