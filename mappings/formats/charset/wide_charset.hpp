// WideCharset: the sets of several bytes a character that XML comes in (UTF-16, Shift_JIS, GB18030, Big5...), through
// iconv; for whole texts alone, since their bytes can't be searched for marks of ASCII.
#pragma once

#include <string>
#include <string_view>

namespace headgate {

// Immutable, lives for the whole process, used from any thread.
class WideCharset {
  public:
    // UTF-16, UTF-16LE, UTF-16BE, Shift_JIS (as Windows has it, code page 932), EUC-JP, GB18030, GBK (GB2312 too),
    // Big5, EUC-KR; case-insensitive. nullptr: none of them.
    static const WideCharset* find(std::string_view name);

    std::string_view name() const { return name_; }

    // Appends UTF-8. Returns the offset of the first byte that means nothing in this set, npos when all do. UTF-16's
    // mark is read and left out; without one it is big-endian (RFC 2781).
    std::size_t decode(std::string_view bytes, std::string& out) const;
    // Appends bytes from valid UTF-8; what the set has not as a numeric character reference. UTF-16 begins with its
    // mark.
    void encode(std::string_view utf8, std::string& out) const;

    constexpr WideCharset(const char* upper_name, const char* iconv_name)
        : name_(upper_name), iconv_name_(iconv_name) {}

  private:
    const char* name_;
    const char* iconv_name_;
};

}  // namespace headgate
