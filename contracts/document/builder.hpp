// Builder: appends a document depth first into an arena; a parser, a plan or a test calls it once a node.
#pragma once

#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"

namespace headgate {

// One document at a time, then take(). Strings are kept as views: pass arena.copy(text) where the source won't outlive
// the document. Scratch stacks are kept between documents, so a warm builder allocates in the arena alone.
class Builder {
  public:
    explicit Builder(Arena& arena) : arena_(&arena) {}

    void begin_object();
    void key(std::string_view key);  // inside an object, before each value; uniqueness is the caller's to keep
    void end_object();
    void begin_array();
    void end_array();
    void value(const Value& value);
    void null() { value(Value::null()); }
    void boolean(bool b) { value(Value::boolean(b)); }
    void number(std::string_view text) { value(Value::number(text)); }
    void string(std::string_view utf8) { value(Value::string(utf8)); }

    // Members written so far to the object that is open: lets an optional object be dropped when it stays empty.
    std::size_t open_size() const;
    // Members written so far to the open object; invalid after the next call.
    std::span<const Member> open_members() const;
    // JSON Pointer (RFC 6901) of the value that comes next, or of the member whose key was given last.
    std::string pointer() const;
    // Forgets the innermost open object or array (and its key).
    void abandon();
    // Where the document stands, to come back to: what was written since is forgotten. What was open then is open yet.
    struct Mark {
        std::size_t frames, members, items;
        std::string_view key;
    };
    Mark mark() const { return {frames_.size(), members_.size(), items_.size(), key_}; }
    void rewind(const Mark& mark);

    // The finished root; the builder is ready for the next document.
    Value take();
    Arena& arena() { return *arena_; }
    // Text being put together by whoever writes to this builder; kept so that its memory is.
    std::string& scratch() { return scratch_; }
    // Begins in another arena; nothing may be open.
    void reset(Arena& arena);

  private:
    struct Frame {
        std::size_t first;  // index in members_ or items_
        std::string_view key;
        bool object;
    };
    void put(const Value& value);

    Arena* arena_;
    std::vector<Frame> frames_;
    std::vector<Member> members_;
    std::vector<Value> items_;
    std::string_view key_;
    Value root_;
    std::string scratch_;
};

// The object with this member: where it has one of the key in that one's place, else last.
Value with_member(const Value& object, const Member& member, Builder& builder);

}  // namespace headgate
