// FieldIndex: the places of an operation's request message, numbered once at load, so that counting which of them a
// message has costs no text and no memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "contracts/document/value.hpp"
#include "contracts/registry/contract.hpp"

namespace headgate {

// How many messages had a place, and which was the last of them: a place that a message has many times counts once.
struct PlaceCount {
    std::uint64_t calls = 0, last_call = 0;
};

// A place is a JSON Pointer in which every array index, and the name of every member that the schema does not name, is
// `*`: `/skus`, `/lines/*/sku`. A schema that contains itself is unrolled once: what lies deeper counts where the
// recursion began. Beyond `most_places`, what lies deeper counts at the last place that has a number. Immutable,
// thread-safe, and owns its text: it may outlive the contract that it was made from.
class FieldIndex {
  public:
    static constexpr std::size_t most_places = 4096;

    explicit FieldIndex(const Operation& operation);

    const std::string& operation() const { return operation_; }
    // Place 0 is the whole message; its path is "".
    std::size_t size() const { return places_.size(); }
    const std::string& path(std::size_t place) const { return places_[place].path; }
    bool has(std::string_view path) const { return by_path_.contains(std::string(path)); }

    // `call` is another one for each message, and not 0; `counts` has size() entries.
    void count(const Value& message, std::uint64_t call, std::span<PlaceCount> counts) const {
        walk(message, 0, call, counts);
    }

  private:
    class Growth;
    static constexpr std::uint32_t none = UINT32_MAX;
    struct Child {
        std::string name;
        std::uint32_t place;
    };
    struct Place {
        std::string path;
        std::vector<Child> children = {};         // in the schema's order
        std::vector<std::uint32_t> by_name = {};  // their positions by name, when there are many
        std::uint32_t each = none;                // of items, and of members without a name
        bool leaf() const { return children.empty() && each == none; }
        std::size_t find(std::string_view name, std::size_t hint) const;
    };
    void walk(const Value& value, std::uint32_t place, std::uint64_t call, std::span<PlaceCount> counts) const;

    std::string operation_;
    std::vector<Place> places_;
    std::unordered_map<std::string, std::uint32_t> by_path_;
};

}  // namespace headgate
