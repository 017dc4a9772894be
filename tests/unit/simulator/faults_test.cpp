// Faults on demand: how they are told, how they are drawn, and what a caller sees of an answer that doesn't come whole.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/simulator/http/server.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"
#include "tests/unit/simulator/folder.hpp"

namespace simulator {
namespace {

using Clock = std::chrono::steady_clock;

Faults faults_of(const char* json) {
    Faults faults;
    std::string problem;
    EXPECT_TRUE(read_faults(json, faults, problem)) << problem;
    return faults;
}

TEST(FaultSwitches, AreReadAndToldAgainAlike) {
    for (const char* json :
         {R"({"latency":{"fixed_ms":5}})", R"({"latency":{"uniform_ms":[5,50]}})",
          R"({"latency":{"lognormal_ms":{"p50":20,"p99":400}}})", R"({"stall_after_bytes":0,"drip_ms":7})",
          R"({"half_answer":true,"capacity_per_s":12.5,"queue":3})", R"({"lock":true,"disk_full":true})", "{}"}) {
        const auto faults = faults_of(json);
        EXPECT_EQ(faults_json(faults_of(faults_json(faults).c_str())), faults_json(faults)) << json;
    }
}

TEST(FaultSwitches, WrongOnesAreNamed) {
    for (const char* json : {R"({"latency":{"fixed_ms":-1}})", R"({"latency":{"uniform_ms":[50,5]}})",
                             R"({"latency":{"normal_ms":5}})", R"({"latency":{"lognormal_ms":{"p50":0,"p99":400}}})",
                             R"({"latency":{"lognormal_ms":{"p50":20}}})", R"({"latency":5})"}) {
        Faults faults;
        std::string problem;
        EXPECT_FALSE(read_faults(json, faults, problem)) << json;
        EXPECT_NE(problem.find("latency"), std::string::npos);
    }
    EXPECT_EQ(other_switch(faults_of(R"({"hang":true,"drip_ms":5})"), {"hang"}), "drip_ms");
    EXPECT_EQ(other_switch(faults_of(R"({"hang":true})"), {"hang"}), "");
}

TEST(Latency, ALognormalHasTheMedianAndThePercentileItIsToldBy) {
    Dice dice(7);
    std::vector<double> drawn(20000);
    for (auto& ms : drawn) ms = draw_ms({Latency::lognormal, 20, 400}, dice);
    std::sort(drawn.begin(), drawn.end());
    EXPECT_NEAR(drawn[10000], 20, 1.5);
    EXPECT_NEAR(drawn[19800], 400, 60);
}

TEST(Latency, AUniformOneStaysWithinItsBounds) {
    Dice dice(7);
    double least = 1e9, most = 0;
    for (int i = 0; i < 10000; ++i) {
        const auto ms = draw_ms({Latency::uniform, 5, 50}, dice);
        least = std::min(least, ms);
        most = std::max(most, ms);
    }
    EXPECT_GE(least, 5);
    EXPECT_LE(most, 50);
    EXPECT_LT(least, 6);
    EXPECT_GT(most, 49);
}

// A caller that sees each byte.
class Caller {
  public:
    explicit Caller(const HttpPart& part) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(part.port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        EXPECT_EQ(send(socket_, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
    }
    ~Caller() { close(socket_); }
    // Everything up to the connection's end, or until nothing came for that long, or `size` bytes of the body are here.
    void read(std::size_t size, int quiet_ms = 10000) {
        timeval patience{quiet_ms / 1000, quiet_ms % 1000 * 1000};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        while (body().size() < size) {
            char bytes[4096];
            const auto got = recv(socket_, bytes, sizeof bytes, 0);
            ended = got == 0;
            if (got <= 0) return;
            text.append(bytes, static_cast<std::size_t>(got));
            arrivals.push_back(Clock::now());
        }
    }
    std::string body() const {
        const auto at = text.find("\r\n\r\n");
        return at == std::string::npos ? std::string() : text.substr(at + 4);
    }
    std::string text;
    std::vector<Clock::time_point> arrivals;
    bool ended = false;

  private:
    int socket_;
};

struct PartWithFaults : testing::Test {
    PartWithFaults()
        : part(
              "part", 0, 7,
              [this](const HttpRequest&) {
                  return HttpAnswer{200, "text/plain", whole};
              },
              [](const HttpRequest&) {
                  return HttpAnswer{503, "text/plain", "busy"};
              }) {
        part.open();
    }
    std::string whole = std::string(1000, 'a') + std::string(1000, 'b');
    HttpPart part;
};

TEST_F(PartWithFaults, StallsBehindAByteUntilTakenBack) {
    part.set_faults(faults_of(R"({"stall_after_bytes":1200})"));
    Caller caller(part);
    caller.read(2000, 300);
    EXPECT_EQ(caller.body().size(), 1200u);
    EXPECT_FALSE(caller.ended);
    part.set_faults({});
    caller.read(2000);
    EXPECT_EQ(caller.body(), whole);
}

TEST_F(PartWithFaults, ClosesWhileAnAnswerStalls) {
    part.set_faults(faults_of(R"({"stall_after_bytes":0})"));
    Caller caller(part);
    caller.read(1, 200);
    EXPECT_TRUE(caller.body().empty());
    part.close();
    caller.read(1);
    EXPECT_TRUE(caller.ended);
    EXPECT_TRUE(caller.body().empty());
}

TEST_F(PartWithFaults, EndsInTheMiddleOfTheBody) {
    part.set_faults(faults_of(R"({"half_answer":true})"));
    Caller caller(part);
    caller.read(2000);
    EXPECT_EQ(caller.body(), std::string(1000, 'a'));
    EXPECT_TRUE(caller.ended);
    EXPECT_NE(caller.text.find("Content-Length: 2000"), std::string::npos);
}

TEST_F(PartWithFaults, DripsItsBodyPieceByPiece) {
    part.set_faults(faults_of(R"({"drip_ms":40})"));
    const auto from = Clock::now();
    Caller caller(part);
    caller.read(2000);
    EXPECT_EQ(caller.body(), whole);
    EXPECT_GE(Clock::now() - from, std::chrono::milliseconds(8 * 40));
    EXPECT_GE(caller.arrivals.size(), 4u);
}

TEST_F(PartWithFaults, ServesNoMoreThanItsCapacityAndSendsAwayWhoFindsTheLineFull) {
    part.set_faults(faults_of(R"({"capacity_per_s":20,"queue":4})"));
    const auto from = Clock::now();
    std::vector<std::unique_ptr<Caller>> callers;
    for (int i = 0; i < 12; ++i) callers.push_back(std::make_unique<Caller>(part));
    int served = 0, busy = 0;
    for (auto& caller : callers) {
        caller->read(4);
        served += caller->text.find(" 200 ") != std::string::npos ? 1 : 0;
        busy += caller->text.find(" 503 ") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(served + busy, 12);
    EXPECT_GE(served, 5);
    EXPECT_GE(busy, 1);
    EXPECT_GE(Clock::now() - from, std::chrono::milliseconds(50) * (served - 2));
}

TEST(DiskFull, NeitherFolderTakesAFileAndWhatIsInTheInboxIsStillRead) {
    const TestFolder folder;
    Warehouse warehouse(folder / "wms");
    std::ofstream(folder / "wms/in/pick-none.940") << "no interchange";
    std::string problem;
    ASSERT_TRUE(warehouse.set(faults_of(R"({"disk_full":true})"), problem)) << problem;
    EXPECT_FALSE(std::ofstream(folder / "wms/in/pick-other.940").good());
    warehouse.look();
    EXPECT_TRUE(std::filesystem::exists(folder / "wms/bad/pick-none.940"));
    EXPECT_FALSE(warehouse.send_stock_list({}, "20261127"));
    ASSERT_TRUE(warehouse.set(faults_of(R"({"stopped":true})"), problem)) << problem;
    EXPECT_FALSE(std::filesystem::exists(folder / "wms/in"));
    ASSERT_TRUE(warehouse.set({}, problem)) << problem;
    EXPECT_TRUE(std::ofstream(folder / "wms/in/pick-other.940").good());
    EXPECT_TRUE(warehouse.send_stock_list({}, "20261127"));
    EXPECT_FALSE(warehouse.set(faults_of(R"({"lock":true})"), problem));
}

}  // namespace
}  // namespace simulator
