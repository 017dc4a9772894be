#include "mappings/formats/rows/query_text.hpp"

#include <algorithm>
#include <cctype>

#include "base/ascii.hpp"

namespace headgate {

namespace {

struct Token {
    enum class Kind : std::uint8_t { word, quoted, literal, parameter, sign } kind;
    std::string_view text;  // of a quoted name without its quotes
    std::size_t offset;
    int depth;  // of brackets around it

    bool is(std::string_view other) const {
        return kind != Kind::quoted && kind != Kind::literal && text.size() == other.size() &&
               std::equal(text.begin(), text.end(), other.begin(), [](char a, char b) { return to_lower(a) == b; });
    }
    bool is_name() const { return kind == Kind::word || kind == Kind::quoted; }
};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '#' || c == '$' || (c & 0x80) != 0;
}

std::vector<Token> tokens(std::string_view sql) {
    using Kind = Token::Kind;
    std::vector<Token> out;
    int depth = 0;
    for (std::size_t i = 0; i < sql.size();) {
        auto from = i;
        auto until = [&](std::string_view end, std::size_t open) {
            auto at = sql.find(end, i + open);
            i = at == std::string_view::npos ? sql.size() : at + end.size();
        };
        char c = sql[i];
        if (std::isspace(static_cast<unsigned char>(c))) {
            ++i;
        } else if (sql.substr(i, 2) == "--") {
            until("\n", 2);
        } else if (sql.substr(i, 2) == "/*") {
            until("*/", 2);
        } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
            until(c == '[' ? "]" : sql.substr(i, 1), 1);
            auto text = sql.substr(from + 1, i > from + 1 ? i - from - 2 : 0);
            out.push_back({c == '\'' ? Kind::literal : Kind::quoted, text, from, depth});
        } else if (c == ':' && i + 1 < sql.size() && is_word(sql[i + 1]) && (i == 0 || sql[i - 1] != ':')) {
            for (++i; i < sql.size() && is_word(sql[i]);) ++i;
            out.push_back({Kind::parameter, sql.substr(from + 1, i - from - 1), from, depth});
        } else if (is_word(c)) {
            while (i < sql.size() && is_word(sql[i])) ++i;
            out.push_back({Kind::word, sql.substr(from, i - from), from, depth});
        } else {
            if (c == ')') --depth;
            out.push_back({Kind::sign, sql.substr(i++, 1), from, depth});
            if (c == '(') ++depth;
        }
    }
    return out;
}

bool changes(const Token& token) {
    for (auto word : {"insert", "update", "delete", "merge", "truncate"})
        if (token.is(word)) return true;
    return false;
}

constexpr std::string_view transaction = "statements that change data are a transaction: do:";

}  // namespace

std::optional<QueryFault> find_query_fault(std::string_view sql) {
    auto all = tokens(sql);
    if (all.empty()) return QueryFault{"the query is empty", "sql: \"SELECT ...\"", 0};
    auto changing = [&](const Token& token) {
        return QueryFault{"a query only reads, and '" + std::string(token.text) + "' changes something",
                          std::string(transaction), token.offset};
    };
    const auto& first = all.front();
    if (changes(first)) return changing(first);
    if (!first.is("select") && !first.is("with") && !first.is("values") && !first.is("table") && !first.is("("))
        return QueryFault{"a query begins with SELECT, not with '" + std::string(first.text) + "'",
                          std::string(transaction), first.offset};
    for (std::size_t i = 1; i < all.size(); ++i) {
        const auto &token = all[i], &before = all[i - 1];
        if (before.is(";"))
            return QueryFault{"a query is one statement, and a second begins here", std::string(transaction),
                              token.offset};
        // Behind a bracket a statement begins: of a common table expression, or the one that has them.
        if ((before.is("(") || before.is(")")) && changes(token) && (i + 1 == all.size() || !all[i + 1].is("(")))
            return changing(token);
        if (token.depth == 0 && token.is("into"))
            return QueryFault{"a query only reads, and SELECT INTO makes a table", std::string(transaction),
                              token.offset};
    }
    return std::nullopt;
}

std::vector<ParameterUse> parameter_uses(std::string_view sql) {
    auto all = tokens(sql);
    std::vector<ParameterUse> out;
    std::vector<bool> in;  // of the brackets that are open
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& token = all[i];
        if (token.is("(")) in.push_back(i > 0 && all[i - 1].is("in"));
        if (token.is(")") && !in.empty()) in.pop_back();
        if (token.kind != Token::Kind::parameter) continue;
        bool listed = !in.empty() && in.back();
        auto beside = [&](std::size_t at, std::string_view bracket) {
            return at < all.size() && (all[at].is(bracket) || all[at].is(","));
        };
        listed = listed && beside(i - 1, "(") && beside(i + 1, ")");
        out.push_back(
            {std::string(token.text), token.offset, listed, listed && all[i - 1].is("(") && all[i + 1].is(")")});
    }
    return out;
}

std::optional<std::vector<std::string>> selected_columns(std::string_view sql) {
    auto all = tokens(sql);
    auto top = [](std::string_view word) {
        return [word](const Token& token) { return token.depth == 0 && token.is(word); };
    };
    auto at = std::find_if(all.begin(), all.end(), top("select"));
    if (at == all.end()) return std::nullopt;
    auto end = std::find_if(at, all.end(), top("from"));
    std::vector<std::string> out;
    while (at != end) {
        auto next = std::find_if(at + 1, end, top(","));
        const auto& last = *(next - 1);
        if (last.is("*") && (at + 1 == next - 1 || (next - 2)->is(".") || (next - 2)->is("distinct")))
            return std::nullopt;
        bool name = last.is_name() && !last.is("end") && next - 1 != at;
        out.emplace_back(name ? last.text : "");
        at = next;
    }
    return out;
}

}  // namespace headgate
