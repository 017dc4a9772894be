// Generator: many documents that a schema allows, by a seed: short and long texts, least and greatest numbers, members
// that are there or absent, lists of none, one and many.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "contracts/document/arena.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate::schema {

// The values worth trying are found once, when it is made; documents then are combinations of them. Immutable: any
// number of threads may make documents.
class Generator {
  public:
    // The schema must come from a Compiler, and outlive this and the documents.
    explicit Generator(const Schema& schema);
    ~Generator();
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    // A valid document, the same for the same seed; its texts live in the arena, in this or in the schema. Nothing
    // where none was found: few schemas ask for what can't be combined.
    std::optional<Value> make(std::uint64_t seed, Arena& arena) const;

  private:
    struct Recipes;
    const Schema& schema_;
    std::unique_ptr<const Recipes> recipes_;
};

// Steps through numbers that look random, the same on every machine.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t count) { return count == 0 ? 0 : next() % count; }
    bool once_in(std::size_t times) { return below(times) == 0; }

  private:
    std::uint64_t state_;
};

}  // namespace headgate::schema
