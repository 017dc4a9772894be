// Settling: when a file may be taken. Partners write under the final name, in pieces: a file is whole when nothing of
// it has changed for a while. Decides, without I/O.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/incoming_files.hpp"
#include "base/clock.hpp"

namespace headgate::feeds {

// Used by one thread.
class Settling {
  public:
    // Takes a look's files in; what is no longer there is forgotten.
    void seen(const std::vector<IncomingFile>& files, SteadyTime now);
    // Whether the file has been the same in every look for so long.
    bool settled(const IncomingFile& file, SteadyTime now, milliseconds span) const;

  private:
    struct Since {
        IncomingFile file;
        SteadyTime since;
    };
    std::map<std::string, Since> known_;
};

}  // namespace headgate::feeds
