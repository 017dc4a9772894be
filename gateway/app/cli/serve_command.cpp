// headgate serve: runs until SIGTERM or SIGINT, which drain; SIGHUP reloads whole or not at all. --mock: the contracts
// alone, from their examples.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "base/telemetry/log.hpp"
#include "gateway/app/cli/commands.hpp"
#include "gateway/app/cli/words.hpp"
#include "gateway/app/mock.hpp"
#include "gateway/app/wiring.hpp"

namespace headgate::cli {
namespace {

using Signals = asio::basic_signal_set<Executor>;

// SIGHUP reloads; ends at SIGTERM or SIGINT.
template <class Server>
Task<void> until_told_to_end(Server& gateway, Signals& signals) {
    for (;;) {
        boost::system::error_code failed;
        int signal = co_await signals.async_wait(asio::redirect_error(use_task, failed));
        if (failed) co_return;
        if (signal != SIGHUP) {
            log::info("draining", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
            co_return;
        }
        if (auto reloaded = gateway.reload(); reloaded)
            log::info("reloaded");
        else
            log::error("reload-refused", {{"message", reloaded.error().message}, {"detail", reloaded.error().detail}});
    }
}

Task<void> keep_saving(Gateway& gateway, Timer& timer) {
    for (;;) {
        timer.expires_after(std::chrono::seconds(2));
        boost::system::error_code cancelled;
        co_await timer.async_wait(asio::redirect_error(use_task, cancelled));
        if (cancelled) co_return;
        gateway.save_evidence();
    }
}

void rethrow(std::exception_ptr bug) {
    if (bug) std::rethrow_exception(bug);
}

// What a gateway does beside serving, until the timer is cancelled.
void begin_saving(Gateway& gateway, Timer& timer) {
    asio::co_spawn(timer.get_executor(), keep_saving(gateway, timer), rethrow);
}
void begin_saving(MockGateway&, Timer&) {}  // has nothing to save

template <class Server, class From>
int run(const From& from) {
    // Before any thread, so that all inherit it: writes to closed sockets are errors, not the end.
    std::signal(SIGPIPE, SIG_IGN);
    asio::io_context context(1);
    Signals signals(context.get_executor(), SIGTERM, SIGINT, SIGHUP);
    log::start(log::Level::info);
    auto gateway = Server::start(from);
    if (!gateway) {
        log::stop();
        std::cerr << gateway.error().detail << "headgate does not start: " << gateway.error().message << "\n";
        return Exit::usage;
    }
    log::info("listening", {{"api", (*gateway)->api_address()}, {"admin", (*gateway)->admin_address()}});
    Timer saving(context.get_executor());
    asio::co_spawn(context.get_executor(), until_told_to_end(**gateway, signals), [&](std::exception_ptr bug) {
        saving.cancel();
        rethrow(bug);
    });
    begin_saving(**gateway, saving);
    context.run();
    (*gateway)->drain();
    gateway->reset();
    log::info("ended");
    log::stop();
    return Exit::ok;
}

}  // namespace

int serve(const std::string& config_path) { return run<Gateway>(config_path); }
int serve_mock(const MockSettings& settings) { return run<MockGateway>(settings); }

void add_serve(CLI::App& app, int& exit) {
    struct Options {
        std::string config = "headgate.yaml";
        bool mock = false;
        MockSettings settings;
    };
    auto options = std::make_shared<Options>();
    auto& command = verb(app, "serve", "runs the gateway; SIGHUP reloads, SIGTERM drains",
                         "headgate serve -c headgate.yaml", exit, [options] {
                             if (!options->mock) return serve(options->config);
                             if (options->settings.contracts.empty()) options->settings.config = options->config;
                             return serve_mock(options->settings);
                         });
    auto* config = command.add_option("-c,--config", options->config, "the configuration")->capture_default_str();
    auto* mock = command.add_flag("--mock", options->mock,
                                  "answers every operation from the contracts' examples; no system is called");
    auto* contracts = command
                          .add_option("--contracts", options->settings.contracts,
                                      "with --mock: the contracts' folders, in place of a configuration")
                          ->needs(mock)
                          ->excludes(config);
    command.add_option("--api", options->settings.api, "with --contracts: where callers come in")
        ->capture_default_str()
        ->needs(contracts);
    command.add_option("--admin", options->settings.admin, "with --contracts: where health and contract pages are")
        ->capture_default_str()
        ->needs(contracts);
}

}  // namespace headgate::cli
