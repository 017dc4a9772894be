// The pooled client against servers that answer, hang, reset and lie.
#include <gtest/gtest.h>

#include <future>

#include "gateway/net/http_server.hpp"
#include "tests/support/io_thread.hpp"
#include "tests/support/scripted_server.hpp"

namespace headgate {
namespace {

using std::chrono::seconds;

// One worker's client on its own thread.
class ClientRig {
  public:
    explicit ClientRig(HttpClientLimits limits = {}) {
        client_ = io.call([&] { return make_http_client(io.context(), limits); });
    }
    ~ClientRig() {
        io.call([&] { return std::exchange(client_, nullptr) == nullptr; });
    }

    Result<HttpResponse> send(const HttpOrigin& to, HttpRequest request, milliseconds within = seconds(5)) {
        CallContext context;
        context.deadline = Deadline::in(within);
        return io.run(client_->send(to, std::move(request), context));
    }
    Result<HttpResponse> get(const ScriptedServer& server, milliseconds within = seconds(5)) {
        return send(origin(server), {"GET", "/", {}, {}, true}, within);
    }
    static HttpOrigin origin(const ScriptedServer& server) {
        auto port = std::to_string(server.port());
        return {"127.0.0.1", port, "127.0.0.1:" + port};
    }
    HttpClient& client() { return *client_; }

    IoThread io;

  private:
    std::unique_ptr<HttpClient> client_;
};

ErrorKind kind_of(const Result<HttpResponse>& result) {
    EXPECT_FALSE(result.ok());
    return result.ok() ? ErrorKind::internal : result.error().kind;
}

TEST(HttpClient, SendsTheRequestWithWhatIsItsToWrite) {
    std::string seen;
    ScriptedServer server({[&](ScriptedConnection& connection) {
        seen = connection.read_request();
        connection.send("HTTP/1.1 201 Created\r\nContent-Type: text/xml\r\nX-Two: 2\r\nContent-Length: 2\r\n\r\nok");
    }});
    ClientRig rig;
    CallContext context;
    context.deadline = Deadline::in(seconds(5));
    context.trace = begin_trace();
    context.shadow = true;
    HttpRequest request{
        "POST", "/shop?x=y", {{"SOAPAction", "\"a\""}, {"Host", "evil"}, {"content-length", "1"}}, "<a/>"};
    auto answer = rig.io.run(rig.client().send(ClientRig::origin(server), request, context));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->body, "ok");
    EXPECT_EQ(answer->header("x-two"), "2");
    EXPECT_EQ(answer->header("content-type"), "text/xml");
    EXPECT_TRUE(
        seen.starts_with("POST /shop?x=y HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
    EXPECT_NE(seen.find("\r\nSOAPAction: \"a\"\r\n"), std::string::npos);
    EXPECT_NE(seen.find("\r\nheadgate-shadow: 1\r\n"), std::string::npos);
    EXPECT_NE(seen.find("\r\ntraceparent: 00-" + context.trace.trace_id() + "-"), std::string::npos);
    EXPECT_TRUE(seen.ends_with("\r\nContent-Length: 4\r\n\r\n<a/>"));
    EXPECT_EQ(seen.find("evil"), std::string::npos);
}

TEST(HttpClient, KeepsAConnectionForTheNextCall) {
    ScriptedServer server({ScriptedServer::always("x")});
    ClientRig rig;
    for (int i = 0; i < 20; ++i) EXPECT_EQ(rig.get(server)->body, "x");
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, DoesNotReuseWhatTheSystemCloses) {
    ScriptedServer server({[](ScriptedConnection& connection) {
        while (!connection.read_request().empty())
            connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
    }});
    ClientRig rig;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(rig.get(server)->body, "x");
    EXPECT_EQ(server.accepted(), 3);
}

TEST(HttpClient, ReadsEveryFramingOfAnAnswer) {
    struct {
        std::string bytes, body;
        int status = 200;
    } const rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "abc"},
        {"HTTP/1.1 200 OK\r\n\r\nabc", "abc"},
        {"HTTP/1.0 200 OK\r\n\r\nabc", "abc"},
        {"HTTP/1.1 204 None\r\n\r\n", "", 204},
        {"HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n", "", 304},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
         "3\r\n\r\nabc",
         "abc"},
    };
    ClientRig rig;
    for (const auto& row : rows) {
        ScriptedServer server({ScriptedServer::once(row.bytes)});
        auto answer = rig.get(server);
        ASSERT_TRUE(answer.ok()) << row.bytes << answer.error().detail;
        EXPECT_EQ(answer->body, row.body);
        EXPECT_EQ(answer->status, row.status);
    }
    ScriptedServer server({ScriptedServer::once("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")});
    auto answer = rig.send(ClientRig::origin(server), {"HEAD", "/", {}, {}, true});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->body, "");
}

