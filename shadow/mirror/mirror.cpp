#include "shadow/mirror/mirror.hpp"

#include "shadow/mirror/asker.hpp"
#include "shadow/mirror/comparer.hpp"
#include "shadow/mirror/pair.hpp"

namespace headgate {

using namespace mirrored;

struct Mirror::State {
    State(const MirrorLimits& limits, FindingBook& b, const Clock& c)
        : clock(c),
          book(b),
          hub(std::make_shared<Hub>()),
          comparer(limits, b),
          asker(with(hub, limits), b, comparer, c) {}
    static std::shared_ptr<Hub> with(std::shared_ptr<Hub> hub, const MirrorLimits& limits) {
        hub->limits = limits;
        return hub;
    }

    const Clock& clock;
    FindingBook& book;
    std::shared_ptr<Hub> hub;
    bool ended = false;  // by shut_down, which the owner calls
    Comparer comparer;   // ends after the thread that feeds it
    Asker asker;
};

namespace {

// What a pair costs beside its texts: its own size, its coroutine, its places in queues.
constexpr std::size_t pair_overhead_bytes = 1024;

// Used by one worker's thread. Holds the pair, not the mirror; the asker is reached through the hub's gate, which is
// closed before the asker ends.
class Ticket final : public MirrorTicket {
  public:
    Ticket(std::shared_ptr<Pair> pair, Asker& asker) : pair_(std::move(pair)), asker_(asker) {}
    ~Ticket() override {
        if (!pair_) return;
        ShadowAnswer none;
        none.failed = true;
        none.failure = "abandoned";
        served(std::move(none));
    }

    void served(ShadowAnswer answer) noexcept override {
        auto pair = std::move(pair_);
        if (!pair || !pair->answer(&Pair::serving, std::move(answer))) return;
        auto hub = pair->hub;
        auto kept = pair;
        if (!hub->post([pair = std::move(pair), &asker = asker_] { asker.finish(pair); }))
            kept->settle(&Tally::dropped_stopped);
    }

  private:
    std::shared_ptr<Pair> pair_;
    Asker& asker_;
};

}  // namespace

Mirror::Mirror(const MirrorLimits& limits, FindingBook& book, const Clock& clock)
    : state_(std::make_unique<State>(limits, book, clock)) {}

Mirror::~Mirror() { shut_down(); }

std::unique_ptr<MirrorTicket> Mirror::begin(MirrorRequest request) noexcept {
    Hub& hub = *state_->hub;
    std::shared_ptr<Account> account;
    bool waits = false, admitted = false;
    std::size_t held = 0;
    try {
        account = hub.ledger.account(request.operation->name);
        if (hub.stopped) return account->turn_away(&Tally::dropped_stopped), nullptr;
        if (!hub.take_place()) return account->turn_away(&Tally::dropped_queue_full), nullptr;
        waits = true;
        std::size_t size = request.message.size() + pair_overhead_bytes;
        if (!hub.take_bytes(size)) {
            hub.waiting.fetch_sub(1);
            return account->turn_away(&Tally::dropped_bytes), nullptr;
        }
        held = size;
        auto pair = make_pair_on(state_->hub, account, std::move(request), state_->clock.steady_now(), size);
        held = 0;  // the pair's from here on
        auto ticket = std::make_unique<Ticket>(pair, state_->asker);
        account->admit();
        admitted = true;
        if (!hub.post([pair, &asker = state_->asker] { asker.enter(pair); })) {
            hub.waiting.fetch_sub(1);
            pair->settle(&Tally::dropped_stopped);
        }
        return ticket;
    } catch (const std::exception&) {  // no memory for a copy: a drop like any other
        if (held > 0) hub.bytes.fetch_sub(held);
        if (waits && !admitted) hub.waiting.fetch_sub(1);
        if (account && !admitted) account->turn_away(&Tally::dropped_bytes);
        return nullptr;
    }
}

void Mirror::sampled_out(std::string_view operation) noexcept {
    try {
        state_->hub->ledger.account(operation)->turn_away(&Tally::sampled_out);
    } catch (const std::exception&) {  // no memory for a new account: neither eligible nor sampled out was counted
    }
}

void Mirror::stop() noexcept {
    state_->hub->stopped = true;
    state_->asker.drop_all();
}

void Mirror::resume() noexcept { state_->hub->stopped = false; }
bool Mirror::stopped() const { return state_->hub->stopped; }
asio::io_context& Mirror::io_context() { return state_->asker.io_context(); }

Tally Mirror::tally(std::string_view operation) const {
    auto account = state_->hub->ledger.find(operation);
    return account ? account->snapshot().tally : Tally{};
}

OperationEvidence Mirror::evidence(std::string_view operation) const {
    OperationEvidence evidence = state_->book.evidence(operation);
    if (auto account = state_->hub->ledger.find(operation)) {
        auto counts = account->snapshot();
        evidence.tally = counts.tally;
        evidence.legacy = counts.legacy;
        evidence.candidate = counts.candidate;
        evidence.skew = counts.skew;
    }
    return evidence;
}

std::vector<OperationEvidence> Mirror::evidence() const {
    std::vector<OperationEvidence> all;
    for (const auto& operation : state_->hub->ledger.operations()) all.push_back(evidence(operation));
    return all;
}

void Mirror::restore(const OperationEvidence& evidence) {
    state_->hub->ledger.account(evidence.operation)
        ->restore({evidence.tally, evidence.legacy, evidence.candidate, evidence.skew});
    state_->book.restore(evidence);
}

void Mirror::shut_down(milliseconds grace) {
    state_->hub->stopped = true;
    if (std::exchange(state_->ended, true)) return;
    state_->asker.drain(grace);
    state_->comparer.join();
    state_->asker.end();
}

}  // namespace headgate
