// The catalog's contracts load without a fault; requests find their operation; faults of contracts are found at load.
#include "contracts/registry/registry.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "contracts/document/json.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

std::shared_ptr<const Registry> catalog() {
    static const std::shared_ptr<const Registry> loaded = [] {
        Diagnostics diagnostics;
        auto registry = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return registry;
    }();
    return loaded;
}

TEST(Catalog, DeclaresTheRetailersOperations) {
    const Operation* availability = catalog()->find("inventory.v2/getAvailability");
    ASSERT_TRUE(availability);
    EXPECT_EQ(availability->method, "GET");
    EXPECT_EQ(availability->path, "/inventory/v2/availability");
    EXPECT_TRUE(availability->safe);
    EXPECT_TRUE(availability->authenticated);
    EXPECT_FALSE(availability->body);
    ASSERT_EQ(availability->parameters.size(), 2u);
    EXPECT_TRUE(availability->parameter("skus")->required);
    EXPECT_FALSE(availability->parameter("skus")->explode);
    EXPECT_EQ(availability->success_status, 200);
    const Operation* prices = catalog()->find("pricing.v1/getPrices");
    ASSERT_TRUE(prices);
    EXPECT_TRUE(prices->safe);
    EXPECT_TRUE(prices->body_required);
    const Operation* order = catalog()->find("orders.v1/createOrder");
    ASSERT_TRUE(order);
    EXPECT_FALSE(order->safe);
    EXPECT_EQ(order->success_status, 201);
    EXPECT_EQ(order->parameter("Idempotency-Key")->in, ParameterPlace::header);
    EXPECT_EQ(order->response(201)->headers.front().name, "Location");
    EXPECT_TRUE(order->response_schema(409));
    EXPECT_EQ(order->response_schema(418), order->default_response->schema());
    EXPECT_EQ(catalog()->find("orders.v1/none"), nullptr);
}

TEST(Catalog, StatusesThatNeverHaveABodyHaveNoneByTheDefaultEither) {
    const Operation* order = catalog()->find("orders.v1/createOrder");
    for (int status : {204, 205, 304}) {
        EXPECT_TRUE(order->response(status)) << status;
        EXPECT_TRUE(order->contents(status).empty()) << status;
        EXPECT_EQ(order->response_schema(status), nullptr) << status;
    }
    EXPECT_EQ(&order->contents(418), &order->default_response->contents);
    const Operation none;
    EXPECT_TRUE(none.contents(200).empty());
}

TEST(Catalog, IsReadFromFilesWhoseEndingIsInCapitals) {
    TempFolder folder;
    for (auto [from, to] : {std::pair("common.yaml", "common.yaml"), {"inventory.v2.yaml", "INVENTORY.V2.YAML"}})
        std::filesystem::copy_file(HEADGATE_SOURCE_DIR "/contracts/catalog/" + std::string(from), folder.file(to));
    Diagnostics diagnostics;
    auto registry = load_contracts({folder.path()}, diagnostics);
    ASSERT_TRUE(registry) << diagnostics.text();
    EXPECT_TRUE(registry->find("inventory.v2/getAvailability"));
}

TEST(Catalog, ShapesFollowSharedComponents) {
    const Schema* order = catalog()->find_schema("orders.v1", "Order");
    ASSERT_TRUE(order);
    ASSERT_TRUE(catalog()->find_schema("orders.v1", "NewOrder"));
    EXPECT_EQ(catalog()->find_schema("orders.v1", "None"), nullptr);
    EXPECT_EQ(catalog()->find_schema("none.v1", "Order"), nullptr);
    const Shape& shape = order->shape();
    EXPECT_TRUE(shape.property("total")->property("centAmount")->integer());
    EXPECT_EQ(shape.property("lines")->extension("x-compare", "key"), "lineId");
    EXPECT_EQ(shape.property("customer")->property("email")->extension("x-personal"), "yes");
    EXPECT_EQ(shape.property("delivery")->property("method")->enumeration(),
              (std::vector<std::string_view>{"home", "pickup"}));
    EXPECT_EQ(shape.property("delivery")->property("address")->property("city")->extension("x-personal"), "yes");
    EXPECT_EQ(shape.property("channel")->enumeration().size(), 4u);
}

// Later issues rely on it: what is personal is said of every string.
TEST(Catalog, SaysOfEveryStringWhetherItIsPersonal) {
    int strings = 0;
    auto visit = [&](auto& self, const Shape& shape, const std::string& at, int depth) -> void {
        ASSERT_LT(depth, 20);
        if (shape.allows(ValueKind::string)) {
            ++strings;
            auto says = shape.extension("x-personal");
            EXPECT_TRUE(says == "yes" || says == "no") << at;
        }
        for (auto name : shape.property_names())
            self(self, *shape.property(name), at + "/" + std::string(name), depth + 1);
        if (shape.items()) self(self, *shape.items(), at + "/*", depth + 1);
    };
    for (const auto& operation : catalog()->operations()) {
        for (const auto& parameter : operation->parameters) visit(visit, parameter.schema->shape(), parameter.name, 0);
        if (operation->body) visit(visit, operation->body->shape(), operation->name, 0);
        for (const auto& [status, response] : operation->responses)
            visit(visit, response.schema()->shape(), operation->name + " " + std::to_string(status), 0);
    }
    EXPECT_GT(strings, 60);
}

