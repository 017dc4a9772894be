// FileLock: one process owns a state file; a second one is told who.
#pragma once

#include <string>

#include "base/result.hpp"

namespace headgate::store {

// Holds flock on `<file>.lock`, in which the owner's process id stands. The system frees it when the process ends,
// however it ends. A network file system that doesn't carry flock to the server is no place for a state file.
class FileLock {
  public:
    FileLock() = default;
    static Result<FileLock> take(const std::string& file);
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FileLock();

  private:
    int descriptor_ = -1;
};

// Makes new names in the folder of `file` survive a power cut.
Result<void> sync_folder_of(const std::string& file);

}  // namespace headgate::store
