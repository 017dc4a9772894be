#include "gateway/feeds/file_pattern.hpp"

#include <charconv>

namespace headgate::feeds {

std::string FilePattern::parse(const std::string& text, FilePattern& out) {
    constexpr std::string_view number = "{number}";
    if (text.empty() || text.find('/') != std::string::npos) return "is no name of files";
    if (text.front() == '.') return "names drafts: files whose names begin with a dot are never read";
    out = FilePattern();
    out.text_ = text;
    auto star = text.find('*'), digits = text.find(number);
    if (star != std::string::npos && digits != std::string::npos) return "has both '*' and {number}";
    auto at = std::min(star, digits);
    out.open_ = at != std::string::npos;
    out.numbered_ = digits != std::string::npos;
    out.before_ = text.substr(0, at);
    if (out.open_) out.after_ = text.substr(at + (out.numbered_ ? number.size() : 1));
    if (out.after_.find_first_of("*{") != std::string::npos || out.before_.find('{') != std::string::npos)
        return "has more than one part that is open";
    return {};
}

std::optional<FilePattern::Fit> FilePattern::fits(std::string_view name) const {
    if (!open_) return name == before_ ? std::optional(Fit{}) : std::nullopt;
    if (name.size() < before_.size() + after_.size() || !name.starts_with(before_) || !name.ends_with(after_))
        return std::nullopt;
    if (!numbered_) return Fit{};
    name.remove_prefix(before_.size());
    name.remove_suffix(after_.size());
    std::uint32_t value = 0;
    auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), value);
    if (name.empty() || fault != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return Fit{value};
}

}  // namespace headgate::feeds
