// The state file's tables, their version, and how each connection is set.
#pragma once

#include "gateway/store/sqlite/connection.hpp"

namespace headgate::store {

inline constexpr int schema_version = 1;

// The one connection that writes and checkpoints: WAL, FULL, tables made or checked; refuses a file that is not ours or
// was written by a newer version.
Result<void> prepare_writer(Connection& connection, bool synchronous);
// A connection that reads: never writes, never checkpoints, not even when it is the last to close.
Result<void> prepare_reader(Connection& connection);
// Grows the write-ahead log with zeros, which no reader takes for frames: a commit then overwrites blocks instead of
// allocating them. Call before any other connection is open.
Result<void> grow_log(const std::string& file, std::size_t bytes);

}  // namespace headgate::store
