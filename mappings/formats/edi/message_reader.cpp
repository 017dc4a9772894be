#include "mappings/formats/edi/message_reader.hpp"

#include <algorithm>
#include <new>

namespace headgate::edi {
namespace {

bool has_hierarchy(const std::vector<Segment>& list) {
    return std::any_of(list.begin(), list.end(), [](const Segment& s) { return s.hierarchical(); });
}

// Whether the guide nests HL loops into each other; else they are loops like all others.
bool nests_hierarchy(const std::vector<Segment>& list) {
    return std::any_of(list.begin(), list.end(), [](const Segment& s) {
        return s.hierarchical() ? has_hierarchy(s.loop) : nests_hierarchy(s.loop);
    });
}

// Entries of one id that stand together may come in any order.
std::size_t first_of_run(const std::vector<Segment>& list, std::size_t index) {
    while (index > 0 && list[index - 1].id == list[index].id) --index;
    return index;
}

bool lists(const std::vector<Segment>& list, std::string_view id) {
    return std::any_of(list.begin(), list.end(), [&](const Segment& s) { return s.id == id || lists(s.loop, id); });
}

}  // namespace

MessageReader::MessageReader(const ReadContext& context)
    : context_(context), elements_(context), nested_hierarchy_(nests_hierarchy(context.guide.segments)) {
    root_ = open_ = new_node(nullptr, context.guide.segments, nullptr);
}

MessageReader::Node* MessageReader::new_node(const Segment* entry, const std::vector<Segment>& list, Node* parent) {
    auto* node = new (context_.arena.allocate<Node>(1)) Node;
    node->entry = entry;
    node->list = &list;
    node->parent = parent;
    if (!list.empty()) {
        node->slots = context_.arena.allocate<Slot>(list.size());
        std::uninitialized_default_construct_n(node->slots, list.size());
    }
    return node;
}

bool MessageReader::qualifies(const Segment& entry, const RawSegment& raw) {
    if (entry.qualifier.empty()) return true;
    int element = (entry.qualifier_position[0] - '0') * 10 + entry.qualifier_position[1] - '0';
    for (const Part& part : raw.parts)
        if (part.element == element && part.repetition == 0 && part.component == 1)
            return elements_.text(part) == entry.qualifier;
    return false;
}

MessageReader::Match MessageReader::match(const Node& node, const RawSegment& raw) {
    const std::vector<Segment>& list = *node.list;
    Match found;
    if (list.empty()) return found;
    std::size_t first = first_of_run(list, node.cursor);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].id != raw.id) continue;
        bool qualified = qualifies(list[i], raw);
        bool room = node.slots[i].count < static_cast<std::uint32_t>(list[i].at_most);
        if (i >= first && qualified && room) return {Match::Kind::fits, i};
        Match::Kind kind = !qualified ? Match::Kind::other_qualifier : room ? Match::Kind::late : Match::Kind::full;
        if (found.kind == Match::Kind::none || found.kind == Match::Kind::other_qualifier) found = {kind, i};
    }
    return found;
}

void MessageReader::segment(const RawSegment& raw) {
    if (nested_hierarchy_ && raw.id == "HL") return hierarchical(raw);
    Node* where = nullptr;
    Match why;
    for (Node* node = open_; node; node = node->parent) {
        Match match = this->match(*node, raw);
        if (match.kind == Match::Kind::fits) {
            aside_ = false;
            leave_until(node, raw);
            put(*node, match.index, raw);
            return;
        }
        bool better = match.kind != Match::Kind::none &&
                      (why.kind == Match::Kind::none ||
                       (why.kind == Match::Kind::other_qualifier && match.kind != Match::Kind::other_qualifier));
        if (better) {
            why = match;
            where = node;
        }
    }
    unplaced(raw, where, why);
}

