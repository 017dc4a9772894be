#include "contracts/document/equal.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "contracts/document/number.hpp"

namespace headgate {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t process_seed() {
    static const std::uint64_t seed = [] {
        std::random_device device;
        return (std::uint64_t(device()) << 32) ^ device();
    }();
    return seed;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    Wide product = Wide(a ^ 0x2D358DCCAA6C78A5u) * (b ^ 0x8BB84B93962EACC9u ^ process_seed());
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = mix(seed, text.size());
    for (std::size_t at = 0; at < text.size(); at += 8) {
        std::uint64_t word = 0;
        for (std::size_t i = at; i < std::min(at + 8, text.size()); ++i)
            word = word << 8 | static_cast<unsigned char>(text[i]);
        hash = mix(hash, word);
    }
    return hash;
}

bool equal_objects(const Value& a, const Value& b) {
    if (a.size() != b.size()) return false;
    constexpr std::uint32_t linear = 32;
    if (a.size() <= linear) {
        for (const Member& member : a.members()) {
            const Value* other = b.find(member.key);
            if (!other || !equal(member.value, *other)) return false;
        }
        return true;
    }
    auto sorted = [](const Value& object) {
        std::vector<const Member*> members;
        for (const Member& member : object.members()) members.push_back(&member);
        std::sort(members.begin(), members.end(), [](auto* x, auto* y) { return x->key < y->key; });
        return members;
    };
    auto left = sorted(a), right = sorted(b);
    return std::equal(left.begin(), left.end(), right.begin(),
                      [](auto* x, auto* y) { return x->key == y->key && equal(x->value, y->value); });
}

}  // namespace

bool equal(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case ValueKind::null: return true;
        case ValueKind::boolean: return a.as_boolean() == b.as_boolean();
        case ValueKind::number: return a.text() == b.text() || Decimal(a.text()) == Decimal(b.text());
        case ValueKind::string: return a.text() == b.text();
        case ValueKind::array: return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
        case ValueKind::object: return equal_objects(a, b);
    }
    return false;
}

std::uint64_t hash(const Value& value) {
    auto kind = static_cast<std::uint64_t>(value.kind());
    switch (value.kind()) {
        case ValueKind::null: return mix(kind, 0);
        case ValueKind::boolean: return mix(kind, value.as_boolean() ? 1 : 2);
        case ValueKind::number: return mix(kind, Decimal(value.text()).hash(process_seed()));
        case ValueKind::string: return hash_text(value.text(), kind);
        case ValueKind::array: {
            std::uint64_t sum = mix(kind, value.size());
            for (const Value& item : value) sum = mix(sum, hash(item));
            return sum;
        }
        case ValueKind::object: {
            std::uint64_t sum = mix(kind, value.size());
            for (const Member& member : value.members()) sum += mix(hash_text(member.key, kind), hash(member.value));
            return sum;
        }
    }
    return 0;
}

}  // namespace headgate
