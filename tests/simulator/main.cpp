// headgate-simulator: the command line of the simulated retailer.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "tests/simulator/check/check_command.hpp"
#include "tests/simulator/control/retailer.hpp"
#include "tests/simulator/traffic/traffic.hpp"

namespace simulator {
namespace {

int serve(const RetailerOptions& options) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before any thread starts: they inherit it
    std::signal(SIGPIPE, SIG_IGN);
    Retailer retailer(options);
    retailer.announce();
    std::cout << "simulator ready " << retailer.addresses() << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}

}  // namespace
}  // namespace simulator

int main(int argc, char** argv) {
    CLI::App app{"A simulated retailer on loopback: legacy systems, new services, faults on demand, traffic, checks."};
    app.require_subcommand(1);

    simulator::RetailerOptions retailer;
    auto* serve = app.add_subcommand("serve", "run every part until SIGTERM");
    serve->add_option("--dir", retailer.dir, "folder of database, orders and warehouse; kept between runs")->required();
    serve->add_option("--seed", retailer.seed, "articles, prices, stock");
    serve->add_option("--shop-port", retailer.shop_port, "0: any free one");
    serve->add_option("--inventory-port", retailer.inventory_port, "0: any free one");
    serve->add_option("--pricing-port", retailer.pricing_port, "0: any free one");
    serve->add_option("--storefront-port", retailer.storefront_port, "0: any free one");
    serve->add_option("--payment-port", retailer.payment_port, "0: any free one");
    serve->add_option("--control-port", retailer.control_port, "0: any free one");
    serve->add_option("--defects", retailer.defects, "list of rounding, reorder, timestamp, as_of; or none");

    serve->add_option("--quirks", retailer.quirks, "list of awkward habits (see README), none or all");
    serve->add_option("--timeline", retailer.timeline, "YAML file: faults and quirks by the second (see README)");
    std::string stock = "sqlite";
    serve->add_option("--stock", stock, "the stock system's database: sqlite, or one of its own behind unixODBC")
        ->check(CLI::IsMember({"sqlite", "postgres", "mariadb"}));
    serve->add_option("--stock-connection", retailer.stock_connection, "for unixODBC, when --stock is not sqlite");
    serve->add_option("--acknowledge-after", retailer.acknowledge_ms, "ms from a 940 to its 997; -1: never");
    serve->add_option("--ship-after", retailer.ship_ms, "ms from a 940 to its 945; -1: never");
    serve->add_option("--return-after", retailer.return_ms, "ms from a 945 to what comes back of it; -1: never");
    serve->add_option("--return-share", retailer.return_share, "of shipped orders")->check(CLI::Range(0.0, 1.0));
    serve->add_flag("--ebcdic", retailer.ebcdic, "the nightly stock list in EBCDIC instead of CP850");
    serve->add_option("--night-every", retailer.night_every_s, "seconds from one nightly run to the next; 0: on demand")
        ->check(CLI::Range(0, 86400));

    simulator::TrafficOptions traffic;
    auto* play = app.add_subcommand("traffic", "play customers' journeys against a gateway");
    play->add_option("--target", traffic.target, "http://127.0.0.1:PORT")->required();
    play->add_option("--token", traffic.token, "bearer token");
    play->add_option("--seed", traffic.seed, "the simulator's seed");
    play->add_option("--rate", traffic.rate, "journeys a second")->check(CLI::Range(0.1, 20000.0));
    play->add_option("--seconds", traffic.seconds, "how long new journeys begin")->check(CLI::Range(0.1, 86400.0));
    play->add_option("--customers", traffic.customers, "how many different ones")->check(CLI::Range(1, 999999));
    play->add_option("--journeys", traffic.journeys,
                     "browse, checkout, web, app, store, marketplace; with commas, and weights if wanted: web=5,app=3");
    play->add_option("--checkout-share", traffic.checkout_share, "of journeys, when both are played")
        ->check(CLI::Range(0.0, 1.0));
    play->add_option("--day", traffic.day_s, "seconds that a day lasts; 0: the rate is always the same")
        ->check(CLI::Range(0.0, 86400.0));
    play->add_option("--campaign", traffic.campaigns, "FROM:FOR:FACTOR, seconds; may be given more than once");
    play->add_option("--hot-share", traffic.hot_share, "share of articles that are drawn from the hot ones")
        ->check(CLI::Range(0.0, 1.0));
    play->add_option("--hot-items", traffic.hot_items, "how many are hot")->check(CLI::Range(1, 100));
    play->add_option("--think-ms", traffic.think_ms, "longest pause of a visitor between two pages")
        ->check(CLI::Range(0, 600000));
    play->add_option("--report", traffic.report, "file for the report as JSON");
    play->add_option("--orders", traffic.orders, "file to which acknowledged orders are appended, a JSON line each");

    simulator::CheckOptions checked;
    auto* check = app.add_subcommand("check", "check the invariants from a simulator's folder, running or not");
    check->add_option("--dir", checked.dir, "the simulator's folder")->required();
    check->add_option("--orders", checked.orders, "acknowledged orders, as traffic writes them");
    check->add_option("--stock-connection", checked.stock_connection, "for unixODBC, when stock is not in the folder");
    check->add_flag("--allow-open", checked.allow_open,
                    "steps still to come and reservations without an order are no fault");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (*serve && (stock == "sqlite") != retailer.stock_connection.empty()) {
        std::fprintf(stderr, "headgate-simulator: --stock %s %s --stock-connection\n", stock.c_str(),
                     stock == "sqlite" ? "takes no" : "wants a");
        return 2;
    }
    try {
        if (*serve) return simulator::serve(retailer);
        if (*play) return simulator::play_traffic(traffic);
        return simulator::check_folder(checked);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headgate-simulator: %s\n", error.what());
        return 2;
    }
}