TEST(HttpClient, ReadsLongBodiesInPieces) {
    const std::string body(3'000'000, 'y');
    ScriptedServer server({ScriptedServer::always(body)});
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, body);
    EXPECT_EQ(rig.get(server)->body, body);
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, RefusesAnswersThatAreNotHttpOrOverItsBounds) {
    HttpClientLimits limits;
    limits.header_bytes = 1000;
    limits.body_bytes = 1000;
    ClientRig rig(limits);
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::string rows[] = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 1\n\nx",
        ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        ok + "Content-Length: -1\r\n\r\n",
        ok + "Content-Length: 1001\r\n\r\n",
        ok + "Content-Length: 99999999999999999999999\r\n\r\n",
        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ok + "\r\n" + std::string(1001, 'x'),
        ok + "X: " + std::string(2000, 'x') + "\r\n\r\n",
        ok + "X: a\r\n b\r\n\r\n",
        ok + "X: a\x01\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
    };
    for (const auto& bytes : rows) {
        ScriptedServer server({ScriptedServer::once(bytes)});
        EXPECT_EQ(kind_of(rig.get(server)), ErrorKind::bad_answer) << bytes;
    }
    std::string interim;
    for (int i = 0; i < 20; ++i) interim += "HTTP/1.1 102 Processing\r\n\r\n";
    ScriptedServer endless({ScriptedServer::once(interim)});
    EXPECT_EQ(kind_of(rig.get(endless)), ErrorKind::bad_answer);
}

TEST(HttpClient, FailsWhenAnAnswerEndsEarly) {
    ClientRig rig;
    for (std::string bytes : {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        ScriptedServer server({ScriptedServer::once(bytes)});
        EXPECT_EQ(kind_of(rig.get(server)), ErrorKind::system_unavailable) << bytes;
        EXPECT_EQ(server.accepted(), 1) << "a fresh connection is not tried again";
    }
    ScriptedServer resetting({[](ScriptedConnection& connection) {
        connection.read_request();
        connection.reset();
    }});
    EXPECT_EQ(kind_of(rig.get(resetting)), ErrorKind::system_unavailable);
}

TEST(HttpClient, FailsWhenNobodyListens) {
    HttpOrigin gone;
    {
        ScriptedServer server({ScriptedServer::always("x")});
        gone = ClientRig::origin(server);
    }
    ClientRig rig;
    EXPECT_EQ(kind_of(rig.send(gone, {"GET", "/", {}, {}, true})), ErrorKind::system_unavailable);
}

TEST(HttpClient, EndsACallAtItsDeadline) {
    const ScriptedServer::Script scripts[] = {
        [](ScriptedConnection& connection) { connection.hang(); },
        [](ScriptedConnection& connection) {
            connection.read_request();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
            connection.hang();
        },
        [](ScriptedConnection& connection) {
            connection.read_request();
            while (connection.send("HTTP/1.1 102 Processing\r\nX: y")) {
                connection.hang();
            }
        },
    };
    ClientRig rig;
    for (const auto& script : scripts) {
        ScriptedServer server({script});
        auto began = system_clock().steady_now();
        EXPECT_EQ(kind_of(rig.get(server, milliseconds(60))), ErrorKind::deadline_exceeded);
        auto took = system_clock().steady_now() - began;
        EXPECT_GE(took, milliseconds(60));
        EXPECT_LT(took, seconds(2));
    }
    ScriptedServer server({ScriptedServer::always("x")});
    EXPECT_EQ(kind_of(rig.get(server, milliseconds(0))), ErrorKind::deadline_exceeded);
    EXPECT_EQ(server.accepted(), 0) << "a call whose time is over isn't made";
}

TEST(HttpClient, EndsACallAtItsDeadlineWhenTheSystemDoesNotRead) {
    std::promise<void> ended;
    ScriptedServer server({[over = ended.get_future().share()](ScriptedConnection&) {
        over.wait();  // reads nothing, so that the kernel's buffers fill, until the call has ended
    }});
    ClientRig rig;
    HttpRequest request{"POST", "/", {}, std::string(64 * 1024 * 1024, 'x')};
    EXPECT_EQ(kind_of(rig.send(ClientRig::origin(server), std::move(request), milliseconds(60))),
              ErrorKind::deadline_exceeded);
    ended.set_value();
}

// The second connection answers; the first answers once and then ends without a word, but only when the next request
// has arrived, so that the client can't see it before.
std::vector<ScriptedServer::Script> stale_then_good() {
    return {[](ScriptedConnection& connection) {
                connection.read_request();
                connection.answer("first");
                connection.read_request();
            },
            ScriptedServer::always("second")};
}

TEST(HttpClient, TriesAnIdempotentRequestAgainWhenAKeptConnectionHasEnded) {
    ScriptedServer server(stale_then_good());
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, "first");
    EXPECT_EQ(rig.get(server)->body, "second");
    EXPECT_EQ(server.accepted(), 2);
}

