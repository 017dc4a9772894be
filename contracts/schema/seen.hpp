// Seen: which members or items of one value were judged by a keyword beside unevaluatedProperties or unevaluatedItems.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace headgate::schema {

// Lives on the stack of one run. Up to 256 of them cost no memory beside it; what larger ones take is counted in
// `words`, which belongs to the run and bounds it.
class Seen {
  public:
    Seen(std::uint32_t size, std::size_t& words) : size_((size + 63) / 64), words_(words) {
        if (size_ > few_.size()) many_ = std::make_unique<std::uint64_t[]>(size_);
        words_ += size_;
    }
    ~Seen() { words_ -= size_; }
    Seen(const Seen&) = delete;
    Seen& operator=(const Seen&) = delete;

    void mark(std::uint32_t index) { data()[index / 64] |= std::uint64_t(1) << (index % 64); }
    void mark_all() { std::fill_n(data(), size_, ~std::uint64_t(0)); }
    bool test(std::uint32_t index) const { return (data()[index / 64] >> (index % 64) & 1) != 0; }
    void merge(const Seen& other) {
        for (std::size_t i = 0; i < size_; ++i) data()[i] |= other.data()[i];
    }

  private:
    std::uint64_t* data() { return many_ ? many_.get() : few_.data(); }
    const std::uint64_t* data() const { return many_ ? many_.get() : few_.data(); }

    std::size_t size_;  // in words
    std::size_t& words_;
    std::array<std::uint64_t, 4> few_{};
    std::unique_ptr<std::uint64_t[]> many_;
};

}  // namespace headgate::schema
