// Reads EDIFACT interchanges (ISO 9735, syntax versions 1 to 4): UNA, UNB, UNG, UNH and their ends, messages by the
// partners' guides. See edi/interchange_reader.hpp.
//
// UNA says the separators, else they are `:+.? '`, and from version 4 on `*` between repetitions. UNB's syntax
// identifier says the characters: UNOA and UNOB are held against their restricted sets, UNOC to UNOL are ISO 8859, UNOW
// and UNOY UTF-8, UNOX has ISO 2022 escapes. A line feed may follow each terminator. Decimal marks: UNA's before
// version 4, else comma and point; documents always have the point. A reference that was received before, in another
// file, is not known here.
#pragma once

#include <optional>

#include "mappings/formats/edi/interchange_reader.hpp"

namespace headgate::edifact {

class Reader : public edi::InterchangeReader {
  public:
    explicit Reader(edi::ReadOptions options);

  private:
    const Tags& tags() const override;
    edi::Head head(std::string_view bytes, edi::Separators& separators) override;
    void service_string(std::string_view una, edi::Separators& separators, edi::Head& head);
    void begin_interchange(const edi::RawSegment& raw, edi::InterchangeReceipt& out) override;
    void syntax(const edi::RawSegment& raw, edi::InterchangeReceipt& out);
    void begin_group(const edi::RawSegment& raw, edi::GroupReceipt& out) override;
    void begin_message(const edi::RawSegment& raw, edi::MessageReceipt& out) override;
    const edi::Repertoire& repertoire(const edi::Guide&) const override { return repertoire_; }
    const edi::Repertoire& header_repertoire() const override { return repertoire_; }
    const edi::Repertoire* fallback() const override;
    std::string_view decimal_marks() const override { return decimal_marks_; }

    edi::Repertoire repertoire_, wider_;
    char una_decimal_ = 0, una_repetition_ = 0;  // 0: no UNA, or it says none
    bool una_ = false;
    std::string decimal_marks_;
};

// All of `bytes`; options.on_message is not called.
edi::Received read_edifact(std::string_view bytes, edi::ReadOptions options);

}  // namespace headgate::edifact
