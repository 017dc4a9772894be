// FindingBook: groups the differences of all pairs into findings, in bounded memory.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "shadow/compare/difference.hpp"
#include "shadow/findings/finding.hpp"

namespace headgate {

struct FindingLimits {
    std::size_t findings = 200;  // of one operation; what comes after counts as one finding of kind `other`
    std::size_t examples = 5;    // of one finding, beside the first and the last
};

// Thread-safe: used by comparing threads and by reports, never by a worker. The clock must outlive it.
class FindingBook {
  public:
    explicit FindingBook(const Clock& clock = system_clock(), FindingLimits limits = {});

    // One compared pair, different or not.
    void compared(std::string_view operation, const Comparison& comparison, std::string_view trace_id);
    // A pair in which `side` ("legacy" or "candidate") gave no usable answer; `failure` is a stable word.
    void failed(std::string_view operation, std::string_view side, std::string_view failure, std::string_view trace_id);

    // Fills in everything but the tally and the latencies, which the mirror knows.
    OperationEvidence evidence(std::string_view operation) const;
    std::vector<std::string> operations() const;
    // Goes on from what was stored; replaces what is known of that operation.
    void restore(const OperationEvidence& evidence);

  private:
    struct Entry {
        Finding finding;
        std::uint64_t last_pair = 0;  // so that a pair counts once, however many differences it has
    };
    struct Page {
        std::uint64_t pairs = 0, differing = 0, ignored = 0;
        std::unordered_map<std::string, Entry> entries;  // by id
    };
    Page& page(std::string_view operation);
    void add(Page& page, std::string_view operation, const Difference& difference, std::string_view trace_id,
             std::uint64_t times = 1);

    const Clock& clock_;
    const FindingLimits limits_;
    mutable std::mutex mutex_;
    std::map<std::string, Page, std::less<>> pages_;
};

}  // namespace headgate
