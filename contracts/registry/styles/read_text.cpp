#include "contracts/registry/styles/read_text.hpp"

#include "base/http_fields.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/number.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr std::size_t longest_number = 64;
constexpr std::size_t most_members = 1000;

}  // namespace

std::optional<std::string_view> TextReader::decoded(std::string_view raw) {
    bool coded =
        coding_ != Coding::header && raw.find_first_of(coding_ == Coding::query ? "%+" : "%") != std::string_view::npos;
    if (!coded) {
        if (find_invalid_utf8(raw) == std::string_view::npos && raw.find('\0') == std::string_view::npos)
            return builder_.arena().copy(raw);
    } else if (auto text = percent_decode(raw, coding_ == Coding::query)) {
        return builder_.arena().copy(*text);
    }
    fail("is not well-formed");
    return std::nullopt;
}

std::optional<Value> TextReader::scalar(std::string_view raw, const Shape* shape) {
    auto text = decoded(raw);
    if (!text) return std::nullopt;
    if (shape && !shape->allows(ValueKind::string)) {
        if (shape->allows(ValueKind::number) && text->size() <= longest_number && is_json_number(*text) &&
            text->find_first_of("eE") == std::string_view::npos)
            return Value::number(*text);
        if (shape->allows(ValueKind::boolean) && (*text == "true" || *text == "false"))
            return Value::boolean(*text == "true");
    }
    return Value::string(*text);
}

void TextReader::begin() {
    if (parameter_.kind == Parameter::Kind::object)
        builder_.begin_object();
    else
        builder_.begin_array();
}

bool TextReader::item(std::string_view raw) {
    auto value = scalar(raw, shape_.items());
    if (value) builder_.value(*value);
    return value.has_value();
}

bool TextReader::member(std::string_view key, std::string_view raw) {
    auto members = builder_.open_members();
    if (members.size() >= most_members) return fail("has too many members");
    for (const Member& known : members)
        if (known.key == key) return fail("has a member twice");
    auto value = scalar(raw, shape_.property(key));
    if (!value) return false;
    builder_.key(key);
    builder_.value(*value);
    return true;
}

Value TextReader::end() {
    if (parameter_.kind == Parameter::Kind::object)
        builder_.end_object();
    else
        builder_.end_array();
    return builder_.take();
}

// The next piece before the style's separator, which is looked for before anything is decoded: an item may hold a comma
// as %2C. A blank and a pipe are no characters of a URI, so that they come encoded.
std::string_view TextReader::next(std::string_view& rest, bool& more) const {
    std::size_t at = std::string_view::npos, width = 1;
    if (parameter_.style == ParameterStyle::space || parameter_.style == ParameterStyle::pipe) {
        bool space = parameter_.style == ParameterStyle::space;
        for (std::size_t i = 0; i < rest.size() && at == std::string_view::npos; ++i) {
            if (rest[i] == (space ? '+' : '|')) at = i;
            if (rest[i] != '%' || i + 2 >= rest.size()) continue;
            if (space ? rest.substr(i, 3) == "%20" : rest[i + 1] == '7' && (rest[i + 2] | 32) == 'c') at = i, width = 3;
        }
    } else {
        at = rest.find(',');
    }
    std::string_view piece = rest.substr(0, at);
    more = at != std::string_view::npos;
    rest = more ? rest.substr(at + width) : std::string_view();
    return coding_ == Coding::header ? trim(piece) : piece;
}

std::optional<Value> TextReader::separated(std::string_view raw) {
    begin();
    for (bool more = !raw.empty(); more;) {
        std::string_view piece = next(raw, more);
        if (parameter_.kind == Parameter::Kind::array) {
            if (item(piece)) continue;
        } else if (!more) {
            fail("has a name without a value");
        } else if (auto key = decoded(piece); key && member(*key, next(raw, more))) {
            continue;
        }
        abandon();
        return std::nullopt;
    }
    return end();
}

// `R=100,G=200`, `.blue.black`, `;R=100;G=200`: `raw` is what stands after the first separator of label and matrix.
std::optional<Value> TextReader::exploded(std::string_view raw, char separator) {
    begin();
    for (bool more = true; more;) {
        auto at = raw.find(separator);
        std::string_view piece = raw.substr(0, at);
        more = at != std::string_view::npos;
        raw = more ? raw.substr(at + 1) : std::string_view();
        if (coding_ == Coding::header) piece = trim(piece);
        auto equals = piece.find('=');
        bool named = equals != std::string_view::npos;
        std::string_view text = named ? piece.substr(equals + 1) : std::string_view();
        bool fine = false;
        if (parameter_.kind == Parameter::Kind::array && separator != ';') {
            fine = item(piece);
        } else if (auto key = decoded(piece.substr(0, equals))) {
            if (parameter_.kind == Parameter::Kind::array)
                fine = *key == parameter_.name ? item(text) : fail("has another name inside");
            else
                fine = named || separator == ';' ? member(*key, text) : fail("has a name without a value");
        }
        if (fine) continue;
        abandon();
        return std::nullopt;
    }
    return end();
}

std::optional<Value> TextReader::label(std::string_view raw) {
    if (!raw.starts_with('.')) {
        fail("must begin with '.'");
        return std::nullopt;
    }
    raw.remove_prefix(1);
    if (parameter_.kind == Parameter::Kind::scalar || !parameter_.explode || raw.empty()) return by_kind(raw);
    return exploded(raw, '.');
}

std::optional<Value> TextReader::matrix(std::string_view raw) {
    if (!raw.starts_with(';')) {
        fail("must begin with ';'");
        return std::nullopt;
    }
    raw.remove_prefix(1);
    if (parameter_.explode && parameter_.kind != Parameter::Kind::scalar) return exploded(raw, ';');
    auto equals = raw.find('=');
    auto name = decoded(raw.substr(0, equals));
    if (!name) return std::nullopt;
    if (*name != parameter_.name) {
        why = "must begin with ';" + parameter_.name + "'";
        return std::nullopt;
    }
    return by_kind(equals == std::string_view::npos ? std::string_view() : raw.substr(equals + 1));
}

std::optional<Value> TextReader::json(std::string_view raw) {
    auto text = decoded(raw);
    if (!text) return std::nullopt;
    auto value = read_json(*text, builder_);
    if (value) return *value;
    why = value.error().message;
    return std::nullopt;
}

std::optional<Value> TextReader::read(std::string_view raw) {
    switch (parameter_.style) {
        case ParameterStyle::json: return json(raw);
        case ParameterStyle::label: return label(raw);
        case ParameterStyle::matrix: return matrix(raw);
        default: break;
    }
    if (parameter_.kind == Parameter::Kind::object && parameter_.explode && !raw.empty()) return exploded(raw, ',');
    return by_kind(raw);
}

}  // namespace headgate
