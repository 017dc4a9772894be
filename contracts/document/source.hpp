// SourceNode: a YAML or JSON file as text with places, read from yaml-cpp's events. Every scalar is text until the
// field that it fills says otherwise (`NO`, `012` and `1e3` survive); duplicate keys, anchors, aliases and tags are
// refused.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate {

enum class SourceKind : std::uint8_t { null, scalar, sequence, mapping };

// A value tree owned by its SourceFile; nodes are borrowed as const references for as long as the file lives.
struct SourceNode {
    struct Entry;
    SourceKind kind = SourceKind::null;
    bool quoted = false;  // a quoted or block scalar: always a string
    int line = 0, column = 0;
    std::string text;               // of a scalar
    std::vector<SourceNode> items;  // of a sequence
    std::vector<Entry> entries;     // of a mapping, in order

    const SourceNode* find(std::string_view key) const;  // nullptr when absent
    bool is_scalar() const { return kind == SourceKind::scalar; }
    bool is_sequence() const { return kind == SourceKind::sequence; }
    bool is_mapping() const { return kind == SourceKind::mapping; }
};
struct SourceNode::Entry {
    std::string key;
    int line = 0, column = 0;  // of the key
    SourceNode value;
};

struct SourceFile {
    std::string path;                   // as shown in messages
    std::vector<SourceNode> documents;  // a YAML stream may hold several ('---')

    const SourceNode& root() const { return documents.front(); }
    SourceMark mark(const SourceNode& node) const { return {path, node.line, node.column}; }
    SourceMark mark(const SourceNode::Entry& entry) const { return {path, entry.line, entry.column}; }
};

// nullptr, with diagnostics, when the file can't be read or is malformed. JSON files are read as the YAML that they
// are.
std::shared_ptr<const SourceFile> read_source(const std::string& path, Diagnostics& diagnostics);
// Of a file that must hold one document.
std::shared_ptr<const SourceFile> read_single_source(const std::string& path, Diagnostics& diagnostics);
std::shared_ptr<const SourceFile> parse_source(std::string path, std::string_view text, Diagnostics& diagnostics);

}  // namespace headgate
