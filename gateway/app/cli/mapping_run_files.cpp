// Which files a run of a mapping depends on, whether or not they can be used as they are now.
#include <algorithm>
#include <filesystem>

#include "contracts/document/source.hpp"
#include "gateway/app/cli/mapping_run.hpp"

namespace headgate::cli {

std::vector<std::string> MappingRunner::files() const {
    std::vector<std::string> out{options_.mapping, options_.input};
    for (const auto* file : {&options_.request, &options_.answers})
        if (!file->empty()) out.push_back(*file);
    if (contracts_)  // contracts refer to files outside their folders, too
        for (const auto& file : contracts_->files()) out.push_back(file->path);
    return out;
}

// The contracts', and those that the `legacy:` block names files in: schemas import others beside them.
std::vector<std::string> MappingRunner::folders() const {
    std::vector<std::string> out = folders_;
    Diagnostics ignored;
    auto file = read_source(options_.mapping, ignored);
    auto here = std::filesystem::path(options_.mapping).parent_path();
    if (!file) return out;
    for (const auto& document : file->documents) {
        const auto* legacy = document.find("legacy");
        if (!legacy || !legacy->is_mapping()) continue;
        for (const auto& entry : legacy->entries) {
            if (!entry.value.is_scalar() || entry.value.text.find_first_of(" {:") != std::string::npos) continue;
            auto path = (here / entry.value.text).lexically_normal();
            if (!path.has_extension() || path == here) continue;
            auto folder = path.parent_path().empty() ? "." : path.parent_path().string();
            std::error_code none;
            if (std::filesystem::is_directory(folder, none) && std::find(out.begin(), out.end(), folder) == out.end())
                out.push_back(folder);
        }
    }
    return out;
}

void MappingRunner::changed(const std::vector<std::string>& paths) {
    auto within = [&](const std::string& path) {
        auto folder = std::filesystem::path(path).parent_path().lexically_normal();
        for (const auto& one : folders_)
            if (std::filesystem::path(one + "/").lexically_normal().parent_path() == folder) return true;
        if (contracts_)
            for (const auto& file : contracts_->files())
                if (file->path == path) return true;
        return false;
    };
    if (std::any_of(paths.begin(), paths.end(), within)) contracts_.reset();
}

}  // namespace headgate::cli
