#include "mappings/formats/fixed_width/field_layout.hpp"

#include "contracts/document/fields.hpp"
#include "contracts/document/utf8.hpp"

namespace headgate::fixed_width {
namespace {

using Kind = FixedField::Kind;
using Sign = FixedField::Sign;

constexpr std::size_t most_digits = 36, most_packed = 18, most_binary = 8;
// Digits that a binary number of 1 to 8 bytes may have.
constexpr std::size_t unsigned_digits[] = {3, 5, 8, 10, 13, 15, 17, 20};
constexpr std::size_t signed_digits[] = {3, 5, 7, 10, 12, 15, 17, 19};

class FieldReader {
  public:
    FieldReader(const SourceFile& file, const SourceNode& node, Diagnostics& diagnostics)
        : file_(file), node_(node), diagnostics_(diagnostics), fields_(file, node, "field", diagnostics) {}

    FixedField read(std::vector<std::string>& count_of) {
        out_.name = fields_.required_text("name");
        out_.at = required_number("at", 32'760) - 1;
        out_.length = required_number("length", 32'760);
        auto type = fields_.word("type", {"text", "date", "int", "decimal", "packed", "binary"}, 0);
        out_.kind = type < 2 ? Kind::text : type < 4 ? Kind::digits : type == 4 ? Kind::packed : Kind::binary;
        if (out_.kind == Kind::text)
            out_.type = type == 1 ? LegacyType::date : LegacyType::text;
        else
            number(type != 2);
        filling();
        out_.value = fields_.text("value");
        only("value", type == 0, "texts");
        if (count_code_points(out_.value) > out_.length) fields_.fault("value", "is longer than its field");
        if (!out_.value.empty() && (out_.right ? out_.value.front() : out_.value.back()) == out_.fill)
            fields_.fault("value", "can't be told from its fill");
        out_.optional = fields_.flag("optional", false);
        if (out_.optional && out_.kind != Kind::text && out_.kind != Kind::digits)
            fields_.fault("optional", "can't be: no packed or binary number means 'no value'");
        count_of = fields_.texts("count-of");
        only("count-of", out_.type == LegacyType::integer && !out_.signed_number(), "whole numbers without a sign");
        fields_.finish();
        return std::move(out_);
    }

  private:
    std::size_t required_number(std::string_view key, std::int64_t most) {
        if (!node_.find(key)) diagnostics_.error(file_.mark(node_), "field: '" + std::string(key) + "' is missing");
        return static_cast<std::size_t>(fields_.integer(key, 1, 1, most));
    }

    bool only(std::string_view key, bool allowed, const std::string& what) {
        if (!node_.find(key) || allowed) return true;
        fields_.fault(key, "is of " + what + " alone");
        return false;
    }

    void number(bool may_have_places) {
        bool digits = out_.kind == Kind::digits;
        out_.places = static_cast<std::size_t>(fields_.integer("places", 0, 0, most_digits));
        only("places", may_have_places, "decimals, packed and binary numbers");
        out_.sign = static_cast<Sign>(fields_.word("sign", {"none", "leading", "trailing", "overpunch"}, 0));
        if (only("sign", digits, "int and decimal") && only("signed", !digits, "packed and binary numbers") &&
            fields_.flag("signed", false))
            out_.sign = Sign::overpunch;
        out_.digits = holds();
        auto told =
            static_cast<std::size_t>(fields_.integer("digits", static_cast<std::int64_t>(out_.digits), 1, most_digits));
        only("digits", !digits, "packed and binary numbers");
        if (told > out_.digits || (out_.kind == Kind::packed && told + 1 < out_.digits))
            fields_.fault("digits", "does not fit: the field holds " + std::to_string(out_.digits));
        out_.digits = told;
        if (out_.places > out_.digits) fields_.fault("places", "are more than the field's digits");
        out_.type = out_.places > 0 ? LegacyType::decimal : LegacyType::integer;
    }

    // Digits that fit into the field's bytes.
    std::size_t holds() {
        std::size_t length = out_.length;
        if (out_.kind == Kind::packed) {
            if (length > most_packed) fields_.fault("length", "is at most 18 bytes of a packed number");
            return 2 * std::min(length, most_packed) - 1;
        }
        if (out_.kind == Kind::binary) {
            if (length > most_binary) fields_.fault("length", "is at most 8 bytes of a binary number");
            length = std::min(length, most_binary);
            return out_.signed_number() ? signed_digits[length - 1] : unsigned_digits[length - 1];
        }
        bool own_byte = out_.sign == Sign::leading || out_.sign == Sign::trailing;
        if (own_byte && length == 1) fields_.fault("length", "leaves no room for digits beside the sign");
        if (length > most_digits + own_byte) fields_.fault("length", "is at most 36 digits of a number");
        return std::max<std::size_t>(1, length - own_byte);
    }

    void filling() {
        bool text = out_.kind == Kind::text, digits = out_.kind == Kind::digits;
        std::string fill = fields_.text("fill", text ? " " : "0");
        if (fill.size() != 1 || fill[0] < ' ' || fill[0] > '~')
            fields_.fault("fill", "must be one ASCII character");
        else
            out_.fill = fill[0];
        out_.right = fields_.word("align", {"left", "right"}, text ? 0 : 1) == 1;
        if (!only("fill", text || digits, "texts, int and decimal") ||
            !only("align", text || digits, "texts, int and decimal") || text)
            return;
        if (out_.fill != '0' && out_.fill != ' ') fields_.fault("fill", "of a number is 0 or a blank");
        if (out_.fill == '0' && !out_.right) fields_.fault("align", "must be right: zeros behind a number are digits");
        if (out_.fill == ' ' && (out_.sign == Sign::trailing || out_.sign == Sign::overpunch))
            fields_.fault("fill", "must be 0 with this sign");
    }

    const SourceFile& file_;
    const SourceNode& node_;
    Diagnostics& diagnostics_;
    Fields fields_;
    FixedField out_;
};

}  // namespace

FixedField read_field(const SourceFile& file, const SourceNode& node, std::vector<std::string>& count_of,
                      Diagnostics& diagnostics) {
    return FieldReader(file, node, diagnostics).read(count_of);
}

}  // namespace headgate::fixed_width
