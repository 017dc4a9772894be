// A second opinion: Boost.Beast reads every request that we accept, and must see the same request end at the same byte.
#include <gtest/gtest.h>

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fstream>
#include <random>

#include "tests/support/escapes.hpp"
#include "tests/unit/gateway/net/memory_front.hpp"

namespace headgate::net {
namespace {

namespace http = boost::beast::http;

// The first request as Beast reads it, in the words of Reading; empty when it refuses or wants more.
std::string beast_reads(std::string_view bytes, std::size_t& size) {
    http::request_parser<http::string_body> parser;
    parser.eager(true);
    boost::system::error_code error;
    size = 0;
    // put() takes the head first and the body after it.
    while (!error && !parser.is_done() && size < bytes.size()) {
        auto used = parser.put(boost::asio::buffer(bytes.data() + size, bytes.size() - size), error);
        if (used == 0) break;
        size += used;
    }
    if (error || !parser.is_done()) return {};
    const auto& message = parser.get();
    return std::string(message.method_string()) + " " + std::string(message.target()) + " " + message.body();
}

// Every request of `bytes` that we accept, one by one, each of them ending where Beast says it ends.
void expect_same_opinion(std::string bytes) {
    for (const auto& request : read_whole(bytes).requests) {
        // The one empty line that RFC 9112 has a server forgive.
        if (bytes.starts_with("\r\n")) bytes.erase(0, 2);
        std::size_t size = 0;
        ASSERT_EQ(beast_reads(bytes, size), request) << bytes;
        bytes.erase(0, size);
    }
}

const std::string_view seeds[] = {
    "GET /a?b=c HTTP/1.1\r\nHost: a.b:80\r\nX-One: two\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello worldGET /second HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    "GET /second HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET /second HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://a.b:80/a?b=c HTTP/1.1\r\nHost: a\r\n\r\nGET HTTP://a?b HTTP/1.1\r\nHost: a\r\n\r\n",
    "PUT /a HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.0\r\n\r\n",
};
const std::string_view pieces[] = {
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "0",
    "5",
    "f",
    "chunked",
    "identity",
    "Host: b\r\n",
    "Content-Length: 3\r\n",
    "close",
    "\r\n\r\n",
    "HTTP/1.0",
    "_",
    "Transfer-Encoding: chunked\r\n",
    "%2",
    "http://b",
    "@",
    "?",
    "#",
    "\x80",
    "\x01",
    "Connection: close\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
};

TEST(SecondOpinion, AgreesOnEveryAcceptedHeadOfTheTable) {
    std::ifstream file(HEADGATE_SOURCE_DIR "/tests/golden/http/request_heads.txt");
    std::string line;
    while (std::getline(file, line))
        if (line.starts_with("200 ")) expect_same_opinion(unescape(line.substr(4)));
}

// Seeded: bytes changed, dropped and put in at random; a disagreement prints the bytes.
TEST(SecondOpinion, AgreesOnWhatIsAcceptedOfBrokenRequests) {
    std::mt19937 random(7);
    int accepted = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string bytes(seeds[random() % std::size(seeds)]);
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            auto at = random() % bytes.size();
            switch (random() % 4) {
                case 0: bytes[at] = static_cast<char>(random()); break;
                case 1: bytes.erase(at, 1 + random() % 3); break;
                case 2: bytes.insert(at, pieces[random() % std::size(pieces)]); break;
                default: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 20)); break;
            }
        }
        Reading reading = read_whole(bytes);
        accepted += static_cast<int>(reading.requests.size());
        expect_same_opinion(bytes);
        if (HasFatalFailure()) return;
        MemoryFront split;
        auto at = random() % (bytes.size() + 1);
        split.feed(std::string_view(bytes).substr(0, at));
        split.feed(std::string_view(bytes).substr(at));
        ASSERT_EQ(split.reading(), reading) << bytes;
    }
    EXPECT_GT(accepted, 10'000) << "too little is accepted for the agreement to mean much";
}

}  // namespace
}  // namespace headgate::net
