#include "mappings/formats/edi/segment.hpp"

#include "mappings/formats/charset/iso2022.hpp"

namespace headgate::edi {

bool RawSegment::split(const Separators& separators, std::uint32_t most_parts) {
    parts.clear();
    int element_at = 0, repetition = 0, component_at = 1;
    std::size_t from = 0;
    Iso2022State escapes;
    auto end_part = [&](std::size_t at) {
        std::string_view value = text.substr(from, at - from);
        if (element_at == 0)
            id = value;
        else if (!value.empty())
            parts.push_back({element_at, repetition, component_at, static_cast<std::uint32_t>(from), value});
        from = at + 1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (separators.escapes && !escapes.plain(c)) continue;
        if (separators.release && c == separators.release) {
            ++i;
        } else if (c == separators.element) {
            end_part(i);
            ++element_at;
            repetition = 0;
            component_at = 1;
        } else if (element_at == 0) {
            continue;
        } else if (c == separators.component) {
            end_part(i);
            ++component_at;
        } else if (separators.repetition && c == separators.repetition) {
            end_part(i);
            ++repetition;
            component_at = 1;
        } else {
            continue;
        }
        if (parts.size() > most_parts) return false;
    }
    end_part(text.size());
    return parts.size() <= most_parts;
}

std::string_view RawSegment::component(int element_at, int at) const {
    for (const Part& part : parts)
        if (part.element == element_at && part.repetition == 0 && part.component == at) return part.text;
    return {};
}

Place RawSegment::place(int element_at, int component_at) const {
    Place out{number, in_message, offset, printable(id, 8), element_at, component_at, 0};
    for (const Part& part : parts)
        if (element_at > 0 && part.element == element_at && (component_at == 0 || part.component == component_at)) {
            out.offset += part.at;
            break;
        }
    return out;
}

Place RawSegment::place(const Part& part) const {
    return {number, in_message, offset + part.at, printable(id, 8), part.element, 0, part.repetition};
}

namespace {

// Calls `byte` with the place of each byte that is not a release character; until it says false.
template <class Byte>
void each_byte(std::string_view text, const Separators& separators, Byte byte) {
    Iso2022State escapes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool plain = !separators.escapes || escapes.plain(text[i]);
        if (plain && separators.release && text[i] == separators.release && i + 1 < text.size()) ++i;
        if (!byte(i)) return;
    }
}

}  // namespace

std::string_view unreleased(std::string_view text, const Separators& separators, std::string& scratch) {
    if (!separators.release || text.find(separators.release) == std::string_view::npos) return text;
    scratch.clear();
    each_byte(text, separators, [&](std::size_t at) { return scratch += text[at], true; });
    return scratch;
}

std::size_t released_offset(std::string_view text, std::size_t offset, const Separators& separators) {
    std::size_t found = 0, count = 0;
    each_byte(text, separators, [&](std::size_t at) { return found = at, count++ < offset; });
    return found;
}

}  // namespace headgate::edi
