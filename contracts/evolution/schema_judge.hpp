// Judges what differs between two schemas themselves; what is below them becomes pairs of its own.
#pragma once

#include "contracts/evolution/schema_pairs.hpp"

namespace headgate::evolution {

// One pair in the making, as the judges see it.
struct Judging {
    SchemaPairs& pairs;
    SchemaPair& pair;
    const SchemaView &before, &after;
    Budget& budget;

    bool request() const { return pair.mode.direction == Direction::request; }
    // `rule` without its direction. Places that are absent are the schema's own.
    void tell(std::string_view rule, Place was, Place is, std::string message, std::string step = {},
              std::string hint = {});
    // Whether it says less, more, or something else than before.
    void compare(const std::string& step, Conjunction was, Conjunction is);
    void compare_as(const std::string& step, Conjunction was, Conjunction is, Mode mode);
    // Any change below breaks.
    void compare_strictly(Place was, Place is);
};

void judge_schemas(SchemaPairs& pairs, SchemaPair& pair, const SchemaView& before, const SchemaView& after,
                   Budget& budget);

// Each judges one family of keywords.
void judge_types(Judging& judging);       // judge_types.cpp
void judge_values(Judging& judging);      // judge_types.cpp
void judge_formats(Judging& judging);     // judge_texts.cpp
void judge_patterns(Judging& judging);    // judge_texts.cpp
void judge_bounds(Judging& judging);      // judge_bounds.cpp
void judge_properties(Judging& judging);  // judge_properties.cpp
void judge_variants(Judging& judging);    // judge_variants.cpp
// Where one side is nothing but a choice and the other a plain schema, which is then a choice of one: true, and judged.
bool judge_choice(Judging& judging);         // judge_variants.cpp
void judge_discriminator(Judging& judging);  // judge_discriminator.cpp
void judge_others(Judging& judging);         // judge_others.cpp
void judge_meta(Judging& judging);           // judge_meta.cpp: defaults, flags, extensions

// What differs between the values that the parts of two schemas say: the first ones that do, and the texts of all.
struct Difference {
    Place was, is;
    std::string from, to;
};
// Nothing where they are the same.
std::optional<Difference> difference_of(const std::vector<Place>& before, const std::vector<Place>& after);

// /member, with JSON Pointer's escapes.
std::string step_to(std::string_view member);

}  // namespace headgate::evolution
