// headgate serve: runs until SIGTERM or SIGINT, which drain; SIGHUP reloads whole or not at all.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "base/telemetry/log.hpp"
#include "gateway/app/cli/commands.hpp"
#include "gateway/app/wiring.hpp"

namespace headgate::cli {
namespace {

using Signals = asio::basic_signal_set<Executor>;

// Saves the evidence now and then; SIGHUP reloads; ends at SIGTERM or SIGINT.
Task<void> until_told_to_end(Gateway& gateway, Signals& signals) {
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

}  // namespace

int serve(const std::string& config_path) {
    // Before any thread, so that all inherit it: writes to closed sockets are errors, not the end.
    std::signal(SIGPIPE, SIG_IGN);
    asio::io_context context(1);
    Signals signals(context.get_executor(), SIGTERM, SIGINT, SIGHUP);
    log::start(log::Level::info);
    auto gateway = Gateway::start(config_path);
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
    asio::co_spawn(context.get_executor(), keep_saving(**gateway, saving), rethrow);
    context.run();
    (*gateway)->drain();
    gateway->reset();
    log::info("ended");
    log::stop();
    return Exit::ok;
}

}  // namespace headgate::cli
