// ViewBuilder: reads one schema after another into the view of their conjunction.
#pragma once

#include <string_view>

#include "contracts/evolution/conjunction.hpp"
#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

// Borrows all four for the making of one view.
class ViewBuilder {
  public:
    ViewBuilder(ApiFiles& files, SchemaView& view, const Parts& parts, Budget& budget)
        : files_(files), view_(view), parts_(parts), budget_(budget) {}

    void add(Place schema);
    void finish();  // view_whole.cpp

  private:
    void keyword(Place schema, std::string_view key, Place value);
    // Why a word says nothing in its document's dialect; empty when it says something.
    std::string_view void_reason(Place schema, std::string_view key, Place value) const;
    // Each says whether the keyword is its own and well-formed; what nobody takes is compared as it is written.
    bool read_values(Place schema, std::string_view key, Place value);   // view_values.cpp
    bool read_numbers(Place schema, std::string_view key, Place value);  // view_values.cpp
    bool read_objects(std::string_view key, Place value);
    bool read_variants(std::string_view key, Place value);
    bool read_flags(std::string_view key, Place value);
    bool read_type(Place schema, Place value);
    void narrow(std::map<std::string, Place> values, Place at);
    void bound(bool lower, bool exclusive, Place number);
    void limit(std::string_view key, Place value);
    void close_properties();
    void say(std::vector<Place>& sayings, std::string_view key, Place value);
    void judge_unnamed();
    void admit_null(std::string keyword);
    void fact(std::string_view key, std::string_view text) {
        view_.facts.insert(std::string(key) + '=' + std::string(text));
    }

    ApiFiles& files_;
    SchemaView& view_;
    const Parts& parts_;
    Budget& budget_;
    bool null_beside_ = false;  // `nullable` of a schema without a type of its own
    std::set<std::string> said_;
};

}  // namespace headgate::evolution
