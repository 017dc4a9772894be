#include "contracts/document/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cstring>

#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

namespace json = boost::json;

std::string excerpt(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string_view cut = cut_utf8(text, longest);
    return std::string(cut) + (cut.size() < text.size() ? "..." : "");
}

// What basic_parser calls. It sees the whole text at once, so numbers and strings without escapes arrive in one piece,
// as views into the text; a string with escapes arrives in parts and is put together in the builder's scratch.
struct Handler {
    static constexpr std::size_t max_object_size = std::size_t(-1), max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1), max_string_size = std::size_t(-1);
    // Up to here a new key is compared with each before it; larger objects are checked at their end, by sorting, which
    // no choice of keys makes quadratic.
    static constexpr std::size_t linear_keys = 16;
    using error_code = json::error_code;

    Builder& builder;
    const JsonLimits& limits;
    bool borrow;
    const char *text_begin, *text_end;
    std::string fault = {};    // ours; else the parser's own
    std::string pointer = {};  // of a fault at a place other than the one reached
    std::size_t values = 0;
    bool in_parts = false;

    bool fail(error_code& ec, std::string message) {
        fault = std::move(message);
        ec = make_error_code(json::error::syntax);
        return false;
    }
    bool counted(error_code& ec) {
        if (++values <= limits.values) [[likely]]
            return true;
        return fail(ec, "more than " + std::to_string(limits.values) + " values");
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& ec) {
        builder.begin_object();
        return counted(ec);
    }
    bool on_object_end(std::size_t count, error_code& ec) {
        if (count > linear_keys && !unique_keys(ec)) return false;
        builder.end_object();
        return true;
    }
    bool on_array_begin(error_code& ec) {
        builder.begin_array();
        return counted(ec);
    }
    bool on_array_end(std::size_t, error_code&) {
        builder.end_array();
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, error_code&) { return append(part); }
    bool on_key(json::string_view last, std::size_t, error_code& ec) {
        std::string_view key;
        if (!whole(last, key, ec)) return false;
        auto members = builder.open_members();
        if (members.size() < linear_keys)
            for (const Member& member : members)
                if (member.key == key) return duplicate(key, ec);
        // A key's data is never null, so that the builder can tell the empty key from none.
        builder.key(key.data() ? key : std::string_view("", 0));
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) { return append(part); }
    bool on_string(json::string_view last, std::size_t, error_code& ec) {
        std::string_view text;
        if (!whole(last, text, ec)) return false;
        builder.string(text);
        return counted(ec);
    }
    bool on_number_part(json::string_view, error_code&) { return true; }  // only of a number that is cut off
    bool on_int64(std::int64_t, json::string_view text, error_code& ec) {
        return number({text.data(), text.size()}, ec);
    }
    bool on_uint64(std::uint64_t, json::string_view text, error_code& ec) {
        return number({text.data(), text.size()}, ec);
    }
    bool on_double(double, json::string_view text, error_code& ec) { return number({text.data(), text.size()}, ec); }
    bool on_bool(bool value, error_code& ec) {
        builder.boolean(value);
        return counted(ec);
    }
    bool on_null(error_code& ec) {
        builder.null();
        return counted(ec);
    }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

  private:
    bool append(json::string_view part) {
        std::string& scratch = builder.scratch();
        if (!in_parts) scratch.clear();
        in_parts = true;
        scratch.append(part.data(), part.size());
        return true;
    }
    bool whole(json::string_view last, std::string_view& out, error_code& ec);
    bool duplicate(std::string_view key, error_code& ec) {
        pointer = parent_pointer();
        append_pointer(pointer, key);
        return fail(ec, "duplicate key '" + excerpt(key) + "'");
    }
    // Of the object that is open, which has a member already.
    std::string parent_pointer() const {
        std::string reached = builder.pointer();
        return reached.substr(0, reached.rfind('/'));
    }
    bool unique_keys(error_code& ec);
    bool number(std::string_view text, error_code& ec);
};

bool Handler::whole(json::string_view last, std::string_view& out, error_code& ec) {
    if (in_parts) {
        append(last);
        in_parts = false;
        out = builder.scratch();
    } else {
        out = {last.data(), last.size()};
        if (borrow && text_begin <= out.data() && out.data() <= text_end) return true;
    }
    // Only an escape can have made a NUL, and an escaped string never is a view into the text.
    if (!limits.nul && out.find('\0') != std::string_view::npos) return fail(ec, "\\u0000 in a string is not accepted");
    out = builder.arena().copy(out);
    return true;
}

