// Lending read connections.
#include "gateway/store/sqlite/readers.hpp"

#include <sqlite3.h>

#include "gateway/store/sqlite/schema.hpp"

namespace headgate::store {

Result<std::unique_ptr<ReadConnection>> ReadConnection::open(const std::string& file) {
    auto connection = Connection::open(file);
    if (!connection) return connection.error();
    if (auto prepared = prepare_reader(**connection); !prepared) return prepared.error();
    return std::unique_ptr<ReadConnection>(new ReadConnection(std::move(*connection)));
}

Result<Statement*> ReadConnection::statement(const std::string& sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        auto prepared = connection_->prepare(sql.c_str());
        if (!prepared) return prepared.error();
        found = statements_.emplace(sql, std::move(*prepared)).first;
    }
    return &found->second.begin();
}

Result<std::unique_ptr<Readers>> Readers::open(const std::string& file, std::size_t count) {
    auto readers = std::make_unique<Readers>();
    for (std::size_t i = 0; i < count; ++i) {
        auto connection = ReadConnection::open(file);
        if (!connection) return connection.error();
        readers->free_.push_back(std::move(*connection));
    }
    return readers;
}

std::unique_ptr<ReadConnection> Readers::borrow() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
}

void Readers::give_back(std::unique_ptr<ReadConnection> connection) {
    {
        std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

Result<void> Readers::run(const std::string& sql, const std::function<void(Statement&)>& bind,
                          const std::function<void(const Statement&)>& each) {
    auto connection = borrow();
    Result<void> result = Done{};
    if (auto statement = connection->statement(sql); !statement) {
        result = statement.error();
    } else {
        bind(**statement);
        int rc;
        while ((rc = (*statement)->step()) == SQLITE_ROW) each(**statement);
        if (rc != SQLITE_DONE) result = connection->error("reading");
    }
    give_back(std::move(connection));
    return result;
}

}  // namespace headgate::store
