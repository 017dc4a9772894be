// headgate mapping ...: the words of the mapping commands.
#include <memory>

#include "gateway/app/cli/init_commands.hpp"
#include "gateway/app/cli/mapping_check.hpp"
#include "gateway/app/cli/mapping_run.hpp"
#include "gateway/app/cli/words.hpp"

namespace headgate::cli {
namespace {

void add_run(CLI::App& mapping, int& exit) {
    auto options = std::make_shared<MappingRunOptions>();  // lives as long as the command that captures it
    auto& run = verb(mapping, "run", "one message through one mapping; nothing is sent",
                     "headgate mapping run mappings/order-shop.map.yaml --in order.json --contracts contracts --trace\n"
                     "  headgate mapping run mappings/order-stock.map.yaml#stock.reserve --in order.json\n"
                     "  headgate mapping run mappings/pricing-shop.map.yaml --in answer.xml --reverse --watch\n"
                     "  headgate mapping run mappings/shipment-945.map.yaml --in ship.945 --acknowledgement ship.997",
                     exit, [options] { return mapping_run(*options); });
    run.add_option("mapping", options->mapping, "a *.map.yaml file, and '#' with one's name where it holds several")
        ->required();
    run.add_option("--map", options->name, "the name, apart: as `map:` writes it, system.call, or the contract's side");
    run.add_option("--in", options->input,
                   "the contract's message, JSON or YAML; with --reverse what the system answered: the format's bytes, "
                   "or its document as JSON or YAML")
        ->required();
    run.add_flag("--reverse", options->reverse,
                 "reads an answer, or a file; else a request is written. A mapping that reads alone needs it not");
    run.add_option("--acknowledgement", options->acknowledgement,
                   "of an interchange that is read: the file that its 997 or CONTRL is written to; else it is shown");
    run.add_option("--request", options->request, "with --reverse: what had been asked, where `missing` needs it");
    run.add_option("--answers", options->answers, "of several calls: what the steps have answered, by their names");
    run.add_option("--contracts", options->contracts, "a folder of contracts; else those of ./headgate.yaml")
        ->allow_extra_args(false);
    run.add_flag("--trace", options->trace, "tells of each field which rule made it, codec by codec");
    run.add_flag("--watch", options->watch, "again whenever mapping, input, contract or schema changes, until SIGINT");
    add_output(run, options->output, {"text", "json", "bytes"});
}

void add_init(CLI::App& mapping, int& exit) {
    auto options = std::make_shared<MappingInitOptions>();
    auto& init =
        verb(mapping, "init", "drafts a mapping from names and types",
             "headgate mapping init --contract shop.v1/priceQuery --legacy legacy/shop.wsdl#priceQuery\n"
             "  headgate mapping init --contract inventory.v2/getAvailability --legacy columns.yaml --system stock",
             exit, [options] { return mapping_init(*options); });
    init.add_option("--contract", options->draft.contract, "an operation, or a component that is carried on")
        ->required()
        ->check(name_fault);
    init.add_option("--legacy", options->draft.legacy,
                    "WSDL#operation; a YAML file of columns, `ARTNR: char(18)`; a partner's guide; a layout of files")
        ->required();
    init.add_option("--contracts", options->contracts, "a folder of contracts; else those of ./headgate.yaml")
        ->allow_extra_args(false);
    init.add_option("--system", options->draft.system, "what the mapping calls the system; else after the file");
    init.add_option("--call", options->draft.call, "what it calls a query; else `query`");
    init.add_option("--folder", options->draft.folder, "where the mapping will stand: its paths are relative to it")
        ->capture_default_str();
}

}  // namespace

void add_mapping_words(CLI::App& app, int& exit) {
    auto& mapping = noun(app, "mapping", "the documents that translate between contracts and systems");
    add_mapping_check(mapping, exit);
    add_run(mapping, exit);
    add_init(mapping, exit);
}

}  // namespace headgate::cli
