#include "mappings/formats/edi/repertoire.hpp"

#include <algorithm>
#include <array>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/charset/iso2022.hpp"
#include "mappings/formats/edi/ascii_spelling.hpp"

namespace headgate::edi {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> tables{{{"UNOC", "ISO-8859-1"},
                                                                                {"UNOD", "ISO-8859-2"},
                                                                                {"UNOE", "ISO-8859-5"},
                                                                                {"UNOF", "ISO-8859-7"},
                                                                                {"UNOG", "ISO-8859-3"},
                                                                                {"UNOH", "ISO-8859-4"},
                                                                                {"UNOI", "ISO-8859-6"},
                                                                                {"UNOJ", "ISO-8859-8"},
                                                                                {"UNOK", "ISO-8859-9"},
                                                                                {"UNOL", "ISO-8859-15"},
                                                                                {"UNOW", "UTF-8"},
                                                                                {"UNOY", "UTF-8"}}};

bool upper_or_digit(std::uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool lower(std::uint32_t c) { return c >= 'a' && c <= 'z'; }
bool one_of(std::uint32_t c, std::string_view marks) {
    return c < 0x80 && marks.find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

std::optional<Repertoire> Repertoire::find(Dialect dialect, std::string_view name) {
    Repertoire found;
    found.name_ = name;
    std::string_view charset;
    if (dialect == Dialect::x12) {
        if (name == "basic") return found;
        found.kind_ = name == "extended" ? Kind::extended : Kind::transliterated;
        if (name == "extended" || name == "ascii-transliterated") return found;
        charset = name;
    } else {
        found.kind_ = name == "UNOA" ? Kind::unoa : name == "UNOB" ? Kind::unob : Kind::iso2022;
        if (name == "UNOA" || name == "UNOB" || name == "UNOX") return found;
        for (auto [level, table] : tables)
            if (level == name) charset = table;
    }
    found.kind_ = Kind::table;
    found.charset_ = Charset::find(charset);
    if (!found.charset_) return std::nullopt;
    return found;
}

bool Repertoire::has(std::uint32_t c) const {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    switch (kind_) {
        case Kind::basic: return upper_or_digit(c) || one_of(c, " !\"&'()*+,-./:;?=");
        case Kind::extended:
        case Kind::transliterated:
            return upper_or_digit(c) || lower(c) || one_of(c, " !\"&'()*+,-./:;?=%~@[]_{}\\|<>#$");
        case Kind::unoa: return upper_or_digit(c) || one_of(c, " .,-()/=!\"%&*;<>'+:?");
        case Kind::unob: return upper_or_digit(c) || lower(c) || one_of(c, " .,-()/=!\"%&*;<>'+:?");
        case Kind::table:
        case Kind::iso2022: return true;
    }
    return false;
}

std::size_t Repertoire::decode(std::string_view bytes, std::string& out) const {
    auto strange = [this](unsigned char c) { return !has(c); };
    if (kind_ != Kind::table && kind_ != Kind::iso2022) {
        auto bad = std::find_if(bytes.begin(), bytes.end(), strange);
        out.append(bytes.begin(), bad);
        return bad == bytes.end() ? std::string_view::npos : static_cast<std::size_t>(bad - bytes.begin());
    }
    std::size_t before = out.size();
    std::size_t bad = kind_ == Kind::iso2022 ? decode_iso2022(bytes, out) : charset_->decode(bytes, out);
    // Control characters: those of ASCII are one byte in every set, those from U+0080 to U+009F are 0xC2 and one more.
    std::string_view text = std::string_view(out).substr(before);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        bool control = c < 0x20 || c == 0x7F ||
                       (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0);
        if (!control) continue;
        std::size_t at = charset_ && !charset_->is_utf8() ? count_code_points(text.substr(0, i)) : i;
        return kind_ == Kind::iso2022 ? 0 : std::min(at, bad);
    }
    return bad;
}

bool Repertoire::encode(std::string_view utf8, std::string& out, std::string& bad) const {
    std::string_view whole = utf8;
    while (!utf8.empty()) {
        std::string_view before = utf8;
        std::uint32_t point = next_code_point(utf8);
        std::string_view one = before.substr(0, before.size() - utf8.size());
        if (point < 0x80 && has(point)) {
            if (kind_ != Kind::iso2022) out += static_cast<char>(point);
            continue;
        }
        bool good = false;
        if (kind_ == Kind::transliterated) {
            const char* spelling = ascii_spelling(point);
            good = spelling != nullptr;
            if (good) out += spelling;
        } else if (kind_ == Kind::table && has(point)) {
            good = charset_->encode(one, out, Charset::Unfit::refuse) == std::string_view::npos;
        } else if (kind_ == Kind::iso2022 && has(point)) {
            std::string alone;
            good = encode_iso2022(one, alone);
        }
        if (good) continue;
        bad = one;
        return false;
    }
    if (kind_ == Kind::iso2022) return encode_iso2022(whole, out);  // at once: escapes around a run, not a character
    return true;
}

}  // namespace headgate::edi
