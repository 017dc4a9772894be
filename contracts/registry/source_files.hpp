// SourceFiles: the contract files of a load: those of the folders, and those that references lead to; on disk alone.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"

namespace headgate {

// A file's name as a URI: what would end a path is escaped.
std::string uri_of_file(const std::string& path);

// One load's; not thread-safe. A file is known by its absolute path, written as a URI, so that references resolve the
// same way wherever they stand. Bounded in number and bytes of what references bring.
class SourceFiles {
  public:
    struct File {
        std::string uri;
        std::shared_ptr<const SourceFile> source;
        bool fetched = false;  // a reference led here; else it lies in a folder of contracts
    };

    explicit SourceFiles(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    // Every *.yaml, *.yml and *.json of the folder, in capitals or not.
    void add_folder(const std::string& folder);
    // What a reference leads to; nullptr when there is no such file. A fault of the file itself is reported once.
    std::shared_ptr<const SourceFile> fetch(const std::string& uri);
    const std::vector<File>& all() const { return files_; }

  private:
    std::string shown(const std::string& path) const;  // in messages: as the folders were named, from here or in full
    std::shared_ptr<const SourceFile> read(const std::string& path, const std::string& uri, bool fetched);

    Diagnostics& diagnostics_;
    std::vector<File> files_;
    std::map<std::string, std::shared_ptr<const SourceFile>> by_uri_;  // nullptr: tried in vain
    bool relative_ = false;
    std::size_t fetched_files_ = 0, fetched_bytes_ = 0;
};

}  // namespace headgate
