// SourceBuilder: assembles SourceNodes from a reader's events, and holds the rules that YAML and JSON files share.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "contracts/document/source.hpp"

namespace headgate {

// What a file may ask of us; a contract or mapping of a person's making is far below each.
struct SourceLimits {
    std::size_t bytes = 16 * 1024 * 1024;
    std::size_t nodes = 400'000;
    std::size_t depth = 100;
};

// Thrown inside a reader to leave it at once; never leaves this room.
struct SourceFault {
    int line, column;
    std::string message, hint;
};

// Lines and columns are one-based. Throws SourceFault at a bound; duplicate keys are reported and reading goes on.
class SourceBuilder {
  public:
    SourceBuilder(SourceFile& file, Diagnostics& diagnostics, const SourceLimits& limits = {})
        : file_(file), diagnostics_(diagnostics), limits_(limits) {}

    void scalar(int line, int column, std::string text, bool quoted);
    void null(int line, int column);
    void begin(int line, int column, SourceKind kind);
    void end();

  private:
    struct Frame {
        SourceNode node;
        SourceNode::Entry entry;  // whose value is being read
        bool has_key = false;
        std::unordered_set<std::string> keys;
    };
    void count(int line, int column);
    bool expects_key() const { return !frames_.empty() && frames_.back().node.is_mapping() && !frames_.back().has_key; }
    void put(SourceNode node);

    SourceFile& file_;
    Diagnostics& diagnostics_;
    SourceLimits limits_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
};

// Reads strict JSON (RFC 8259): what YAML sees otherwise (`\/`, surrogate pairs, tabs) is read as JSON says.
void read_json_source(std::string_view text, SourceBuilder& builder);

}  // namespace headgate
