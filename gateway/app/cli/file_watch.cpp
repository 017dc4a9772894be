#include "gateway/app/cli/file_watch.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <system_error>

namespace headgate::cli {
namespace {

// A save may be several events; they are taken as one when no more than this lies between them.
constexpr int together_ms = 10;

std::string normal(const std::string& folder) {
    return std::filesystem::path(folder.empty() ? "." : folder).lexically_normal().string();
}

// Not what editors keep beside a file while they save it.
bool is_document(const std::string& name) {
    if (name.starts_with('.')) return false;
    static const std::set<std::string> known = {".yaml", ".yml", ".json", ".wsdl", ".xsd", ".xml"};
    return known.contains(std::filesystem::path(name).extension().string());
}

int checked(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return descriptor;
}

}  // namespace

FileWatch::FileWatch() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    inotify_ = checked(inotify_init1(IN_CLOEXEC | IN_NONBLOCK), "inotify");
    signals_ = checked(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd");
}

FileWatch::~FileWatch() {
    close(inotify_);
    close(signals_);
}

void FileWatch::watch(const std::vector<std::string>& files, const std::vector<std::string>& folders) {
    std::map<int, Folder> wanted;
    // Its key in `wanted`, the same for the same folder; -1: it isn't there, and the run says so.
    auto add = [&](const std::string& folder) {
        auto path = normal(folder);
        int descriptor = inotify_add_watch(inotify_, path.c_str(),
                                           IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
        if (descriptor >= 0) wanted.try_emplace(descriptor).first->second.path = path;
        return descriptor;
    };
    for (const auto& folder : folders)
        if (int one = add(folder); one >= 0) wanted[one].all = true;
    for (const auto& file : files) {
        std::filesystem::path path(file);
        if (int one = add(path.parent_path().string()); one >= 0) wanted[one].names[path.filename().string()] = file;
    }
    for (const auto& [descriptor, folder] : folders_)
        if (!wanted.contains(descriptor)) inotify_rm_watch(inotify_, descriptor);
    folders_ = std::move(wanted);
}

bool FileWatch::told(const Folder& folder, const std::string& name, std::vector<std::string>& changed) const {
    auto named = folder.names.find(name);
    if (named == folder.names.end() && !(folder.all && is_document(name))) return false;
    auto path = named != folder.names.end() ? named->second : folder.path == "." ? name : folder.path + "/" + name;
    if (std::find(changed.begin(), changed.end(), path) == changed.end()) changed.push_back(std::move(path));
    return true;
}

bool FileWatch::read_events(std::vector<std::string>& changed) {
    alignas(inotify_event) char buffer[64 * 1024];
    bool any = false;
    for (;;) {
        auto size = read(inotify_, buffer, sizeof buffer);
        if (size <= 0) return any;
        for (char* at = buffer; at < buffer + size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(at);
            at += sizeof(inotify_event) + event->len;
            auto folder = folders_.find(event->wd);
            if (folder != folders_.end() && event->len > 0) any = told(folder->second, event->name, changed) || any;
        }
    }
}

std::vector<std::string> FileWatch::wait() {
    std::vector<std::string> changed;
    for (;;) {
        pollfd ready[] = {{inotify_, POLLIN, 0}, {signals_, POLLIN, 0}};
        int count = poll(ready, 2, changed.empty() ? -1 : together_ms);
        if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
        if (count > 0 && ready[1].revents) return {};
        if (count > 0 && read_events(changed)) continue;
        if (!changed.empty()) return changed;
    }
}

}  // namespace headgate::cli
