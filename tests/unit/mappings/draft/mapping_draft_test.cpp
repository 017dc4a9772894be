// Drafted mappings: what is proposed type-checks, what is proposed without a word is what people wrote, and a contract
// drafted of a WSDL is mapped whole.
#include "mappings/draft/mapping_draft.hpp"

#include <gtest/gtest.h>

#include <set>

#include "contracts/schema/sample.hpp"
#include "mappings/draft/contract_draft.hpp"
#include "mappings/formats/soap/soap.hpp"
#include "mappings/plan/compiled_plan.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate::mappings {

namespace {

const std::string catalog = HEADGATE_SOURCE_DIR "/mappings/catalog";
const std::string stock_columns =
    "sql: \"SELECT ARTNR,LAG,BEST,RES,SICH,KZ,ME,WE_DAT,UPD FROM LAGBST WHERE ARTNR IN (:skus) AND LAG IN (:lags)\"\n"
    "columns: { ARTNR: char(18), LAG: int, BEST: \"decimal(9,3)\", RES: \"decimal(9,3)?\", SICH: \"decimal(9,3)?\", "
    "KZ: char(1), ME: char(2), WE_DAT: decimal(8), UPD: timestamp }\n";

MappingDraft drafted(const DraftRequest& request, const Registry& contracts) {
    Diagnostics diagnostics;
    auto draft = draft_mapping(request, contracts, diagnostics);
    EXPECT_TRUE(draft) << diagnostics.text();
    return draft.value_or(MappingDraft());
}

std::vector<Mapping> parsed(const std::string& yaml, const std::string& folder, Diagnostics& diagnostics) {
    auto file = parse_source(folder + "/draft.map.yaml", yaml, diagnostics);
    return file ? parse_mappings(file, diagnostics) : std::vector<Mapping>();
}

// The pairs of paths that rules join: `lines.sku artnr`.
void add_pairs(const std::vector<Rule>& rules, const std::string& within, std::set<std::string>& out) {
    for (const auto& rule : rules) {
        if (rule.kind == Rule::Kind::field) {
            auto braces = rule.contract.braces.empty() ? std::vector<std::string>{""} : rule.contract.braces;
            auto base = rule.contract.text.substr(0, rule.contract.text.find('{'));
            for (const auto& brace : braces) out.insert(within + base + brace + " " + rule.legacy.text);
        }
        bool each = rule.kind == Rule::Kind::each;
        add_pairs(rule.rules, each ? within + rule.contract.text + "." : within, out);
    }
}

std::set<std::string> pairs_of(const Mapping& mapping) {
    std::set<std::string> out;
    add_pairs(mapping.request.rules, "in ", out);
    add_pairs(mapping.reply.rules, "out ", out);
    return out;
}

// Without the rules that are unsure.
std::string sure_alone(const std::string& yaml) {
    std::string out;
    std::istringstream lines(yaml);
    for (std::string line; std::getline(lines, line);) {
        bool rule = line.find(" <- ") != std::string::npos || line.find(" -> ") != std::string::npos ||
                    line.find(" <-> ") != std::string::npos;
        bool each = line.find("- each:") != std::string::npos;
        if (!rule || each || line.find("# unsure") == std::string::npos) out += line + "\n";
    }
    return out;
}

struct Known {
    const char *contract, *legacy, *file, *mapping;
    double found;  // the share of the pairs that people wrote
};

}  // namespace

