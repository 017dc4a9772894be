#include "contracts/evolution/documents.hpp"

#include <filesystem>

#include "contracts/document/source_format.hpp"

namespace headgate::evolution {
namespace {

namespace fs = std::filesystem;

// Files of folders below are read where they are referred to; a document with operations of its own would go unseen.
void refuse_below(const std::string& path, Diagnostics& diagnostics) {
    std::error_code error;
    std::size_t left = 2'000;
    for (fs::recursive_directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
        const auto& file_path = at->path();
        if (at.depth() == 0 || !at->is_regular_file() || source_format(file_path.native()) == SourceFormat::none)
            continue;
        if (left-- == 0) return diagnostics.error({path, 0, 0}, "has more than 2000 files in folders below");
        Diagnostics unread;
        auto file = read_source(file_path.generic_string(), unread);
        if (file && file->root().find("openapi") && file->root().find("paths"))
            diagnostics.error(file->mark(file->root()), "a document in a folder below is not compared",
                              "compare its folder by itself");
    }
}

}  // namespace

Documents documents_of(const std::string& path, Diagnostics& diagnostics) {
    Documents documents;
    std::error_code error;
    if (!fs::is_directory(path, error)) return {{"", read_single_source(path, diagnostics)}};
    for (const auto& entry : fs::directory_iterator(path, error)) {
        if (!entry.is_regular_file() || source_format(entry.path().native()) == SourceFormat::none) continue;
        // What is no document of its own is read where it is referred to.
        auto file = read_single_source(entry.path().generic_string(), diagnostics);
        if (!file) continue;
        const SourceNode& root = file->root();
        if (!root.find("openapi")) {
            if (root.find("info") && (root.find("paths") || root.find("components")))
                diagnostics.error(file->mark(root), "is no OpenAPI document: 'openapi' is missing", "openapi: 3.1.0");
            continue;
        }
        auto [other, added] = documents.emplace(entry.path().stem().string(), file);
        if (!added)
            diagnostics.error({file->path, 0, 0}, "has the same name as " + other->second->path,
                              "files of two folders are paired by their names");
    }
    if (error) diagnostics.error({path, 0, 0}, "can't be read: " + error.message());
    refuse_below(path, diagnostics);
    if (documents.empty() && !error) diagnostics.error({path, 0, 0}, "holds no OpenAPI document");
    return documents;
}

}  // namespace headgate::evolution
