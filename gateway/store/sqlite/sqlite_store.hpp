// The embedded store: SQLite in one file, owned by one process.
#pragma once

#include <chrono>

#include "gateway/store/store.hpp"

namespace headgate::store {

struct SqliteOptions {
    std::string file;
    std::size_t queue = 4096;             // writes that may wait; beyond: overloaded
    std::size_t batch = 256;              // commits that share one transaction and one fsync
    std::chrono::microseconds gather{0};  // waits for company; pays where an fsync takes milliseconds
    std::size_t readers = 2;              // connections that read
    std::size_t log_bytes = 32 << 20;     // the write-ahead log is grown to this at opening
    int checkpoint_pages = 7000;          // of 4 KiB in the log; rare, for what is queued waits meanwhile
    bool synchronous = true;              // false only where a test must lose
};

// Creates the file (its folder must exist) or opens it. Fails with `configuration` when another process owns it, when
// it isn't ours or is of a newer version; with system_unavailable when it can't be read or written. SQLite up to 3.51.2
// may corrupt a log that two connections write or checkpoint: here only one ever does.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options);

}  // namespace headgate::store
