#include "gateway/admin/pages/redoc.hpp"

#include <zlib.h>

asm(".section .rodata\n"
    ".balign 16\n"
    "headgate_redoc_begin:\n"
    ".incbin \"" HEADGATE_REDOC
    "\"\n"
    "headgate_redoc_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char headgate_redoc_begin[], headgate_redoc_end[];

namespace headgate {

std::string_view redoc_gzip() {
    return {headgate_redoc_begin, static_cast<std::size_t>(headgate_redoc_end - headgate_redoc_begin)};
}

std::string redoc_plain() {
    std::string_view packed = redoc_gzip();
    // The last four bytes are the size, little-endian.
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size |= static_cast<std::size_t>(static_cast<unsigned char>(packed[packed.size() - 4 + i])) << (8 * i);
    std::string out(size, '\0');
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    if (inflateInit2(&stream, gzip_window) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
    inflateEnd(&stream);
    return whole ? out : std::string();
}

}  // namespace headgate
