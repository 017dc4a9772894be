#include "mappings/formats/csv/scanner.hpp"

namespace headgate::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

bool Scanner::take(char c) {
    if (state_ != State::mark) return step(c);
    if (c == byte_order_mark[mark_]) {
        if (++mark_ < byte_order_mark.size()) return false;
        state_ = State::field;
        if (!layout_.tolerates_bom || !utf8_) fail(at_, "a byte order mark of UTF-8");
        return false;
    }
    flush_mark();
    return step(c);
}

// What might have been a byte order mark is text; none of it ends a line.
void Scanner::flush_mark() {
    state_ = State::field;
    for (char withheld : byte_order_mark.substr(0, mark_)) step(withheld);
}

bool Scanner::step(char c) {
    bool done = false;
    if (c == '\0') return fail(at_, "a NUL byte");
    switch (state_) {
        case State::quoted:
            if (c == layout_.quote)
                state_ = State::closed;
            else
                append(c);
            break;
        case State::carriage_return:
            if (c != '\n') return fail(line_end_, "a carriage return without a line feed");
            done = end_line();
            break;
        case State::closed:
            if (c == layout_.quote) {
                state_ = State::quoted;
                append(c);
                break;
            }
            if (c != layout_.separator && c != '\n' && c != '\r')
                return fail_in_field(at_, "text behind a closing quote");
            done = unquoted(c);
            break;
        case State::mark:
        case State::field:
            begin_field();
            if (c == layout_.quote) {
                fields_.back().quoted = true;
                state_ = State::quoted;
                break;
            }
            [[fallthrough]];
        case State::bare: done = unquoted(c); break;
    }
    if (c == '\n') {
        ++at_.line;
        at_.column = 1;
    } else if (!utf8_ || (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++at_.column;
    }
    return done && !fault_;
}

bool Scanner::unquoted(char c) {
    if (c == layout_.separator) return state_ = State::field, false;
    if (c == '\n' || c == '\r') line_end_ = at_;
    if (c == '\n') {
        if (layout_.crlf && !layout_.tolerates_other_line_end)
            return fail(at_, "a line feed alone: the layout's line end is crlf");
        return end_line();
    }
    if (c == '\r') {
        if (!layout_.crlf && !layout_.tolerates_other_line_end)
            return fail(at_, "a carriage return outside quotes: the layout's line end is lf");
        return state_ = State::carriage_return, false;
    }
    if (c == layout_.quote) return fail_in_field(at_, "a quote within a field that is not quoted");
    state_ = State::bare;
    append(c);
    return false;
}

bool Scanner::end_line() {
    state_ = State::field;
    if (layout_.tolerates_blank_lines && fields_.size() == 1 && fields_[0].null()) return next(), false;
    return fits();
}

bool Scanner::finish() {
    if (state_ == State::mark) flush_mark();
    if (fault_ || (state_ == State::field && fields_.empty())) return false;
    if (state_ == State::quoted) return fail_in_field(fields_.back().place, "a quote that is never closed");
    if (state_ == State::carriage_return) return fail(line_end_, "a carriage return without a line feed");
    line_end_ = at_;
    if (state_ == State::field) begin_field();
    return end_line() && !fault_;
}

void Scanner::next() {
    fields_.clear();
    bytes_.clear();
}

bool Scanner::expect(std::size_t fields) {
    expected_ = fields;
    return fields_.empty() || fits();
}

bool Scanner::fits() {
    if (expected_ == 0 || fields_.size() == expected_) return true;
    std::string rest = std::to_string(expected_) + " fields are expected";
    if (fields_.size() > expected_) return fail(fields_[expected_].place, "the line goes on, " + rest);
    return fail(line_end_, "the line ends, " + rest, fields_.size());
}

void Scanner::begin_field() {
    fields_.push_back({bytes_.size(), 0, false, at_});
    if (fields_.size() > expected_ && expected_ > 0) fits();
    if (fields_.size() > limits_.columns) fail(at_, "more than " + std::to_string(limits_.columns) + " fields");
}

void Scanner::append(char c) {
    Field& field = fields_.back();
    if (++field.size > limits_.field)
        fail_in_field(field.place, "more than " + std::to_string(limits_.field) + " bytes");
    if (bytes_.size() == limits_.record)
        fail(fields_.front().place, "a record of more than " + std::to_string(limits_.record) + " bytes");
    bytes_ += c;
}

bool Scanner::fail(const TextPlace& place, std::string why, std::optional<std::size_t> field) {
    if (!fault_) fault_ = Fault{place, std::move(why), field};
    return false;
}

}  // namespace headgate::csv
