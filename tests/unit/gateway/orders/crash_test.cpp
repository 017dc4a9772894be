// kill -9 of a process that captures, sweeps and relays: what was acknowledged is neither lost nor doubled nor
// oversold, and in the end the stock system holds a reservation for exactly the orders that exist.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "gateway/orders/orders_view.hpp"
#include "gateway/orders/sweeper.hpp"
#include "tests/support/io_thread.hpp"
#include "tests/unit/gateway/orders/durable_retailer.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {
namespace {

constexpr int scarce = 60, plenty = 1'000'000;

// One process's life: a store, a relay, a sweeper that is far too eager, so that it races living captures.
struct Life {
    explicit Life(const TempFolder& folder)
        : retailer(folder.file("retailer.db")),
          state(store::open_sqlite_store(store::small_store(folder.file("state.db"))).value()),
          script(std::make_shared<FakeScript>()),
          target(script) {
        script->decide([this](const FakeSystemCall& call) { return retailer.answer(call); });
    }
    store::AsyncStore async() { return {*state, readers}; }
    StepResolver resolver() {
        return [this](const StepName& step) -> Result<StepTarget> {
            return StepTarget{&target, step.call == "release" ? &release : &shop};
        };
    }
    SweeperSettings eager() const {
        SweeperSettings settings;
        settings.every = milliseconds(5);
        settings.grace = milliseconds(0);
        return settings;
    }
    Result<CapturedOrder> order(asio::io_context& io, const std::string& key, const std::string& sku) {
        static const Operation operation = create_order();
        FakeSystem stock(script);
        Arena arena;
        Builder builder(arena);
        auto message = read_json(new_order(1, sku), builder, {}, false);
        const CaptureRequest request{operation, "storefront", key, *message};
        const CaptureRoute to{stock, &reserve, milliseconds(10'000), {"stock", "release"}, steps, milliseconds(15)};
        const CallContext context;
        const Capture capture(async(), system_clock());
        return await(io, capture.capture(request, to, context));
    }

    DurableRetailer retailer;
    BlockingPool readers{2, 1'000};
    std::unique_ptr<store::Store> state;
    std::shared_ptr<FakeScript> script;
    FakeSystem target;
    NamedPlan reserve{"stock", "reserve"}, release{"stock", "release"}, shop{"shop", "orderCreate"};
    std::vector<StepName> steps{{"shop", "orderCreate"}};
};

[[noreturn]] void trade_until_killed(const TempFolder& folder, int pipe, int run) {
    Life life(folder);
    IoThread background;
    Sweeper sweeper(background.context().get_executor(), life.async(), system_clock(), life.resolver(), life.eager());
    Relay relay(background.context().get_executor(), life.async(), system_clock(), life.resolver());
    background.call([&] { sweeper.start(), relay.start(); });
    std::vector<std::thread> buyers;
    for (int t = 0; t < 6; ++t)
        buyers.emplace_back([&, t] {
            asio::io_context io;
            for (int i = 0;; ++i) {
                // Keys of earlier lives come again: retries of what was cut off.
                const std::string key =
                    "key-" + std::to_string(t) + "-" + std::to_string(run / 2) + "-" + std::to_string(i);
                auto order = life.order(io, key, i % 4 == 0 ? "SCARCE" : "PLENTY");
                if (!order.ok()) continue;
                const std::string line = key + " " + order->order_id + "\n";
                if (::write(pipe, line.data(), line.size()) < 0) ::_exit(11);
            }
        });
    for (auto& buyer : buyers) buyer.join();
    ::_exit(12);
}

std::string run_and_kill(const TempFolder& folder, int run, int wait_ms) {
    int ends[2];
    if (::pipe(ends) != 0) return {};
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(10);
        trade_until_killed(folder, ends[1], run);
    }
    ::close(ends[1]);
    std::thread killer([=] {
        std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));  // the random point
        ::kill(child, SIGKILL);
    });
    std::string text;
    char block[65536];
    for (ssize_t got; (got = ::read(ends[0], block, sizeof block)) > 0;)
        text.append(block, static_cast<std::size_t>(got));
    killer.join();
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(ends[0]);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    return text;
}

// Ends what the last life left: sweeps, gives back, relays until nothing is open.
void settle(Life& life) {
    asio::io_context io;
    Sweeper sweeper(io.get_executor(), life.async(), system_clock(), life.resolver(), life.eager());
    for (int turn = 0; turn < 500; ++turn) {
        const auto open = count_orders(*life.state).value();
        if (open.open_intents == 0 && open.releases.ready == 0) break;
        await(io, sweeper.sweep());
        await(io, sweeper.release_due());
    }
    // Claims of the dead are still leased; their steps are done here by hand, as any later worker would.
    const auto releases = life.state->work_in(release_queue, store::WorkState::ready, 10'000).value();
    for (const auto& work : releases) (void)life.retailer.answer({"", "release", read_step(work.payload)->order, {}});
    const auto steps = life.state->work_in(step_queue, store::WorkState::ready, 100'000).value();
    for (const auto& work : steps) {
        const auto order = life.state->find(orders_kept, work.stream).value();
        ASSERT_TRUE(order) << work.id << " belongs to no order";
        (void)life.retailer.answer({"", "orderCreate", order->payload, {}});
    }
    life.state->close();
    life.readers.join();
}

TEST(OrdersCrash, TenKillsUnderLoadLoseDoubleAndOversellNothing) {
    TempFolder folder;
    {
        DurableRetailer retailer(folder.file("retailer.db"));
        retailer.fill("SCARCE", scarce);
        retailer.fill("PLENTY", plenty);
    }
    std::mt19937 random(20261123);
    std::map<std::string, std::string> acknowledged;  // key -> order identifier
    for (int run = 0; run < 10; ++run) {
        const auto text = run_and_kill(folder, run, std::uniform_int_distribution<int>(80, 300)(random));
        std::istringstream lines(text);
        for (std::string key, id; lines >> key >> id;) {
            auto [known, fresh] = acknowledged.emplace(key, id);
            EXPECT_EQ(known->second, id) << key << " was acknowledged as two orders";
        }
    }
    Life life(folder);
    ASSERT_NO_FATAL_FAILURE(settle(life));
    std::set<std::string> orders;
    for (std::string after;;) {
        auto page = life.state->list(orders_kept, after, 500).value();
        for (const auto& row : page) orders.insert(row.key);
        if (page.empty()) break;
        after = page.back().key;
    }
    EXPECT_GT(acknowledged.size(), 50u);
    for (const auto& [key, id] : acknowledged) EXPECT_TRUE(orders.count(id)) << id << " was acknowledged and is lost";
    EXPECT_EQ(life.retailer.ids("SELECT id FROM header WHERE status='A'"), orders) << "reservations are not the orders";
    EXPECT_EQ(life.retailer.ids("SELECT id FROM shop"), orders) << "what the shop heard are not the orders";
    for (const auto& [sku, pieces] : {std::pair("SCARCE", scarce), std::pair("PLENTY", plenty)}) {
        const std::string name = std::string("'") + sku + "'";
        const int reserved = life.retailer.number("SELECT COUNT(*) FROM header WHERE status='A' AND sku=" + name);
        EXPECT_EQ(life.retailer.number("SELECT pieces FROM stock WHERE sku=" + name) + reserved, pieces) << sku;
    }
    RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
}

}  // namespace
}  // namespace headgate::orders
