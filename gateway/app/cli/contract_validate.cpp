// headgate contract validate: documents by any JSON Schema 2020-12, or a suite in the official layout.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "contracts/schema/schema_file.hpp"
#include "contracts/schema/suite.hpp"
#include "gateway/app/cli/commands.hpp"
#include "gateway/app/cli/document_file.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

constexpr std::size_t most_issues = 10'000;

json issue_json(const SchemaIssue& issue) {
    return {{"pointer", issue.pointer},
            {"keyword", issue.keyword},
            {"message", issue.message},
            {"schema",
             {{"file", issue.schema.file},
              {"line", issue.schema.line},
              {"column", issue.schema.column},
              {"pointer", issue.schema_pointer}}}};
}

std::string place(const SourceMark& mark) {
    return mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

int validate_instances(const ValidateOptions& options) {
    Diagnostics diagnostics;
    auto schema = schema::load_schema(options.schema, options.remotes, options.assert_format, diagnostics);
    std::cerr << diagnostics.text();
    if (!schema) return Exit::usage;
    json results = json::array();
    bool all_valid = true, all_read = true;
    for (const auto& path : options.instances) {
        DocumentFile instance;
        Diagnostics unreadable;
        read_document(path, instance, unreadable);
        std::cerr << unreadable.text();
        if (!instance.value) {
            all_read = false;
            continue;
        }
        std::vector<SchemaIssue> issues;
        bool valid = schema->validate(*instance.value, &issues, most_issues);
        all_valid = all_valid && valid;
        json errors = json::array();
        for (const auto& issue : issues) errors.push_back(issue_json(issue));
        if (options.output == "json") {
            results.push_back({{"file", path}, {"valid", valid}, {"errors", std::move(errors)}});
            continue;
        }
        std::cout << path << ": " << (valid ? "valid" : "invalid") << "\n";
        for (const auto& issue : issues)
            std::cout << "  at '" << issue.pointer << "': " << issue.message << "\n      " << issue.keyword << ", "
                      << place(issue.schema) << " #" << issue.schema_pointer << "\n";
    }
    if (options.output == "json")
        std::cout << json{{"valid", all_valid && all_read}, {"documents", std::move(results)}}.dump(
                         2, ' ', false, json::error_handler_t::replace)
                  << "\n";
    return !all_read ? Exit::usage : all_valid ? Exit::ok : Exit::findings;
}

int run_suite(const ValidateOptions& options) {
    Diagnostics diagnostics;
    auto result = schema::run_suite(options.suite, {options.remotes, options.assert_format}, diagnostics);
    std::cerr << diagnostics.text();
    if (options.output == "json") {
        json failures = json::array();
        for (const auto& failure : result.failures)
            failures.push_back({{"file", failure.mark.file},
                                {"line", failure.mark.line},
                                {"group", failure.group},
                                {"case", failure.test},
                                {"why", failure.why}});
        std::cout << json{{"files", result.files},
                          {"passed", result.passed},
                          {"failed", result.failures.size()},
                          {"failures", std::move(failures)}}
                         .dump(2, ' ', false, json::error_handler_t::replace)
                  << "\n";
    } else {
        for (const auto& failure : result.failures)
            std::cout << "failed: " << place(failure.mark) << ": " << failure.group << ": " << failure.test << "\n  "
                      << failure.why << "\n";
        std::cout << result.passed << " passed, " << result.failures.size() << " failed, of "
                  << result.passed + static_cast<int>(result.failures.size()) << " cases in " << result.files
                  << " files\n";
    }
    if (diagnostics.has_errors()) return Exit::usage;
    return result.failures.empty() ? Exit::ok : Exit::findings;
}

}  // namespace

int contract_validate(const ValidateOptions& options) {
    bool schema = !options.schema.empty();
    if (schema == !options.suite.empty() || (schema && options.instances.empty())) {
        std::cerr << "give either a schema and documents, or --suite\n"
                     "  hint: headgate contract validate SCHEMA INSTANCE...\n";
        return Exit::usage;
    }
    return schema ? validate_instances(options) : run_suite(options);
}

}  // namespace headgate::cli
