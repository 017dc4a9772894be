#include "contracts/document/source_builder.hpp"

namespace headgate {

void SourceBuilder::count(int line, int column) {
    if (++nodes_ > limits_.nodes)
        throw SourceFault{line, column, "more than " + std::to_string(limits_.nodes) + " values in one file", ""};
}

void SourceBuilder::put(SourceNode node) {
    if (frames_.empty()) {
        file_.documents.push_back(std::move(node));
        return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_sequence()) {
        frame.node.items.push_back(std::move(node));
        return;
    }
    frame.entry.value = std::move(node);
    frame.node.entries.push_back(std::move(frame.entry));
    frame.entry = {};
    frame.has_key = false;
}

void SourceBuilder::scalar(int line, int column, std::string text, bool quoted) {
    count(line, column);
    if (expects_key()) {
        Frame& frame = frames_.back();
        if (!quoted && text == "<<") throw SourceFault{line, column, "merge keys ('<<') are not read", "write it out"};
        if (!frame.keys.insert(text).second)
            diagnostics_.error({file_.path, line, column}, "duplicate key '" + text + "'", "remove one of the two");
        frame.entry.key = std::move(text);
        frame.entry.line = line;
        frame.entry.column = column;
        frame.has_key = true;
        return;
    }
    SourceNode node;
    node.kind = SourceKind::scalar;
    node.quoted = quoted;
    node.line = line;
    node.column = column;
    node.text = std::move(text);
    put(std::move(node));
}

void SourceBuilder::null(int line, int column) {
    count(line, column);
    if (expects_key()) throw SourceFault{line, column, "a key must be text", "quote it"};
    SourceNode node;
    node.line = line;
    node.column = column;
    put(std::move(node));
}

void SourceBuilder::begin(int line, int column, SourceKind kind) {
    count(line, column);
    if (expects_key()) throw SourceFault{line, column, "a key must be text, not a list or a mapping", ""};
    if (frames_.size() >= limits_.depth)
        throw SourceFault{line, column, "nested deeper than " + std::to_string(limits_.depth) + " levels", ""};
    Frame& frame = frames_.emplace_back();
    frame.node.kind = kind;
    frame.node.line = line;
    frame.node.column = column;
}

void SourceBuilder::end() {
    SourceNode node = std::move(frames_.back().node);
    frames_.pop_back();
    put(std::move(node));
}

}  // namespace headgate
