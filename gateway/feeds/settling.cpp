#include "gateway/feeds/settling.hpp"

namespace headgate::feeds {

void Settling::seen(const std::vector<IncomingFile>& files, SteadyTime now) {
    std::map<std::string, Since> next;
    for (const auto& file : files) {
        auto before = known_.find(file.name);
        bool same = before != known_.end() && before->second.file == file;
        next[file.name] = {file, same ? before->second.since : now};
    }
    known_ = std::move(next);
}

bool Settling::settled(const IncomingFile& file, SteadyTime now, milliseconds span) const {
    auto found = known_.find(file.name);
    return found != known_.end() && found->second.file == file && now - found->second.since >= span;
}

}  // namespace headgate::feeds
