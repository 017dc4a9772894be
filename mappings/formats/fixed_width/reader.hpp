// Reads files of fixed-width records by a layout, record by record from chunks of any size.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/formats/fixed_width/layout.hpp"
#include "mappings/formats/fixed_width/order.hpp"

namespace headgate {

// Holds one record, whatever the size of the file. Refuses records of unknown type, of another length, out of order or
// too many, counts that are not true, and bytes that are not what their field holds, but for what the layout tolerates:
// that is told as drift. Fails with bad_answer; `detail` has the record's number from 1, the byte's offset in the file
// from 0, and record and field: 'fixed-width: record 3, offset 163 (D1.Pack-Qty): ...'.
class FixedWidthReader {
  public:
    // All are borrowed.
    FixedWidthReader(const FixedWidthLayout& layout, const CodePage& page, DriftLog& drift);

    // Takes bytes from the front of `chunk` until a record is complete (true) or the chunk is used up (false). Once it
    // has failed it fails again.
    Result<bool> read(std::string_view& chunk);
    // At the end of the file; true: one record more, which lacked its terminator. Call until it is false.
    Result<bool> finish();

    // The record that is complete, until the next call: its type, and its fields as members of the object that is open,
    // field -> text or null. Keys point into the layout.
    const FixedRecord& type() const { return *type_; }
    void append_fields(Builder& builder) const;

  private:
    bool take(char c);  // true: a record is complete
    bool take_of_line(char c);
    bool end_line();
    bool complete();
    bool find_type();
    bool fit_length();
    bool check_gaps();
    bool decode();
    void tell_counts();
    void next_record();
    Result<bool> outcome() const;
    std::string place(std::size_t at, const FixedField* field = nullptr) const;
    bool fail(const std::string& place, const std::string& why);
    bool tolerate(bool tolerated, std::string_view kind, std::string_view name, const std::string& place,
                  const std::string& why);
    // What RecordOrder is asked, until it is content.
    template <class Ask>
    bool in_order(Ask ask);
    std::string_view text(std::size_t index) const {
        return std::string_view(text_).substr(ends_[index], ends_[index + 1] - ends_[index]);
    }

    const FixedWidthLayout& layout_;
    const CodePage& page_;
    DriftLog& drift_;
    fixed_width::RecordOrder order_;
    std::string terminator_;                           // as bytes
    std::size_t longest_ = 0;                          // of the layout's records
    std::uint64_t number_ = 1, begin_ = 0, used_ = 0;  // the record's number and offset; bytes of the file so far
    std::string raw_;                                  // the record's bytes
    std::size_t left_out_ = 0;                         // bytes of a line beyond what any record may have
    char last_ = 0;                                    // byte of the line
    const FixedRecord* type_ = nullptr;                // nullptr: not looked for, or unknown and skipped
    bool typed_ = false;                               // it was looked for
    std::string code_;                                 // the type as the file tells it
    std::size_t length_ = 0;                           // that the record should have
    std::string text_;                                 // the fields' texts one behind the other
    std::vector<std::size_t> ends_;                    // 0, and where each ends in it
    std::vector<bool> nulls_;
    bool complete_ = false;
    std::optional<Error> error_;
};

}  // namespace headgate
