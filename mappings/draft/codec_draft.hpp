// Which codecs a legacy field's type and the contract's suggest, and how sure that is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mappings/draft/fields.hpp"

namespace headgate::mappings {

enum class LegacyKind : std::uint8_t { soap, api, query, file };

struct CodecDraft {
    std::string codecs;  // decimal(4) | exact-int; empty: none
    std::string guess;   // what of it nobody told: the codes, the pattern; empty: nothing
    double factor = 1;   // how well the types go together
    std::string table;   // the table that `codecs` names
};

// The tables of a mapping; equal ones are one.
class TableDrafts {
  public:
    using Entries = std::vector<std::pair<std::string, std::vector<std::string>>>;  // word -> codes
    std::string add(const std::string& name, const Entries& entries);
    const std::map<std::string, Entries>& all() const { return all_; }

  private:
    std::map<std::string, Entries> all_;
};

// Words and codes that look alike belong together, the rest as they stand; words without a code are their own, or numbers
// where the field is too short for them. `sure`: all look alike.
TableDrafts::Entries table_entries(const std::vector<std::string_view>& words, const LegacyNode& legacy, bool& sure);

struct CodecSetting {
    LegacyKind kind = LegacyKind::soap;
    bool writes = false;       // towards legacy
    bool fixed_width = false;  // the legacy text is filled up with blanks
    std::string currency;      // the contract's field beside an amount in minor units; empty: it is none
};

// Nothing: these types have nothing to do with each other. `tables` may get one more.
std::optional<CodecDraft> draft_codecs(const DraftField& contract, const LegacyNode& legacy,
                                       const CodecSetting& setting, TableDrafts& tables);
// Of a parameter of a statement, which is a text; `column`: what it is compared with.
std::optional<CodecDraft> draft_parameter(const DraftField& contract, const LegacyNode& column, bool fixed_width);

}  // namespace headgate::mappings
