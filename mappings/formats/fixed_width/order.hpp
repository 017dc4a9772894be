// In which order records come, how many, and whether what they tell of their number is true: decided record by record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate::fixed_width {

// A count that a record tells, its name and its place for messages.
struct ToldCount {
    const FixedField* field;
    std::uint64_t number;
    std::string name, place;
};

// What is wrong; of a count that is not true also its name and place.
struct OrderFault {
    std::string why;
    bool wrong_count = false;
    std::string name = {}, place = {};
    explicit operator bool() const { return !why.empty(); }
};

class RecordOrder {
  public:
    explicit RecordOrder(const FixedWidthLayout& layout);

    // The record comes next. After a fault that is no wrong count it is of no more use; after a wrong count call again.
    OrderFault next(const FixedRecord& record);
    // Of the record that came last.
    void tells(ToldCount count);
    // The file ends. Call until it is no wrong count.
    OrderFault end();

  private:
    // The records of one list inside one record (or the file).
    struct Level {
        const std::vector<FixedRecord>* list;
        const FixedRecord* owner;           // nullptr: the file
        std::size_t at = 0;                 // of the type that came last
        std::size_t taken = 0;              // how many of it
        std::vector<std::uint64_t> counts;  // by the record's index; of this level and those below
        std::vector<ToldCount> told;
    };

    OrderFault close();
    OrderFault missing(const Level& level, std::size_t until) const;

    const FixedWidthLayout& layout_;
    std::vector<Level> levels_;
    const FixedRecord* last_ = nullptr;
};

}  // namespace headgate::fixed_width