TEST(RegistryMatch, TellsUnknownPathsVersionsAndMethodsApart) {
    auto match = catalog()->match("GET", "/inventory/v2/availability");
    ASSERT_TRUE(match);
    EXPECT_EQ(match->operation->name, "inventory.v2/getAvailability");
    auto version = catalog()->match("GET", "/inventory/v9/availability");
    ASSERT_FALSE(version);
    EXPECT_EQ(version.error().kind, ErrorKind::unknown_operation);
    EXPECT_EQ(version.error().message, "there is no such version of inventory; there is v1, v2");
    for (auto path : {"/inventory/v2/none", "/", "", "/inventory/v2/availability/", "//inventory/v2/availability",
                      "/inventory", "/none/v1/x", "inventory/v2/availability", "/inventory/v2/../v2/availability"}) {
        auto none = catalog()->match("GET", path);
        ASSERT_FALSE(none) << path;
        EXPECT_EQ(none.error().kind, ErrorKind::unknown_operation) << path;
    }
    auto method = catalog()->match("DELETE", "/orders/v1/orders");
    ASSERT_FALSE(method);
    EXPECT_EQ(method.error().kind, ErrorKind::method_not_allowed);
    EXPECT_EQ(method.error().detail, "GET, POST");
    EXPECT_FALSE(catalog()->match("GET", "/" + std::string(10'000, '/')));
}

TEST(RegistryMatch, TakesEscapesOfUnreservedCharactersForTheCharacters) {
    for (auto path : {"/inventory/v2/avail%61bility", "/%69nventory/%762/availability",
                      "/inventory/v2/%61%76%61%69%6c%61%62%69%6C%69%74%79"}) {
        auto match = catalog()->match("GET", path);
        ASSERT_TRUE(match) << path;
        EXPECT_EQ(match->operation->name, "inventory.v2/getAvailability") << path;
    }
    // Escaped separators, escapes of escapes and broken ones are other paths.
    for (auto path :
         {"/inventory%2Fv2/availability", "/inventory/v2%2favailability", "/inventory/v2/avail%2561bility",
          "/inventory/v2/avail%25%36%31bility", "/inventory/v2/availability%", "/inventory/v2/availabilit%7",
          "/inventory/v2/availability%00", "/inventory/v2/%2e/availability", "/inventory/v2/avail%41bility"}) {
        auto none = catalog()->match("GET", path);
        ASSERT_FALSE(none) << path;
        EXPECT_EQ(none.error().kind, ErrorKind::unknown_operation) << path;
    }
    auto version = catalog()->match("GET", "/%69nventory/v9/availability");
    EXPECT_EQ(version.error().message, "there is no such version of inventory; there is v1, v2");
    EXPECT_EQ(catalog()->match("DELETE", "/orders/v1/order%73").error().kind, ErrorKind::method_not_allowed);
}

// tests/golden/contracts/<case>/: contracts, and in `expected` all that is to be said of them, without the folder's
// name: nothing where they are valid. So a fault is found at its place, all are found at once, and none follows from
// another.
TEST(ContractFaults, AreFoundAtLoadWithTheirPlaceAllAtOnce) {
    namespace fs = std::filesystem;
    int faulty = 0, valid = 0;
    for (const auto& entry : fs::directory_iterator(HEADGATE_SOURCE_DIR "/tests/golden/contracts")) {
        if (!entry.is_directory()) continue;
        Diagnostics diagnostics;
        load_contracts({entry.path().string()}, diagnostics);
        std::string text = diagnostics.text(), folder = entry.path().string() + "/";
        for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
            text.erase(at, folder.size());
        std::string expected = test::read_file(entry.path() / "expected");
        EXPECT_EQ(text, expected) << entry.path();
        EXPECT_EQ(diagnostics.has_errors(), expected.find(": error: ") != std::string::npos);
        ++(expected.empty() ? valid : faulty);
    }
    EXPECT_GE(faulty, 100);
    EXPECT_GE(valid, 8);
}

TEST(ContractFaults, AFolderThatIsAbsentOrEmptyIsAFault) {
    Diagnostics absent;
    ASSERT_TRUE(load_contracts({"no/such/folder"}, absent));
    EXPECT_NE(absent.text().find("no/such/folder: error: the folder can't be read"), std::string::npos);
    Diagnostics none;
    ASSERT_TRUE(load_contracts({HEADGATE_SOURCE_DIR "/tests/support"}, none));
    EXPECT_NE(none.text().find("there is no contract"), std::string::npos);
}

}  // namespace
}  // namespace headgate
