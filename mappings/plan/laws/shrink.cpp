#include "mappings/plan/laws/shrink.hpp"

#include "contracts/document/utf8.hpp"

namespace headgate::mappings {

namespace {

// Copies a document with its `change`-th possible change made.
class Change {
  public:
    Change(std::size_t change, Arena& arena) : left_(change), arena_(arena) {}
    bool made() const { return made_; }

    Value copy(const Value& value) {
        if (value.is_object()) return object(value);
        if (value.is_array()) return array(value);
        if (value.is_string() && value.text().size() > 1 && now())
            return Value::string(cut_utf8(value.text(), value.text().size() / 2));
        return value;
    }

  private:
    bool now() { return !made_ && left_-- == 0 && (made_ = true); }
    Value object(const Value& value) {
        auto* members = arena_.allocate<Member>(value.size());
        std::uint32_t count = 0;
        for (const auto& member : value.members())
            if (!now()) members[count++] = {member.key, copy(member.value)};
        return Value::object(members, count);
    }
    Value array(const Value& value) {
        auto* items = arena_.allocate<Value>(value.size());
        std::uint32_t count = 0;
        for (const auto& item : value)
            if (!now()) items[count++] = copy(item);
        return Value::array(items, count);
    }

    std::size_t left_;
    Arena& arena_;
    bool made_ = false;
};

}  // namespace

Value shrink(const Value& document, Arena& arena, const std::function<bool(const Value&)>& holds) {
    constexpr int most = 4'000;
    Value smallest = document;
    bool smaller_than_before = true;
    for (int asked = 0; smaller_than_before;) {
        smaller_than_before = false;
        for (std::size_t next = 0; asked < most; ++asked) {
            Change change(next, arena);
            Value smaller = change.copy(smallest);
            if (!change.made()) break;
            if (holds(smaller)) {
                smallest = smaller;  // at the same place there is another part now
                smaller_than_before = true;
            } else {
                ++next;
            }
        }
    }
    return smallest;
}

}  // namespace headgate::mappings
