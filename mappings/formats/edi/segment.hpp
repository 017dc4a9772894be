// A segment as it stands in the file, and what it is made of.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "mappings/formats/edi/findings.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edi {

// Bounds of what is read; a file beyond them is refused (too_large) at the place where it passes them.
struct Limits {
    std::uint64_t bytes = 256u << 20;  // of the whole input
    std::size_t segment_bytes = 64 << 10;
    std::uint32_t parts = 2'000;  // values that are given in one segment
    std::uint32_t message_segments = 500'000;
    std::size_t message_bytes = 64u << 20;
    std::uint32_t messages = 100'000;  // of the whole input; groups and interchanges count as one too
    std::uint32_t findings = 50;       // kept of one message; one with more has ended anyway
};

// A value that is given: never empty. `text` is as it stands, release characters included.
struct Part {
    int element = 0, repetition = 0, component = 0;  // elements and components from 1, repetitions from 0
    std::uint32_t at = 0;                            // offset in the segment
    std::string_view text;
};

// A view into the tokenizer's memory, for as long as the segment is handled.
struct RawSegment {
    std::string_view text;  // without its terminator
    std::string_view id;
    std::vector<Part> parts;
    std::uint64_t offset = 0;
    std::uint32_t number = 0;      // in the file, from 1
    std::uint32_t in_message = 0;  // 0 outside of one

    // Fills id and parts from text; false when there are more parts than allowed.
    bool split(const Separators& separators, std::uint32_t most_parts);
    // A whole element that is neither repeated nor a composite, as it stands; empty when absent.
    std::string_view element(int at) const { return component(at, 1); }
    std::string_view component(int element_at, int at) const;
    Place place(int element_at = 0, int component_at = 0) const;
    Place place(const Part& part) const;
};

// Without release characters. The result is `text` itself, or `scratch`.
std::string_view unreleased(std::string_view text, const Separators& separators, std::string& scratch);
// Where in `text` the byte stands that is at `offset` of unreleased(text).
std::size_t released_offset(std::string_view text, std::size_t offset, const Separators& separators);

}  // namespace headgate::edi
