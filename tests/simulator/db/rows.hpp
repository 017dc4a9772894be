// Rows as text, whatever database they come from.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace simulator {

using Row = std::vector<std::optional<std::string>>;  // no value: NULL; without the blanks that pad a text

// A connection that can be asked. One thread at a time.
class RowSource {
  public:
    virtual ~RowSource() = default;
    virtual std::vector<Row> rows(const std::string& sql) = 0;  // throws DatabaseError
    // What is asked between begin and end is of one moment, as far as the database's isolation goes.
    virtual void begin() = 0;
    virtual void end() = 0;
};

}  // namespace simulator
