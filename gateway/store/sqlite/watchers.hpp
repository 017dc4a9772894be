// Watchers: who wants to hear of changed queues and collections.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "gateway/store/store.hpp"

namespace headgate::store {

// Thread-safe; shared by the store and its Watch objects, whichever ends last.
class Watchers : public std::enable_shared_from_this<Watchers> {
  public:
    std::unique_ptr<Watch> add(std::string name, std::function<void()> changed);
    // Runs the callbacks of every queue and collection that the commit touched, once each.
    void tell(const Commit& commit);

  private:
    struct Entry {
        std::string name;
        std::function<void()> changed;
    };
    class Ticket;
    std::mutex mutex_;  // held while callbacks run: that is what makes ending a watch final
    std::map<std::uint64_t, Entry> entries_;
    std::uint64_t next_ = 0;
};

}  // namespace headgate::store
