// Character by character where one does not fit.
#include "tests/simulator/warehouse/code_page.hpp"

#include <iconv.h>

#include <memory>
#include <stdexcept>

namespace simulator {
namespace {

bool convert(iconv_t from_utf8, std::string_view text, std::string& out) {
    std::string in(text), converted(text.size() * 2 + 16, '\0');
    char *read = in.data(), *write = converted.data();
    std::size_t left = in.size(), room = converted.size();
    iconv(from_utf8, nullptr, nullptr, nullptr, nullptr);
    // Not reversible conversions count too: a letter must not turn into another one.
    if (iconv(from_utf8, &read, &left, &write, &room) != 0 || left > 0) return false;
    out.append(converted.data(), converted.size() - room);
    return true;
}

}  // namespace

std::string encoded(std::string_view utf8, const std::string& charset) {
    const auto opened = iconv_open(charset.c_str(), "UTF-8");
    if (opened == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("unknown charset " + charset);
    const std::unique_ptr<void, int (*)(void*)> from_utf8(opened, iconv_close);
    std::string out;
    if (convert(opened, utf8, out)) return out;
    for (std::size_t i = 0; i < utf8.size();) {
        std::size_t end = i + 1;
        while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) ++end;
        if (!convert(opened, utf8.substr(i, end - i), out)) convert(opened, "?", out);
        i = end;
    }
    return out;
}

}  // namespace simulator
