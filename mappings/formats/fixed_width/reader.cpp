#include "mappings/formats/fixed_width/reader.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "mappings/formats/fixed_width/field.hpp"

namespace headgate {

FixedWidthReader::FixedWidthReader(const FixedWidthLayout& layout, const CodePage& page, DriftLog& drift)
    : layout_(layout), page_(page), drift_(drift), order_(layout) {
    for (const FixedRecord* record : layout.all) longest_ = std::max(longest_, record->length);
    auto problem = fixed_width::write_terminator(layout, page, terminator_);
    if (!problem.empty()) fail(place(0), problem);
}

Result<bool> FixedWidthReader::read(std::string_view& chunk) {
    if (complete_) next_record();
    std::size_t taken = 0;
    while (!error_ && !complete_ && taken < chunk.size()) {
        char c = chunk[taken++];
        ++used_;
        complete_ = layout_.by_lines ? take_of_line(c) : take(c);
    }
    chunk.remove_prefix(taken);
    return outcome();
}

Result<bool> FixedWidthReader::finish() {
    if (complete_) next_record();
    if (!error_ && used_ > begin_) {
        bool whole = layout_.by_lines || (type_ && raw_.size() == type_->length);
        if (!whole)
            fail(place(raw_.size()), "the file ends within a record");
        else if (!layout_.tolerates.last_terminator)
            fail(place(raw_.size() + left_out_), "the last record lacks its terminator");
        else
            complete_ = complete();
    }
    if (!error_ && !complete_) in_order([&] { return order_.end(); });
    return outcome();
}

void FixedWidthReader::next_record() {
    ++number_;
    begin_ = used_;
    raw_.clear();
    left_out_ = 0;
    type_ = nullptr;
    typed_ = complete_ = false;
}

bool FixedWidthReader::take(char c) {
    raw_ += c;
    if (!typed_ && raw_.size() >= layout_.record_by.at + layout_.record_by.length && !find_type()) return false;
    if (!typed_ || raw_.size() < length_ + terminator_.size()) return false;
    if (!raw_.ends_with(terminator_)) return fail(place(length_), "the terminator is expected here");
    raw_.resize(length_);
    return complete();
}

bool FixedWidthReader::take_of_line(char c) {
    if (c == terminator_.back()) return end_line();
    last_ = c;
    if (raw_.size() < longest_ + 2)
        raw_ += c;
    else
        ++left_out_;
    return false;
}

bool FixedWidthReader::end_line() {
    using Terminator = FixedWidthLayout::Terminator;
    bool returned = used_ - begin_ > 1 && static_cast<unsigned char>(last_) == page_.byte('\r');
    bool other = layout_.tolerates.other_line_end;
    if (layout_.terminator == Terminator::crlf && !returned && !other)
        return fail(place(raw_.size() + left_out_), "a line feed without a carriage return");
    if (returned && (layout_.terminator == Terminator::crlf || other)) {
        if (left_out_ > 0)
            --left_out_;
        else
            raw_.pop_back();
    }
    return complete();
}

// The record's bytes are all there; true: it is one that is handed on.
bool FixedWidthReader::complete() {
    if (layout_.by_lines && (!find_type() || (type_ && !fit_length()))) return false;
    if (!type_) return next_record(), false;
    if (!in_order([&] { return order_.next(*type_); }) || !check_gaps() || !decode()) return false;
    tell_counts();
    return true;
}

bool FixedWidthReader::find_type() {
    const FixedField& by = layout_.record_by;
    code_.clear();
    if (raw_.size() < by.at + by.length)
        return fail(place(0), std::to_string(raw_.size()) + " bytes, too few to tell the record's type");
    if (page_.decode(std::string_view(raw_).substr(by.at, by.length), code_) != std::string_view::npos)
        return fail(place(by.at), "a record's type that means nothing in " + page_.name());
    typed_ = true;
    type_ = layout_.find(code_);
    length_ = type_ ? type_->length : layout_.record_length;
    return type_ || tolerate(layout_.tolerates.unknown_records, "record", code_, place(by.at),
                             "unknown record type '" + code_ + "'");
}

// A line may have more or fewer bytes than its record.
bool FixedWidthReader::fit_length() {
    std::size_t size = raw_.size() + left_out_;
    std::string why = std::to_string(size) + " bytes, " + std::to_string(length_) + " expected";
    if (size < length_ && !layout_.tolerates.short_records) return fail(place(size), why);
    if (size > length_ && !tolerate(layout_.tolerates.long_records, "long-record", type_->name, place(length_), why))
        return false;
    raw_.resize(length_, static_cast<char>(page_.byte(' ')));
    return true;
}

bool FixedWidthReader::check_gaps() {
    auto blank = static_cast<char>(page_.byte(' '));
    for (auto [at, size] : type_->gaps) {
        auto found = std::string_view(raw_).substr(at, size).find_first_not_of(blank);
        if (found != std::string_view::npos)
            return tolerate(layout_.tolerates.filler, "filler", type_->name, place(at + found),
                            "no field is here, and no blank");
    }
    return true;
}

bool FixedWidthReader::decode() {
    text_.clear();
    ends_.assign(1, 0);
    nulls_.clear();
    for (const FixedField& field : type_->fields) {
        bool null = false;
        auto bytes = std::string_view(raw_).substr(field.at, field.length);
        auto problem = fixed_width::read_field(field, layout_, page_, bytes, text_, null);
        if (!problem.empty()) return fail(place(field.at, &field), problem);
        ends_.push_back(text_.size());
        nulls_.push_back(null);
    }
    return true;
}

void FixedWidthReader::tell_counts() {
    for (std::size_t i = 0; i < type_->fields.size(); ++i) {
        const FixedField& field = type_->fields[i];
        if (field.count_of.empty() || nulls_[i]) continue;
        std::uint64_t number = 0;
        if (std::from_chars(text(i).data(), text(i).data() + text(i).size(), number).ec != std::errc{})
            number = std::numeric_limits<std::uint64_t>::max();
        order_.tells({&field, number, type_->name + "." + field.name, place(field.at, &field)});
    }
}

template <class Ask>
bool FixedWidthReader::in_order(Ask ask) {
    while (auto fault = ask())
        if (!tolerate(fault.wrong_count && layout_.tolerates.counts, "count", fault.name,
                      fault.place.empty() ? place(0) : fault.place, fault.why))
            return false;
    return true;
}

std::string FixedWidthReader::place(std::size_t at, const FixedField* field) const {
    std::string name = type_ ? type_->name : "";
    if (field) name += "." + field->name;
    return "record " + std::to_string(number_) + ", offset " + std::to_string(begin_ + at) +
           (name.empty() ? "" : " (" + name + ")");
}

bool FixedWidthReader::fail(const std::string& place, const std::string& why) {
    if (!error_)
        error_ = Error{ErrorKind::bad_answer, "the system's file can't be read", "fixed-width: " + place + ": " + why};
    return false;
}

bool FixedWidthReader::tolerate(bool tolerated, std::string_view kind, std::string_view name, const std::string& place,
                                const std::string& why) {
    if (!tolerated) return fail(place, why);
    drift_.add(kind, name, place);
    return true;
}

Result<bool> FixedWidthReader::outcome() const {
    if (error_) return *error_;
    return complete_;
}

void FixedWidthReader::append_fields(Builder& builder) const {
    if (!layout_.record_by.name.empty()) {
        builder.key(layout_.record_by.name);
        builder.string(type_->code);
    }
    for (std::size_t i = 0; i < type_->fields.size(); ++i) {
        builder.key(type_->fields[i].name);
        nulls_[i] ? builder.null() : builder.string(builder.arena().copy(text(i)));
    }
}

}  // namespace headgate