TEST(MappingDraft, ProposesRulesThatTypeCheck) {
    TempFolder folder;
    std::ofstream(folder.file("stock.yaml")) << stock_columns;
    for (auto [contract, legacy] :
         {std::pair<std::string, std::string>("pricing.v1/getPrices", catalog + "/legacy/shop.wsdl#priceQuery"),
          {"orders.v1/Order", catalog + "/legacy/shop.wsdl#orderCreate"},
          {"orders.v1/createOrder", catalog + "/legacy/shop.wsdl#orderCreate"},
          {"orders.v1/Order", catalog + "/legacy/shop.wsdl#orderStatus"},
          {"inventory.v2/getAvailability", folder.file("stock.yaml")},
          {"inventory.v1/getAvailability", folder.file("stock.yaml")},
          {"inventory.v2/getAvailability", catalog + "/legacy/shop.wsdl#priceQuery"},
          {"orders.v1/Order", catalog + "/legacy/940.guide.yaml"}}) {
        SCOPED_TRACE(contract + " " + legacy);
        auto draft = drafted({contract, legacy, {}, {}, folder.path()}, *retailer_contracts());
        Diagnostics diagnostics;
        auto mappings = parsed(draft.yaml, folder.path(), diagnostics);
        ASSERT_EQ(mappings.size(), 1u) << diagnostics.text() << draft.yaml;
        CompiledPlan::compile(mappings[0], *retailer_contracts(), diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text() << draft.yaml;
    }
}

TEST(MappingDraft, FindsMostOfWhatPeopleWroteAndIsRightWhereItIsSure) {
    TempFolder folder;
    std::ofstream(folder.file("stock.yaml")) << stock_columns;
    const std::string shop = catalog + "/legacy/shop.wsdl", stock = folder.file("stock.yaml");
    const std::string prices = shop + "#priceQuery", create = shop + "#orderCreate";
    for (const auto& known :
         {Known{"pricing.v1/getPrices", prices.c_str(), "pricing-shop", "pricing.v1/getPrices", 0.9},
          Known{"orders.v1/Order", create.c_str(), "order-shop", "orders.v1/Order", 0.85},
          Known{"inventory.v2/getAvailability", stock.c_str(), "inventory-stock", "inventory.v2/getAvailability",
                0.9}}) {
        SCOPED_TRACE(known.file);
        auto draft = drafted({known.contract, known.legacy, {}, {}, folder.path()}, *retailer_contracts());
        Diagnostics diagnostics;
        auto file = read_source(catalog + "/" + known.file + ".map.yaml", diagnostics);
        auto written = pairs_of(parse_mappings(file, diagnostics).front());
        auto proposed = parsed(draft.yaml, folder.path(), diagnostics);
        auto sure = parsed(sure_alone(draft.yaml), folder.path(), diagnostics);
        ASSERT_TRUE(proposed.size() == 1 && sure.size() == 1) << diagnostics.text();
        double found = 0;
        for (const auto& pair : pairs_of(proposed[0])) found += written.contains(pair);
        EXPECT_GE(found / static_cast<double>(written.size()), known.found) << draft.yaml;
        for (const auto& pair : pairs_of(sure[0])) EXPECT_TRUE(written.contains(pair)) << pair << "\n" << draft.yaml;
    }
}

TEST(MappingDraft, MapsADraftedContractWhole) {
    for (auto [path, names] : {std::pair<std::string, std::vector<std::string>>(
                                   catalog + "/legacy/shop.wsdl", {"priceQuery", "orderCreate", "orderStatus"}),
                               {HEADGATE_SOURCE_DIR "/tests/golden/drafts/stockroom.wsdl", {"findShelf", "ping"}}}) {
        Diagnostics diagnostics;
        auto wsdl = load_wsdl(path, diagnostics);
        ASSERT_TRUE(wsdl);
        TempFolder folder;
        auto name = contract_name_of(wsdl->service);
        std::vector<const SoapOperation*> operations;
        for (const auto& one : names) operations.push_back(wsdl->find(one));
        std::ofstream(folder.file(name + ".yaml")) << draft_contract(*wsdl, operations, name);
        Diagnostics of_contracts;
        auto contracts = load_contracts({folder.path()}, of_contracts);
        ASSERT_FALSE(of_contracts.has_errors()) << of_contracts.text();
        for (const auto* operation : operations) {
            SCOPED_TRACE(operation->name);
            auto draft = drafted({name + "/" + operation->name, path + "#" + operation->name, {}, {}, folder.path()},
                                 *contracts);
            EXPECT_EQ(draft.gaps, 0) << draft.yaml;
            EXPECT_EQ(draft.unfit, 0) << draft.yaml;
            Diagnostics faults;
            auto mappings = parsed(draft.yaml, folder.path(), faults);
            ASSERT_EQ(mappings.size(), 1u) << faults.text();
            auto plan = CompiledPlan::compile(mappings[0], *contracts, faults);
            ASSERT_TRUE(plan) << faults.text() << draft.yaml;
            Arena arena;
            Builder builder(arena);
            auto message = schema::sample(*contracts->find(name + "/" + operation->name)->body, arena);
            ASSERT_TRUE(message) << message.error().message;
            auto legacy = plan->to_legacy(*message, builder);
            ASSERT_TRUE(legacy) << legacy.error().detail;
            EXPECT_TRUE(write_soap(operation->version, operation->request, *legacy, "UTF-8"));
        }
    }
}

TEST(MappingDraft, PutsWhatDoesNotFitBehindAMarkAndSaysWhy) {
    TempFolder folder;
    std::ofstream(folder.file("shelf.v1.yaml")) << R"(openapi: 3.1.0
info: { title: Shelf, version: 1.0.0, x-contract: shelf.v1 }
security: []
paths:
  /shelf/v1/shelf:
    get:
      operationId: getShelf
      responses:
        "200":
          description: The shelf.
          content:
            application/json:
              schema:
                type: object
                required: [version]
                properties:
                  version: { type: string }
                  price:
                    type: object
                    properties: { centAmount: { type: integer }, currencyCode: { type: string, enum: [EUR, USD] } }
)";
    Diagnostics diagnostics;
    auto contracts = load_contracts({folder.path()}, diagnostics);
    auto wsdl = std::ifstream(HEADGATE_SOURCE_DIR "/tests/golden/drafts/stockroom.wsdl");
    std::string text((std::istreambuf_iterator<char>(wsdl)), {});
    text.replace(text.find("<x:element name=\"Version\" type=\"x:string\"/>"), 43,
                 "<x:element name=\"Version\" type=\"x:string\"/><x:element name=\"Preis\" type=\"x:decimal\"/>");
    std::filesystem::create_directory(folder.file("legacy"));
    std::ofstream(folder.file("legacy/room.wsdl")) << text;
    auto draft = drafted({"shelf.v1/getShelf", folder.file("legacy/room.wsdl") + "#ping", "store", {}, folder.path()},
                         *contracts);
    EXPECT_EQ(draft.unfit, 1) << draft.yaml;
    EXPECT_NE(
        draft.yaml.find("# - price.centAmount <- Preis | decimal(2) | minor-units(price.currencyCode)  # does not fit: "
                        "no rule makes 'price.currencyCode'"),
        std::string::npos)
        << draft.yaml;
    EXPECT_NE(draft.yaml.find("\n  - version <- Version\n"), std::string::npos) << draft.yaml;
    EXPECT_NE(
        draft.yaml.find("map: shelf.v1/getShelf <-> store.ping\ndraft: true\nlegacy:\n  wsdl: \"legacy/room.wsdl\"\n"),
        std::string::npos)
        << draft.yaml;
}

