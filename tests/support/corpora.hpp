// Where the shared corpora lie: $HEADGATE_CORPORA, else beside the project; tests skip when they are absent.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace headgate::test {

inline std::filesystem::path corpus(const std::string& name) {
    const char* set = std::getenv("HEADGATE_CORPORA");
    std::filesystem::path root = set ? set : HEADGATE_SOURCE_DIR "/../shared/corpora";
    return root / name;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return std::move(text).str();
}

// In the order of their names.
inline std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder, const std::string& extension) {
    std::vector<std::filesystem::path> found;
    if (std::filesystem::is_directory(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.is_regular_file() && entry.path().extension() == extension) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace headgate::test
