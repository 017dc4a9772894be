// A database behind unixODBC, as far as filling it needs one: whole statements, no parameters, no rows.
#pragma once

#include <string>

#include "tests/simulator/db/database.hpp"

namespace simulator {

// One thread at a time; each statement is committed by itself.
class OdbcConnection {
  public:
    explicit OdbcConnection(const std::string& connection);  // "Driver=...;..."; throws DatabaseError
    ~OdbcConnection();
    OdbcConnection(const OdbcConnection&) = delete;
    OdbcConnection& operator=(const OdbcConnection&) = delete;
    void run(const std::string& sql);  // throws DatabaseError
    bool works(const std::string& sql);

  private:
    std::string execute(const std::string& sql);  // what is wrong, or nothing
    void* environment_ = nullptr;
    void* connection_ = nullptr;
};

}  // namespace simulator
