// The simulator as a process: started for real on free ports, asked over HTTP, broken on demand, ended by its id.
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "tests/simulator/check/check_command.hpp"
#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/traffic/traffic.hpp"
#include "tests/unit/simulator/folder.hpp"
#include "tests/unit/simulator/pick_files.hpp"

extern char** environ;

namespace simulator {
namespace {

using Clock = std::chrono::steady_clock;

std::string whole_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct Fetched {
    CURLcode result = CURLE_OK;
    long status = 0;
    std::string body;
};

std::size_t keep(char* data, std::size_t, std::size_t size, void* into) {
    static_cast<std::string*>(into)->append(data, size);
    return size;
}

Fetched fetch(const std::string& method, const std::string& url, const std::string& body = "", long timeout_ms = 10000,
              const std::string& header = "") {
    Fetched fetched;
    auto* easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method != "GET") curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, body.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &fetched.body);
    auto* headers = header.empty() ? nullptr : curl_slist_append(nullptr, header.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    fetched.result = curl_easy_perform(easy);
    curl_slist_free_all(headers);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &fetched.status);
    curl_easy_cleanup(easy);
    return fetched;
}

// The process, from its start until it has ended.
class Process {
  public:
    explicit Process(const std::string& dir, const std::vector<std::string>& more = {}) {
        std::filesystem::remove(dir + "/simulator.json");
        std::vector<std::string> words{HEADGATE_BINARY_DIR "/headgate-simulator", "serve", "--dir", dir, "--seed", "7"};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        if (posix_spawn(&id_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) id_ = -1;
        posix_spawn_file_actions_destroy(&actions);
        const auto until = Clock::now() + std::chrono::seconds(20);
        while (Clock::now() < until && id_ > 0) {
            const auto text = whole_file(dir + "/simulator.json");
            if (!text.empty() && !addresses.Parse(text.c_str()).HasParseError()) return;
            if (waitpid(id_, nullptr, WNOHANG) != 0) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("the simulator did not come up");
    }
    ~Process() {
        if (id_ > 0) end(SIGKILL);
    }
    std::string at(const char* part) const { return text_member(addresses, part); }
    // How it ended, and how long that took.
    std::pair<int, std::chrono::milliseconds> end(int signal) {
        const auto from = Clock::now();
        int status = -1;
        kill(id_, signal);
        waitpid(id_, &status, 0);
        id_ = -1;
        return {status, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - from)};
    }
    Fetched fault(const std::string& part, const std::string& json) {
        return fetch("PUT", at("control") + "/faults/" + part, json);
    }

    rapidjson::Document addresses;

  private:
    pid_t id_ = -1;
};

TEST(SimulatorProcess, EveryPartAnswersAndSigtermEndsItAtOnceEvenWhileHanging) {
    const TestFolder folder;
    Process simulator(folder.path);
    EXPECT_NE(fetch("GET", simulator.at("shop") + "?wsdl").body.find("ShopService"), std::string::npos);
    EXPECT_EQ(fetch("GET", simulator.at("inventory") + "/inventory/v2/availability?skus=HG-104711").status, 200);
    EXPECT_EQ(fetch("POST", simulator.at("pricing") + "/pricing/v1/prices/query",
                    R"({"channel":"web","currencyCode":"EUR","lines":[{"sku":"HG-104711","quantity":1}]})")
                  .status,
              200);
    EXPECT_EQ(fetch("GET", simulator.at("control") + "/check").status, 200);
    EXPECT_NE(simulator.at("stock_connection").find("Database=" + folder.path + "/stock.db"), std::string::npos);
    EXPECT_TRUE(std::filesystem::is_directory(simulator.at("warehouse_inbox")));

    EXPECT_EQ(simulator.fault("inventory", R"({"hang":true})").status, 200);
    EXPECT_EQ(fetch("GET", simulator.at("inventory") + "/inventory/v2/availability?skus=HG-104711", "", 300).result,
              CURLE_OPERATION_TIMEDOUT);
    const auto [status, took] = simulator.end(SIGTERM);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_LT(took, std::chrono::seconds(5));
}

TEST(SimulatorProcess, FaultsAreSeenByACallerAndTakenBack) {
    const TestFolder folder;
    Process simulator(folder.path);
    const auto url = simulator.at("inventory") + "/inventory/v2/availability?skus=HG-104711";
    EXPECT_EQ(simulator.fault("inventory", R"({"stopped":true})").status, 200);
    EXPECT_EQ(fetch("GET", url).result, CURLE_COULDNT_CONNECT);
    EXPECT_EQ(simulator.fault("inventory", R"({"reset":true})").status, 200);
    EXPECT_EQ(fetch("GET", url).result, CURLE_RECV_ERROR);
    EXPECT_EQ(simulator.fault("inventory", R"({"error_share":1})").status, 200);
    EXPECT_EQ(fetch("GET", url).status, 503);
    EXPECT_EQ(simulator.fault("inventory", R"({"latency_ms":200})").status, 200);
    const auto from = Clock::now();
    EXPECT_EQ(fetch("GET", url).status, 200);
    EXPECT_GE(Clock::now() - from, std::chrono::milliseconds(190));
    EXPECT_EQ(simulator.fault("stock", R"({"stopped":true})").status, 200);
    EXPECT_EQ(simulator.fault("inventory", "{}").status, 200);
    EXPECT_EQ(fetch("GET", url).status, 200);  // the new service has its own copy
    EXPECT_EQ(simulator.fault("stock", R"({"reset":true})").status, 422);
    EXPECT_EQ(simulator.fault("shop", R"({"latency":1})").status, 422);
    EXPECT_EQ(simulator.fault("nobody", "{}").status, 422);
    EXPECT_EQ(fetch("DELETE", simulator.at("control") + "/faults").status, 200);
    EXPECT_EQ(fetch("PUT", simulator.at("control") + "/defects", R"({"rounding":false})").status, 200);
    EXPECT_EQ(fetch("PUT", simulator.at("control") + "/defects", R"({"spelling":true})").status, 422);
}

TEST(SimulatorProcess, AKilledOneComesBackWithItsDataAndAStoppedInbox) {
    const TestFolder folder;
    {
        Process simulator(folder.path);
        EXPECT_EQ(simulator.fault("warehouse", R"({"stopped":true})").status, 200);
        EXPECT_EQ(simulator.fault("stock", R"({"stopped":true})").status, 200);
        EXPECT_FALSE(std::filesystem::exists(simulator.at("warehouse_inbox")));
        simulator.end(SIGKILL);
    }
    Process simulator(folder.path);
    EXPECT_TRUE(std::filesystem::exists(simulator.at("warehouse_inbox")));
    EXPECT_EQ(fetch("GET", simulator.at("inventory") + "/inventory/v2/availability?skus=HG-104711").status, 200);
}

// Waits for something that happens soon, bounded.
bool comes_true(const std::function<bool()>& condition) {
    for (const auto until = Clock::now() + std::chrono::seconds(10); Clock::now() < until;) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

TEST(SimulatorProcess, AnOrderIsAcknowledgedShippedAndSentBackAndTheNightlyRunListsTheStock) {
    const TestFolder folder;
    Process simulator(folder.path,
                      {"--acknowledge-after", "0", "--ship-after", "0", "--return-after", "0", "--return-share", "1"});
    const std::string order = "HO0000000000000000A1";
    std::ofstream(simulator.at("warehouse_inbox") + "/.draft") << pick_file(order);
    std::filesystem::rename(simulator.at("warehouse_inbox") + "/.draft",
                            simulator.at("warehouse_inbox") + "/pick-" + order + ".940");
    const auto out = simulator.at("warehouse_outbox");
    EXPECT_TRUE(comes_true([&] { return std::filesystem::exists(out + "/return-000001.csv"); }));
    EXPECT_TRUE(std::filesystem::exists(out + "/997-000001.997"));
    EXPECT_TRUE(std::filesystem::exists(out + "/945-000002.945"));
    EXPECT_EQ(fetch("POST", simulator.at("control") + "/night").status, 200);
    EXPECT_NE(whole_file(out + "/stock-000001.txt").find("HLAGBEST 20"), std::string::npos);
}

TEST(SimulatorProcess, PaymentsSurviveAKill) {
    const TestFolder folder;
    const std::string body =
        R"({"reference":"HO1","amount":{"value":1999,"currency":"EUR"},"card":{"token":"tok_visa"}})";
    std::string first;
    {
        Process simulator(folder.path);
        const auto answer =
            fetch("POST", simulator.at("payment") + "/v1/authorisations", body, 10000, "Idempotency-Key: key-00001");
        EXPECT_EQ(answer.status, 201) << answer.body;
        first = answer.body;
        simulator.end(SIGKILL);
    }
    Process simulator(folder.path);
    EXPECT_EQ(
        fetch("POST", simulator.at("payment") + "/v1/authorisations", body, 10000, "Idempotency-Key: key-00001").body,
        first);
    EXPECT_EQ(fetch("GET", simulator.at("payment") + "/v1/payments/PAY-000000001").body, first);
}

TEST(SimulatorProcess, PlaysATimelineFromTheStartAndAnotherOnDemand) {
    const TestFolder folder;
    std::ofstream(folder / "faults.yaml") << "- { at: 0, part: inventory, faults: { error_share: 1 } }\n";
    Process simulator(folder.path, {"--timeline", folder / "faults.yaml", "--quirks", "fault_200"});
    const auto url = simulator.at("inventory") + "/inventory/v2/availability?skus=HG-104711";
    const auto control = simulator.at("control");
    EXPECT_TRUE(comes_true([&] { return fetch("GET", url).status == 503; }));
    EXPECT_EQ(fetch("PUT", control + "/timeline",
                    "- { at: 0, part: all }\n- { at: 0, part: stock, faults: { lock: true }, quirks: { cp850: true } }")
                  .status,
              200);
    EXPECT_TRUE(
        comes_true([&] { return fetch("GET", control + "/").body.find("\"lock\":true") != std::string::npos; }));
    EXPECT_TRUE(comes_true([&] { return fetch("GET", url).status == 200; }));
    EXPECT_NE(fetch("GET", control + "/").body.find("\"cp850\":true,\"fault_200\":true"), std::string::npos);
    const auto wrong = fetch("PUT", control + "/timeline", "- { at: 0, part: nobody }");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_NE(wrong.body.find("line 1: no part"), std::string::npos);
    EXPECT_EQ(fetch("DELETE", control + "/timeline").status, 200);
    EXPECT_EQ(fetch("PUT", control + "/quirks", R"({"cp850":false})").status, 200);
    EXPECT_EQ(fetch("PUT", control + "/quirks", R"({"spelling":true})").status, 422);
    EXPECT_EQ(simulator.fault("shop", R"({"disk_full":true})").status, 422);
}

// Stands in for the gateway: passes browsing on to the services, and takes every order once.
struct StandIn {
    explicit StandIn(const Process& simulator)
        : part(
              "gateway", 0, 7, [this, &simulator](const HttpRequest& request) { return answer(simulator, request); },
              nullptr) {
        part.open();
    }
    HttpAnswer answer(const Process& simulator, const HttpRequest& request) {
        if (request.method == "GET") {
            const auto passed =
                fetch("GET", simulator.at("inventory") + request.path + "?skus=" + request.query.at("skus"));
            return {static_cast<int>(passed.status), "application/json", passed.body, {{"headgate-side", "candidate"}}};
        }
        if (request.path == "/pricing/v1/prices/query") {
            const auto passed = fetch("POST", simulator.at("pricing") + request.path, request.body);
            return {static_cast<int>(passed.status), "application/json", passed.body};
        }
        const auto key = request.header("idempotency-key");
        return {201, "application/json",
                R"({"orderId":"HO)" + key.substr(key.size() - std::min<std::size_t>(18, key.size())) + "\"}"};
    }
    HttpPart part;
};

TEST(SimulatorTraffic, PlaysBothJourneysAndReports) {
    const TestFolder folder;
    Process simulator(folder.path);
    StandIn gateway(simulator);
    TrafficOptions options;
    options.target = gateway.part.url();
    options.rate = 40;
    options.seconds = 2;
    options.checkout_share = 0.5;
    options.report = folder / "report.json";
    options.orders = folder / "orders.jsonl";
    EXPECT_EQ(play_traffic(options), 0);
    rapidjson::Document report;
    ASSERT_FALSE(report.Parse(whole_file(options.report).c_str()).HasParseError());
    ASSERT_TRUE(report["operations"].HasMember("getAvailability")) << whole_file(options.report);
    ASSERT_TRUE(report["operations"]["getAvailability"]["statuses"].HasMember("200")) << whole_file(options.report);
    EXPECT_GT(report["operations"]["getAvailability"]["statuses"]["200"].GetInt(), 20);
    EXPECT_GT(report["orders_acknowledged"].GetInt(), 5);
    EXPECT_TRUE(report["duplicate_order_ids"].Empty());
    EXPECT_GT(report["customers_on_candidate"].GetInt(), 10);
    EXPECT_EQ(report["customers_that_went_back"].GetInt(), 0);
    EXPECT_EQ(read_acknowledged(options.orders).size(),
              static_cast<std::size_t>(report["orders_acknowledged"].GetInt()));
    // Nobody reserved anything for these orders: the offline check has to say so.
    EXPECT_EQ(check_folder({folder.path, options.orders, true}), 1);
    EXPECT_EQ(check_folder({folder.path, "", false}), 0);
}

TEST(SimulatorTraffic, PlaysADayOfEveryChannelWithACampaign) {
    const TestFolder folder;
    Process simulator(folder.path);
    StandIn gateway(simulator);
    TrafficOptions options;
    options.target = gateway.part.url();
    options.rate = 60;
    options.seconds = options.day_s = 3;
    options.journeys = "web,app,store,marketplace";
    options.campaigns = {"1:0.5:2"};
    options.think_ms = 20;
    options.report = folder / "report.json";
    EXPECT_EQ(play_traffic(options), 0);
    rapidjson::Document report;
    ASSERT_FALSE(report.Parse(whole_file(options.report).c_str()).HasParseError());
    for (const char* kind : {"web", "app", "store", "marketplace"}) {
        ASSERT_TRUE(report["journeys_by_kind"].HasMember(kind)) << kind;
        const auto& counts = report["journeys_by_kind"][kind];
        EXPECT_EQ(counts["started"].GetInt(), counts["finished"].GetInt() + counts["abandoned"].GetInt()) << kind;
    }
    // Told by journey, by channel and by operation, the same calls and orders are counted.
    int calls = 0;
    for (const auto& operation : report["operations"].GetObject())
        for (const auto& status : operation.value["statuses"].GetObject()) calls += status.value.GetInt();
    for (const char* by : {"journeys_by_kind", "journeys_by_channel"}) {
        int of_parts = 0, orders = 0;
        for (const auto& part : report[by].GetObject()) {
            of_parts += part.value["calls"].GetInt();
            orders += part.value["orders"].GetInt();
        }
        EXPECT_EQ(of_parts, calls) << by;
        EXPECT_EQ(orders, report["orders_acknowledged"].GetInt()) << by;
    }
    EXPECT_EQ(report["journeys_by_channel"].MemberCount(), 4u);
    EXPECT_GT(report["orders_acknowledged"].GetInt(), 5);
    EXPECT_TRUE(report["duplicate_order_ids"].Empty());
}

}  // namespace
}  // namespace simulator
