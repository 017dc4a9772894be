// Readers: the connections that only read; a caller borrows one for the length of a read.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "gateway/store/sqlite/connection.hpp"
#include "gateway/store/store.hpp"

namespace headgate::store {

// A connection and its statements, prepared once each; used by one thread at a time.
class ReadConnection {
  public:
    static Result<std::unique_ptr<ReadConnection>> open(const std::string& file);
    // The statement for this text, ready to be bound.
    Result<Statement*> statement(const std::string& sql);
    Error error(std::string_view doing) const { return connection_->error(doing); }

  private:
    explicit ReadConnection(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
    std::unique_ptr<Connection> connection_;
    std::map<std::string, Statement> statements_;  // ends before the connection
};

// Thread-safe. A read waits while all connections are lent.
class Readers {
  public:
    static Result<std::unique_ptr<Readers>> open(const std::string& file, std::size_t count);

    // Binds, then turns each row into a value.
    template <class T>
    Result<std::vector<T>> rows(const std::string& sql, const std::function<void(Statement&)>& bind,
                                const std::function<T(const Statement&)>& read) {
        std::vector<T> all;
        auto each = [&](const Statement& row) { all.push_back(read(row)); };
        if (auto done = run(sql, bind, each); !done) return done.error();
        return all;
    }

  private:
    Result<void> run(const std::string& sql, const std::function<void(Statement&)>& bind,
                     const std::function<void(const Statement&)>& each);
    std::unique_ptr<ReadConnection> borrow();
    void give_back(std::unique_ptr<ReadConnection> connection);

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<ReadConnection>> free_;
};

}  // namespace headgate::store
