// The measured side of `./dev bench schema`: how long one validation of a parsed document takes.
//   headgate-schema-bench export FILE                    a YAML file as JSON, for the peer
//   headgate-schema-bench run SCHEMA DOCUMENT SECONDS    nanoseconds a validation: the median of batches of about 1 ms
//   headgate-schema-bench repeat SCHEMA DOCUMENT COUNT   validates COUNT times and says nothing: for callgrind
#include <cstdlib>
#include <iostream>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/schema/schema_file.hpp"
#include "tests/bench/stopwatch.hpp"

namespace {

using namespace headgate;

int export_json(const std::string& path) {
    Diagnostics diagnostics;
    auto file = read_source(path, diagnostics);
    std::cerr << diagnostics.text();
    if (!file) return 2;
    Arena arena;
    Builder builder(arena);
    std::cout << to_json(to_value(file->root(), builder)) << "\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "export") return export_json(words[1]);
    if (words.size() != 4 || (words[0] != "run" && words[0] != "repeat")) {
        std::cerr << "usage: headgate-schema-bench export FILE | run SCHEMA DOCUMENT SECONDS | repeat SCHEMA DOCUMENT "
                     "COUNT\n";
        return 2;
    }
    Diagnostics diagnostics;
    auto schema = schema::load_schema(words[1], "", true, diagnostics);
    std::cerr << diagnostics.text();
    const std::string json = bench::content(words[2]);
    Arena arena;
    Builder builder(arena);
    auto document = read_json(json, builder);
    if (!schema || !document || !schema->validate(*document)) {
        std::cerr << words[2] << " is not valid by " << words[1] << "\n";
        return 1;
    }
    // An invalid document would be another measurement.
    auto validate = [&] {
        if (!schema->validate(*document)) std::abort();
    };
    if (words[0] == "run")
        std::cout << bench::median_ns(std::stod(words[3]), validate) << "\n";
    else
        for (auto left = std::stoul(words[3]); left > 0; --left) validate();
    return 0;
}
