// Value: a node of a document, the neutral tree that carries a message whatever its format was. Numbers are kept as
// their text, so nothing is rounded: `10.10` stays `10.10` and a 30-digit integer keeps its digits.
#pragma once

#include <cassert>
#include <cstdint>
#include <string_view>

namespace headgate {

enum class ValueKind : std::uint8_t { null, boolean, number, string, array, object };
std::string_view name(ValueKind kind);

struct Member;

// 16 bytes, trivially copyable. A view: what it points to lives in an Arena, or in a buffer that outlives the document.
// Immutable once built; see Builder. Object members keep the order in which they were written; keys are unique.
class Value {
  public:
    Value() = default;  // null
    static Value null() { return {}; }
    static Value boolean(bool b) { return Value(ValueKind::boolean, b ? 1u : 0u, nullptr); }
    // JSON number grammar (RFC 8259, section 6); the builder's caller guarantees it.
    static Value number(std::string_view text) { return Value(ValueKind::number, text); }
    static Value string(std::string_view utf8) { return Value(ValueKind::string, utf8); }
    static Value array(const Value* items, std::uint32_t count) { return Value(ValueKind::array, count, items); }
    static Value object(const Member* members, std::uint32_t count) { return Value(ValueKind::object, count, members); }

    ValueKind kind() const { return kind_; }
    bool is_null() const { return kind_ == ValueKind::null; }
    bool is_boolean() const { return kind_ == ValueKind::boolean; }
    bool is_number() const { return kind_ == ValueKind::number; }
    bool is_string() const { return kind_ == ValueKind::string; }
    bool is_array() const { return kind_ == ValueKind::array; }
    bool is_object() const { return kind_ == ValueKind::object; }

    bool as_boolean() const { return assert(is_boolean()), size_ != 0; }
    // The text of a number or a string.
    std::string_view text() const {
        assert(is_number() || is_string());
        return {static_cast<const char*>(data_), size_};
    }
    // Items of an array or members of an object; 0 otherwise.
    std::uint32_t size() const { return is_array() || is_object() ? size_ : 0; }
    const Value* begin() const { return assert(is_array()), static_cast<const Value*>(data_); }
    const Value* end() const { return begin() + size_; }
    const Value& operator[](std::uint32_t index) const { return assert(index < size()), begin()[index]; }
    const Member* members_begin() const { return assert(is_object()), static_cast<const Member*>(data_); }
    inline const Member* members_end() const;
    struct MemberRange {
        const Member *first, *last;
        const Member* begin() const { return first; }
        const Member* end() const { return last; }
    };
    MemberRange members() const { return {members_begin(), members_end()}; }
    // Linear search (objects are small); nullptr when absent or when this is no object.
    const Value* find(std::string_view key) const;

  private:
    Value(ValueKind kind, std::uint32_t size, const void* data) : kind_(kind), size_(size), data_(data) {}
    Value(ValueKind kind, std::string_view text)
        : kind_(kind), size_(static_cast<std::uint32_t>(text.size())), data_(text.data()) {}

    ValueKind kind_ = ValueKind::null;
    std::uint32_t size_ = 0;
    const void* data_ = nullptr;
};
static_assert(sizeof(Value) == 16);

struct Member {
    std::string_view key;
    Value value;
};

inline const Member* Value::members_end() const { return members_begin() + size_; }

}  // namespace headgate
