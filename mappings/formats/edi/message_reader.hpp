// Reads the segments of one message into a document, as the guide orders and nests them.
//
// A segment belongs to the innermost open loop that has a place for it, at or after the last one read there; segments
// of one id that stand together in the guide (REF[01=DP], REF[01=PS], REF) may come in any order. HL loops that the
// guide nests go where their parent's number says. After a segment that is not known, or one too many, what may belong
// to it is left aside too: whatever has no place among the loops around it.
#pragma once

#include <map>
#include <string_view>

#include "mappings/formats/edi/element_reader.hpp"

namespace headgate::edi {

// One message; the context outlives it.
class MessageReader {
  public:
    explicit MessageReader(const ReadContext& context);

    void segment(const RawSegment& raw);
    // At the trailer: what is still missing is told there. The document is whole only when nothing was found.
    Value finish(const RawSegment& trailer);

  private:
    struct Node;
    // The segments that were read for one entry of a list, in order.
    struct Slot {
        Node *first = nullptr, *last = nullptr;
        std::uint32_t count = 0;
        bool told = false;  // that it is missing
    };
    // A segment that was read, or a loop with what is in it.
    struct Node {
        const Segment* entry = nullptr;              // nullptr: the message
        const std::vector<Segment>* list = nullptr;  // what may follow inside
        Node *parent = nullptr, *next = nullptr;
        Slot* slots = nullptr;   // one for each of list
        std::size_t cursor = 0;  // the last entry of list that was read
        std::span<const Member> elements = {};
    };
    // What one open loop makes of a segment.
    struct Match {
        enum class Kind : std::uint8_t { none, fits, full, late, other_qualifier } kind = Kind::none;
        std::size_t index = 0;
    };

    Node* new_node(const Segment* entry, const std::vector<Segment>& list, Node* parent);
    Match match(const Node& node, const RawSegment& raw);
    bool qualifies(const Segment& entry, const RawSegment& raw);
    void hierarchical(const RawSegment& raw);
    Node* put_hierarchical(Node& under, const RawSegment& raw);
    Node* put(Node& node, std::size_t index, const RawSegment& raw);
    void leave_until(const Node* node, const RawSegment& raw);
    void tell_missing(Node& node, std::size_t from, std::size_t to, bool hierarchical, const RawSegment& raw);
    void unplaced(const RawSegment& raw, Node* at, Match match);
    void set_aside(Node* at, std::string name);
    void tell(Level level, Fault fault, const RawSegment& raw, int element, std::string subject, std::string why);
    Value build(const Node& node);

    const ReadContext& context_;
    ElementReader elements_;
    Node* root_;
    Node* open_;  // the innermost open loop
    bool nested_hierarchy_;
    std::map<std::string_view, Node*> hierarchy_;  // by HL01; nullptr: left aside
    std::vector<Node*> hierarchy_nodes_;
    bool aside_ = false;      // what has no place is left aside, as a part of...
    std::string aside_name_;  // ...this
};

}  // namespace headgate::edi
