// The listener over real sockets: keep-alive, bounds, deadlines, refusals, drain.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include "tests/support/live_server.hpp"
#include "tests/support/raw_client.hpp"

namespace headgate {
namespace {

using std::chrono::seconds;

Task<void> pause(milliseconds span) {
    Timer timer(co_await asio::this_coro::executor);
    timer.expires_after(span);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(use_task, ignored));
}

const std::string get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(HttpServer, AnswersRequestsOfOneConnectionOneAfterTheOther) {
    LiveServer live;
    RawClient client(live.port);
    for (int i = 0; i < 3; ++i) {
        client.send("POST /p?q=" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        auto answer = client.read_answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, "POST /p?q=" + std::to_string(i) + " hello");
        EXPECT_TRUE(answer->has("\r\nDate: "));
        EXPECT_TRUE(answer->has(" GMT\r\n"));
        EXPECT_FALSE(answer->has("Server:"));
    }
}

TEST(HttpServer, SplitsTargetAndGivesHeadersAsSent) {
    LiveServer live({}, [](const IncomingRequest& request, OutgoingResponse& response) -> Task<void> {
        response.body.append(request.path).append("|").append(request.query).append("|");
        response.body.append(request.header("x-cUSTOMER")).append("|");
        response.body += request.header("absent").data() == nullptr ? "absent" : "present";
        co_return;
    });
    RawClient client(live.port);
    client.send("GET /a/b?c=d?e HTTP/1.1\r\nHost: a\r\nX-Customer: \t 42 \r\n\r\n");
    EXPECT_EQ(client.read_answer()->body, "/a/b|c=d?e|42|absent");
}

TEST(HttpServer, ServesAnAbsoluteTargetAsItsPathAtItsHost) {
    LiveServer live({}, [](const IncomingRequest& request, OutgoingResponse& response) -> Task<void> {
        response.body.append(request.header("host")).append("|").append(request.path).append("|").append(request.query);
        co_return;
    });
    RawClient client(live.port);
    client.send("GET HTTP://gateway.example:80/a/b?c=d HTTP/1.1\r\nHost: other\r\n\r\n");
    EXPECT_EQ(client.read_answer()->body, "gateway.example:80|/a/b|c=d");
    client.send("GET http://gateway.example HTTP/1.1\r\nHost: other\r\n\r\n");
    EXPECT_EQ(client.read_answer()->body, "gateway.example|/|");
}

TEST(HttpServer, ServesPipelinedRequestsInOrder) {
    LiveServer live;
    RawClient client(live.port);
    std::string requests;
    for (int i = 0; i < 500; ++i)
        requests += i % 3 == 0 ? "POST /" + std::to_string(i) +
                                     " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
                               : "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab";
    client.send(requests);
    for (int i = 0; i < 500; ++i) {
        auto answer = client.read_answer();
        ASSERT_TRUE(answer) << i;
        EXPECT_EQ(answer->body, "POST /" + std::to_string(i) + " ab");
    }
}

TEST(HttpServer, ReadsBodiesOfEverySizeWhateverTheFraming) {
    LiveServer live;
    RawClient client(live.port);
    for (std::size_t size : {0u, 1u, 3000u, 4096u, 20'000u, 300'000u, 1024u * 1024u}) {
        std::string body(size, 'x');
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + body);
        EXPECT_EQ(client.read_answer()->body, "POST / " + body) << size;
        char hex[16];
        std::snprintf(hex, sizeof hex, "%zx", size);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
                    (size > 0 ? std::string(hex) + "\r\n" + body + "\r\n" : "") + "0\r\n\r\n");
        EXPECT_EQ(client.read_answer()->body, "POST / " + body) << size;
    }
}

