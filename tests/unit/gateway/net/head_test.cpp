// The head scanner against its table of cases, each in every split; and the chunked decoder.
#include "gateway/net/head.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/ascii.hpp"
#include "tests/support/escapes.hpp"
#include "tests/unit/gateway/net/memory_front.hpp"

namespace headgate::net {

namespace {

struct Case {
    int line, status;
    std::string bytes;
};

std::vector<Case> cases() {
    std::ifstream file(HEADGATE_SOURCE_DIR "/tests/golden/http/request_heads.txt");
    std::vector<Case> out;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number)
        if (!line.empty() && line[0] != '#') out.push_back({number, std::stoi(line), unescape(line.substr(4))});
    return out;
}

TEST(ScanRequestHead, AcceptsAndRefusesAsItsTableSays) {
    ASSERT_GT(cases().size(), 100u);
    for (const auto& c : cases()) {
        Reading reading = read_whole(c.bytes);
        SCOPED_TRACE("request_heads.txt:" + std::to_string(c.line));
        EXPECT_EQ(reading.refused == 0 ? 200 : reading.refused, c.status) << reading.why;
        if (c.status != 200) {
            EXPECT_TRUE(reading.requests.empty());
            EXPECT_FALSE(reading.why.empty());
        }
    }
}

TEST(ScanRequestHead, ReadsTheSameHoweverTheBytesAreSplit) {
    for (const auto& c : cases()) {
        SCOPED_TRACE("request_heads.txt:" + std::to_string(c.line));
        expect_same_however_split(c.bytes, read_whole(c.bytes));
    }
}

TEST(ScanRequestHead, RefusesEveryControlByteAnywhere) {
    for (std::string head : {"GET /a?b=c HTTP/1.1\r\nHost: a.b:80\r\nX-One: two\r\n\r\n",
                             "GET http://a.b:80/a?b=c HTTP/1.1\r\nHost: a.b:80\r\n\r\n"})
        for (std::size_t at = 0; at < head.size(); ++at)
            for (int byte = 0; byte < 256; ++byte) {
                if ((byte >= 0x20 && byte != 0x7f) || byte == '\t' || byte == '\r' || byte == '\n') continue;
                std::string changed = head;
                changed[at] = static_cast<char>(byte);
                RequestHead out;
                Fields fields;
                HeadFinder finder;
                bool refused = !finder.feed(changed) || finder.refusal() ||
                               scan_request_head(changed.substr(0, finder.size()), 100, out, fields);
                EXPECT_TRUE(refused) << "byte " << byte << " at " << at;
            }
}

// `<host> <path> <query>`, or why it is refused.
std::string target_read(std::string_view target, std::string_view rest = "HTTP/1.1\r\nX: y\r\nhost: h\r\n") {
    std::string head = "GET " + std::string(target) + " " + std::string(rest) + "\r\n";
    RequestHead out;
    Fields fields;
    if (auto refusal = scan_request_head(head, 100, out, fields)) return std::string(refusal.why);
    EXPECT_EQ(out.target, target);
    std::string host;
    for (const auto& field : fields)
        if (equals_ignoring_case(field.name, "host")) host += field.value;
    return host + " " + std::string(out.path) + " " + std::string(out.query);
}

TEST(ScanRequestHead, TakesHostAndPathOfAnAbsoluteTarget) {
    EXPECT_EQ(target_read("/a/b?c=d?e"), "h /a/b c=d?e");
    EXPECT_EQ(target_read("/a?"), "h /a ");
    EXPECT_EQ(target_read("//a/b"), "h //a/b ");
    EXPECT_EQ(target_read("/http://a/b"), "h /http://a/b ");
    EXPECT_EQ(target_read("http://a.b:80/a/b?c=d?e"), "a.b:80 /a/b c=d?e");
    EXPECT_EQ(target_read("HttpS://[::1]:80//a"), "[::1]:80 //a ");
    EXPECT_EQ(target_read("http://a"), "a / ");
    EXPECT_EQ(target_read("http://a?b=/c"), "a / b=/c");
    EXPECT_EQ(target_read("http://a/", "HTTP/1.0\r\n"), "a / ");
    EXPECT_EQ(target_read("http://a/", "HTTP/1.0\r\nHost: b\r\n"), "a / ");
}

TEST(ScanRequestHead, SaysWhyATargetIsRefused) {
    for (auto target : {"*", "a:80", "a/b", "?a", "ftp://a/", "http:/a", "mailto:a@b"})
        EXPECT_EQ(target_read(target), "the request target is neither a path nor an http URI") << target;
    for (auto target : {"http://u@a/", "http://u:p@a", "http://@"})
        EXPECT_EQ(target_read(target), "the request target names a user") << target;
    for (auto target : {"http://", "http:///", "http://a#b", "http://a\\b", "http://a:b"})
        EXPECT_EQ(target_read(target), "the host of the request target is malformed") << target;
    for (auto target : {"/a#b", "/%4", "http://a/#b", "http://a/?%zz"})
        EXPECT_EQ(target_read(target), "the request target holds a character or an escape that is not allowed")
            << target;
}

TEST(ScanRequestHead, RefusesMoreFieldsThanItsBound) {
    std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 99; ++i) head += "X: y\r\n";
    RequestHead out;
    Fields fields;
    EXPECT_FALSE(scan_request_head(head + "\r\n", 100, out, fields));
    EXPECT_EQ(fields.size(), 100u);
    EXPECT_EQ(scan_request_head(head + "X: y\r\n\r\n", 100, out, fields).status, 431);
}

