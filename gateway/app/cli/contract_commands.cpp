// headgate contract list, headgate contract show
#include <iostream>
#include <nlohmann/json.hpp>

#include "contracts/document/source_write.hpp"
#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {
namespace {

using nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

std::string text(const ordered_json& of, const char* key) {
    auto value = of.value(key, ordered_json());
    return value.is_string() ? value.get<std::string>() : value.is_null() ? "-" : value.dump();
}
std::string day(const ordered_json& lifecycle, const char* key) { return text(lifecycle, key).substr(0, 10); }
std::string yes(const ordered_json& of, const char* key) { return of.value(key, false) ? "yes" : "no"; }

std::string life(const ordered_json& of) {
    const auto& lifecycle = of["lifecycle"];
    std::string out = text(lifecycle, "state");
    if (lifecycle.contains("deprecated")) out += " since " + day(lifecycle, "deprecated");
    if (lifecycle.contains("sunset")) out += ", sunset " + day(lifecycle, "sunset");
    if (lifecycle.contains("successor")) out += ", go to " + text(lifecycle, "successor");
    return out;
}

Rows operations_table(const ordered_json& contract) {
    Rows rows{{"OPERATION", "METHOD", "PATH", "SERVED", "SUMMARY"}};
    for (const auto& operation : contract["operations"])
        rows.push_back({text(operation, "operation"), text(operation, "method"), text(operation, "path"),
                        yes(operation, "served"), text(operation, "summary")});
    return rows;
}

void show_contract(const ordered_json& contract) {
    std::cout << text(contract, "contract") << " " << text(contract, "version") << ": " << text(contract, "title")
              << "\n"
              << life(contract) << "\n";
    if (std::string about = text(contract, "description"); !about.empty()) std::cout << "\n" << about << "\n";
    std::cout << "\n" << table(operations_table(contract));
}

void add_fields(Rows& rows, const std::string& part, const std::string& name, const ordered_json& fields) {
    for (const auto& field : fields) {
        std::string about = field.value("format", "");
        if (field.contains("enum"))
            for (const auto& word : field["enum"]) about += (about.empty() ? "" : " ") + word.get<std::string>();
        if (field.value("recursive", false)) about += about.empty() ? "as above" : " as above";
        rows.push_back({part, name + text(field, "path"), text(field, "type"), yes(field, "required"), about});
    }
}

void show_operation(const ordered_json& operation) {
    std::cout << text(operation, "operation") << ": " << text(operation, "method") << " " << text(operation, "path")
              << "\n"
              << text(operation, "summary") << "\n"
              << life(operation) << "; " << (operation.value("served", false) ? "served" : "not served here") << "\n\n";
    Rows rows{{"MESSAGE", "FIELD", "TYPE", "REQUIRED", "VALUES"}};
    for (const auto& parameter : operation["parameters"]) {
        rows.push_back({text(parameter, "in"), text(parameter, "name"), "", yes(parameter, "required"), ""});
        add_fields(rows, text(parameter, "in"), text(parameter, "name"), parameter["fields"]);
    }
    if (operation.contains("body")) add_fields(rows, "body", "", operation["body"]["fields"]);
    for (const auto& response : operation["responses"]) {
        if (!response.contains("contents")) rows.push_back({text(response, "status"), "", "no body", "", ""});
        for (const auto& content : response.value("contents", ordered_json::array()))
            add_fields(rows, text(response, "status"), "", content["fields"]);
    }
    std::cout << table(rows);
}

// Numbers keep their digits.
void show_examples(const SourceNode& operation) {
    const SourceNode* examples = operation.find("examples");
    if (!examples) return;
    for (const SourceNode& example : examples->items) {
        const SourceNode *of = example.find("of"), *name = example.find("name"), *value = example.find("value");
        if (!of || !name || !value) continue;
        std::cout << "\nexample " << (name->text.empty() ? "" : "'" + name->text + "' ") << "of " << of->text << ":\n"
                  << to_pretty_json(*value);
    }
}

}  // namespace

int contract_list(const ServerOptions& server) {
    auto reply = call_admin(server, "GET", "/api/v1/contracts");
    if (reply.exit != Exit::ok) return reply.exit;
    auto list = ordered_json::parse(reply.body);
    if (server.output == "json") {
        std::cout << list.dump(2) << "\n";
        return Exit::ok;
    }
    Rows rows{{"CONTRACT", "VERSION", "OPERATIONS", "SERVED", "LIFECYCLE", "TITLE"}};
    for (const auto& contract : list) {
        std::size_t served = 0;
        for (const auto& operation : contract["operations"]) served += operation.value("served", false);
        rows.push_back({text(contract, "contract"), text(contract, "version"),
                        std::to_string(contract["operations"].size()), std::to_string(served), life(contract),
                        text(contract, "title")});
    }
    std::cout << table(rows);
    return Exit::ok;
}

int contract_show(const ServerOptions& server, const std::string& what) {
    bool operation = what.find('/') != std::string::npos;
    bool document = server.output == "yaml" || (server.output == "json" && !operation);
    if (document && operation) {
        std::cerr << "headgate: an operation is shown as table or json; yaml is a contract's own document\n";
        return Exit::usage;
    }
    auto reply =
        call_admin(server, "GET", document ? "/contracts/" + what + "." + server.output : "/api/v1/contracts/" + what);
    if (reply.exit != Exit::ok) return reply.exit;
    if (document) {
        std::cout << reply.body;
        return Exit::ok;
    }
    Diagnostics unreadable;
    auto answer = parse_source("answer.json", reply.body, unreadable);
    if (!answer) {
        std::cerr << "headgate: the answer can't be read: " << unreadable.text();
        return Exit::usage;
    }
    if (server.output == "json") {
        std::cout << to_pretty_json(answer->root());
    } else if (operation) {
        show_operation(ordered_json::parse(reply.body));
        show_examples(answer->root());
    } else {
        show_contract(ordered_json::parse(reply.body));
    }
    return Exit::ok;
}

}  // namespace headgate::cli
