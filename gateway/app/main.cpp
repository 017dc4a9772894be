// The one executable: words to commands. Data goes to stdout, diagnostics to stderr.
#include <iostream>

#include "gateway/app/cli/commands.hpp"
#include "gateway/app/cli/words.hpp"

using namespace headgate::cli;

int main(int argc, char** argv) {
    CLI::App app{"Headgate: the gateway between the systems a retailer has and the services it is building",
                 "headgate"};
    app.set_version_flag("--version", HEADGATE_VERSION);
    app.require_subcommand(1);
    app.footer(
        "exit codes: 0 ok; 1 findings; 2 usage, configuration or I/O; 3 server unreachable; 4 not enough evidence");

    int exit = Exit::ok;
    std::string config = "headgate.yaml", operation, share, why, order, system, file;
    std::optional<std::uint64_t> if_revision;
    ServerOptions server;

    add_serve(app, exit);
    verb(app, "check", "checks configuration, contracts, mappings and routes", "headgate check -c headgate.yaml", exit,
         [&] { return check(config); })
        .add_option("-c,--config", config, "the configuration")
        ->capture_default_str();

    auto& route = noun(app, "route", "what happens to each operation");
    add_server(verb(route, "list", "all routes with their shares", "headgate route list", exit,
                    [&] { return route_list(server); }),
               server);
    auto& get = verb(route, "get", "one route", "headgate route get inventory.v2/getAvailability", exit,
                     [&] { return route_get(server, operation); });
    get.add_option("operation", operation, "contract/operation")->required()->check(name_fault);
    add_server(get, server);
    auto& set = verb(route, "set", "sets the share of customers that the candidate serves",
                     "headgate route set inventory.v2/getAvailability --share 10% --why 'three clean days'", exit,
                     [&] { return route_set(server, operation, share, why, if_revision); });
    set.add_option("operation", operation, "contract/operation")->required()->check(name_fault);
    set.add_option("--share", share, "0% to 100%")->required();
    set.add_option("--why", why, "kept with the change")->required();
    set.add_option("--if-revision", if_revision, "refuse when the route has changed since");
    add_server(set, server);
    auto& history = verb(route, "history", "who set which share, when and why",
                         "headgate route history inventory.v2/getAvailability", exit,
                         [&] { return route_history(server, operation); });
    history.add_option("operation", operation, "contract/operation")->required()->check(name_fault);
    add_server(history, server);

    auto& report_command =
        verb(app, "report", "what was compared, what differs, and whether the tally adds up",
             "headgate report pricing.v1/getPrices", exit, [&] { return report(server, operation); });
    report_command.add_option("operation", operation, "one operation; else all")->check(name_fault);
    add_server(report_command, server);

    auto& finding = noun(app, "finding", "what differs between the sides");
    auto& findings = verb(finding, "list", "all findings; exit code 1 when there are any", "headgate finding list",
                          exit, [&] { return finding_list(server, operation); });
    findings.add_option("operation", operation, "one operation; else all")->check(name_fault);
    add_server(findings, server);

    auto& write = noun(app, "write", "writes under an Idempotency-Key of which nobody knows whether they took effect");
    auto& writes = verb(write, "list", "all of them; exit code 1 when there is any", "headgate write list", exit,
                        [&] { return write_list(server); });
    add_server(writes, server);
    auto& drift = noun(app, "drift", "what systems answer beyond what their mappings know");
    auto& drifts = verb(drift, "list", "all that was seen since the start; exit code 1 when there is any",
                        "headgate drift list --system shop", exit, [&] { return drift_list(server, system); });
    drifts.add_option("--system", system, "one system; else all")->check(name_fault);
    add_server(drifts, server);

    auto& orders = noun(app, "order", "captured orders and the steps taken for them");
    add_server(
        verb(orders, "list", "the newest orders", "headgate order list", exit, [&] { return order_list(server); }),
        server);
    auto& show = verb(orders, "show", "one order with its steps", "headgate order show HO1A2B3C4D5E6F7G8H9J", exit,
                      [&] { return order_show(server, order); });
    show.add_option("order", order, "order id")->required()->check(name_fault);
    add_server(show, server);
    auto& retry = verb(orders, "retry", "tries the held steps of an order again",
                       "headgate order retry HO1A2B3C4D5E6F7G8H9J --why 'the shop has the article now'", exit,
                       [&] { return order_retry(server, order, why); });
    retry.add_option("order", order, "order id")->required()->check(name_fault);
    retry.add_option("--why", why, "kept with the change")->required();
    add_server(retry, server);

    auto& feed = noun(app, "feed", "what systems give as files, and what became of it");
    add_server(verb(feed, "list", "feeds, bad files, numbers that never came; exit code 1 when there are bad files",
                    "headgate feed list", exit, [&] { return feed_list(server); }),
               server);
    auto& again = verb(feed, "retry", "reads a bad file again",
                       "headgate feed retry 945-000017.945 --why 'the mapping knows the code now'", exit,
                       [&] { return feed_retry(server, file, why); });
    again.add_option("file", file, "as the list names it")->required()->check(name_fault);
    again.add_option("--why", why, "kept with the change")->required();
    add_server(again, server);

    add_contract_words(app, exit);
    add_mapping_words(app, exit);
    add_system_words(app, exit);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        int code = app.exit(error);
        return code == 0 ? Exit::ok : Exit::usage;
    } catch (const std::exception& error) {
        // An answer that is none of the admin API's, or text that is no UTF-8.
        std::cerr << "headgate: " << error.what() << "\n  hint: is " << server.url << " the admin address?\n";
        return Exit::usage;
    }
    return exit;
}
