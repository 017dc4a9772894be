// MemoryFindingsStore: keeps evidence as the text that a real store would hold; fails on demand.
#pragma once

#include <map>
#include <mutex>

#include "shadow/findings/findings_store.hpp"

namespace headgate {

// Thread-safe.
class MemoryFindingsStore final : public FindingsStore {
  public:
    Result<void> save(const OperationEvidence& evidence) override {
        std::lock_guard lock(mutex_);
        if (failing_) return Error{ErrorKind::system_unavailable, "the store is down"};
        kept_[evidence.operation] = write_evidence(evidence);
        return {};
    }
    Result<std::vector<OperationEvidence>> load() override {
        std::lock_guard lock(mutex_);
        if (failing_) return Error{ErrorKind::system_unavailable, "the store is down"};
        std::vector<OperationEvidence> all;
        for (const auto& [operation, text] : kept_) {
            auto evidence = read_evidence(text);
            if (!evidence) return evidence.error();
            all.push_back(std::move(*evidence));
        }
        return all;
    }
    void fail(bool failing) {
        std::lock_guard lock(mutex_);
        failing_ = failing;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::string> kept_;
    bool failing_ = false;
};

}  // namespace headgate
