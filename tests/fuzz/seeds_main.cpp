// Runs a fuzz target over files and folders of files, once each: where libFuzzer is not, its seeds are still tests.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/fuzz/fuzz.hpp"

namespace fs = std::filesystem;

namespace {

void run(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::cerr << path.string() << '\n';  // the last line says which one ended the process
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        fs::path path = argv[i];
        if (!fs::is_directory(path)) {
            run(path), ++files;
            continue;
        }
        for (const auto& entry : fs::directory_iterator(path)) run(entry.path()), ++files;
    }
    if (files == 0) std::cerr << "no seeds\n";
    return files == 0;
}
