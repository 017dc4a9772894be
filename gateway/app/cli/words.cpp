#include "gateway/app/cli/words.hpp"

#include <algorithm>
#include <cctype>

namespace headgate::cli {

CLI::App& noun(CLI::App& app, const char* word, const char* help) {
    auto& group = *app.add_subcommand(word, help);
    group.require_subcommand(1);
    return group;
}

CLI::App& verb(CLI::App& parent, const char* word, const char* help, const char* example, int& exit,
               std::function<int()> run) {
    auto& command = *parent.add_subcommand(word, help);
    command.footer(std::string("example:\n  ") + example);
    command.callback([&exit, run = std::move(run)] { exit = run(); });
    return command;
}

void add_output(CLI::App& command, std::string& output, const std::vector<std::string>& outputs) {
    std::string words;
    for (const auto& one : outputs) words += (words.empty() ? "" : &one == &outputs.back() ? " or " : ", ") + one;
    command.add_option("-o,--output", output, words)->check(CLI::IsMember(outputs))->capture_default_str();
}

void add_server(CLI::App& command, ServerOptions& server, const std::vector<std::string>& outputs) {
    command.add_option("--server", server.url, "admin address of the gateway")->capture_default_str();
    command.add_option("--token", server.token, "a viewer's or operator's token; else $HEADGATE_TOKEN");
    add_output(command, server.output, outputs);
}

std::string name_fault(const std::string& text) {
    bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '_' || c == '-' || c == '/';
    });
    return plain ? std::string() : "'" + text + "' is no name";
}

}  // namespace headgate::cli
