// What every fuzz target shares: its entry function, and how it says that a law is broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace headgate::fuzz {

inline std::string_view bytes(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// A law that must hold for every input; the process ends here where it does not, and the input is kept.
inline void hold(bool law, std::string_view what, std::string_view shown = {}) {
    if (law) return;
    for (std::string_view text :
         {std::string_view("broken: "), what, std::string_view("\n"), shown, std::string_view("\n")})
        std::fwrite(text.data(), 1, text.size(), stderr);
    std::abort();
}

}  // namespace headgate::fuzz