TEST(MappingDraft, ReadsAndWritesFilesOfALayoutByTheSameRules) {
    const std::string files = HEADGATE_SOURCE_DIR "/tests/golden/mappings/files";
    Diagnostics diagnostics;
    auto contracts = load_contracts({files + "/contracts"}, diagnostics);
    ASSERT_EQ(diagnostics.text(), "");
    auto records = drafted(
        {"fulfilment.v1/PickRequest", files + "/legacy/pick.layout.yaml", "warehouse", "pick", files}, *contracts);
    for (const char* line :
         {"map: fulfilment.v1/PickRequest <-> warehouse.pick\n", "  layout: \"legacy/pick.layout.yaml\"\n",
          "  charset: CP037  # unsure: of the bytes\n", "  file: \"out-{H1/PO}.dat\"\n", "  - each: lines <-> D1\n",
          "      - note <-> Note | text(10)\n"})
        EXPECT_NE(records.yaml.find(line), std::string::npos) << line << records.yaml;
    EXPECT_EQ(records.unfit, 0);
    auto sheet =
        drafted({"fulfilment.v1/PurchaseOrder", files + "/legacy/orders.layout.yaml", "", "", files}, *contracts);
    EXPECT_NE(sheet.yaml.find("  - each: lines <-> row\n"), std::string::npos) << sheet.yaml;
    // What is proposed loads, in both directions.
    for (const auto& mapping : parsed(sheet.yaml, files, diagnostics)) {
        auto plan = CompiledPlan::compile(mapping, *contracts, diagnostics);
        ASSERT_TRUE(plan) << diagnostics.text() << sheet.yaml;
        EXPECT_TRUE(plan->request() && plan->reply());
    }
}

