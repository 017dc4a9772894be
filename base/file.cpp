#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace headgate {
namespace {

struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

Error failure(std::string message) { return {ErrorKind::configuration, std::move(message)}; }
Error system_failure() { return failure("can't be read: " + std::generic_category().message(errno)); }

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t most_bytes) {
    // Non-blocking: opening a pipe would wait for somebody who writes.
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    struct stat status {};
    if (file.number < 0 || ::fstat(file.number, &status) != 0) return system_failure();
    if (S_ISDIR(status.st_mode)) return failure("is a directory, not a file");
    if (!S_ISREG(status.st_mode)) return failure("is a pipe or a device, not a file");
    // Its size is looked at as it is read: some files of the system say 0, others grow.
    constexpr std::size_t step = 64 * 1024, mebibyte = 1024 * 1024;
    std::string text;
    for (;;) {
        std::size_t before = text.size();
        text.resize(before + step);
        ssize_t read = ::read(file.number, text.data() + before, step);
        if (read < 0 && errno != EINTR) return system_failure();
        text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
        if (text.size() > most_bytes)
            return failure("is larger than " + (most_bytes < mebibyte
                                                    ? std::to_string(most_bytes) + " bytes"
                                                    : std::to_string(most_bytes / mebibyte) + " MiB"));
        if (read == 0) return text;
    }
}

}  // namespace headgate
