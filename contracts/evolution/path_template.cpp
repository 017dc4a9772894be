#include "contracts/evolution/path_template.hpp"

namespace headgate::evolution {
namespace {

constexpr std::string_view parameter = "{}";

// A character, or one of these.
constexpr int any = -1, more = -2;

std::vector<int> tokens_of(std::string_view segment) {
    std::vector<int> tokens;
    for (std::size_t at = 0; at < segment.size(); ++at) {
        if (segment.substr(at, parameter.size()) == parameter) {
            tokens.insert(tokens.end(), {any, more});
            ++at;
        } else {
            tokens.push_back(static_cast<unsigned char>(segment[at]));
        }
    }
    return tokens;
}

bool is_literal(std::string_view segment) { return segment.find(parameter) == std::string_view::npos; }

// Whether a text fits both segments: for each pair of ends, from the last one on, whether one fits both.
bool overlap(std::string_view one, std::string_view other) {
    if (is_literal(one) && is_literal(other)) return one == other;
    if (one == parameter || other == parameter) return !one.empty() && !other.empty();
    constexpr std::size_t longest = 1'000;
    if (one.size() > longest || other.size() > longest) return true;
    auto first = tokens_of(one), second = tokens_of(other);
    const std::size_t rows = first.size(), columns = second.size();
    std::vector<std::vector<bool>> fits(rows + 1, std::vector<bool>(columns + 1));
    for (std::size_t i = rows + 1; i-- > 0;)
        for (std::size_t j = columns + 1; j-- > 0;) {
            if (i == rows && j == columns) {
                fits[i][j] = true;
            } else if (i < rows && first[i] == more) {
                fits[i][j] = fits[i + 1][j] || (j < columns && fits[i][j + 1]);
            } else if (j < columns && second[j] == more) {
                fits[i][j] = fits[i][j + 1] || (i < rows && fits[i + 1][j]);
            } else if (i < rows && j < columns) {
                bool alike = first[i] == second[j] || first[i] == any || second[j] == any;
                fits[i][j] = alike && fits[i + 1][j + 1];
            }
        }
    return fits[0][0];
}

bool covers_segment(std::string_view wider, std::string_view narrower) {
    if (wider == narrower) return true;
    if (wider == parameter) return !narrower.empty();
    return is_literal(narrower) && overlap(wider, narrower);
}

template <class Same>
bool all_segments(const PathTemplate& one, const PathTemplate& other, Same&& same) {
    const auto &first = one.segments(), &second = other.segments();
    if (first.size() != second.size()) return false;
    for (std::size_t i = 0; i < first.size(); ++i)
        if (!same(first[i], second[i])) return false;
    return true;
}

}  // namespace

std::string without_names(std::string_view path) {
    std::string out;
    bool inside = false;
    for (char c : path) {
        if (c == '}') inside = false;
        if (!inside) out += c;
        if (c == '{') inside = true;
    }
    return out;
}

PathTemplate::PathTemplate(std::string_view path) {
    std::string shape = without_names(path);
    for (std::size_t begin = 0; begin <= shape.size();) {
        std::size_t end = std::min(shape.find('/', begin), shape.size());
        segments_.push_back(shape.substr(begin, end - begin));
        begin = end + 1;
    }
}

bool PathTemplate::meets(const PathTemplate& other) const { return all_segments(*this, other, overlap); }

bool PathTemplate::covers(const PathTemplate& other) const { return all_segments(*this, other, covers_segment); }

}  // namespace headgate::evolution
