// MemoryFront: the way of bytes through head finder, head scanner and chunked decoder without a socket, in any pieces.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "gateway/net/chunked.hpp"
#include "gateway/net/head.hpp"

namespace headgate::net {

// What a byte string is read as: requests (`<method> <target> <body>`), then a refusal or nothing more.
struct Reading {
    std::vector<std::string> requests;
    int refused = 0;
    std::string why;
    friend bool operator==(const Reading&, const Reading&) = default;
};

inline void PrintTo(const Reading& reading, std::ostream* out) {
    for (const auto& request : reading.requests) *out << "[" << request << "] ";
    *out << reading.refused << " " << reading.why;
}

class MemoryFront {
  public:
    void feed(std::string_view piece) {
        bytes_.append(piece);
        while (!closed_ && step()) {
        }
    }
    const Reading& reading() const { return reading_; }

  private:
    bool refuse(Refusal refusal) {
        reading_.refused = refusal.status;
        reading_.why = refusal.why;
        closed_ = true;
        return false;
    }
    bool done(std::size_t size, std::string_view body) {
        reading_.requests.push_back(std::string(head_.method) + " " + std::string(head_.target) + " " +
                                    std::string(body));
        closed_ = !head_.keep_alive;
        bytes_.erase(0, size);
        *this = MemoryFront(std::move(bytes_), std::move(reading_), closed_);
        return true;
    }
    bool step() {
        if (head_size_ == 0) {
            if (!blank_skipped_ && bytes_.starts_with("\r\n")) {
                bytes_.erase(0, 2);
                finder_ = {};
                blank_skipped_ = true;
            }
            if (!finder_.feed(bytes_)) return false;
            if (finder_.refusal()) return refuse(finder_.refusal());
            head_size_ = decoded_ = finder_.size();
        }
        // Scanned anew each time: `bytes_` has moved.
        if (auto refusal = scan_request_head(std::string_view(bytes_).substr(0, head_size_), 100, head_, fields_))
            return refuse(refusal);
        std::string_view rest = std::string_view(bytes_).substr(head_size_);
        if (head_.framing == Framing::none) return done(head_size_, {});
        if (head_.framing == Framing::length) {
            if (rest.size() < head_.content_length) return false;
            auto length = static_cast<std::size_t>(head_.content_length);
            return done(head_size_ + length, rest.substr(0, length));
        }
        std::size_t used = 0;
        auto state = decoder_.feed(std::string_view(bytes_).substr(decoded_), body_, used);
        decoded_ += used;
        if (state == ChunkedDecoder::State::more) return false;
        if (state == ChunkedDecoder::State::malformed) return refuse({400, decoder_.why()});
        if (state == ChunkedDecoder::State::too_large) return refuse({413, decoder_.why()});
        return done(decoded_, std::string(body_));
    }

  public:
    MemoryFront() = default;

  private:
    MemoryFront(std::string bytes, Reading reading, bool closed)
        : bytes_(std::move(bytes)), reading_(std::move(reading)), closed_(closed) {}

    std::string bytes_, body_;
    Reading reading_;
    HeadFinder finder_;
    RequestHead head_;
    Fields fields_;
    ChunkedDecoder decoder_{1 << 20};
    std::size_t head_size_ = 0, decoded_ = 0;
    bool blank_skipped_ = false, closed_ = false;
};

inline Reading read_whole(std::string_view bytes) {
    MemoryFront front;
    front.feed(bytes);
    return front.reading();
}

// The same bytes in two pieces, for every place between them, and one by one.
inline void expect_same_however_split(std::string_view bytes, const Reading& expected) {
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        MemoryFront front;
        front.feed(bytes.substr(0, i));
        front.feed(bytes.substr(i));
        ASSERT_EQ(front.reading(), expected) << "split at " << i;
    }
    MemoryFront front;
    for (char c : bytes) front.feed({&c, 1});
    ASSERT_EQ(front.reading(), expected) << "byte by byte";
}

}  // namespace headgate::net
