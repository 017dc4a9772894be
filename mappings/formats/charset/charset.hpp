// Charset: character sets of text formats (UTF-8, ISO-8859-15, CP850, windows-1252...) to UTF-8 and back, by a code
// page's table; decoding is then one pass without a library call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate {

class CodePage;

// Immutable, lives for the whole process. Only sets that contain ASCII as it is are known: what looks like `<` in the
// bytes is a `<` (UTF-7, UTF-16 and EBCDIC could hide one from a scan).
class Charset {
  public:
    // By any name iconv knows, case-insensitive; nullptr when unknown, multi-byte (but for UTF-8), or without ASCII.
    // Takes a lock: look it up at load or keep the pointer.
    static const Charset* find(std::string_view name);

    const std::string& name() const { return name_; }
    bool is_utf8() const { return !page_; }

    // Appends UTF-8. Returns the offset of the first byte that means nothing in this set, npos when all do.
    std::size_t decode(std::string_view bytes, std::string& out) const;

    // What becomes of a character that the set has not.
    enum class Unfit { refuse, numeric_reference };
    // Appends bytes from valid UTF-8. Returns the offset of the first character refused, npos when none was.
    std::size_t encode(std::string_view utf8, std::string& out, Unfit unfit) const;

    Charset(std::string name, const CodePage* page) : name_(std::move(name)), page_(page) {}

  private:
    std::string name_;
    const CodePage* page_;  // nullptr: UTF-8
};

}  // namespace headgate
