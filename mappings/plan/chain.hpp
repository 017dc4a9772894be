// Chain: the codecs of one rule, typed at load, run in either direction.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "mappings/plan/codec.hpp"

namespace headgate::mappings {

// Immutable after compile_chain; used by any thread.
class Chain {
  public:
    // A value as the system spelt it becomes as codecs take it: of XML Schema's types each spelling is read.
    void take(Value& value, Arena& arena) const;
    // Legacy value -> contract value; the result is a string, number or boolean as the contract's type wants it.
    bool read(Value& value, CodecRun& run) const;
    // Contract value -> legacy text (a string, or null); towards JSON and a version of the contract a value of its
    // type.
    bool write(Value& value, CodecRun& run) const;

    // The same, codec by codec: the codec as written, and what it made. The last says what the whole made (without a
    // codec), or which refused; `problem` is empty unless.
    struct Stage {
        std::string_view codec;
        Value value;
        std::string_view problem;
    };
    std::vector<Stage> stages(Direction direction, Value value, CodecRun& run) const;

    bool exact() const;  // each codec is, and none is lenient
    Width written(Width given) const;
    // Back through the codecs before the `call`-th of the rule's.
    bool write_before(std::size_t call, Value& value, CodecRun& run) const;
    const ChainType& contract_type() const { return contract_; }
    bool typed() const { return typed_; }
    const std::string& separator() const { return separator_; }  // of split; empty: none

  private:
    bool tolerate(const CodecCall& call, const std::vector<const CodecCall*>& all, Diagnostics& diagnostics);
    bool of_kind(const Value& value, CodecRun& run) const;
    bool write_typed(Value& value, CodecRun& run) const;
    // What stands in the place of a code that the `at`-th codec does not know; false: that is an error.
    bool instead(std::size_t at, Value& value, CodecRun& run) const;

    friend std::optional<Chain> compile_chain(const std::vector<CodecCall>&, const LegacyNode*, CodecSetup, bool,
                                              Diagnostics&);
    std::vector<std::unique_ptr<const Codec>> codecs_;
    std::vector<std::string> written_;  // each codec as it stands in the rule
    ChainType legacy_, contract_;
    std::size_t longest_ = 0;  // characters of the legacy text; 0: unbounded
    int fraction_ = -1;        // places of a legacy number; -1: no number
    std::string separator_;
    std::size_t implied_ = 0;  // codecs in front that no rule names
    int lenient_ = -1;         // the codec whose unknown codes are told as `otherwise_`; -1: none
    Value otherwise_;          // null, a flag, or a text of otherwise_word_
    std::unique_ptr<const std::string> otherwise_word_;
    LegacyType spelt_ = LegacyType::text;  // whose spellings are XML Schema's; text: as they are
    bool checked_ = false;                 // typed, and of one kind
    bool typed_ = false;  // the legacy side is JSON or a version of the contract: numbers and booleans are such
};

// Of `else`: unknown codes are errors, or mean that there is no value; neither: they mean a word.
bool fails(const CodecCall& call);
bool omits(const CodecCall& call);

// The type of a legacy field; nullptr: a text of any length (a parameter).
ChainType legacy_type(const LegacyNode* node);
// `setup` gives tables, zone, directions and references; `two_way`: normalising codecs must say `!`.
std::optional<Chain> compile_chain(const std::vector<CodecCall>& calls, const LegacyNode* legacy, CodecSetup setup,
                                   bool two_way, Diagnostics& diagnostics);

}  // namespace headgate::mappings
