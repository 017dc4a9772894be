// FileWatch: waits until files change (inotify), or until the process is told to end.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace headgate::cli {

// Used on one thread. While it lives SIGINT and SIGTERM end wait() and nothing else.
class FileWatch {
  public:
    FileWatch();
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    // Files by name, and folders of which every document and schema counts. Replaces what was watched before; what has
    // changed since then is told all the same. A file is watched by its folder: editors replace files.
    void watch(const std::vector<std::string>& files, const std::vector<std::string>& folders);
    // Blocks. What has changed, as it was named or as a path in a folder that was; empty: told to end.
    std::vector<std::string> wait();

  private:
    struct Folder {
        std::string path;
        bool all = false;                          // every document counts
        std::map<std::string, std::string> names;  // of files: as they were named
    };
    bool told(const Folder& folder, const std::string& name, std::vector<std::string>& changed) const;
    bool read_events(std::vector<std::string>& changed);

    int inotify_ = -1, signals_ = -1;
    std::map<int, Folder> folders_;  // by inotify's descriptor
};

}  // namespace headgate::cli
