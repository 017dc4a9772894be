#include "mappings/formats/edi/findings.hpp"

#include <algorithm>

namespace headgate::edi {
namespace {

constexpr std::size_t most_drift = 64;

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string Place::text() const {
    std::string out = "segment " + std::to_string(segment);
    if (!id.empty()) out += " (" + id + ")";
    out += " at offset " + std::to_string(offset);
    if (element > 0) out += ", element " + two_digits(element);
    if (repetition > 0) out += "[" + std::to_string(repetition + 1) + "]";
    if (component > 0) out += "/" + two_digits(component);
    return out;
}

std::string Finding::text() const {
    return place.text() + (level == Level::element && !subject.empty() ? " (" + subject + ")" : "") + ": " + why;
}

bool refuses(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return !f.tolerated; });
}

std::string_view name(DriftKind kind) {
    switch (kind) {
        case DriftKind::segment: return "segment";
        case DriftKind::element: return "element";
        case DriftKind::code: return "code";
    }
    return "";
}

void Drift::add(DriftKind kind, std::string name, const Place& place) {
    auto same = [&](const DriftEntry& entry) { return entry.kind == kind && entry.name == name; };
    auto found = std::find_if(entries_.begin(), entries_.end(), same);
    if (found != entries_.end())
        ++found->count;
    else if (entries_.size() < most_drift)
        entries_.push_back({kind, std::move(name), place});
    else
        ++more_;
}

std::string printable(std::string_view text, std::size_t most) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        if (out.size() >= most) return out + "...";
        auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F)
            out += c;
        else
            out += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

Error refusal(const Finding& finding) {
    return Error{finding.fault == Fault::too_large ? ErrorKind::too_large : ErrorKind::bad_answer,
                 "the file can't be read as it is", finding.text()};
}

}  // namespace headgate::edi
