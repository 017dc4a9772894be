// Words: how a command of `headgate <noun> <verb>` is bound to its function; shared by main.cpp and the nouns' own
// files.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "gateway/app/cli/client.hpp"

namespace headgate::cli {

// A subcommand that only groups its verbs.
CLI::App& noun(CLI::App& app, const char* word, const char* help);
// A subcommand that runs: its result goes to `exit`, which outlives the parse.
CLI::App& verb(CLI::App& parent, const char* word, const char* help, const char* example, int& exit,
               std::function<int()> run);
// --server, --token and -o (one of `outputs`) of a command that speaks to a running gateway.
void add_server(CLI::App& command, ServerOptions& server, const std::vector<std::string>& outputs = {"table", "json"});
// -o alone.
void add_output(CLI::App& command, std::string& output, const std::vector<std::string>& outputs = {"table", "json"});
// A CLI11 check: names go into a URL's path as they are.
std::string name_fault(const std::string& text);

// The words that have a file of their own.
void add_serve(CLI::App& app, int& exit);
void add_contract_words(CLI::App& app, int& exit);
void add_mapping_words(CLI::App& app, int& exit);
void add_system_words(CLI::App& app, int& exit);

}  // namespace headgate::cli