TEST(HttpClient, NeverSendsAnyOtherRequestTwice) {
    ScriptedServer server(stale_then_good());
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, "first");
    EXPECT_EQ(kind_of(rig.send(ClientRig::origin(server), {"POST", "/", {}, "x", false})),
              ErrorKind::system_unavailable);
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, DoesNotTryAgainOnceAByteWasAnswered) {
    ScriptedServer server({[](ScriptedConnection& connection) {
        connection.read_request();
        connection.answer("first");
        connection.read_request();
        connection.send("H");
    }});
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, "first");
    EXPECT_EQ(kind_of(rig.get(server)), ErrorKind::system_unavailable);
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, DropsAKeptConnectionOnWhichBytesArrivedUnasked) {
    std::promise<void> sent;
    ScriptedServer server({[&](ScriptedConnection& connection) {
                               connection.read_request();
                               connection.answer("first");
                               std::this_thread::sleep_for(milliseconds(20));
                               connection.answer("poison");
                               sent.set_value();
                               connection.hang();
                           },
                           ScriptedServer::always("second")});
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, "first");
    sent.get_future().wait();
    EXPECT_EQ(rig.get(server)->body, "second");
}

TEST(HttpClient, DropsAConnectionWhoseAnswerIsFollowedByMore) {
    ScriptedServer server({[](ScriptedConnection& connection) {
                               connection.read_request();
                               connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\n\r\n");
                               connection.hang();
                           },
                           ScriptedServer::always("second")});
    ClientRig rig;
    EXPECT_EQ(rig.get(server)->body, "a");
    EXPECT_EQ(rig.get(server)->body, "second");
}

TEST(HttpClient, ClosesAnIdleConnectionAfterItsTime) {
    HttpClientLimits limits;
    limits.idle_time = milliseconds(40);
    std::promise<void> ended;
    ScriptedServer server({[&](ScriptedConnection& connection) {
                               connection.read_request();
                               connection.answer("first");
                               connection.hang();
                               ended.set_value();
                           },
                           ScriptedServer::always("second")});
    ClientRig rig(limits);
    EXPECT_EQ(rig.get(server, milliseconds(2000))->body, "first");
    // The call's own deadline stands in the timer; the idle time is the sooner of the two.
    EXPECT_EQ(ended.get_future().wait_for(seconds(5)), std::future_status::ready);
    EXPECT_EQ(rig.get(server)->body, "second");
}

