// ContractDocument: a drafted contract (OpenAPI 3.1), put together operation by operation.
#pragma once

#include <map>
#include <string>

#include "mappings/draft/source_text.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

class ContractDocument {
  public:
    // `name` is a contract's: shop.v1.
    ContractDocument(std::string name, std::string title) : name_(std::move(name)), title_(std::move(title)) {}

    // Content of JSON by the schema of this message; two operations may share one, by the message's name.
    SourceNode json(const LegacyNode& message, const std::string& name);
    // `call`: what of the operation is said beside id and answers; `answer`: the member `200` of its responses.
    void operation(const std::string& method, const std::string& id, SourceNode call, SourceNode answer);
    // The YAML; `made_from` is told at its head, and what is to be looked at, a line each.
    std::string text(const std::string& made_from, const std::string& notes);

  private:
    std::string name_, title_;
    SourceNode paths_;
    std::map<std::string, SourceNode> schemas_;
    std::map<std::string, std::string> messages_;  // of which each schema was made
};

}  // namespace headgate::mappings