TEST(ScanRequestHead, NamesTheFieldThatMayComeOnceAndIsRepeated) {
    for (std::string name : {"Host", "Content-Length", "Content-Type", "Authorization"}) {
        std::string host = name == "Host" ? "" : "Host: a\r\n", line = name + ": 1\r\n";
        EXPECT_EQ(read_whole("POST / HTTP/1.1\r\n" + host + line + line + "\r\n").why, name + " is repeated");
    }
}

TEST(ScanRequestHead, TellsWhetherTheConnectionStaysOpen) {
    auto keeps = [](std::string_view version, std::string_view connection) {
        std::string head = "GET / HTTP/" + std::string(version) + "\r\nHost: a\r\n" + std::string(connection) + "\r\n";
        RequestHead out;
        Fields fields;
        EXPECT_FALSE(scan_request_head(head, 100, out, fields));
        return out.keep_alive;
    };
    EXPECT_TRUE(keeps("1.1", ""));
    EXPECT_TRUE(keeps("1.1", "Connection: upgrade, keep-alive\r\n"));
    EXPECT_FALSE(keeps("1.1", "Connection: close\r\n"));
    EXPECT_FALSE(keeps("1.1", "connection: Upgrade , CLOSE\r\n"));
    EXPECT_FALSE(keeps("1.1", "Connection: keep-alive\r\nConnection: close\r\n"));
    EXPECT_FALSE(keeps("1.0", ""));
    EXPECT_TRUE(keeps("1.0", "Connection: Keep-Alive\r\n"));
}

TEST(ScanResponseHead, FramesAnAnswerOneWayOrRefusesIt) {
    struct {
        std::string_view bytes;
        int status;
        Framing framing;
    } const rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", 200, Framing::length},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, Framing::none},
        {"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\n", 200, Framing::length},
        {"HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n", 200, Framing::chunked},
        {"HTTP/1.1 200 OK\r\nX_Y: legacy\r\n\r\n", 200, Framing::until_close},
        {"HTTP/1.0 200 OK\r\n\r\n", 200, Framing::until_close},
        {"HTTP/1.1 204 No\r\n\r\n", 204, Framing::none},
        {"HTTP/1.1 304 Not\r\nContent-Length: 30\r\n\r\n", 304, Framing::none},
        {"HTTP/1.1 100 Continue\r\n\r\n", 100, Framing::none},
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 0, Framing::none},
        {"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 OK\r\nX : a\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1  200 OK\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 2000 OK\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 20 OK\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 999 OK\r\n\r\n", 0, Framing::none},
        {"HTTP/2.0 200 OK\r\n\r\n", 0, Framing::none},
        {"ICY 200 OK\r\n\r\n", 0, Framing::none},
        {"HTTP/1.1 200 O\x01K\r\n\r\n", 0, Framing::none},
    };
    for (const auto& row : rows) {
        ResponseHead out;
        Fields fields;
        auto refusal = scan_response_head(row.bytes, 100, false, out, fields);
        EXPECT_EQ(refusal ? 0 : out.status, row.status) << row.bytes;
        if (!refusal) {
            EXPECT_EQ(out.framing, row.framing) << row.bytes;
        }
    }
    ResponseHead out;
    Fields fields;
    EXPECT_FALSE(scan_response_head("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n", 100, true, out, fields));
    EXPECT_EQ(out.framing, Framing::none) << "an answer to HEAD has no body";
}

