#include "mappings/formats/rows/named_sql.hpp"

#include <cctype>

namespace headgate {

NamedSql parse_named_sql(std::string_view text) {
    NamedSql out;
    auto name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    // Copies up to and with `end`; false when it never comes.
    auto copy_until = [&](std::size_t& i, std::size_t open, std::string_view end) {
        auto stop = text.find(end, i + open);
        auto past = stop == std::string_view::npos ? text.size() : stop + end.size();
        out.sql += text.substr(i, past - i);
        i = past;
        return stop != std::string_view::npos;
    };
    auto fail = [&](std::string problem, std::size_t at) {
        if (!out.problem.empty()) return;
        out.problem = std::move(problem);
        out.problem_offset = at;
    };
    for (std::size_t i = 0; i < text.size();) {
        char c = text[i];
        std::size_t at = i;
        if (c == '\'' || c == '"') {
            // A doubled quote closes and opens again: the same text either way.
            if (!copy_until(i, 1, std::string_view(&text[i], 1))) fail("this literal is never closed", at);
        } else if (text.substr(i, 2) == "--") {
            copy_until(i, 2, "\n");
        } else if (text.substr(i, 2) == "/*") {
            if (!copy_until(i, 2, "*/")) fail("this comment is never closed", at);
        } else if (text.substr(i, 2) == "::") {
            out.sql += "::";
            i += 2;
        } else if (c == ':' && i + 1 < text.size() && name(text[i + 1])) {
            std::size_t end = i + 1;
            while (end < text.size() && name(text[end])) ++end;
            out.parameters.emplace_back(text.substr(i + 1, end - i - 1));
            out.offsets.push_back(i);
            out.sql += '?';
            i = end;
        } else {
            if (c == '?') fail("parameters have names: write :name", at);
            out.sql += c;
            ++i;
        }
    }
    return out;
}

}  // namespace headgate
