// The HTTP/1 corpus: what its strict parser refuses we refuse, in every split and over real sockets; what we refuse
// beyond it is listed here with the reason.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/live_server.hpp"
#include "tests/support/llhttp_corpus.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/unit/gateway/net/memory_front.hpp"

namespace headgate::net {

namespace {

// Our refusals of what the corpus accepts, each with why we go beyond it.
const std::map<std::string, std::string> stricter = {
    {"Host is missing", "RFC 9112 section 3.2: a 1.1 request without Host is answered with 400"},
    {"Host is malformed", "RFC 9112 section 3.2: so is one whose Host is not valid"},
    {"the method is not known here", "RFC 9110 section 9.1: methods that no contract can have are answered with 501"},
    {"the request target is neither a path nor an http URI", "we are no proxy for other schemes, and no tunnel"},
    {"the request target names a user", "RFC 9110 section 4.2.4: it disguises the host"},
    {"the request target holds a character or an escape that is not allowed",
     "characters outside RFC 3986 and fragments have no single meaning for what reads them next"},
    {"the only Transfer-Encoding is chunked", "nothing here decodes another coding"},
    {"trailers are not accepted", "others merge them into the headers: smuggling past checks"},
    {"chunk extensions are not accepted", "they carry nothing and cost what they like"},
    {"folded header lines are not accepted", "RFC 9112 section 5.2: a server refuses obs-fold or rewrites it"},
    {"header names with '_' are not accepted", "they alias names with '-' in what reads environment variables"},
    {"a header value holds a control character", "RFC 9110 section 5.5: control bytes are not field content"},
    {"Content-Length is repeated", "one way to tell the body's end"},
    {"the headers are too large", "bounds"},
    {"the request ends within its headers", "the corpus stops in the middle; the test ends the connection there"},
    {"the request ends within its body", "the same"},
    {"HTTP/1.1 and HTTP/1.0 are spoken here", "other versions frame otherwise"},
    {"the HTTP version is malformed", "ICE and RTSP are other protocols"},
    {"the request line is malformed", "after an Upgrade that we ignore, the other protocol's bytes are no request"},
    {"a line does not end with CR LF", "the same"},
};

// error 22: the parser pauses at CONNECT or Upgrade; 5: data after Connection: close, which we answer and don't read.
bool accepts(const CorpusCase& c) { return c.error == 0 || c.error == 22 || c.error == 5; }

std::vector<CorpusCase> cases() {
    auto folder = corpora_root(HEADGATE_SOURCE_DIR) / "http1";
    if (!std::filesystem::exists(folder)) return {};
    return read_llhttp_corpus(folder);
}

// Most cases leave out what RFC 9112 demands of each 1.1 request; with it, more of them is put to the test.
std::string with_host(const std::string& bytes) {
    auto end = bytes.find("\r\n");
    if (end == std::string::npos || bytes.find("\r\nHost:") != std::string::npos) return bytes;
    if (end == 0) end = bytes.find("\r\n", 2);
    if (end == std::string::npos) return bytes;
    return bytes.substr(0, end) + "\r\nHost: example.com" + bytes.substr(end);
}

std::vector<std::string> variants(const CorpusCase& c) {
    std::vector<std::string> out{c.bytes};
    if (auto hosted = with_host(c.bytes); hosted != c.bytes) out.push_back(hosted);
    return out;
}

// `answers` of requests, then how it ended; `refused` 0 when it did not refuse.
void judge(const CorpusCase& c, std::size_t answers, int refused, const std::string& why) {
    if (c.type != "request" && c.type != "request-finish") return;  // what a lenient parser accepts is no measure
    EXPECT_LE(answers, static_cast<std::size_t>(c.completed)) << "more requests than the corpus sees";
    if (accepts(c)) {
        EXPECT_TRUE(refused == 0 || stricter.count(why)) << "refused for a reason that isn't listed: " << why;
        return;
    }
    EXPECT_NE(refused, 0) << "the corpus refuses it with error " << c.error;
}

TEST(HttpCorpus, IsRefusedAtLeastWhereItsStrictParserRefuses) {
    auto all = cases();
    if (all.empty()) GTEST_SKIP() << "the corpora are not beside the project";
    EXPECT_GT(all.size(), 100u);
    for (const auto& c : all)
        for (const auto& bytes : variants(c)) {
            SCOPED_TRACE(c.name);
            Reading reading = read_whole(bytes);
            // A head or body that doesn't end is refused when the connection does: over sockets, below.
            if (reading.refused == 0 && !accepts(c)) continue;
            judge(c, reading.requests.size(), reading.refused, reading.why);
        }
}

TEST(HttpCorpus, IsReadTheSameInEverySplit) {
    auto all = cases();
    if (all.empty()) GTEST_SKIP() << "the corpora are not beside the project";
    for (const auto& c : all)
        for (const auto& bytes : variants(c)) {
            SCOPED_TRACE(c.name);
            expect_same_however_split(bytes, read_whole(bytes));
        }
}

TEST(HttpCorpus, IsAnsweredOverRealSocketsAsItIsReadInMemory) {
    auto all = cases();
    if (all.empty()) GTEST_SKIP() << "the corpora are not beside the project";
    HttpServerLimits limits;
    limits.linger_time = milliseconds(50);
    LiveServer live(limits);
    for (const auto& c : all)
        for (const auto& bytes : variants(c)) {
            SCOPED_TRACE(c.name);
            int before = live.handler.handled;
            RawClient client(live.port);
            client.send(bytes);
            client.finish_sending();
            std::size_t answers = 0;
            int refused = 0;
            std::string why;
            Reading memory = read_whole(bytes);
            while (auto answer = client.read_answer(bytes.starts_with("HEAD ") && memory.refused == 0)) {
                if (answer->status == 200) {
                    ++answers;
                } else {
                    refused = answer->status;
                    why = answer->body.substr(std::min<std::size_t>(4, answer->body.size()));
                }
            }
            EXPECT_EQ(static_cast<std::size_t>(live.handler.handled - before), answers);
            judge(c, answers, refused, why);
            EXPECT_EQ(answers, memory.requests.size());
            if (memory.refused != 0) {
                EXPECT_EQ(refused, memory.refused) << why << " / " << memory.why;
            }
        }
}

}  // namespace
}  // namespace headgate::net
