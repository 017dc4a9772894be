// The headers of a version's life, on every kind of answer, at any time.
#include <fstream>

#include "gateway/config/sunsets.hpp"
#include "gateway/pipeline/retell.hpp"
#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

std::string contract(const std::string& version, const std::string& path, const std::string& life) {
    return "openapi: 3.1.0\ninfo: { title: T, version: " + version.substr(1) + ".0.0, x-contract: parts." + version +
           life +
           " }\ncomponents: { securitySchemes: { token: { type: http, scheme: bearer } } }\n"
           "security: [{ token: [] }]\npaths:\n  /parts/" +
           version + path +
           ":\n    get:\n      operationId: getPart\n      parameters:\n        - { name: partId, in: path, required: "
           "true, "
           "schema: { type: string, pattern: '^[a-z ]+$' } }\n      responses: { '200': { description: x, content: "
           "{ application/json: { schema: { type: object } } } }, default: { description: p } }\n";
}

const std::string life =
    ", x-lifecycle: { state: deprecated, deprecated: 2026-10-01, sunset: 2027-09-30, successor: parts.v2 }";

class Deprecated : public PipelineTest {
  protected:
    void serve(const std::string& first_path, const std::string& second_path, const std::string& its_life = life) {
        std::ofstream(folder_.file("parts.v1.yaml")) << contract("v1", first_path, its_life);
        if (!second_path.empty()) std::ofstream(folder_.file("parts.v2.yaml")) << contract("v2", second_path, "");
        Diagnostics diagnostics;
        snapshot_->contracts = load_contracts({folder_.path()}, diagnostics);
        ASSERT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        route("parts.v1/getPart").legacy = {host("old"), nullptr};
        old_->otherwise(FakeAnswer::ok("{}"));
    }
    std::string warnings(WallTime now) {
        snapshot_->routes = {routes_by_name_["parts.v1/getPart"]};
        Diagnostics diagnostics;
        warn_of_sunsets(*snapshot_, now, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors());
        return diagnostics.text();
    }
};

TEST_F(Deprecated, EveryAnswerSaysSinceWhenUntilWhenAndWhatFollows) {
    serve("/one/{partId}", "/all/{partId}/more");
    for (auto target : {"/parts/v1/one/a%20b", "/parts/v1/one/a%20b?unknown=1"}) {
        auto answer = send("GET", target);
        EXPECT_EQ(answer.status, std::string_view(target).find('?') == std::string_view::npos ? 200 : 400);
        EXPECT_EQ(header(answer, "Deprecation"), "@1790812800");
        EXPECT_EQ(header(answer, "Sunset"), "Thu, 30 Sep 2027 00:00:00 GMT");
        EXPECT_EQ(header(answer, "Link"), "</parts/v2/all/a%20b/more>; rel=\"successor-version\"");
    }
    old_->otherwise(FakeAnswer::fails(ErrorKind::system_unavailable));
    auto failed = send("GET", "/parts/v1/one/a");
    EXPECT_EQ(failed.status, 503);
    EXPECT_EQ(header(failed, "Deprecation"), "@1790812800");
    snapshot_->config.anonymous = false;
    auto stranger = send("GET", "/parts/v1/one/a");
    EXPECT_EQ(stranger.status, 401);
    EXPECT_EQ(header(stranger, "Sunset"), "Thu, 30 Sep 2027 00:00:00 GMT");
}

TEST_F(Deprecated, ASunsetSwitchesNothingOff) {
    serve("/one/{partId}", "/one/{partId}");
    clock_.advance(std::chrono::hours(24 * 365 * 10));
    auto answer = send("GET", "/parts/v1/one/a");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(header(answer, "Sunset"), "Thu, 30 Sep 2027 00:00:00 GMT");
}

TEST_F(Deprecated, APathThatCannotBeFilledLeadsToWhereTheNextVersionBegins) {
    std::string renamed = contract("v2", "/one/{partId}", "");
    for (auto at = renamed.find("partId"); at != std::string::npos; at = renamed.find("partId", at))
        renamed.replace(at, 6, "number");
    std::ofstream(folder_.file("parts.v2.yaml")) << renamed;
    serve("/one/{partId}", "");
    EXPECT_EQ(header(send("GET", "/parts/v1/one/a"), "Link"), "</parts/v2/>; rel=\"successor-version\"");
}

TEST_F(Deprecated, WithoutASuccessorThereIsNoLink) {
    serve("/one/{partId}", "", ", x-lifecycle: { state: deprecated, deprecated: 2026-10-01 }");
    auto answer = send("GET", "/parts/v1/one/a");
    EXPECT_EQ(header(answer, "Link"), "none");
    EXPECT_EQ(header(answer, "Deprecation"), "@1790812800");
}

TEST_F(Deprecated, AnActiveVersionSaysNothing) {
    serve("/one/{partId}", "", "");
    auto answer = send("GET", "/parts/v1/one/a");
    for (auto name : {"Deprecation", "Sunset", "Link"}) EXPECT_EQ(header(answer, name), "none");
}

TEST_F(Deprecated, CheckWarnsThirtyDaysBeforeASunsetAndAfterIt) {
    serve("/one/{partId}", "/one/{partId}");
    WallTime sunset = std::chrono::sys_days(std::chrono::year(2027) / 9 / 30);
    EXPECT_EQ(warnings(sunset - std::chrono::days(31)), "");
    EXPECT_NE(warnings(sunset - std::chrono::days(29)).find("warning: the sunset of parts.v1/getPart is on 2027-09-30"),
              std::string::npos);
    EXPECT_NE(warnings(sunset + std::chrono::hours(1)).find("the sunset of parts.v1/getPart was on 2027-09-30"),
              std::string::npos);
}

TEST(Retold, APlaceOfAProblemIsToldInTheFirstVersionOrLeftOut) {
    Diagnostics diagnostics;
    std::string golden = HEADGATE_SOURCE_DIR "/tests/golden/bridges";
    auto contracts = load_contracts({golden + "/contracts"}, diagnostics);
    auto plans = load_mappings({golden}, contracts, diagnostics);
    const auto* bridge = plans->find_bridge("shop.v1/createOrder", "shop.v2/createOrder");
    ASSERT_TRUE(bridge);
    Arena arena;
    Builder source(arena), builder(arena);
    auto problem = read_json(R"({"type":"x","status":409,"errors":[{"pointer":"/positions/2/pieces","detail":"d"},)"
                             R"({"pointer":"/priority","detail":"e"},{"detail":"f"}],"traceId":"t"})",
                             source);
    EXPECT_EQ(to_json(retold(*problem, *bridge, builder)),
              R"({"type":"x","status":409,"errors":[{"pointer":"/lines/2/quantity","detail":"d"},{"detail":"f"}],)"
              R"("traceId":"t"})");
}

}  // namespace
}  // namespace headgate
