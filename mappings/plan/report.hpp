// MappingReport: what a mapping does with each part of both messages, and which law each of its rules keeps; made when
// the mapping is compiled, told by `headgate mapping check`.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate {

// exact: both round trips give back what there was. normalising: equal once normalised, as the rule's codecs declare.
// updating: the other message holds more than the rule carries, and is needed to give back the whole. one_way: what is
// told can't be told back.
enum class Law : std::uint8_t { exact, normalising, updating, one_way };
std::string_view name(Law law);

struct MappingReport {
    struct Rule {
        SourceMark mark;
        std::string text;  // quantity <-> menge
        bool request = true;
        Law law = Law::exact;
    };
    struct Drop {
        SourceMark mark;
        std::string path, why;
        bool contract = true;
        std::string until;  // a month or a day; empty: for good
    };
    // The fields of one side's messages, request and answer; a part that is dropped whole counts by its fields.
    struct Side {
        int mapped = 0, computed = 0, set = 0, dropped = 0;
        int total = 0;
        std::vector<std::string> unmapped;  // of a draft alone: the parts that nothing is said of
        int accounted() const { return mapped + computed + set + dropped; }
    };
    bool draft = false;
    Side contract, legacy;
    std::vector<Rule> rules;  // those that carry a field or a list
    std::vector<Drop> drops;
    int count(Law law) const;
};

}  // namespace headgate
