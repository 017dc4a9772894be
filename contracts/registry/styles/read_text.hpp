// Reading values out of text in the styles of OpenAPI 3.1: separated lists and pairs, typed by what the schema allows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contracts/document/builder.hpp"
#include "contracts/registry/contract.hpp"

namespace headgate {

// How text is encoded where it stands: a header not at all, a path by percent, a query with '+' for blanks besides.
enum class Coding : std::uint8_t { header, path, query };

// Reads one parameter; borrows all for its short life. Values are built in the builder's arena, one at a time. Every
// function returns nothing when the text is malformed, and `why` says how.
class TextReader {
  public:
    TextReader(const Parameter& parameter, Coding coding, Builder& builder)
        : parameter_(parameter), shape_(parameter.schema->shape()), coding_(coding), builder_(builder) {}

    // The whole of a path segment or header, by the parameter's style.
    std::optional<Value> read(std::string_view raw);
    // A single value; where the schema allows no string, what looks like a number or boolean is one.
    std::optional<Value> scalar(std::string_view raw, const Shape* shape);
    // `a,b` or, for an object, `key,a,key,b`; the separator is the style's.
    std::optional<Value> separated(std::string_view raw);
    std::optional<Value> json(std::string_view raw);
    std::optional<Value> by_kind(std::string_view raw) {
        return parameter_.kind == Parameter::Kind::scalar ? scalar(raw, &shape_) : separated(raw);
    }

    // An array or object that comes in several pieces.
    void begin();
    bool item(std::string_view raw);                          // of an array
    bool member(std::string_view key, std::string_view raw);  // of an object; the key is decoded
    Value end();
    void abandon() { builder_.abandon(); }

    // The decoded text, in the arena where it differs from the raw.
    std::optional<std::string_view> decoded(std::string_view raw);
    std::string why;

  private:
    std::optional<Value> label(std::string_view raw);
    std::optional<Value> matrix(std::string_view raw);
    std::optional<Value> exploded(std::string_view raw, char separator);
    std::string_view next(std::string_view& rest, bool& more) const;
    bool fail(const char* reason) {
        why = reason;
        return false;
    }

    const Parameter& parameter_;
    const Shape& shape_;
    Coding coding_;
    Builder& builder_;
};

}  // namespace headgate
