#include "gateway/app/cli/contract_folders.hpp"

#include <filesystem>

#include "gateway/config/config.hpp"

namespace headgate::cli {

std::vector<std::string> contract_folders(const std::vector<std::string>& given, Diagnostics& diagnostics) {
    if (!given.empty()) return given;
    std::error_code ignored;
    if (!std::filesystem::exists("headgate.yaml", ignored)) {
        diagnostics.error({"headgate.yaml", 0, 0}, "where are the contracts?",
                          "--contracts DIR, or a headgate.yaml here");
        return {};
    }
    auto config = load_mock_config("headgate.yaml", diagnostics);
    return config ? config->contracts : std::vector<std::string>();
}

}  // namespace headgate::cli
