#include "base/diagnostics.hpp"

#include <algorithm>
#include <tuple>

namespace headgate {

void Diagnostics::error(SourceMark mark, std::string message, std::string hint) {
    all_.push_back({std::move(mark), std::move(message), std::move(hint), true});
    ++errors_;
}

void Diagnostics::warning(SourceMark mark, std::string message, std::string hint) {
    all_.push_back({std::move(mark), std::move(message), std::move(hint), false});
}

void Diagnostics::add(const Diagnostics& others) {
    all_.insert(all_.end(), others.all_.begin(), others.all_.end());
    errors_ += others.errors_;
}

std::string Diagnostics::text() const {
    auto sorted = all_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.mark.file, a.mark.line, a.mark.column) < std::tie(b.mark.file, b.mark.line, b.mark.column);
    });
    std::string out;
    for (const auto& d : sorted) {
        out += d.mark.file;
        if (d.mark.line > 0) out += ":" + std::to_string(d.mark.line) + ":" + std::to_string(d.mark.column);
        out += d.error ? ": error: " : ": warning: ";
        out += d.message;
        if (!d.hint.empty()) out += " (" + d.hint + ")";
        out += '\n';
    }
    return out;
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c ^ 0x20) : c; };
    for (auto candidate : candidates) {
        if (std::equal(word.begin(), word.end(), candidate.begin(), candidate.end(),
                       [&](char a, char b) { return lower(a) == lower(b); }))
            return std::string(candidate);
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= candidate.size(); ++j) {
                std::size_t substitute = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace headgate
