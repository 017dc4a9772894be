#include "contracts/registry/source_files.hpp"

#include <algorithm>
#include <filesystem>

#include "contracts/document/source_format.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_fetched_files = 200;
constexpr std::size_t most_fetched_bytes = 64 * 1024 * 1024;

bool is_contract_file(const fs::path& path) { return source_format(path.native()) != SourceFormat::none; }

}  // namespace

std::string uri_of_file(const std::string& path) {
    std::string out;
    percent_encode(fs::absolute(path).lexically_normal().generic_string(), out, "/!$&'()*+,;=@ ");
    return out;
}

std::string SourceFiles::shown(const std::string& path) const {
    std::error_code failure;
    fs::path here = fs::current_path(failure);
    return relative_ && !failure ? fs::path(path).lexically_proximate(here).generic_string() : path;
}

std::shared_ptr<const SourceFile> SourceFiles::read(const std::string& path, const std::string& uri, bool fetched) {
    auto source = read_single_source(path, diagnostics_);
    by_uri_[uri] = source;
    if (!source) return nullptr;
    files_.push_back({uri, source, fetched});
    return source;
}

void SourceFiles::add_folder(const std::string& folder) {
    relative_ = relative_ || fs::path(folder).is_relative();
    std::vector<fs::path> paths;
    std::error_code failure;
    fs::directory_iterator entries(folder, failure);
    for (fs::directory_iterator end; !failure && entries != end; entries.increment(failure))
        if (is_contract_file(entries->path()) && !entries->is_directory()) paths.push_back(entries->path());
    if (failure) diagnostics_.error({folder, 0, 0}, "the folder can't be read: " + failure.message());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        std::string uri = uri_of_file(path.generic_string());
        if (!by_uri_.contains(uri)) read(path.generic_string(), uri, false);
    }
}

std::shared_ptr<const SourceFile> SourceFiles::fetch(const std::string& uri) {
    if (auto known = by_uri_.find(uri); known != by_uri_.end()) return known->second;
    if (!uri.starts_with('/') || uri.starts_with("//")) return nullptr;  // the network, or no file at all
    auto text = percent_decode(uri, false);
    if (!text) return nullptr;
    fs::path path(*text);
    std::error_code failure;
    if (!is_contract_file(path) || !fs::is_regular_file(path, failure) || failure) return nullptr;
    auto bytes = fs::file_size(path, failure);
    if (failure) return nullptr;
    fetched_bytes_ += bytes;
    if (++fetched_files_ > most_fetched_files || fetched_bytes_ > most_fetched_bytes) {
        by_uri_[uri] = nullptr;
        diagnostics_.error({shown(*text), 0, 0}, "references lead to more than " + std::to_string(most_fetched_files) +
                                                     " files or " + std::to_string(most_fetched_bytes) + " bytes");
        return nullptr;
    }
    return read(shown(*text), uri, true);
}

}  // namespace headgate