// `expected` is the decoded body, or the refusal's beginning after '!'.
TEST(ChunkedDecoder, DecodesOrRefusesInEverySplit) {
    struct {
        std::string_view wire, expected;
    } const rows[] = {
        {"0\r\n\r\n", ""},
        {"000\r\n\r\n", ""},
        {"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"},
        {"A\r\n0123456789\r\n00\r\n\r\n", "0123456789"},
        {"5;x=y\r\nhello\r\n0\r\n\r\n", "!chunk extensions"},
        {"0;x\r\n\r\n", "!chunk extensions"},
        {"5\r\nhello\r\n0\r\nX: y\r\n\r\n", "!trailers"},
        {"5 \r\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {" 5\r\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"0x5\r\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"-5\r\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"+5\r\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"g\r\n", "!a chunk size is malformed"},
        {"5\nhello\r\n0\r\n\r\n", "!a chunk size is malformed"},
        {"5\rhello\r\n0\r\n\r\n", "!a chunk size does not end"},
        {"5\r\nhelloX\r\n0\r\n\r\n", "!a chunk does not end"},
        {"5\r\nhello\n0\r\n\r\n", "!a chunk does not end"},
        {"5\r\nhello\r0\r\n\r\n", "!a chunk does not end"},
        {"0\r\n\n", "!trailers"},
        {"0\r\n\rX", "!the last chunk"},
        {"000000005\r\nhello\r\n0\r\n\r\n", "!a chunk size has too many digits"},
        {"FFFFFFFFFFFFFFFF\r\n", "!a chunk size has too many digits"},
        {"FFFFFFFF\r\n", "!the chunked body is too large"},
        {"65\r\n", "!the chunked body is too large"},
    };
    for (const auto& row : rows)
        for (std::size_t split = 0; split <= row.wire.size(); ++split) {
            ChunkedDecoder decoder(100);
            std::string body;
            std::size_t used = 0;
            auto state = decoder.feed(row.wire.substr(0, split), body, used);
            if (state == ChunkedDecoder::State::more) state = decoder.feed(row.wire.substr(split), body, used);
            if (row.expected.starts_with('!')) {
                EXPECT_TRUE(state == ChunkedDecoder::State::malformed || state == ChunkedDecoder::State::too_large);
                EXPECT_TRUE(decoder.why().starts_with(row.expected.substr(1))) << row.wire << ": " << decoder.why();
            } else {
                EXPECT_EQ(state, ChunkedDecoder::State::done) << row.wire;
                EXPECT_EQ(body, row.expected);
            }
        }
}

TEST(ChunkedDecoder, LeavesWhatFollowsTheBody) {
    ChunkedDecoder decoder(100);
    std::string body;
    std::size_t used = 0;
    EXPECT_EQ(decoder.feed("1\r\na\r\n0\r\n\r\nGET /", body, used), ChunkedDecoder::State::done);
    EXPECT_EQ(used, 11u);
}

TEST(ChunkedDecoder, BoundsWhatTheWireCarries) {
    ChunkedDecoder decoder(1000);
    std::string body, wire;
    std::size_t used = 0;
    // Leading zeros carry nothing, at ten bytes of wire a byte of body.
    for (int i = 0; i < 1000; ++i) wire += "00000001\r\na\r\n";
    EXPECT_EQ(decoder.feed(wire, body, used), ChunkedDecoder::State::too_large);
    EXPECT_LT(body.size(), 1000u);
}

}  // namespace
}  // namespace headgate::net
