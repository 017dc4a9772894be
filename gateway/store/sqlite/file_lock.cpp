// flock and fsync of a folder.
#include "gateway/store/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace headgate::store {

namespace {
Error system_error(const std::string& what, int code) {
    return Error{ErrorKind::configuration, what + ": " + std::strerror(code), {}, "store"};
}
}  // namespace

Result<FileLock> FileLock::take(const std::string& file) {
    const std::string name = file + ".lock";
    int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error("the lock file " + name + " can't be opened", errno);
    FileLock lock;
    lock.descriptor_ = descriptor;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_error("the lock file " + name + " can't be locked", errno);
        char text[32] = {};
        ssize_t length = ::pread(descriptor, text, sizeof text - 1, 0);
        std::string holder(text, length > 0 ? static_cast<std::size_t>(length) : 0);
        holder.erase(holder.find_last_not_of(" \n") + 1);
        if (holder.empty()) holder = "unknown";
        return Error{ErrorKind::configuration,
                     "the state file " + file + " is in use by process " + holder + "; one process owns a state file",
                     {},
                     "store"};
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0)
        return system_error("the lock file " + name + " can't be written", errno);
    return lock;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> sync_folder_of(const std::string& file) {
    std::string folder = std::filesystem::path(file).parent_path().string();
    if (folder.empty()) folder = ".";
    int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_error("the folder " + folder + " can't be opened", errno);
    int rc = ::fsync(descriptor);
    int code = errno;
    ::close(descriptor);
    if (rc != 0) return system_error("the folder " + folder + " can't be synced", code);
    return Done{};
}

}  // namespace headgate::store
