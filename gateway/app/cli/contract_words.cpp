// headgate contract ...: the words of the contract commands.
#include <memory>
#include <regex>

#include "contracts/schema/formats.hpp"
#include "gateway/app/cli/commands.hpp"
#include "gateway/app/cli/contract_diff.hpp"
#include "gateway/app/cli/init_commands.hpp"
#include "gateway/app/cli/words.hpp"

namespace headgate::cli {
namespace {

void add_validate(CLI::App& contract, int& exit) {
    auto options = std::make_shared<ValidateOptions>();  // lives as long as the command that captures it
    auto& validate = verb(contract, "validate", "any JSON Schema 2020-12 against any documents, or a suite of cases",
                          "headgate contract validate 'orders.v1.yaml#/components/schemas/Order' order.json\n"
                          "  headgate contract validate --suite tests/draft2020-12 --remotes remotes",
                          exit, [options] { return contract_validate(*options); });
    validate.add_option("schema", options->schema, "a YAML or JSON file; '#/...' names a schema inside it");
    validate.add_option("instances", options->instances, "the documents: JSON, or YAML by their extension");
    validate.add_option("--suite", options->suite, "a folder in the official suite's layout");
    validate.add_option("--remotes", options->remotes,
                        "the folder that stands for http://localhost:1234/; of a suite, else the one beside it");
    validate.add_flag("--assert-format", options->assert_format, "`format` is asserted, not an annotation");
    add_output(validate, options->output);
}

void add_diff(CLI::App& contract, int& exit) {
    auto options = std::make_shared<ContractDiffOptions>();
    auto& diff = *options;
    auto& command = verb(contract, "diff", "what has changed between two versions, and whom it breaks",
                         "headgate contract diff released/inventory.v2.yaml contracts/catalog/inventory.v2.yaml\n  "
                         "headgate contract diff released contracts/catalog --fail-on risky -o sarif",
                         exit, [options] { return contract_diff(*options); });
    command.add_option("old", diff.before, "an OpenAPI 3.0 or 3.1 file, or a folder of them")->required();
    command.add_option("new", diff.after, "its present version; files of folders are paired by name")->required();
    command.add_option("--fail-on", diff.fail_on, "exit code 1 from this level on: breaking, risky or never")
        ->check(CLI::IsMember({"breaking", "risky", "never"}))
        ->capture_default_str();
    command.add_option("-o,--output", diff.output, "table, json or sarif")
        ->check(CLI::IsMember({"table", "json", "sarif"}))
        ->capture_default_str();
    command.add_option("--mappings", diff.mappings, "a folder of mappings: tells which of their rules are hit")
        ->allow_extra_args(false);
    command.add_option("--usage", diff.usage, "what `headgate contract usage -o json` wrote: tells who is hit");
    command.add_option("--today", diff.today, "the day by which sunsets are judged, 2026-11-26; else today")
        ->check([](const std::string& text) {
            return schema::conforms(schema::Format::date, text)
                       ? std::string()
                       : "'" + text + "' is no day of the calendar, written as 2026-11-26 is";
        });
}

void add_usage(CLI::App& contract, int& exit) {
    struct Options {
        ServerOptions server;
        std::string what, caller;
    };
    auto options = std::make_shared<Options>();
    auto& usage = verb(contract, "usage", "who calls which version from which build, and with which fields",
                       "headgate contract usage inventory.v2/getAvailability --caller storefront", exit,
                       [options] { return contract_usage(options->server, options->what, options->caller); });
    usage.add_option("what", options->what, "a contract or an operation; else all contracts")->check(name_fault);
    usage.add_option("--caller", options->caller, "of this caller alone");
    add_server(usage, options->server);
}

void add_list_and_show(CLI::App& contract, int& exit) {
    auto listed = std::make_shared<ServerOptions>();
    add_server(verb(contract, "list", "all contracts with their state", "headgate contract list", exit,
                    [listed] { return contract_list(*listed); }),
               *listed);
    struct Options {
        ServerOptions server;
        std::string what;
    };
    auto options = std::make_shared<Options>();
    auto& show = verb(contract, "show", "a contract, or one operation with its messages",
                      "headgate contract show inventory.v2/getAvailability\n"
                      "  headgate contract show inventory.v2 -o yaml > inventory.v2.yaml",
                      exit, [options] { return contract_show(options->server, options->what); });
    show.add_option("what", options->what, "a contract, or contract/operation")->required()->check(name_fault);
    add_server(show, options->server, {"table", "json", "yaml"});
}

void add_init(CLI::App& contract, int& exit) {
    auto options = std::make_shared<ContractInitOptions>();
    auto& init =
        verb(contract, "init", "drafts a contract of a WSDL's operations, a table or files",
             "headgate contract init --legacy legacy/shop.wsdl --operation priceQuery > contracts/shop.v1.yaml\n"
             "  headgate contract init --legacy stock.columns.yaml --operation getStock > contracts/stock.v1.yaml",
             exit, [options] { return contract_init(*options); });
    init.add_option("--legacy", options->legacy,
                    "a WSDL, with the schemas it imports beside it; a YAML file of columns, `ARTNR: char(18)`; a "
                    "partner's guide; a layout of files")
        ->required();
    init.add_option("--operation", options->operations,
                    "one of a WSDL's operations, else all; of what is no WSDL the name of its one")
        ->allow_extra_args(false);
    init.add_option("--name", options->name, "the contract's name, shop.v1; else after the service or the file")
        ->check([](const std::string& text) {
            static const std::regex name("[a-z0-9-]+\\.v[1-9][0-9]*");
            return std::regex_match(text, name) ? std::string() : "'" + text + "' is no name of a contract: shop.v1";
        });
}

}  // namespace

void add_contract_words(CLI::App& app, int& exit) {
    auto& contract = noun(app, "contract", "the contracts, and the schemas in them");
    add_list_and_show(contract, exit);
    add_validate(contract, exit);
    add_diff(contract, exit);
    add_usage(contract, exit);
    add_init(contract, exit);
}

}  // namespace headgate::cli