bool Handler::unique_keys(error_code& ec) {
    std::vector<std::string_view> keys;
    keys.reserve(builder.open_members().size());
    for (const Member& member : builder.open_members()) keys.push_back(member.key);
    auto before = [](std::string_view a, std::string_view b) {
        if (a.size() != b.size()) return a.size() < b.size();
        return a.size() > 0 && std::memcmp(a.data(), b.data(), a.size()) < 0;
    };
    std::sort(keys.begin(), keys.end(), before);
    auto twice = std::adjacent_find(keys.begin(), keys.end());
    return twice == keys.end() || duplicate(*twice, ec);
}

bool Handler::number(std::string_view text, error_code& ec) {
    std::size_t exponent_at = text.size(), digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == 'e' || c == 'E') {
            exponent_at = i;
            break;
        }
        digits += (digits > 0 && c == '0') || (c >= '1' && c <= '9');
    }
    if (text.size() > limits.number_length)
        return fail(ec, "a number of more than " + std::to_string(limits.number_length) + " characters");
    if (digits > limits.number_digits)
        return fail(ec, "a number of more than " + std::to_string(limits.number_digits) + " digits");
    if (exponent_at < text.size()) {
        std::string_view exponent = text.substr(exponent_at + 1);
        if (exponent.front() == '+' || exponent.front() == '-') exponent.remove_prefix(1);
        if (exponent.size() > limits.exponent_digits)
            return fail(ec, "an exponent of more than " + std::to_string(limits.exponent_digits) + " digits");
    }
    builder.number(borrow ? text : builder.arena().copy(text));
    return counted(ec);
}

bool after_high_surrogate(std::string_view escape) {
    return escape.starts_with("\\u") && (escape[2] | 32) == 'd' &&
           std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}

std::string explain(const json::error_code& ec, std::string_view text, std::size_t at, const JsonLimits& limits) {
    using json::error;
    if (ec == make_error_code(error::too_deep)) return "nested deeper than " + std::to_string(limits.depth) + " levels";
    if (ec == make_error_code(error::exponent_overflow))
        return "an exponent of more than " + std::to_string(limits.exponent_digits) + " digits";
    if (ec == make_error_code(error::incomplete)) return text.empty() ? "no JSON value" : "the JSON text ends too soon";
    if (ec == make_error_code(error::illegal_leading_surrogate) ||
        ec == make_error_code(error::illegal_trailing_surrogate) || ec == make_error_code(error::expected_utf16_escape))
        return "half of a surrogate pair";
    if (ec == make_error_code(error::expected_hex_digit)) return "four hexadecimal digits are expected";
    if (at >= 6 && after_high_surrogate(text.substr(at - 6, 6))) return "half of a surrogate pair";
    if (at < text.size()) {
        auto c = static_cast<unsigned char>(text[at]);
        if (c == 0) return "a NUL byte";
        if (c >= 0x80 && find_invalid_utf8(text) == at) return "invalid UTF-8";
        if (c >= 0x20 && c < 0x7F) return std::string("unexpected '") + static_cast<char>(c) + "'";
        if (c < 0x20) return "an unexpected control character or line end";
    }
    return "not well-formed";
}

Error refuse(std::string_view text, std::size_t at, const std::string& message, std::string pointer) {
    TextPlace place = place_of(text, at);
    Error error;
    error.kind = ErrorKind::invalid_message;
    error.message = "invalid JSON at line " + std::to_string(place.line) + ", column " + std::to_string(place.column) +
                    ": " + message;
    error.pointer = std::move(pointer);
    return error;
}

}  // namespace

Result<Value> read_json(std::string_view text, Builder& builder, const JsonLimits& limits, bool borrow) {
    if (text.size() > std::min<std::size_t>(limits.bytes, UINT32_MAX)) {
        Error error;
        error.kind = ErrorKind::too_large;
        error.message = "more than " + std::to_string(limits.bytes) + " bytes of JSON";
        return error;
    }
    if (text.starts_with("\xEF\xBB\xBF")) return refuse(text, 0, "a byte order mark", "");
    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<Handler> parser(options,
                                       Handler{builder, limits, borrow, text.data(), text.data() + text.size()});
    json::error_code ec;
    std::size_t consumed = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && consumed == text.size()) return builder.take();

    std::string message = !parser.handler().fault.empty() ? parser.handler().fault
                          : !ec                           ? "text after the end of the value"
                                                          : explain(ec, text, consumed, limits);
    std::string pointer = !parser.handler().pointer.empty() ? parser.handler().pointer : builder.pointer();
    builder.reset(builder.arena());
    return refuse(text, std::min(consumed, text.size()), message, std::move(pointer));
}

}  // namespace headgate
