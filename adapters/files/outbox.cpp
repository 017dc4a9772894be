#include "adapters/files/outbox.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <memory>

#include "adapters/files/descriptor.hpp"
#include "adapters/files/drop.hpp"
#include "mappings/plan/file_drop.hpp"

namespace headgate {
namespace {

Error trouble(const std::string& what, ErrorKind kind = ErrorKind::system_unavailable) {
    return Error{kind, "the system's folder can't be read", what + ": " + std::strerror(errno)};
}

IncomingFile seen(const std::string& name, const struct stat& about) {
    return {name, static_cast<std::uint64_t>(about.st_size),
            about.st_mtim.tv_sec * std::int64_t(1'000'000'000) + about.st_mtim.tv_nsec, about.st_ino};
}

const char* name_of(IncomingFiles::Place place) { return place == IncomingFiles::Place::read ? "read" : "bad"; }

bool there(const std::string& path) {
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0;
}

// The rename is durable once its folders are.
Result<Done> move_file(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        return trouble(from, errno == ENOENT ? ErrorKind::conflict : ErrorKind::system_unavailable);
    for (const auto& path : {to, from}) {
        Descriptor folder(::open(path.substr(0, path.rfind('/')).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder.good() || ::fsync(folder.get()) != 0) return trouble(path);
    }
    return Done{};
}

}  // namespace

// However many names there are, no more than `at_most` are held.
Result<IncomingLook> Outbox::look(std::size_t at_most, const std::function<bool(const std::string&)>& wanted) {
    std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(folder_.c_str()), ::closedir);
    if (!folder) return trouble(folder_);
    IncomingLook out;
    std::map<std::string, IncomingFile> first;
    errno = 0;
    while (const dirent* entry = ::readdir(folder.get())) {
        std::string name = entry->d_name;
        struct stat about {};
        if (!safe_file_name(name) || ::fstatat(::dirfd(folder.get()), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(about.st_mode))
            continue;
        if (!wanted(name)) {
            ++out.unwanted;
            continue;
        }
        first.emplace(name, seen(name, about));
        if (first.size() <= at_most) continue;
        first.erase(std::prev(first.end()));
        ++out.left_out;
    }
    for (auto& [name, file] : first) out.files.push_back(std::move(file));
    return out;
}

Result<std::string> Outbox::read(const IncomingFile& file) {
    const std::string path = folder_ + "/" + file.name;
    Descriptor open(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!open.good()) return trouble(path, errno == ENOENT ? ErrorKind::conflict : ErrorKind::system_unavailable);
    std::string bytes(file.size, '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        ssize_t got = ::read(open.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trouble(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    struct stat about {};
    if (::fstat(open.get(), &about) != 0) return trouble(path);
    if (size != bytes.size() || seen(file.name, about) != file)
        return Error{ErrorKind::conflict, "the file has changed while it was read", path};
    return bytes;
}

Result<std::string> Outbox::put_away(const std::string& name, Place place, const std::string& otherwise,
                                     const std::string& reason) {
    const std::string folder = folder_ + "/" + name_of(place);
    if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return trouble(folder);
    const std::string put = there(folder + "/" + name) ? name + "." + otherwise : name;
    // Beside the file before it is there: nobody finds a bad file without its reason.
    if (!reason.empty()) {
        const std::string note = folder + "/" + put + ".reason";
        Descriptor out(::open(note.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
        if (!out.good() || !write_all(out.get(), reason + "\n") || ::fsync(out.get()) != 0) return trouble(note);
    }
    if (auto moved = move_file(folder_ + "/" + name, folder + "/" + put); !moved) return moved.error();
    return put;
}

Result<Done> Outbox::bring_back(const std::string& lies, const std::string& name) {
    if (!safe_file_name(lies) || !safe_file_name(name))
        return Error{ErrorKind::conflict, "there is no such bad file", lies};
    const std::string from = folder_ + "/bad/" + lies, to = folder_ + "/" + name;
    if (there(to)) return Error{ErrorKind::conflict, "another file of this name has come meanwhile", to};
    auto moved = move_file(from, to);
    if (moved) ::unlink((from + ".reason").c_str());
    return moved;
}

Result<Done> Outbox::answer(const std::string& name, const std::string& bytes) {
    return drop_file(inbox_, name, bytes);
}

}  // namespace headgate
