// A database behind unixODBC, as far as filling and judging it needs one: whole statements, no parameters.
#pragma once

#include <string>

#include "tests/simulator/db/database.hpp"

namespace simulator {

// One thread at a time; each statement is committed by itself, but between begin and end.
class OdbcConnection : public RowSource {
  public:
    explicit OdbcConnection(const std::string& connection);  // "Driver=...;..."; throws DatabaseError
    ~OdbcConnection() override;
    OdbcConnection(const OdbcConnection&) = delete;
    OdbcConnection& operator=(const OdbcConnection&) = delete;
    void run(const std::string& sql);  // throws DatabaseError
    bool works(const std::string& sql);
    std::vector<Row> rows(const std::string& sql) override;
    void begin() override;
    void end() override;

  private:
    std::string execute(const std::string& sql);  // what is wrong, or nothing
    void* environment_ = nullptr;
    void* connection_ = nullptr;
};

}  // namespace simulator
