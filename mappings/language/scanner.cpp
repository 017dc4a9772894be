#include "mappings/language/scanner.hpp"

#include <cctype>

namespace headgate::mappings {

namespace {

constexpr int max_depth = 32;  // of brackets in an expression
constexpr int most_terms = 256;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void Scanner::skip_blanks() {
    while (position_ < line_.text.size() && blank(line_.text[position_])) ++position_;
}

bool Scanner::is_name(char c) const { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

void Scanner::fault(std::string message, std::string hint) { fault_at(here(), std::move(message), std::move(hint)); }

void Scanner::fault_at(SourceMark mark, std::string message, std::string hint) {
    if (!failed_) diagnostics_.error(std::move(mark), std::move(message), std::move(hint));
    failed_ = true;
}

bool Scanner::accept(std::string_view token) {
    skip_blanks();
    if (failed_ || rest().substr(0, token.size()) != token) return false;
    position_ += token.size();
    return true;
}

bool Scanner::accept_word(std::string_view word) {
    skip_blanks();
    if (failed_ || rest().substr(0, word.size()) != word) return false;
    if (rest().size() > word.size() && is_name(rest()[word.size()])) return false;
    position_ += word.size();
    return true;
}

bool Scanner::expect(std::string_view token, std::string_view where) {
    if (accept(token)) return true;
    fault("expected '" + std::string(token) + "' " + std::string(where));
    return false;
}

void Scanner::expect_end() {
    if (!failed_ && !at_end()) fault("unexpected '" + std::string(rest().substr(0, 20)) + "'");
}

std::string Scanner::name(std::string_view what) {
    skip_blanks();
    std::size_t begin = position_;
    while (position_ < line_.text.size() && is_name(line_.text[position_])) ++position_;
    if (begin == position_) fault("expected " + std::string(what));
    return std::string(line_.text.substr(begin, position_ - begin));
}

std::optional<CodecArgument> Scanner::argument() {
    skip_blanks();
    CodecArgument out;
    out.mark = here();
    char quote = peek();
    if (quote == '"' || quote == '\'') {
        out.quoted = true;
        for (++position_; position_ < line_.text.size(); ++position_) {
            char c = line_.text[position_];
            if (c != quote) {
                out.text += c;
            } else if (position_ + 1 < line_.text.size() && line_.text[position_ + 1] == quote) {
                out.text += quote;
                ++position_;
            } else {
                ++position_;
                return out;
            }
        }
        fault_at(out.mark, "this quote is never closed");
        return std::nullopt;
    }
    std::size_t begin = position_;
    while (position_ < line_.text.size() && !blank(line_.text[position_]) &&
           std::string_view(",()|").find(line_.text[position_]) == std::string_view::npos)
        ++position_;
    out.text = line_.text.substr(begin, position_ - begin);
    if (out.text.empty()) {
        fault("expected a value");
        return std::nullopt;
    }
    return out;
}

std::optional<Direction> Scanner::direction() {
    if (accept("<->")) return Direction::both;
    if (accept("->")) return Direction::to_legacy;
    if (accept("<-")) return Direction::to_contract;
    fault("expected '<->', '->' or '<-'", peek() == '/' ? "paths of the contract are written with ."
                                                        : "a rule reads: contract-path <-> legacy-path | codec");
    return std::nullopt;
}

Path Scanner::contract_path() {
    Path path;
    path.mark = here();
    std::size_t begin = position_;
    while (!failed_) {
        if (accept("{")) {
            do path.braces.push_back(name("a field's name"));
            while (accept(","));
            expect("}", "after the parts");
            break;
        }
        path.steps.push_back(name("a field of the contract"));
        if (position_ < line_.text.size() && rest().substr(0, 2) == "[]") {
            position_ += 2;
            path.list = true;
            break;
        }
        if (rest().substr(0, 1) != ".") break;
        ++position_;
    }
    path.text = line_.text.substr(begin, position_ - begin);
    return path;
}

// `artnr`, `@nr`, `@xsi:type`, `#text`, `01`, `N1[01=ST]`
std::string Scanner::legacy_step() {
    skip_blanks();
    std::size_t begin = position_;
    if (!rest().empty() && (rest()[0] == '@' || rest()[0] == '#')) ++position_;
    if (rest().starts_with("xsi:type") && position_ > begin) position_ += 4;
    std::size_t name_begin = position_;
    while (position_ < line_.text.size() && (is_name(line_.text[position_]) || line_.text[position_] == '.')) {
        // `a->b` without blanks is a name and an operator.
        if (line_.text[position_] == '-' && rest().substr(0, 2) == "->") break;
        ++position_;
    }
    if (position_ == name_begin)  // behind a blank, # begins a comment of YAML
        fault("expected a legacy path", at_end() ? "a rule with a path that begins with # is put in quotes" : "");
    if (rest().substr(0, 1) == "[" && rest().substr(0, 2) != "[]") {
        auto end = rest().find(']');
        if (end == std::string_view::npos)
            fault("expected ']' after the qualifier");
        else
            position_ += end + 1;
    }
    return std::string(line_.text.substr(begin, position_ - begin));
}

Path Scanner::legacy_path() {
    Path path;
    path.mark = here();
    std::size_t begin = position_;
    path.parameter = accept(":");
    while (!failed_) {
        path.steps.push_back(legacy_step());
        if (rest().substr(0, 2) == "[]") {
            position_ += 2;
            path.list = true;
            break;
        }
        if (path.parameter || rest().substr(0, 1) != "/") break;
        ++position_;
    }
    path.text = line_.text.substr(begin, position_ - begin);
    return path;
}

// `70`, or `pivot: 70`.
void Scanner::codec_argument(CodecCall& call) {
    auto value = argument();
    if (!value) return;
    bool named = !value->quoted && value->text.size() > 1 && value->text.ends_with(':');
    if (!named) {
        if (!call.named.empty()) return fault_at(value->mark, "what has no name stands before what has one");
        return call.arguments.push_back(std::move(*value));
    }
    NamedArgument out{value->text.substr(0, value->text.size() - 1), value->mark, {}};
    for (const auto& other : call.named)
        if (other.name == out.name) return fault_at(out.mark, "'" + out.name + "' is given twice");
    auto given = argument();
    if (!given) return;
    out.value = std::move(*given);
    call.named.push_back(std::move(out));
}

CodecCall Scanner::codec() {
    CodecCall call;
    call.mark = here();
    call.name = name("a codec's name");
    if (accept("(")) {
        if (!accept(")")) {
            do codec_argument(call);
            while (!failed_ && accept(","));
            expect(")", "after the codec's arguments");
        }
    }
    call.normalises = accept("!");
    return call;
}

std::vector<CodecCall> Scanner::codecs() {
    std::vector<CodecCall> calls;
    while (!failed_ && accept("|")) calls.push_back(codec());
    return calls;
}

std::string Scanner::number() {
    skip_blanks();
    auto mark = here();
    std::size_t begin = position_;
    while (position_ < line_.text.size() &&
           (std::isdigit(static_cast<unsigned char>(line_.text[position_])) || line_.text[position_] == '.'))
        ++position_;
    std::string text(line_.text.substr(begin, position_ - begin));
    if (text.empty() || text.back() == '.' || std::count(text.begin(), text.end(), '.') > 1)
        fault_at(mark, text.empty() ? "expected a number" : "'" + text + "' is no number");
    return text;
}

Expression Scanner::operand(int depth) {
    Expression out;
    out.mark = here();
    if (depth > max_depth) {
        fault("this expression is nested deeper than " + std::to_string(max_depth));
        return out;
    }
    if (accept("(")) {
        out = sum(depth + 1);
        expect(")", "after the expression");
        return out;
    }
    bool smallest = accept_word("min");
    if (smallest || accept_word("max")) {
        out.kind = smallest ? Expression::Kind::minimum : Expression::Kind::maximum;
        expect("(", "after min or max");
        do out.operands.push_back(sum(depth + 1));
        while (!failed_ && accept(","));
        expect(")", "after the arguments");
        return out;
    }
    if (accept_word("sum")) {
        out.kind = Expression::Kind::sum;
        expect("(", "after sum");
        skip_blanks();
        auto begin = position_;
        if (!failed_) out.field = contract_path();
        out.legacy = !failed_ && rest().substr(0, 1) == "/";
        if (out.legacy) {
            position_ = begin;
            out.field = legacy_path();
        }
        if (!failed_ && accept(",")) out.literal = number();
        expect(")", "after the field");
        if (!failed_ && out.field.steps.size() < 2)
            fault_at(out.field.mark, "sum takes a field of a list's items", "sum(lines.quantity)");
        return out;
    }
    if (std::isdigit(static_cast<unsigned char>(peek()))) {
        out.literal = number();
        return out;
    }
    out.kind = Expression::Kind::field;
    out.field = contract_path();
    return out;
}

Expression Scanner::product(int depth) {
    Expression left = operand(depth);
    for (int terms = 2; !failed_ && accept("*"); ++terms) {
        if (terms > most_terms) fault("an expression of more than " + std::to_string(most_terms) + " terms");
        Expression both;
        both.kind = Expression::Kind::multiply;
        both.mark = left.mark;
        both.operands.push_back(std::move(left));
        both.operands.push_back(operand(depth));
        left = std::move(both);
    }
    return left;
}

Expression Scanner::sum(int depth) {
    Expression left = product(depth);
    for (int terms = 2; !failed_ && (peek() == '+' || (peek() == '-' && rest().substr(0, 2) != "->")); ++terms) {
        if (terms > most_terms) fault("an expression of more than " + std::to_string(most_terms) + " terms");
        Expression both;
        both.kind = accept("+") ? Expression::Kind::add : (accept("-"), Expression::Kind::subtract);
        both.mark = left.mark;
        both.operands.push_back(std::move(left));
        both.operands.push_back(product(depth));
        left = std::move(both);
    }
    return left;
}

Expression Scanner::expression() { return sum(0); }

}  // namespace headgate::mappings
