// DraftText: a drafted mapping as YAML; knows which line is which rule's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mappings/draft/draft_header.hpp"

namespace headgate::mappings {

struct DraftParts {
    std::string contract;
    DraftHeader header;
    TableDrafts tables;
    DraftSection request, reply;
    std::vector<std::string> fault_fields;  // of a WSDL's declared faults
};

class DraftText {
  public:
    explicit DraftText(DraftParts& parts);

    std::string take() { return std::move(text_); }
    DraftRule* rule_at(int line) const;  // nullptr: no rule's
    DraftRule* key_at(int line) const;   // whose `key:` stands there

  private:
    void put(int indent, const std::string& line);
    void head(const DraftParts& parts);
    void section(const char* key, DraftSection& section);
    void rules(std::vector<DraftRule>& all, int indent, bool hidden);

    std::string text_;
    int line_ = 0;
    std::map<int, DraftRule*> rules_, keys_;
};

}  // namespace headgate::mappings
