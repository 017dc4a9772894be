// Reads one guide's YAML; for guide.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/fields.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edi {

// Borrows everything for its short life.
class GuideReader {
  public:
    GuideReader(const SourceFile& file, Diagnostics& diagnostics, std::string_view as)
        : file_(file), diagnostics_(diagnostics), as_(as) {}

    void read(Guide& out);

  private:
    void read_id(Fields& fields, Guide& out);
    void read_separators(const SourceNode& node, Guide& out);
    void read_segments(const SourceNode& node, std::vector<Segment>& out, int depth);
    void read_segment(const SourceNode& node, Segment& out, int depth);
    void read_qualifier(Fields& fields, Segment& out);
    void check_qualifier(const SourceNode& node, const Segment& segment);
    void read_elements(const SourceNode& node, std::string_view owner, bool components, std::vector<Element>& out);
    void read_element(const SourceNode& node, bool component, Element& out);
    void read_type(Fields& fields, Element& out);
    void read_length(Fields& fields, Element& out);
    // `only: D01B`: whether this part of the guide is for the version that is wanted.
    bool meant(const SourceNode& node) const;
    void check_only(Fields& fields);

    const SourceFile& file_;
    Diagnostics& diagnostics_;
    std::string_view as_;
    Dialect dialect_ = Dialect::x12;
    std::string version_;
    std::vector<std::string> versions_;
};

}  // namespace headgate::edi
