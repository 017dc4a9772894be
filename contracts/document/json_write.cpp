// Documents as compact JSON text.
#include <array>
#include <cstring>

#include "contracts/document/json.hpp"

namespace headgate {
namespace {

// Bytes that a JSON string can't hold as they are.
constexpr auto escaped = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) table[c] = true;
    table['"'] = table['\\'] = true;
    return table;
}();

// Writes behind what `out` holds, into room that it makes ahead: a check a value instead of one a piece.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out), used_(out.size()) { out_.resize(out_.capacity()); }
    ~JsonWriter() { out_.resize(used_); }
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    // Documents are bounded in depth where they are read or built, so recursion is too.
    void write(const Value& value) {
        switch (value.kind()) {
            case ValueKind::null: return plain("null");
            case ValueKind::boolean: return plain(value.as_boolean() ? "true" : "false");
            case ValueKind::number: return plain(value.text());
            case ValueKind::string: return string(value.text());
            case ValueKind::array: {
                char separator = '[';
                for (const Value& item : value) {
                    put(separator);
                    write(item);
                    separator = ',';
                }
                return plain(value.size() == 0 ? "[]" : "]");
            }
            case ValueKind::object: {
                char separator = '{';
                for (const Member& member : value.members()) {
                    put(separator);
                    string(member.key);
                    put(':');
                    write(member.value);
                    separator = ',';
                }
                return plain(value.size() == 0 ? "{}" : "}");
            }
        }
    }

  private:
    char* room(std::size_t bytes) {
        if (out_.size() - used_ < bytes) out_.resize(std::max(2 * out_.size(), used_ + bytes));
        return out_.data() + used_;
    }
    void put(char c) {
        *room(1) = c;
        ++used_;
    }
    void plain(std::string_view text) {
        std::memcpy(room(text.size()), text.data(), text.size());
        used_ += text.size();
    }
    void string(std::string_view text) {
        constexpr std::size_t longest_escape = 6;  // \u001f
        char* begin = room(2 + longest_escape * text.size());
        char* to = begin;
        *to++ = '"';
        for (char c : text) {
            if (escaped[static_cast<unsigned char>(c)])
                to = escape(c, to);
            else
                *to++ = c;
        }
        *to++ = '"';
        used_ += static_cast<std::size_t>(to - begin);
    }
    static char* escape(char c, char* to) {
        *to++ = '\\';
        switch (c) {
            case '\n': *to++ = 'n'; return to;
            case '\r': *to++ = 'r'; return to;
            case '\t': *to++ = 't'; return to;
            case '"':
            case '\\': *to++ = c; return to;
        }
        constexpr char hex[] = "0123456789abcdef";
        for (char digit : {'u', '0', '0', hex[(c >> 4) & 15], hex[c & 15]}) *to++ = digit;
        return to;
    }

    std::string& out_;
    std::size_t used_;
};

}  // namespace

void write_json(const Value& value, std::string& out) { JsonWriter(out).write(value); }

std::string to_json(const Value& value) {
    std::string out;
    write_json(value, out);
    return out;
}

}  // namespace headgate
