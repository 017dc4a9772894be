// Messages: documents that a contract allows for one side of a mapping, made by a seed.
#pragma once

#include <memory>
#include <vector>

#include "contracts/registry/registry.hpp"
#include "contracts/schema/generator.hpp"

namespace headgate::mappings {

// Borrows the registry's schemas. Immutable once made.
class Messages {
  public:
    // Of an operation's request: parameters, and the body's members beside them.
    static Messages of_request(const Operation& operation);
    static Messages of(const Schema& schema);

    std::optional<Value> make(std::uint64_t seed, Arena& arena) const;
    bool valid(const Value& message) const;

  private:
    struct Part {
        std::string_view name;  // empty: its members are the message's
        bool required;
        const Schema* schema;
        std::unique_ptr<const schema::Generator> generator;
    };
    void add(std::string_view name, bool required, const Schema& schema);
    std::vector<Part> parts_;
};

}  // namespace headgate::mappings
