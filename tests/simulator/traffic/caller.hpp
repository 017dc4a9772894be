// Sends many calls at once over libcurl and tells each answer when it is there.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/traffic/call.hpp"

namespace simulator {

// One thread. Connections are kept and reused; a call without an answer within 10 s has none.
class Caller {
  public:
    // `side`: the header headgate-side, or empty.
    using Answered = std::function<void(const Reply& reply, const std::string& side)>;

    Caller(std::string target, std::string token);
    ~Caller();  // calls under way are dropped, nobody is told
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    void send(const Call& call, int customer, Answered answered);
    // Moves all calls on and tells answers; waits at most wait_ms for something to happen.
    void progress(int wait_ms);
    std::size_t under_way() const { return under_way_.size(); }

  private:
    struct UnderWay;
    void release(UnderWay& request);

    std::string target_, token_;
    void* multi_ = nullptr;                                           // CURLM
    std::unordered_map<void*, std::unique_ptr<UnderWay>> under_way_;  // by CURL
    std::vector<void*> idle_;                                         // CURL
};

}  // namespace simulator
