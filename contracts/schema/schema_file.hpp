// A schema of a file, or of a place inside one, with whatever it refers to: for the command line and for suites.
// References lead to other files, to the folder that stands for remote schemas, and never to the network.
#pragma once

#include <memory>
#include <string>

#include "contracts/schema/compiler.hpp"

namespace headgate::schema {

// The address that the official suite's remote schemas are published under.
inline constexpr std::string_view remote_address = "http://localhost:1234/";

// A URI under remote_address is a file of that folder (empty: there is none); one without a scheme is a file. Faults of
// a file that is there go to diagnostics, which must outlive what is returned.
Fetch fetch_files(std::string remotes, Diagnostics& diagnostics);

// What the specification says of a schema that is nobody's contract: unknown keywords and formats are annotations.
CompilerOptions specification_options(bool assert_format);

// `reference` is a file's path, with '#' and a JSON Pointer or an anchor where a schema inside it is meant. nullptr,
// with diagnostics, when there is none or it has faults.
std::shared_ptr<const Schema> load_schema(const std::string& reference, const std::string& remotes, bool assert_format,
                                          Diagnostics& diagnostics);

}  // namespace headgate::schema
