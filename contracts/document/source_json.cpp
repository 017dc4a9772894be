// Reads a JSON file with the place of every value; messages at run time go through json.cpp, which keeps no places.
#include "contracts/document/source_builder.hpp"
#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

// Recursive descent; the builder bounds the depth. `text` is valid UTF-8 without NUL.
class JsonSource {
  public:
    JsonSource(std::string_view text, SourceBuilder& builder) : text_(text), builder_(builder) {}

    void document() {
        skip_space();
        value();
        skip_space();
        if (at_ < text_.size()) fail("text after the end of the value");
    }

  private:
    void value() {
        int line = line_, column = column_here();
        switch (peek()) {
            case '{': return object(line, column);
            case '[': return array(line, column);
            case '"': return builder_.scalar(line, column, string(), true);
            case 't': return word("true", line, column);
            case 'f': return word("false", line, column);
            case 'n': return word("null", line, column);
            default: return number(line, column);
        }
    }

    void object(int line, int column) {
        builder_.begin(line, column, SourceKind::mapping);
        ++at_;
        skip_space();
        if (peek() != '}') {
            while (true) {
                int key_line = line_, key_column = column_here();
                if (peek() != '"') fail("a key in double quotes is expected");
                builder_.scalar(key_line, key_column, string(), true);
                skip_space();
                expect(':', "':' is expected");
                skip_space();
                value();
                skip_space();
                if (peek() != ',') break;
                ++at_;
                skip_space();
            }
        }
        expect('}', "',' or '}' is expected");
        builder_.end();
    }

    void array(int line, int column) {
        builder_.begin(line, column, SourceKind::sequence);
        ++at_;
        skip_space();
        if (peek() != ']') {
            while (true) {
                value();
                skip_space();
                if (peek() != ',') break;
                ++at_;
                skip_space();
            }
        }
        expect(']', "',' or ']' is expected");
        builder_.end();
    }

    void word(std::string_view expected, int line, int column) {
        if (text_.substr(at_, expected.size()) != expected) fail("a JSON value is expected");
        at_ += expected.size();
        if (expected == "null")
            builder_.null(line, column);
        else
            builder_.scalar(line, column, std::string(expected), false);
    }

    void number(int line, int column) {
        std::size_t begin = at_;
        if (peek() == '-') ++at_;
        if (peek() == '0')
            ++at_;
        else
            digits();
        if (peek() == '.') {
            ++at_;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            digits();
        }
        builder_.scalar(line, column, std::string(text_.substr(begin, at_ - begin)), false);
    }

    void digits() {
        if (peek() < '0' || peek() > '9') fail("a JSON value is expected");
        while (peek() >= '0' && peek() <= '9') ++at_;
    }

    std::string string() {
        std::string out;
        ++at_;
        while (true) {
            if (at_ >= text_.size()) fail("a string is not closed");
            char c = text_[at_];
            if (c == '"') break;
            if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a string must be escaped");
            ++at_;
            if (c == '\\')
                escape(out);
            else
                out += c;
        }
        ++at_;
        return out;
    }

    void escape(std::string& out) {
        char c = peek();
        ++at_;
        switch (c) {
            case '"':
            case '\\':
            case '/': out += c; return;
            case 'b': out += '\b'; return;
            case 'f': out += '\f'; return;
            case 'n': out += '\n'; return;
            case 'r': out += '\r'; return;
            case 't': out += '\t'; return;
            case 'u': break;
            default: --at_; fail("unknown escape in a string");
        }
        std::uint32_t unit = hex4();
        if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            at_ += 2;
            std::uint32_t low = hex4();
            if (low < 0xDC00 || low > 0xDFFF) fail("half of a surrogate pair");
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        } else if (unit >= 0xD800 && unit <= 0xDFFF) {
            fail("half of a surrogate pair");
        }
        append_utf8(unit, out);
    }

    std::uint32_t hex4() {
        std::uint32_t unit = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            char c = peek();
            std::uint32_t digit = c >= '0' && c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                  : c >= 'a' && c <= 'f' ? static_cast<std::uint32_t>(c - 'a' + 10)
                                  : c >= 'A' && c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10)
                                                         : 16u;
            if (digit > 15) fail("four hexadecimal digits are expected");
            unit = unit << 4 | digit;
        }
        return unit;
    }

    void skip_space() {
        for (; at_ < text_.size(); ++at_) {
            char c = text_[at_];
            if (c == '\n') {
                ++line_;
                line_begin_ = at_ + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
        }
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    int column_here() const { return static_cast<int>(at_ - line_begin_) + 1; }
    void expect(char c, const char* message) {
        if (peek() != c || at_ >= text_.size()) fail(message);
        ++at_;
    }
    [[noreturn]] void fail(const char* message) const {
        throw SourceFault{line_, column_here(), std::string("not well-formed JSON: ") + message, ""};
    }

    std::string_view text_;
    SourceBuilder& builder_;
    std::size_t at_ = 0, line_begin_ = 0;
    int line_ = 1;
};

}  // namespace

void read_json_source(std::string_view text, SourceBuilder& builder) { JsonSource(text, builder).document(); }

}  // namespace headgate