TEST(HttpServer, ReadsAnEmptyChunkedBodyThatArrivesByteByByte) {
    LiveServer live;
    RawClient client(live.port);
    for (char c : std::string("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        client.send({&c, 1});
    EXPECT_EQ(client.read_answer()->status, 200);
}

TEST(HttpServer, SendsNoBodyToHeadButItsLength) {
    LiveServer live;
    RawClient client(live.port);
    client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    auto answer = client.read_answer(true);
    EXPECT_TRUE(answer->has("Content-Length: 8\r\n"));
    EXPECT_EQ(client.read_answer()->body, "GET /a ");
}

TEST(HttpServer, ClosesWhenAskedAndReadsNothingAfter) {
    LiveServer live;
    RawClient client(live.port);
    client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get);
    auto answer = client.read_answer();
    EXPECT_TRUE(answer->has("Connection: close\r\n"));
    EXPECT_TRUE(client.at_end());
    EXPECT_EQ(live.handler.handled, 1);
}

TEST(HttpServer, KeepsAnOldConnectionOnlyWhenAsked) {
    LiveServer live;
    RawClient client(live.port);
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(client.read_answer()->has("Connection: keep-alive\r\n"));
    client.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(client.read_answer()->has("Connection: close\r\n"));
    EXPECT_TRUE(client.at_end());
}

TEST(HttpServer, NeverTakesSmuggledBytesForASecondRequest) {
    const std::string framings[] = {
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
        "Content-Length: 6\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\x0b"
        "chunked\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "Transfer_Encoding: chunked\r\n",
    };
    LiveServer live;
    for (const auto& framing : framings) {
        RawClient client(live.port);
        client.send("POST /first HTTP/1.1\r\nHost: a\r\n" + framing +
                    "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        auto answer = client.read_answer();
        ASSERT_TRUE(answer) << framing;
        EXPECT_TRUE(answer->status == 400 || answer->status == 501) << framing;
        EXPECT_TRUE(answer->has("Connection: close\r\n"));
        EXPECT_TRUE(client.at_end()) << framing;
    }
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(HttpServer, RefusesTrailersAndChunkExtensionsAndCloses) {
    LiveServer live;
    for (std::string body : {"0\r\nX: y\r\n\r\n", "1;x=y\r\na\r\n0\r\n\r\n"}) {
        RawClient client(live.port);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + get);
        EXPECT_EQ(client.read_answer()->status, 400);
        EXPECT_TRUE(client.at_end());
    }
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(HttpServer, RefusesWhatIsTooLarge) {
    HttpServerLimits limits;
    limits.header_bytes = 2000;
    limits.body_bytes = 1000;
    LiveServer live(limits);
    auto status = [&](const std::string& bytes) {
        RawClient client(live.port);
        client.send(bytes);
        auto answer = client.read_answer();
        EXPECT_TRUE(client.at_end());
        return answer ? answer->status : 0;
    };
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(3000, 'x') + "\r\n\r\n"), 431);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'x')), 431);
    EXPECT_EQ(status("GET /" + std::string(3000, 'x')), 414);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"), 413);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"), 413);
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 101; ++i) many += "X: y\r\n";
    EXPECT_EQ(status(many + "\r\n"), 431);
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(HttpServer, TellsTheSenderOfAHugeBodyInsteadOfResettingIt) {
    LiveServer live;
    RawClient client(live.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
    client.send(std::string(3'000'000, 'x'));
    auto answer = client.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
}

TEST(HttpServer, AnswersAnExpectationOnlyWhenItWantsTheBody) {
    LiveServer live;
    RawClient client(live.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.read_answer()->status, 100);
    client.send("hi");
    EXPECT_EQ(client.read_answer()->body, "POST / hi");
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(client.read_answer()->status, 200) << "the body was there already";
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
    EXPECT_EQ(client.read_answer()->status, 413);
    EXPECT_TRUE(client.at_end());
    RawClient other(live.port);
    other.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(other.read_answer()->status, 417);
}

TEST(HttpServer, EndsASlowHeadABodyThatDripsAndAnIdleConnection) {
    HttpServerLimits limits;
    limits.header_time = milliseconds(60);
    limits.body_time = seconds(20);
    limits.rate_grace = milliseconds(60);
    limits.idle_time = milliseconds(120);
    LiveServer live(limits);
    RawClient head(live.port), body(live.port), chunked(live.port), idle(live.port);
    head.send("GET / HTTP/1.1\r\nHos");
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc");
    chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
    EXPECT_EQ(head.read_answer()->status, 408);
    EXPECT_TRUE(head.at_end());
    EXPECT_EQ(body.read_answer()->status, 408);
    EXPECT_EQ(chunked.read_answer()->status, 408);
    EXPECT_TRUE(idle.at_end()) << "an idle connection ends without an answer";
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(HttpServer, RefusesARequestThatEndsEarly) {
    LiveServer live;
    for (std::string bytes : {"GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"}) {
        RawClient client(live.port);
        client.send(bytes);
        client.finish_sending();
        EXPECT_EQ(client.read_answer()->status, 400);
    }
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(HttpServer, CutsAPeerThatDoesNotReadItsAnswer) {
    HttpServerLimits limits;
    limits.write_time = milliseconds(100);
    limits.body_bytes_per_s = 1024ull * 1024 * 1024;
    LiveServer live(limits, [](const IncomingRequest&, OutgoingResponse& response) -> Task<void> {
        response.body.assign(32 * 1024 * 1024, 'x');
        co_return;
    });
    RawClient client(live.port);
    client.send(get);
    while (live.handler.handled == 0 || live.io.call([&] { return live.server->connections(); }) > 0)
        std::this_thread::sleep_for(milliseconds(5));
    EXPECT_LT(client.read_to_end().size(), 32u * 1024 * 1024);
}

TEST(HttpServer, SurvivesAPeerThatResetsBeforeItsAnswer) {
    LiveServer live({}, [](const IncomingRequest&, OutgoingResponse& response) -> Task<void> {
        co_await pause(milliseconds(20));
        response.body.assign(1024 * 1024, 'x');
    });
    for (int i = 0; i < 5; ++i) {
        RawClient client(live.port);
        client.send(get);
        linger now{1, 0};
        ::setsockopt(client.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    RawClient client(live.port);
    client.send(get);
    EXPECT_EQ(client.read_answer()->status, 200);
}

TEST(HttpServer, AnswersAnEscapedExceptionWith500) {
    LiveServer live({}, [](const IncomingRequest&, OutgoingResponse& response) -> Task<void> {
        response.body = "half an answer";
        throw std::runtime_error("a bug");
        co_return;
    });
    RawClient client(live.port);
    client.send(get);
    auto answer = client.read_answer();
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->body, "500 an error inside the gateway");
}

TEST(HttpServer, LetsNoHeaderOfAnAnswerInjectAnother) {
    LiveServer live({}, [](const IncomingRequest&, OutgoingResponse& response) -> Task<void> {
        response.content_type = "text/plain\r\nX-A: 1";
        response.headers = {{"Location", "/x\r\nX-B: 2\r\n\r\nbody"},
                            {"X-C: 3\r\nX-D", "4"},
                            {"Content-Length", "999"},
                            {"Transfer-Encoding", "chunked"},
                            {"X-Good", "yes"}};
        response.body = "ok";
        co_return;
    });
    RawClient client(live.port);
    client.send(get);
    auto answer = client.read_answer();
    EXPECT_EQ(answer->body, "ok");
    for (auto injected : {"\nX-A", "\nX-B", "X-C", "X-D", "999", "chunked"}) EXPECT_FALSE(answer->has(injected));
    EXPECT_TRUE(answer->has("X-Good: yes\r\n"));
}

TEST(HttpServer, RefusesConnectionsOverItsBound) {
    HttpServerLimits limits;
    limits.connections = 1;
    LiveServer live(limits);
    RawClient held(live.port);
    held.send(get);
    EXPECT_EQ(held.read_answer()->status, 200);
    RawClient refused(live.port);
    EXPECT_EQ(refused.read_answer()->status, 503);
    EXPECT_TRUE(refused.at_end());
    held.send(get);
    EXPECT_EQ(held.read_answer()->status, 200);
}

TEST(HttpServer, OutlivesALackOfDescriptors) {
    LiveServer live;
    RawClient before(live.port), starved(live.port);  // connected by the kernel, whatever we accept
    before.send(get);
    EXPECT_EQ(before.read_answer()->status, 200);
    rlimit old{};
    ::getrlimit(RLIMIT_NOFILE, &old);
    std::vector<int> hoard;
    rlimit tight{std::min<rlim_t>(old.rlim_cur, 256), old.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &tight);
    int client = ::socket(AF_INET, SOCK_STREAM, 0);
    while (true) {
        int fd = ::dup(2);
        if (fd < 0) break;
        hoard.push_back(fd);
    }
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(live.port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(client, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    char byte;
    EXPECT_LE(::recv(client, &byte, 1, 0), 0) << "shed, not left waiting";
    for (int fd : hoard) ::close(fd);
    ::close(client);
    ::setrlimit(RLIMIT_NOFILE, &old);
    before.send(get);
    EXPECT_EQ(before.read_answer()->status, 200) << "held connections go on";
    RawClient after(live.port);
    after.send(get);
    EXPECT_EQ(after.read_answer()->status, 200) << "and new ones are taken again";
}

TEST(HttpServer, DrainsByFinishingWhatHasBegun) {
    std::atomic<bool> begun{false};
    LiveServer live({}, [&](const IncomingRequest& request, OutgoingResponse& response) -> Task<void> {
        begun = true;
        co_await pause(milliseconds(80));
        co_await echo(request, response);
    });
    RawClient idle(live.port), busy(live.port);
    busy.send(get);
    while (!begun) std::this_thread::yield();
    live.drain(seconds(5));
    auto answer = busy.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "GET /a ");
    EXPECT_TRUE(answer->has("Connection: close\r\n"));
    EXPECT_TRUE(idle.at_end());
    EXPECT_FALSE(RawClient(live.port).connected()) << "it accepts no more";
    EXPECT_EQ(live.server->connections(), 0u);
}

TEST(HttpServer, CutsWhatIsLeftAtTheDrainsDeadline) {
    LiveServer live;
    RawClient slow(live.port);
    slow.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    while (live.io.call([&] { return live.server->connections(); }) == 0) std::this_thread::yield();
    auto began = system_clock().steady_now();
    live.drain(milliseconds(50));
    EXPECT_LT(system_clock().steady_now() - began, seconds(5));
    EXPECT_EQ(live.handler.handled, 0);
}

TEST(ListenHttp, SaysWhyAnAddressIsNotUsable) {
    asio::io_context context;
    FunctionHandler handler(echo);
    for (auto address :
         {"", "8080", "localhost:8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "[::1:80", "1.2.3.4:1"}) {
        auto server = listen_http(context, address, false, {}, handler);
        ASSERT_FALSE(server.ok()) << address;
        EXPECT_EQ(server.error().kind, ErrorKind::configuration);
        EXPECT_NE(server.error().message.find(std::string("'") + address + "'"), std::string::npos);
    }
}

TEST(ListenHttp, SharesAPortOnlyWhenBothAgree) {
    asio::io_context context;
    FunctionHandler handler(echo);
    auto first = listen_http(context, "127.0.0.1:0", true, {}, handler);
    ASSERT_TRUE(first.ok());
    auto address = "127.0.0.1:" + std::to_string((*first)->port());
    auto second = listen_http(context, address, true, {}, handler);
    ASSERT_TRUE(second.ok()) << second.error().message;
    EXPECT_FALSE(listen_http(context, address, false, {}, handler).ok());
    for (auto* server : {first->get(), second->get()})
        asio::co_spawn(context.get_executor(), server->drain(system_clock().steady_now()), [](std::exception_ptr) {});
    context.run();
}

TEST(ListenHttp, RefusesAPortInUseUnlessShared) {
    LiveServer live;
    auto address = "127.0.0.1:" + std::to_string(live.port);
    asio::io_context context;
    FunctionHandler handler(echo);
    EXPECT_FALSE(listen_http(context, address, false, {}, handler).ok());
}

}  // namespace
}  // namespace headgate
