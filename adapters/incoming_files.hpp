// IncomingFiles: the port by which files that a system gives are seen, read and put away, and answered.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace headgate {

// What a look has seen of one file. The same file that grows differs from look to look.
struct IncomingFile {
    std::string name;
    std::uint64_t size = 0;
    std::int64_t changed_ns = 0;  // wall time of the last change, since 1970
    std::uint64_t id = 0;         // of the file, whatever its name
    bool operator==(const IncomingFile&) const = default;
};

// Files that are wanted, by name; `left_out` of them had no room. `unwanted` lie there beside them.
struct IncomingLook {
    std::vector<IncomingFile> files;
    std::size_t left_out = 0, unwanted = 0;
};

// Used by one thread at a time; blocks. Errors: system_unavailable (no folder, no space), conflict (the file has
// changed or is gone).
class IncomingFiles {
  public:
    enum class Place : std::uint8_t { read, bad };  // where files lie that were dealt with

    virtual ~IncomingFiles() = default;
    // Plain files whose names are none of a draft's (a dot in front) and can't lead elsewhere; the first `at_most` of
    // those that are wanted.
    virtual Result<IncomingLook> look(std::size_t at_most, const std::function<bool(const std::string&)>& wanted) = 0;
    // The bytes, if the file is still as it was seen; no more than its size.
    virtual Result<std::string> read(const IncomingFile& file) = 0;
    // The whole file, out of the way: under its name, or with `otherwise` behind it where another file has that name.
    // Where it lies then. `reason` lies beside it, as NAME.reason; empty: none.
    virtual Result<std::string> put_away(const std::string& name, Place place, const std::string& otherwise,
                                         const std::string& reason) = 0;
    // A bad file back to where it came from, under its name; `lies` as put_away has told it. conflict: another file has
    // its name, or it is gone.
    virtual Result<Done> bring_back(const std::string& lies, const std::string& name) = 0;
    // Drops a file for the system; the same name with the same bytes again is success.
    virtual Result<Done> answer(const std::string& name, const std::string& bytes) = 0;
};

}  // namespace headgate
