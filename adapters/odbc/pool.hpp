// ConnectionPool: the connections of one system; as many as threads call, opened when needed, closed when broken.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/odbc/connection.hpp"

namespace headgate::odbc {

// Thread-safe. Bounded by its callers: each thread of the blocking pool holds at most one.
class ConnectionPool {
  public:
    ConnectionPool(std::string connection_string, unsigned login_seconds)
        : connection_string_(std::move(connection_string)), login_seconds_(login_seconds) {}

    // A connection for the length of one call; goes back to the pool unless it is given up.
    class Lease {
      public:
        Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_ && connection_->usable()) pool_->give(std::move(connection_));
        }
        Connection* operator->() { return connection_.get(); }
        Connection& operator*() { return *connection_; }
        void drop() { connection_.reset(); }

      private:
        ConnectionPool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    Result<Lease> take() {
        {
            std::lock_guard lock(mutex_);
            if (!free_.empty()) {
                auto connection = std::move(free_.back());
                free_.pop_back();
                return Lease(*this, std::move(connection));
            }
        }
        auto opened = Connection::open(connection_string_, login_seconds_);
        if (!opened) return opened.error();
        return Lease(*this, std::move(*opened));
    }
    // After a loss the others are likely gone as well.
    void forget_all() {
        std::vector<std::unique_ptr<Connection>> closing;
        std::lock_guard lock(mutex_);
        closing.swap(free_);
    }

  private:
    void give(std::unique_ptr<Connection> connection) {
        std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }

    const std::string connection_string_;
    const unsigned login_seconds_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace headgate::odbc
