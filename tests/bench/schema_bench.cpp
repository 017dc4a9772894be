// The measured side of `./dev bench schema`: how long one validation of a parsed document takes.
//   headgate-schema-bench export FILE                    a YAML file as JSON, for the peer
//   headgate-schema-bench run SCHEMA DOCUMENT SECONDS    nanoseconds a validation: the median of batches of about 1 ms
//   headgate-schema-bench repeat SCHEMA DOCUMENT COUNT   validates COUNT times and says nothing: for callgrind
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/schema/schema_file.hpp"

namespace {

using namespace headgate;
using Clock = std::chrono::steady_clock;

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

double nanoseconds(Clock::duration spent) { return std::chrono::duration<double, std::nano>(spent).count(); }

// False when the document is invalid, which would be another measurement.
bool repeat(const Schema& schema, const Value& document, std::size_t times) {
    bool valid = true;
    for (std::size_t i = 0; i < times; ++i) valid = schema.validate(document) && valid;
    return valid;
}

double median_of_batches(const Schema& schema, const Value& document, double seconds) {
    std::size_t batch = 1;
    auto spent = [&] {
        auto begin = Clock::now();
        if (!repeat(schema, document, batch)) std::abort();
        return nanoseconds(Clock::now() - begin);
    };
    while (spent() < 1e6) batch *= 2;
    std::vector<double> each;
    for (auto end = Clock::now() + std::chrono::duration<double>(seconds); Clock::now() < end;)
        each.push_back(spent() / static_cast<double>(batch));
    std::nth_element(each.begin(), each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2), each.end());
    return each[each.size() / 2];
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
    std::ifstream stream(words[2], std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    std::string json = text.str();
    Arena arena;
    Builder builder(arena);
    auto document = read_json(json, builder);
    if (!schema || !document || !schema->validate(*document)) {
        std::cerr << words[2] << " is not valid by " << words[1] << "\n";
        return 1;
    }
    if (words[0] == "run")
        std::cout << median_of_batches(*schema, *document, std::stod(words[3])) << "\n";
    else
        repeat(*schema, *document, std::stoul(words[3]));
    return 0;
}
