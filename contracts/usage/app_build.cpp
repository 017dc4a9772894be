#include "contracts/usage/app_build.hpp"

#include <algorithm>

namespace headgate {
namespace {

bool plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-' || c == '+' || c == ':' || c == '/' || c == '~';
}

}  // namespace

std::string_view app_build(std::string_view header, std::span<char, longest_build> room) {
    std::size_t begin = std::min(header.find_first_not_of(" \t"), header.size());
    std::string_view word = header.substr(begin, header.find_first_of(" \t", begin) - begin).substr(0, longest_build);
    if (word.empty()) return unknown_build;
    if (std::all_of(word.begin(), word.end(), plain)) return word;
    std::transform(word.begin(), word.end(), room.begin(), [](char c) { return plain(c) ? c : '_'; });
    return {room.data(), word.size()};
}

}  // namespace headgate
