// headgate contract ...: the words of the contract commands.
#include <memory>

#include "gateway/app/cli/commands.hpp"
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
    validate.add_option("--remotes", options->remotes, "the folder that stands for http://localhost:1234/");
    validate.add_flag("--assert-format", options->assert_format, "`format` is asserted, not an annotation");
    add_output(validate, options->output);
}

}  // namespace

void add_contract_words(CLI::App& app, int& exit) {
    auto& contract = noun(app, "contract", "the contracts, and the schemas in them");
    add_validate(contract, exit);
}

}  // namespace headgate::cli