TEST(MappingDraft, SaysWhatItLacks) {
    auto draft = drafted({"pricing.v1/getPrices", catalog + "/legacy/shop.wsdl#priceQuery", {}, {}, catalog},
                         *retailer_contracts());
    for (auto told : {"# legacy requires mandant (text of 3): a rule, or set: { legacy: mandant, value: ... }",
                      "# the contract requires pricedAt, and no legacy field is like it", "# unsure: the codes",
                      "# declared: fehler/code, fehler/text, fehler/artnr"})
        EXPECT_NE(draft.yaml.find(told), std::string::npos) << told << "\n" << draft.yaml;
    EXPECT_EQ(draft.gaps, 3);
}

// Values of JSON are typed: no codec where the types are the same.
TEST(MappingDraft, ProposesRulesForAnApiOfItsOwn) {
    auto draft = drafted({"basket.v1/putLine", catalog + "/legacy/storefront.yaml#setLineItem", {}, {}, catalog},
                         *retailer_contracts());
    for (auto told : {"map: basket.v1/putLine <-> storefront.setLineItem", "openapi: \"legacy/storefront.yaml\"",
                      "- sku <-> articleNumber", "- currencyCode <- currency", "- each: lines <- lineItems"})
        EXPECT_NE(draft.yaml.find(told), std::string::npos) << told << "\n" << draft.yaml;
    EXPECT_EQ(draft.yaml.find("rfc3339"), std::string::npos) << draft.yaml;
    EXPECT_EQ(draft.yaml.find("flag("), std::string::npos) << draft.yaml;
}

TEST(MappingDraft, RefusesWhatItCannotRead) {
    TempFolder folder;
    std::ofstream(folder.file("wrong.yaml")) << "ARTNR: chr(18)\n";
    std::ofstream(folder.file("list.yaml")) << "- a\n";
    const std::string shop = catalog + "/legacy/shop.wsdl";
    for (auto [contract, legacy, told] :
         {std::tuple<std::string, std::string, std::string>("pricing.v1/getPrice", shop + "#priceQuery",
                                                            "did you mean 'pricing.v1/getPrices'?"),
          {"pricing.v1/getPrices", shop, "which operation?"},
          {"pricing.v1/getPrices", shop + "#none", "no usable operation 'none'"},
          {"pricing.v1/getPrices", folder.file("none.wsdl") + "#x", "none.wsdl"},
          {"pricing.v1/getPrices", folder.file("wrong.yaml"), "wrong.yaml:1:1: error: unknown column type 'chr'"},
          {"pricing.v1/getPrices", folder.file("list.yaml"), "neither a WSDL, nor an OpenAPI document, nor columns"}}) {
        Diagnostics diagnostics;
        EXPECT_FALSE(draft_mapping({contract, legacy, {}, {}, folder.path()}, *retailer_contracts(), diagnostics));
        EXPECT_NE(diagnostics.text().find(told), std::string::npos) << diagnostics.text();
    }
}

// Whatever others' WSDLs hold: what can be read of them is mapped whole.
TEST(MappingDraft, MapsWhatIsUsableInOthersWsdls) {
    auto files = test::files_of(test::corpus("wsdl"), ".wsdl");
    if (files.empty()) GTEST_SKIP() << "no corpora at " << test::corpus("wsdl");
    for (const auto& path : files) {
        Diagnostics diagnostics;
        auto wsdl = load_wsdl(path.string(), diagnostics);
        if (!wsdl) continue;
        TempFolder folder;
        auto name = contract_name_of(wsdl->service);
        for (const auto& operation : wsdl->operations) {
            std::ofstream(folder.file(name + ".yaml")) << draft_contract(*wsdl, {&operation}, name);
            Diagnostics faults;
            auto contracts = load_contracts({folder.path()}, faults);
            auto draft = drafted({name + "/" + contract_member_of(operation.name),
                                  path.string() + "#" + operation.name,
                                  {},
                                  {},
                                  folder.path()},
                                 *contracts);
            EXPECT_EQ(draft.unfit + draft.gaps, 0) << path << draft.yaml;
        }
    }
}

}  // namespace headgate::mappings