void MessageReader::hierarchical(const RawSegment& raw) {
    std::string_view number = raw.element(1), parent = raw.element(2);
    Node* under = root_;
    if (!parent.empty()) {
        auto found = hierarchy_.find(parent);
        if (found == hierarchy_.end()) {
            tell(Level::element, Fault::bad_parent, raw, 2, "parent",
                 "no HL before it has the number '" + printable(parent) + "'");
            return set_aside(root_, "HL");
        }
        under = found->second;
    }
    Node* read = under ? put_hierarchical(*under, raw) : nullptr;
    if (!under)  // of one that is left aside
        context_.drift.add(DriftKind::segment, context_.guide.message + " " + aside_name_ + "/HL", raw.place());
    if (read) hierarchy_nodes_.push_back(read);
    if (!number.empty() && !hierarchy_.emplace(context_.arena.copy(number), read).second)
        tell(Level::element, Fault::bad_parent, raw, 1, "number", "the number '" + printable(number) + "' is taken");
}

// nullptr when it is left aside.
MessageReader::Node* MessageReader::put_hierarchical(Node& under, const RawSegment& raw) {
    Match match;
    for (std::size_t i = 0; i < under.list->size() && match.kind != Match::Kind::fits; ++i) {
        const Segment& entry = (*under.list)[i];
        if (!entry.hierarchical()) continue;
        bool room = under.slots[i].count < static_cast<std::uint32_t>(entry.at_most);
        match = {!qualifies(entry, raw) ? Match::Kind::other_qualifier
                 : room                 ? Match::Kind::fits
                                        : Match::Kind::full,
                 i};
    }
    if (match.kind != Match::Kind::fits) return unplaced(raw, &under, match), nullptr;
    aside_ = false;
    leave_until(&under, raw);
    return put(under, match.index, raw);
}

MessageReader::Node* MessageReader::put(Node& node, std::size_t index, const RawSegment& raw) {
    const Segment& entry = (*node.list)[index];
    if (index > node.cursor) {
        tell_missing(node, first_of_run(*node.list, node.cursor), first_of_run(*node.list, index), false, raw);
        node.cursor = index;
    }
    Node* read = new_node(&entry, entry.loop, &node);
    Slot& slot = node.slots[index];
    (slot.last ? slot.last->next : slot.first) = read;
    slot.last = read;
    ++slot.count;
    read->elements = elements_.read(entry, raw);
    open_ = entry.loop.empty() ? &node : read;
    return read;
}

// Closes the open loops that are not around `node` (nor it); whatever they lack is told at this segment.
void MessageReader::leave_until(const Node* node, const RawSegment& raw) {
    auto around = [&](const Node* open) {
        for (const Node* n = node; n; n = n->parent)
            if (n == open) return true;
        return false;
    };
    for (; open_ && !around(open_); open_ = open_->parent) tell_missing(*open_, 0, open_->list->size(), false, raw);
}

void MessageReader::tell_missing(Node& node, std::size_t from, std::size_t to, bool hierarchical,
                                 const RawSegment& raw) {
    for (std::size_t i = from; i < to; ++i) {
        const Segment& entry = (*node.list)[i];
        Slot& slot = node.slots[i];
        if (!entry.required || slot.count > 0 || slot.told) continue;
        if ((nested_hierarchy_ && entry.hierarchical()) != hierarchical) continue;
        slot.told = true;
        std::string in = node.entry ? " in " + node.entry->name : "";
        tell(Level::segment, Fault::segment_missing, raw, 0, entry.name,
             "the segment " + entry.name + " is required" + in + " and missing before this one");
    }
}

