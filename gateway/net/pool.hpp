// OriginPool: a worker's connections to one origin: kept alive, bounded, found by name no more often than needed.
#pragma once

#include <list>
#include <optional>
#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "gateway/net/http_server.hpp"
#include "gateway/net/stream.hpp"

namespace headgate::net {

// One connection with its buffers; closed with its owner, though a timer may hold the stream a little longer.
struct Connection {
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        if (stream) stream->close();
    }

    std::shared_ptr<TimedStream> stream;
    InputBuffer input{8 * 1024};
    std::string output;
};

// Held by shared_ptr: permits, waits and the resolver's handler keep it alive. One thread.
class OriginPool : public std::enable_shared_from_this<OriginPool> {
  public:
    OriginPool(Executor executor, HttpOrigin origin, const HttpClientLimits& limits);

    // The right to use one connection; given back on destruction.
    class Permit {
      public:
        explicit Permit(std::shared_ptr<OriginPool> pool) : pool_(std::move(pool)) {}
        Permit(Permit&&) noexcept = default;
        Permit& operator=(Permit&&) noexcept = default;
        ~Permit() {
            if (pool_) pool_->release();
        }

      private:
        std::shared_ptr<OriginPool> pool_;
    };

    bool is_for(const HttpOrigin& origin) const { return origin.host == origin_.host && origin.port == origin_.port; }
    // Waits for a free connection until the deadline; overloaded when too many wait already.
    Task<Result<Permit>> acquire(Deadline deadline);
    // An idle connection that is still sound, or null.
    std::unique_ptr<Connection> take_idle();
    void put_idle(std::unique_ptr<Connection> connection);
    // A new connection; system_unavailable or deadline_exceeded.
    Task<Result<std::unique_ptr<Connection>>> connect(Deadline deadline);

  private:
    using Endpoints = std::vector<Tcp::endpoint>;
    // Stands in a list until it is woken; takes itself out when its wait ends otherwise.
    struct Waiter {
        Waiter(std::list<Waiter*>& in, const Executor& executor) : list(in), timer(executor) {
            place = list.insert(list.end(), this);
        }
        ~Waiter() {
            if (!woken) list.erase(place);
        }
        void wake() {
            list.erase(place);
            woken = true;
            timer.cancel();
        }
        std::list<Waiter*>& list;
        std::list<Waiter*>::iterator place;
        Timer timer;
        bool woken = false;
    };
    void release();
    void begin_resolving();
    Task<Result<Endpoints>> endpoints(Deadline deadline);

    Executor executor_;
    HttpOrigin origin_;
    HttpClientLimits limits_;
    std::size_t active_ = 0;
    std::vector<std::unique_ptr<Connection>> idle_;  // the most recently used last
    std::list<Waiter*> waiting_, waiting_for_name_;
    Resolver resolver_;
    Endpoints endpoints_;
    SteadyTime resolve_again_ = SteadyTime::max();
    bool resolving_ = false;
};

}  // namespace headgate::net
