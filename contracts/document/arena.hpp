// Arena: memory that is given back all at once; one an exchange. Nothing outside the exchange may point into it.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <string_view>

namespace headgate {

// Not thread-safe: belongs to one exchange (or one load, one comparison).
class Arena {
  public:
    explicit Arena(std::size_t first_block = 8 * 1024) : memory_(first_block) {}
    // Begins in a buffer that the worker lends; the buffer must outlive the arena.
    Arena(void* buffer, std::size_t size) : memory_(buffer, size) {}
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    std::pmr::memory_resource* resource() { return &memory_; }

    template <class T>
    T* allocate(std::size_t count) {
        return static_cast<T*>(memory_.allocate(count * sizeof(T), alignof(T)));
    }
    // A copy that lives as long as the arena.
    std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        char* to = allocate<char>(text.size());
        std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }

  private:
    std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace headgate
