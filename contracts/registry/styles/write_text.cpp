#include "contracts/registry/styles/write_text.hpp"

#include "contracts/document/json.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr std::size_t longest_number = 64;  // as read

// Writes one parameter; the first reason why it can't be told is kept.
class TextWriter {
  public:
    TextWriter(const Parameter& parameter, std::string& out) : parameter_(parameter), out_(out) {}

    std::string write(const Value& value) {
        std::size_t before = out_.size();
        structured_ = value.is_array() || value.is_object();
        switch (parameter_.in) {
            case ParameterPlace::query: query(value); break;
            case ParameterPlace::path: path(value); break;
            case ParameterPlace::header:
                structured_&& parameter_.style != ParameterStyle::json ? structured(value, ',', ',') : scalar(value);
                break;
        }
        std::string_view written = std::string_view(out_).substr(before);
        // Servers and proxies take such segments out of a path.
        if (parameter_.in == ParameterPlace::path && (written.empty() || written == "." || written == ".."))
            refuse("can't be a segment of a path");
        if (parameter_.in == ParameterPlace::header && !written.empty() &&
            (blank(written.front()) || blank(written.back())))
            refuse("can't begin or end with a blank in a header");
        return why_;
    }

  private:
    void query(const Value& value) {
        if (parameter_.style == ParameterStyle::json || !structured_) {
            name();
            out_ += '=';
            scalar(value);
        } else if (parameter_.style == ParameterStyle::deep) {
            each_pair(value, '&', [&](std::string_view key) {
                name();
                out_ += "%5B";
                percent_encode(key, out_);
                out_ += "%5D";
            });
        } else if (parameter_.explode) {
            if (value.is_array())
                each_item(value, '&');
            else
                each_pair(value, '&', [&](std::string_view key) { percent_encode(key, out_); });
        } else {
            name();
            out_ += '=';
            std::string_view separator = parameter_.style == ParameterStyle::space  ? "%20"
                                         : parameter_.style == ParameterStyle::pipe ? "%7C"
                                                                                    : ",";
            separated(value, separator);
        }
    }

    void path(const Value& value) {
        if (parameter_.style == ParameterStyle::label) {
            out_ += '.';
            structured_ ? structured(value, '.', ',') : scalar(value);
        } else if (parameter_.style == ParameterStyle::matrix) {
            matrix(value);
        } else if (structured_ && parameter_.style != ParameterStyle::json) {
            structured(value, ',', ',');
        } else {
            scalar(value);
        }
    }

    void matrix(const Value& value) {
        out_ += ';';
        if (parameter_.explode && value.is_array()) return each_item(value, ';');
        if (parameter_.explode && value.is_object())
            return each_pair(value, ';', [&](std::string_view key) { percent_encode(key, out_); });
        name();
        std::size_t before = out_.size();
        out_ += '=';
        structured_ ? separated(value, ",") : scalar(value);
        if (out_.size() == before + 1) out_.pop_back();  // `;color`
    }

    // simple and label: an exploded array is a list with the style's separator, an exploded object a list of pairs.
    void structured(const Value& value, char exploded, char plain) {
        if (parameter_.explode && value.is_object() && value.size() > 0)
            each_pair(value, exploded, [&](std::string_view key) { text(key); });
        else if (parameter_.explode && value.is_array())
            separated(value, std::string_view(&exploded, 1));
        else
            separated(value, std::string_view(&plain, 1));
    }

    void separated(const Value& value, std::string_view separator) {
        bool first = true;
        auto next = [&] {
            if (!first) out_ += separator;
            first = false;
        };
        if (value.is_array()) {
            if (value.size() == 1 && value[0].is_string() && value[0].text().empty())
                refuse("a list of one empty text reads as an empty list");
            for (const Value& item : value) next(), scalar(item);
        } else {
            for (const Member& member : value.members()) next(), text(member.key), next(), scalar(member.value);
        }
    }

    void each_item(const Value& value, char separator) {
        if (value.size() == 0) refuse("an empty list leaves nothing to send");
        for (std::uint32_t i = 0; i < value.size(); ++i) {
            if (i > 0) out_ += separator;
            name();
            out_ += '=';
            scalar(value[i]);
        }
    }

    template <class Key>
    void each_pair(const Value& value, char separator, Key&& key) {
        if (value.is_array() || value.size() == 0)
            return refuse(value.is_array() ? "a list can't be told in this style"
                                           : "an empty object leaves nothing to send");
        bool first = true;
        for (const Member& member : value.members()) {
            if (!first) out_ += separator;
            first = false;
            key(member.key);
            if (parameter_.in == ParameterPlace::header && member.key.find('=') != std::string_view::npos)
                refuse("a name can't hold '='");
            out_ += '=';
            scalar(member.value);
        }
    }

    void name() { percent_encode(parameter_.name, out_); }

    void scalar(const Value& value) {
        if (parameter_.style == ParameterStyle::json) return text(to_json(value));
        switch (value.kind()) {
            case ValueKind::boolean: return text(value.as_boolean() ? "true" : "false");
            case ValueKind::string: return text(value.text());
            case ValueKind::number:
                if (value.text().size() > longest_number || value.text().find_first_of("eE") != std::string_view::npos)
                    refuse("a number with an exponent or more than 64 characters can't be told");
                return text(value.text());
            case ValueKind::null: return refuse("null can't be told");
            default: return refuse("a list or an object can't be told inside another");
        }
    }

    void text(std::string_view text) {
        if (parameter_.in == ParameterPlace::header) return header(text);
        if (parameter_.style == ParameterStyle::space && text.find(' ') != std::string_view::npos)
            refuse("an item can't hold a blank, which separates them");
        if (parameter_.style == ParameterStyle::pipe && text.find('|') != std::string_view::npos)
            refuse("an item can't hold '|', which separates them");
        if (parameter_.allow_reserved)
            return percent_encode(text, out_, structured_ && !parameter_.explode ? ":/?@!$'()*;=" : ":/?@!$'()*;=,");
        if (parameter_.style != ParameterStyle::label || !parameter_.explode) return percent_encode(text, out_);
        // '.' separates here, and percent-encoding knows no need for it.
        for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
            percent_encode(text.substr(0, dot), out_);
            out_ += "%2E";
            text.remove_prefix(dot + 1);
        }
        percent_encode(text, out_);
    }

    // A header has no encoding: what would end it or separate its items can't be told.
    void header(std::string_view text) {
        for (char c : text)
            if (static_cast<unsigned char>(c) < 32 || c == 127) return refuse("a header can't hold control characters");
        bool item = structured_ && parameter_.style != ParameterStyle::json;
        if (item && text.find(',') != std::string_view::npos) refuse("an item of a header can't hold ','");
        if (item && !text.empty() && (blank(text.front()) || blank(text.back())))
            refuse("an item of a header can't begin or end with a blank");
        out_ += text;
    }

    static bool blank(char c) { return c == ' ' || c == '\t'; }
    void refuse(const char* reason) {
        if (why_.empty()) why_ = reason;
    }

    const Parameter& parameter_;
    std::string& out_;
    bool structured_ = false;  // the value is an array or object
    std::string why_;
};

}  // namespace

std::string write_text(const Parameter& parameter, const Value& value, std::string& out) {
    return TextWriter(parameter, out).write(value);
}

}  // namespace headgate
