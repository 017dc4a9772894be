// Reads X12 interchanges: ISA, GS, ST and their ends, sets by the partners' guides. See edi/interchange_reader.hpp.
//
// ISA has 106 bytes, whatever is in it, and says the separators: byte 4 that of elements, byte 105 (ISA16) that of
// components, byte 106 the segments' terminator, and ISA11 that of repetitions from version 4020 on. A line feed may
// follow each terminator. A control number that was received before, in another file, is not known here.
#pragma once

#include "mappings/formats/edi/interchange_reader.hpp"

namespace headgate::x12 {

class Reader : public edi::InterchangeReader {
  public:
    explicit Reader(edi::ReadOptions options);

  private:
    void check_separators(const edi::Separators& separators, edi::Head& head) const;
    static void check_widths(std::string_view bytes, std::string_view separators, edi::Head& head);
    const Tags& tags() const override;
    edi::Head head(std::string_view bytes, edi::Separators& separators) override;
    void begin_interchange(const edi::RawSegment& raw, edi::InterchangeReceipt& out) override;
    void begin_group(const edi::RawSegment& raw, edi::GroupReceipt& out) override;
    void begin_message(const edi::RawSegment& raw, edi::MessageReceipt& out) override;
    const edi::Repertoire& repertoire(const edi::Guide& guide) const override { return guide.repertoire; }
    const edi::Repertoire& header_repertoire() const override { return header_; }

    edi::Repertoire header_;
};

// All of `bytes`; options.on_message is not called.
edi::Received read_x12(std::string_view bytes, edi::ReadOptions options);

}  // namespace headgate::x12
