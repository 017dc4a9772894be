#include "shadow/findings/finding.hpp"

#include <algorithm>
#include <tuple>

#include "shadow/compare/stable_hash.hpp"

namespace headgate {

std::string finding_id(std::string_view operation, std::string_view folded_path, DifferenceKind kind,
                       std::string_view value_class) {
    constexpr std::string_view separator("\x1f");
    std::uint64_t h = fnv1a(operation);
    for (auto part : {folded_path, name(kind), value_class}) h = fnv1a(part, fnv1a(separator, h));
    h = mix(h);
    constexpr char hex[] = "0123456789abcdef";
    std::string id(12, '0');
    for (std::size_t i = 0; i < id.size(); ++i) id[i] = hex[(h >> (60 - 4 * i)) & 0xf];
    return id;
}

int harm(const Finding& finding) {
    std::string_view path = finding.path;
    auto field = path.substr(std::min(path.size(), path.rfind('/') + 1));
    bool of_stock = field == "available" || field == "onHand" || field == "known";
    bool flips = finding.value_class == "to-zero" || finding.value_class == "from-zero" ||
                 finding.value_class == "true->false" || finding.value_class == "false->true";
    if (of_stock && flips) return 5;
    if (field == "centAmount" || field == "currencyCode" || field.ends_with("Price")) return 5;
    if (of_stock || field == "status") return 4;
    switch (finding.kind) {
        case DifferenceKind::failed:
        case DifferenceKind::status: return 4;
        case DifferenceKind::missing:
        case DifferenceKind::type: return 3;
        case DifferenceKind::value:
        case DifferenceKind::added: return 2;
        case DifferenceKind::order: return 1;
        case DifferenceKind::other: return 0;
    }
    return 0;
}

void sort_findings(std::vector<Finding>& findings) {
    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::make_tuple(-harm(a), b.count, std::string_view(a.path), std::string_view(a.id)) <
               std::make_tuple(-harm(b), a.count, std::string_view(b.path), std::string_view(b.id));
    });
}

}  // namespace headgate