// A segment for which no open loop has a place; `at` is the loop that came nearest.
void MessageReader::unplaced(const RawSegment& raw, Node* at, Match match) {
    bool drift = context_.guide.unknown_is_drift;
    const Segment* entry = match.kind == Match::Kind::none ? nullptr : &(*at->list)[match.index];
    if (match.kind == Match::Kind::full || match.kind == Match::Kind::late) {
        bool full = match.kind == Match::Kind::full;
        tell(Level::segment,
             !full                 ? Fault::segment_misplaced
             : entry->loop.empty() ? Fault::segment_too_often
                                   : Fault::loop_too_often,
             raw, 0, entry->name,
             full ? "more than " + std::to_string(entry->at_most) + " of " + entry->name : "stands too late here");
        if (entry->loop.empty()) return;
        leave_until(at, raw);
        return set_aside(at, entry->name);
    }
    if (match.kind == Match::Kind::other_qualifier) {
        int element = (entry->qualifier_position[0] - '0') * 10 + entry->qualifier_position[1] - '0';
        std::string code;
        for (const Part& part : raw.parts)
            if (part.element == element && part.repetition == 0 && part.component == 1)
                code = printable(elements_.text(part));
        std::string name = entry->id + "[" + entry->qualifier_position + "=" + code + "]";
        if (drift)
            context_.drift.add(DriftKind::segment, context_.guide.message + " " + name, raw.place());
        else
            tell(Level::element, Fault::bad_code, raw, element, name, "the guide does not know '" + code + "' here");
        bool loop = std::any_of(at->list->begin(), at->list->end(), [&](const Segment& s) {
            return s.id == raw.id && (s.hierarchical() || !s.loop.empty());
        });
        if (!loop) return;
        leave_until(at, raw);
        return set_aside(at, std::move(name));
    }
    std::string id = printable(raw.id, 8);
    if (aside_) {
        if (drift)
            context_.drift.add(DriftKind::segment, context_.guide.message + " " + aside_name_ + "/" + id, raw.place());
        return;
    }
    if (lists(context_.guide.segments, raw.id))
        tell(Level::segment, Fault::segment_unexpected, raw, 0, "", "this segment has no place here");
    else if (drift)
        context_.drift.add(DriftKind::segment, context_.guide.message + " " + id, raw.place());
    else
        tell(Level::segment, Fault::segment_unknown, raw, 0, "", "the guide does not know this segment");
}

void MessageReader::set_aside(Node* at, std::string name) {
    aside_ = true;
    aside_name_ = std::move(name);
    open_ = at;
}

void MessageReader::tell(Level level, Fault fault, const RawSegment& raw, int element, std::string subject,
                         std::string why) {
    Finding finding;
    finding.level = level;
    finding.fault = fault;
    finding.place = raw.place(element);
    finding.subject = std::move(subject);
    finding.why = std::move(why);
    if (element > 0) finding.value = printable(raw.element(element));
    context_.add(std::move(finding));
}

Value MessageReader::finish(const RawSegment& trailer) {
    leave_until(nullptr, trailer);
    tell_missing(*root_, 0, root_->list->size(), true, trailer);
    for (Node* node : hierarchy_nodes_) tell_missing(*node, 0, node->list->size(), true, trailer);
    return build(*root_);
}

Value MessageReader::build(const Node& node) {
    std::size_t count = node.elements.size();
    for (std::size_t i = 0; i < node.list->size(); ++i) count += node.slots[i].count > 0;
    Member* members = context_.arena.allocate<Member>(count);
    Member* to = std::uninitialized_copy(node.elements.begin(), node.elements.end(), members);
    for (std::size_t i = 0; i < node.list->size(); ++i) {
        const Slot& slot = node.slots[i];
        if (slot.count == 0) continue;
        const Segment& entry = (*node.list)[i];
        if (!entry.repeats()) {
            new (to++) Member{entry.name, build(*slot.first)};
            continue;
        }
        Value* items = context_.arena.allocate<Value>(slot.count);
        Value* item = items;
        for (const Node* n = slot.first; n; n = n->next) new (item++) Value(build(*n));
        new (to++) Member{entry.name, Value::array(items, slot.count)};
    }
    return Value::object(members, static_cast<std::uint32_t>(count));
}

}  // namespace headgate::edi
