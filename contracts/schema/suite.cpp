#include "contracts/schema/suite.hpp"

#include <algorithm>
#include <filesystem>

#include "contracts/document/source_format.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/schema/schema_file.hpp"

namespace headgate::schema {
namespace {

namespace fs = std::filesystem;

// Beside the cases, or where the official repository keeps it: tests/draft2020-12 and remotes.
std::string remotes_beside(const fs::path& folder) {
    std::error_code failed;
    for (const fs::path& path : {folder / "remotes", folder / ".." / ".." / "remotes"})
        if (fs::is_directory(path, failed)) return path.generic_string();
    return {};
}

// One run's; borrows everything.
class Run {
  public:
    Run(const SuiteOptions& options, Diagnostics& diagnostics, SuiteResult& result)
        : options_(options), diagnostics_(diagnostics), result_(result) {}

    void judge(const std::shared_ptr<const SourceFile>& file) {
        file_ = file.get();
        if (!file->root().is_sequence()) return fault(file->root(), "a suite's file must be a list of groups");
        for (const auto& group : file->root().items) judge_group(file, group);
    }

  private:
    void fault(const SourceNode& at, std::string message) {
        diagnostics_.error(file_->mark(at), std::move(message),
                           "a group is {description, schema, tests: [{description, data, valid}]}");
    }

    static std::string text(const SourceNode& node, std::string_view key) {
        const SourceNode* value = node.find(key);
        return value && value->is_scalar() ? value->text : "(without description)";
    }

    void judge_group(const std::shared_ptr<const SourceFile>& file, const SourceNode& group) {
        const SourceNode* root = group.find("schema");
        const SourceNode* tests = group.find("tests");
        if (!root || !tests || !tests->is_sequence()) return fault(group, "a group needs schema and tests");
        Diagnostics loading;
        Compiler compiler(specification_options(options_.assert_format), loading,
                          fetch_files(options_.remotes, loading));
        auto schema = compiler.compile(*root, compiler.add(file->path, file, *root));
        compiler.finish();
        Arena arena;
        Builder builder(arena);
        for (const auto& test : tests->items) {
            const SourceNode* data = test.find("data");
            const SourceNode* valid = test.find("valid");
            if (!data || !valid || (valid->text != "true" && valid->text != "false")) {
                fault(test, "a case needs data, and valid as true or false");
                continue;
            }
            std::string why = loading.has_errors() ? "the schema can't be loaded: " + loading.text()
                                                   : wrong(*schema, to_value(*data, builder), valid->text == "true");
            if (why.empty())
                ++result_.passed;
            else
                result_.failures.push_back(
                    {file->mark(test), text(group, "description"), text(test, "description"), std::move(why)});
        }
    }

    static std::string wrong(const Schema& schema, const Value& data, bool expected) {
        std::vector<SchemaIssue> issues;
        bool valid = schema.validate(data, &issues, 1);
        if (valid == expected) return {};
        if (valid) return "expected invalid, found valid";
        return "expected valid, found invalid: at '" + issues.front().pointer + "': " + issues.front().message;
    }

    const SuiteOptions& options_;
    Diagnostics& diagnostics_;
    SuiteResult& result_;
    const SourceFile* file_ = nullptr;
};

}  // namespace

SuiteResult run_suite(const std::string& folder, const SuiteOptions& given, Diagnostics& diagnostics) {
    SuiteResult result;
    std::error_code failed;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (entry.is_regular_file(failed) && source_format(entry.path().native()) == SourceFormat::json)
            paths.push_back(entry.path());
    if (paths.empty())
        diagnostics.error({folder, 0, 0}, failed ? "can't be read" : "holds no .json file",
                          "name the folder that the suite's files lie in");
    std::sort(paths.begin(), paths.end());
    SuiteOptions options = given;
    if (options.remotes.empty()) options.remotes = remotes_beside(folder);
    Run run(options, diagnostics, result);
    for (const auto& path : paths) {
        auto file = read_source(path.generic_string(), diagnostics);
        if (!file) continue;
        ++result.files;
        run.judge(file);
    }
    return result;
}

}  // namespace headgate::schema
