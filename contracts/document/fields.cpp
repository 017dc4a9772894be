#include "contracts/document/fields.hpp"

#include <algorithm>
#include <charconv>

#include "contracts/document/source_value.hpp"

namespace headgate {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
    std::string all;
    for (auto word : words) all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

}  // namespace

std::optional<std::uint32_t> parse_share_ppm(std::string_view text) {
    if (text.size() < 2 || text.size() > 9 || text.back() != '%') return std::nullopt;
    text.remove_suffix(1);
    std::uint64_t ppm = 0;
    int decimals = -1;  // -1: before the point
    for (char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c >= '0' && c <= '9') {
            ppm = ppm * 10 + static_cast<std::uint64_t>(c - '0');
            if (decimals >= 0 && ++decimals > 4) return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    if (text.front() == '.' || text.back() == '.') return std::nullopt;
    for (int missing = std::max(decimals, 0); missing < 4; ++missing) ppm *= 10;
    if (ppm > 1'000'000) return std::nullopt;
    return static_cast<std::uint32_t>(ppm);
}

std::string share_text(std::uint32_t ppm) {
    std::string out = std::to_string(ppm / 10'000);
    if (auto rest = ppm % 10'000; rest != 0) {
        std::string decimals = std::to_string(10'000 + rest).substr(1);
        while (decimals.back() == '0') decimals.pop_back();
        out += '.' + decimals;
    }
    return out + '%';
}

Fields::Fields(const SourceFile& file, const SourceNode& node, std::string what, Diagnostics& diagnostics)
    : file_(file), node_(node), what_(std::move(what)), diagnostics_(diagnostics) {
    if (!node.is_mapping() && node.kind != SourceKind::null)
        diagnostics_.error(file.mark(node), what_ + " must be a mapping of keys to values");
}

SourceMark Fields::mark_of(std::string_view key) const {
    const SourceNode* found = node_.find(key);
    return file_.mark(found ? *found : node_);
}

void Fields::fault(std::string_view key, std::string message, std::string hint) {
    diagnostics_.error(mark_of(key), what_ + ": '" + std::string(key) + "' " + std::move(message), std::move(hint));
}

const SourceNode* Fields::node(std::string_view key) {
    known_.push_back(key);
    return node_.find(key);
}

const SourceNode* Fields::scalar(std::string_view key) {
    const SourceNode* found = node(key);
    if (!found) return nullptr;
    if (found->is_scalar()) return found;
    fault(key, "must be a single value");
    return nullptr;
}

std::string Fields::text(std::string_view key, std::string_view otherwise) {
    const SourceNode* found = scalar(key);
    return found ? found->text : std::string(otherwise);
}

std::string Fields::required_text(std::string_view key) {
    std::string value = text(key);
    if (!node_.find(key))
        diagnostics_.error(file_.mark(node_), what_ + ": '" + std::string(key) + "' is missing");
    else if (value.empty() && node_.find(key)->is_scalar())
        fault(key, "must not be empty");
    return value;
}

std::int64_t Fields::integer(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const SourceNode* found = scalar(key);
    if (!found) return otherwise;
    std::int64_t value = 0;
    const char* end = found->text.data() + found->text.size();
    auto [stop, error] = std::from_chars(found->text.data(), end, value);
    if (error != std::errc{} || stop != end || value < least || value > most) {
        fault(key, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return otherwise;
    }
    return value;
}

milliseconds Fields::span_ms(std::string_view key, milliseconds otherwise, milliseconds least, milliseconds most) {
    return milliseconds(integer(key, otherwise.count(), least.count(), most.count()));
}

bool Fields::flag(std::string_view key, bool otherwise) {
    const SourceNode* found = scalar(key);
    if (!found) return otherwise;
    if (found->text == "true") return true;
    if (found->text == "false") return false;
    fault(key, "must be true or false", flag_hint(*found));
    return otherwise;
}

std::uint32_t Fields::share_ppm(std::string_view key, std::uint32_t otherwise) {
    const SourceNode* found = scalar(key);
    if (!found) return otherwise;
    if (auto ppm = parse_share_ppm(found->text)) return *ppm;
    fault(key, "must be a share from 0% to 100%", "for example 25% or 0.5%");
    return otherwise;
}

std::size_t Fields::word(std::string_view key, const std::vector<std::string_view>& words, std::size_t otherwise) {
    const SourceNode* found = scalar(key);
    if (!found) return otherwise;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (found->text == words[i]) return i;
    fault(key, "is '" + found->text + "', which is none of: " + joined(words));
    return otherwise;
}

std::vector<bool> Fields::words(std::string_view key, const std::vector<std::string_view>& words) {
    std::vector<bool> out(words.size());
    const SourceNode* found = node(key);
    if (!found) return out;
    if (!found->is_sequence()) return fault(key, "must be a list", "[" + joined(words) + "]"), out;
    for (const SourceNode& item : found->items) {
        auto at = std::find(words.begin(), words.end(), item.text);
        if (item.is_scalar() && at != words.end())
            out[static_cast<std::size_t>(at - words.begin())] = true;
        else
            diagnostics_.error(file_.mark(item), what_ + ": '" + std::string(key) + "' holds '" + item.text +
                                                     "', which is none of: " + joined(words));
    }
    return out;
}

std::vector<std::string> Fields::texts(std::string_view key) {
    const SourceNode* found = node(key);
    if (!found) return {};
    if (found->is_scalar()) return {found->text};
    std::vector<std::string> out;
    if (found->is_sequence())
        for (const SourceNode& item : found->items) {
            if (item.is_scalar())
                out.push_back(item.text);
            else
                diagnostics_.error(file_.mark(item), what_ + ": '" + std::string(key) + "' must list single values");
        }
    else
        fault(key, "must be a value or a list of values");
    return out;
}

void Fields::finish() {
    if (!node_.is_mapping()) return;
    for (const auto& entry : node_.entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        std::string near = nearest(entry.key, known_);
        diagnostics_.error(file_.mark(entry), what_ + " has no key '" + entry.key + "'",
                           near.empty() ? "" : "did you mean '" + near + "'?");
    }
}

}  // namespace headgate
