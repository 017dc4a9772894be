#include "adapters/files/drop.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "adapters/files/descriptor.hpp"

namespace headgate {
namespace {

Error unavailable(const std::string& what) {
    return Error{ErrorKind::system_unavailable, "the system's folder can't be written",
                 what + ": " + std::strerror(errno)};
}

// Are the file's bytes these? Reads no more than one byte beyond them.
bool same_bytes(int fd, const std::string& bytes) {
    std::string there(bytes.size() + 1, '\0');
    std::size_t size = 0;
    while (size < there.size()) {
        ssize_t got = ::read(fd, there.data() + size, there.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    return size == bytes.size() && there.compare(0, size, bytes) == 0;
}

}  // namespace

Result<Done> writable_folder(const std::string& folder) {
    Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.good() || ::faccessat(directory.get(), ".", W_OK | X_OK, 0) != 0) return unavailable(folder);
    return Done{};
}

Result<Done> drop_file(const std::string& folder, const std::string& name, const std::string& bytes) {
    Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.good()) return unavailable(folder);
    Descriptor there(::openat(directory.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (there.good() || errno == ELOOP) {
        if (there.good() && same_bytes(there.get(), bytes)) return Done{};
        return Error{ErrorKind::system_fault, "the system holds another file of this name", folder + "/" + name};
    }
    if (errno != ENOENT) return unavailable(folder + "/" + name);
    std::string temporary = ".tmp-" + name;
    Descriptor file(
        ::openat(directory.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file.good()) return unavailable(folder + "/" + temporary);
    if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0 ||
        ::renameat(directory.get(), temporary.c_str(), directory.get(), name.c_str()) != 0) {
        Error error = unavailable(folder + "/" + temporary);
        ::unlinkat(directory.get(), temporary.c_str(), 0);
        return error;
    }
    // Without this the name may be lost in a power cut; the file is seen by its reader already, so the end is unknown.
    if (::fsync(directory.get()) != 0)
        return Error{ErrorKind::outcome_unknown, "the system may or may not have it",
                     folder + ": " + std::strerror(errno)};
    return Done{};
}

}  // namespace headgate
