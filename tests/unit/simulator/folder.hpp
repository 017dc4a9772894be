// A folder of its own for a test, gone afterwards.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace simulator {

struct TestFolder {
    TestFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "headgate-simulator-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~TestFolder() {
        std::error_code none;
        std::filesystem::remove_all(path, none);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string path;
};

}  // namespace simulator