TEST(HttpClient, BoundsItsConnectionsAndThoseWhoWait) {
    HttpClientLimits limits;
    limits.connections_per_origin = 1;
    ScriptedServer server({[](ScriptedConnection& connection) { connection.hang(); }});
    ClientRig rig(limits);
    auto origin = ClientRig::origin(server);
    CallContext context;
    context.deadline = Deadline::in(milliseconds(150));
    std::atomic<int> late{0}, overloaded{0}, ended{0};
    auto call = [](HttpClient& client, HttpOrigin to, CallContext with, std::atomic<int>& l, std::atomic<int>& o,
                   std::atomic<int>& e) -> Task<void> {
        HttpRequest request{"GET", "/", {}, {}, true};  // GCC 12 frees a braced argument of co_await twice
        auto result = co_await client.send(to, std::move(request), with);
        if (!result.ok() && result.error().kind == ErrorKind::deadline_exceeded) ++l;
        if (!result.ok() && result.error().kind == ErrorKind::overloaded) ++o;
        ++e;
    };
    for (int i = 0; i < 12; ++i)
        asio::co_spawn(rig.io.context().get_executor(), call(rig.client(), origin, context, late, overloaded, ended),
                       [](std::exception_ptr) {});
    auto give_up = system_clock().steady_now() + seconds(10);
    while (ended < 12 && system_clock().steady_now() < give_up) std::this_thread::sleep_for(milliseconds(2));
    EXPECT_EQ(ended, 12);
    EXPECT_EQ(overloaded, 3) << "one calls, eight wait";
    EXPECT_EQ(late, 9);
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, HandsAFreeConnectionToTheCallThatWaits) {
    HttpClientLimits limits;
    limits.connections_per_origin = 1;
    ScriptedServer server({ScriptedServer::always("x")});
    ClientRig rig(limits);
    auto origin = ClientRig::origin(server);
    CallContext context;
    context.deadline = Deadline::in(seconds(5));
    std::atomic<int> good{0}, ended{0};
    auto call = [](HttpClient& client, HttpOrigin to, CallContext with, std::atomic<int>& g,
                   std::atomic<int>& e) -> Task<void> {
        HttpRequest request{"GET", "/", {}, {}, true};  // GCC 12 frees a braced argument of co_await twice
        auto result = co_await client.send(to, std::move(request), with);
        if (result.ok()) ++g;
        ++e;
    };
    for (int i = 0; i < 8; ++i)
        asio::co_spawn(rig.io.context().get_executor(), call(rig.client(), origin, context, good, ended),
                       [](std::exception_ptr) {});
    auto give_up = system_clock().steady_now() + seconds(10);
    while (ended < 8 && system_clock().steady_now() < give_up) std::this_thread::sleep_for(milliseconds(2));
    EXPECT_EQ(good, 8);
    EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, ResolvesNames) {
    ScriptedServer server({ScriptedServer::always("x")});
    ClientRig rig;
    HttpOrigin origin{"localhost", std::to_string(server.port()), "localhost"};
    for (int i = 0; i < 3; ++i) {
        auto answer = rig.send(origin, {"GET", "/", {}, {}, true});
        ASSERT_TRUE(answer.ok()) << answer.error().detail;
        EXPECT_EQ(answer->body, "x");
    }
    EXPECT_EQ(server.accepted(), 1);
    // RFC 6761: this name never exists. Where no resolver answers at all, the deadline ends the call.
    auto unknown =
        rig.send({"headgate.invalid", "80", "headgate.invalid"}, {"GET", "/", {}, {}, true}, milliseconds(300));
    EXPECT_TRUE(kind_of(unknown) == ErrorKind::system_unavailable || kind_of(unknown) == ErrorKind::deadline_exceeded);
}

TEST(HttpClient, SendsNothingThatCouldBeReadAsSomethingElse) {
    ScriptedServer server({ScriptedServer::always("x")});
    ClientRig rig;
    const HttpRequest requests[] = {
        {"GET /x", "/", {}, {}, true},
        {"GET", "/a b", {}, {}, true},
        {"GET", "/a\r\nX: y", {}, {}, true},
        {"GET", "http://a/", {}, {}, true},
        {"GET", "", {}, {}, true},
        {"GET", "/", {{"X", "a\r\nY: b"}}, {}, true},
        {"GET", "/", {{"X: a\r\nY", "b"}}, {}, true},
        {"GET", "/", {{"", "b"}}, {}, true},
    };
    for (const auto& request : requests)
        EXPECT_EQ(kind_of(rig.send(ClientRig::origin(server), request)), ErrorKind::internal);
}

}  // namespace
}  // namespace headgate
