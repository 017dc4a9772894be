#include "contracts/document/builder.hpp"

#include <algorithm>
#include <cassert>
#include <memory>

#include "contracts/document/utf8.hpp"

namespace headgate {

void Builder::begin_object() {
    frames_.push_back({members_.size(), key_, true});
    key_ = {};
}

void Builder::begin_array() {
    frames_.push_back({items_.size(), key_, false});
    key_ = {};
}

void Builder::key(std::string_view key) {
    assert(!frames_.empty() && frames_.back().object);
    key_ = key;
}

void Builder::end_object() {
    assert(!frames_.empty() && frames_.back().object);
    Frame frame = frames_.back();
    frames_.pop_back();
    auto count = members_.size() - frame.first;
    Member* members = arena_->allocate<Member>(count);
    std::uninitialized_copy_n(members_.begin() + static_cast<std::ptrdiff_t>(frame.first), count, members);
    members_.resize(frame.first);
    key_ = frame.key;
    put(Value::object(members, static_cast<std::uint32_t>(count)));
}

void Builder::end_array() {
    assert(!frames_.empty() && !frames_.back().object);
    Frame frame = frames_.back();
    frames_.pop_back();
    auto count = items_.size() - frame.first;
    Value* items = arena_->allocate<Value>(count);
    std::uninitialized_copy_n(items_.begin() + static_cast<std::ptrdiff_t>(frame.first), count, items);
    items_.resize(frame.first);
    key_ = frame.key;
    put(Value::array(items, static_cast<std::uint32_t>(count)));
}

void Builder::value(const Value& value) { put(value); }

void Builder::put(const Value& value) {
    if (frames_.empty())
        root_ = value;
    else if (frames_.back().object)
        members_.push_back({key_, value});
    else
        items_.push_back(value);
}

std::size_t Builder::open_size() const {
    assert(!frames_.empty());
    return (frames_.back().object ? members_.size() : items_.size()) - frames_.back().first;
}

std::span<const Member> Builder::open_members() const {
    assert(!frames_.empty() && frames_.back().object);
    return std::span(members_).subspan(frames_.back().first);
}

std::string Builder::pointer() const {
    std::string out;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
        bool last = i + 1 == frames_.size();
        if (frames_[i].object) {
            std::string_view key = last ? key_ : frames_[i + 1].key;
            if (!last || key.data() != nullptr) append_pointer(out, key);
            continue;
        }
        // Items of this array end where those of the next array inside it begin.
        std::size_t end = items_.size();
        for (std::size_t j = i + 1; j < frames_.size(); ++j)
            if (!frames_[j].object) {
                end = frames_[j].first;
                break;
            }
        append_pointer(out, std::to_string(end - frames_[i].first));
    }
    return out;
}

void Builder::abandon() {
    assert(!frames_.empty());
    Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.object)
        members_.resize(frame.first);
    else
        items_.resize(frame.first);
    key_ = {};
}

void Builder::rewind(const Mark& mark) {
    assert(mark.frames <= frames_.size() && mark.members <= members_.size() && mark.items <= items_.size());
    frames_.resize(mark.frames);
    members_.resize(mark.members);
    items_.resize(mark.items);
    key_ = mark.key;
}

Value Builder::take() {
    assert(frames_.empty());
    Value root = root_;
    root_ = {};
    return root;
}

void Builder::reset(Arena& arena) {
    frames_.clear();
    members_.clear();
    items_.clear();
    root_ = {};
    key_ = {};
    arena_ = &arena;
}

Value with_member(const Value& object, const Member& member, Builder& builder) {
    bool put = false;
    builder.begin_object();
    for (const Member& one : object.members()) {
        bool same = one.key == member.key;
        builder.key(one.key);
        builder.value(same ? member.value : one.value);
        put = put || same;
    }
    if (!put) {
        builder.key(member.key);
        builder.value(member.value);
    }
    builder.end_object();
    return builder.take();
}

}  // namespace headgate
