// Telling watchers.
#include "gateway/store/sqlite/watchers.hpp"

namespace headgate::store {

class Watchers::Ticket final : public Watch {
  public:
    Ticket(std::shared_ptr<Watchers> all, std::uint64_t id) : all_(std::move(all)), id_(id) {}
    ~Ticket() override {
        std::lock_guard lock(all_->mutex_);
        all_->entries_.erase(id_);
    }

  private:
    std::shared_ptr<Watchers> all_;
    std::uint64_t id_;
};

std::unique_ptr<Watch> Watchers::add(std::string name, std::function<void()> changed) {
    std::lock_guard lock(mutex_);
    changed();
    const auto id = next_++;
    entries_.emplace(id, Entry{std::move(name), std::move(changed)});
    return std::make_unique<Ticket>(shared_from_this(), id);
}

void Watchers::tell(const Commit& commit) {
    std::lock_guard lock(mutex_);
    for (const auto& [id, entry] : entries_) {
        auto is_queue = [&](const Work& work) { return work.queue == entry.name; };
        auto is_put = [&](const Put& put) { return put.collection == entry.name; };
        auto is_erase = [&](const Erase& erase) { return erase.collection == entry.name; };
        // A change names its item, not the queue: whoever watches a queue is told once too often rather than not at
        // all.
        if (!commit.changes.empty() || std::any_of(commit.work.begin(), commit.work.end(), is_queue) ||
            std::any_of(commit.puts.begin(), commit.puts.end(), is_put) ||
            std::any_of(commit.erases.begin(), commit.erases.end(), is_erase))
            entry.changed();
    }
}

}  // namespace headgate::store
