#include "contracts/schema/schema_file.hpp"

#include <filesystem>

namespace headgate::schema {
namespace {

// nullptr when it isn't there; a folder is no file.
std::shared_ptr<const SourceFile> read_if_there(const std::filesystem::path& path, Diagnostics& diagnostics) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return nullptr;
    return read_single_source(path.generic_string(), diagnostics);
}

}  // namespace

Fetch fetch_files(std::string remotes, Diagnostics& diagnostics) {
    return [remotes = std::move(remotes), &diagnostics](const std::string& uri) -> std::shared_ptr<const SourceFile> {
        if (uri.starts_with(remote_address)) {
            std::string path = uri.substr(remote_address.size());
            // What lies beside the folder is no part of it.
            if (remotes.empty() || path.find("..") != std::string::npos) return nullptr;
            return read_if_there(std::filesystem::path(remotes) / path, diagnostics);
        }
        if (uri.find("://") != std::string::npos || uri.starts_with("urn:")) return nullptr;
        return read_if_there(uri, diagnostics);
    };
}

CompilerOptions specification_options(bool assert_format) {
    CompilerOptions options;
    options.assert_format = assert_format;
    options.refuse_unknown = false;
    options.check_examples = false;
    options.make_shapes = false;
    return options;
}

std::shared_ptr<const Schema> load_schema(const std::string& reference, const std::string& remotes, bool assert_format,
                                          Diagnostics& diagnostics) {
    std::string path = reference.substr(0, reference.find('#'));
    auto file = read_source(path, diagnostics);
    if (!file) return nullptr;
    Compiler compiler(specification_options(assert_format), diagnostics, fetch_files(remotes, diagnostics));
    ResourceId resource = compiler.add(path, file, file->root());
    std::string why;
    auto place =
        compiler.resolve_schema(path.size() < reference.size() ? reference.substr(path.size()) : "#", resource, why);
    if (!place.node) {
        diagnostics.error({path, 0, 0}, "'" + reference + "' " + why,
                          "name a schema, as in " + path + "#/components/schemas/Order");
        return nullptr;
    }
    auto schema = compiler.compile(*place.node, place.resource);
    compiler.finish();
    return diagnostics.has_errors() ? nullptr : schema;
}

}  // namespace headgate::schema
