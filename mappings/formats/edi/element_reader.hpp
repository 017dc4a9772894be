// Reads the elements of one segment as the guide describes them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/edi/segment.hpp"

namespace headgate::edi {

// What reading one message needs to know, and what it finds. Borrows all of it.
struct ReadContext {
    const Guide& guide;
    const Repertoire& repertoire;
    const Repertoire* fallback;  // for bytes that the repertoire lacks, where that is tolerated; else nullptr
    const Separators& separators;
    std::string_view decimal_marks;  // those that are allowed
    Arena& arena;
    Drift& drift;
    std::vector<Finding>& findings;
    std::uint32_t most_findings;

    // Bounded, but what is tolerated never hides what is not.
    void add(Finding finding) const {
        if (findings.size() < most_findings || (!finding.tolerated && !refuses(findings)))
            findings.push_back(std::move(finding));
    }
};

class ElementReader {
  public:
    explicit ElementReader(const ReadContext& context) : context_(context) {}

    // The members are in the arena, their keys borrow from the guide. Faults and drift are told to the context.
    std::span<const Member> read(const Segment& segment, const RawSegment& raw);

    // A part's text in UTF-8, for whoever compares it with a guide's; empty when it can't be read.
    std::string_view text(const Part& part);

  private:
    using Parts = std::span<const Part>;
    void unknown(Parts parts);
    void element(const Element& element, Parts parts);
    Value repetition(const Element& element, Parts parts);
    Value composite(const Element& element, Parts parts);
    Value value(const Element& element, const Part& part, bool component);
    std::string_view number(const Element& element, std::string_view text);
    void companions(const std::vector<Element>& elements, std::span<const Member> given, const Element* composite);
    void fault(Fault fault, Place place, const Element& element, std::string why, std::string_view bad = {},
               bool tolerated = false);
    Value stored(const std::vector<Value>& values);
    std::span<const Member> stored(const std::vector<Member>& members);

    const ReadContext& context_;
    const Segment* segment_ = nullptr;
    const RawSegment* raw_ = nullptr;
    std::vector<Member> members_, components_;
    std::vector<Value> values_;
    std::string decoded_, scratch_;
};

}  // namespace headgate::edi
