#include "shadow/mirror/pair.hpp"

namespace headgate::mirrored {

bool Pair::answer(std::optional<ShadowAnswer> Pair::*side, ShadowAnswer given) {
    std::lock_guard lock(mutex);
    if (this->*side) return false;
    if (!settled && hub->take_bytes(given.body.size())) {
        bytes += given.body.size();
        this->*side = std::move(given);
        return serving && shadow;
    }
    settle(&Tally::dropped_bytes);
    return true;
}

std::shared_ptr<Pair> make_pair_on(std::shared_ptr<Hub> hub, std::shared_ptr<Account> account, MirrorRequest request,
                                   SteadyTime now, std::size_t size) {
    auto delete_on_asking_thread = [](Pair* pair) {
        std::unique_ptr<Pair> owned(pair);
        if (owned->hub->on_asking_thread()) return;
        auto hub_kept = owned->hub;
        hub_kept->post([carried = std::move(owned)]() mutable { carried.reset(); });
    };
    return {new Pair(std::move(hub), std::move(account), std::move(request), now, size), delete_on_asking_thread};
}

}  // namespace headgate::mirrored
