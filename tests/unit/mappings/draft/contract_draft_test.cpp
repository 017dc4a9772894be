// Contracts drafted from WSDLs, tables and files: they load without a word, and hold the fields.
#include "mappings/draft/contract_draft.hpp"

#include <gtest/gtest.h>

#include "contracts/registry/registry.hpp"
#include "mappings/draft/mapping_draft.hpp"
#include "mappings/plan/compiled_plan.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::mappings {

namespace {

const std::string shop = HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/shop.wsdl";

std::vector<const SoapOperation*> all_of(const Wsdl& wsdl) {
    std::vector<const SoapOperation*> out;
    for (const auto& operation : wsdl.operations) out.push_back(&operation);
    return out;
}

std::shared_ptr<const Registry> loaded(const std::string& folder, const std::string& name, const std::string& yaml) {
    std::ofstream(folder + "/" + name + ".yaml") << yaml;
    Diagnostics diagnostics;
    auto contracts = load_contracts({folder}, diagnostics);
    EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text() << yaml;
    return contracts;
}

}  // namespace

TEST(ContractDraft, KeepsNamesAndTranslatesTypes) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(shop, diagnostics);
    ASSERT_TRUE(wsdl);
    EXPECT_EQ(contract_name_of(wsdl->service), "shop.v1");
    TempFolder folder;
    auto contracts = loaded(folder.path(), "shop.v1", draft_contract(*wsdl, all_of(*wsdl), "shop.v1"));
    const auto* create = contracts->find("shop.v1/orderCreate");
    ASSERT_TRUE(create);
    EXPECT_EQ(create->path, "/shop/v1/orderCreate");
    const auto* order = create->body->shape().property("ord");
    ASSERT_TRUE(order);
    EXPECT_TRUE(order->required("extId") && order->required("kunde") && !order->required("lief"));
    const auto* line = order->property("pos")->items();
    ASSERT_TRUE(line);
    EXPECT_EQ(line->property("geschenk")->enumeration(), (std::vector<std::string_view>{"J", "N"}));
    EXPECT_TRUE(line->property("menge")->allows(ValueKind::number) && !line->property("menge")->integer());
    EXPECT_TRUE(line->required("nr") && !line->required("geschenk"));
    const auto& prices = contracts->find("shop.v1/priceQuery")->response_schema(200)->shape();
    // A nillable element may be absent.
    EXPECT_FALSE(prices.property("pos")->items()->required("gueltBis"));
    EXPECT_TRUE(prices.property("fehlend")->items());
}

TEST(ContractDraft, BringsItsBoundsFromTheSchema) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(shop, diagnostics);
    auto yaml = draft_contract(*wsdl, {wsdl->find("orderCreate")}, "shop.v1");
    for (auto expected : {"multipleOf: 0.0001", "multipleOf: 0.01", "maxLength: 18", "minItems: 1"})
        EXPECT_NE(yaml.find(expected), std::string::npos) << expected << "\n" << yaml;
    EXPECT_EQ(yaml.find("priceQuery"), std::string::npos);
}

TEST(ContractDraft, TakesWhatXmlCanSayAndPathsCannot) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(HEADGATE_SOURCE_DIR "/tests/golden/drafts/stockroom.wsdl", diagnostics);
    ASSERT_TRUE(wsdl);
    EXPECT_EQ(contract_name_of(wsdl->service), "stockroom.v1");
    TempFolder folder;
    auto contracts = loaded(folder.path(), "stockroom.v1", draft_contract(*wsdl, all_of(*wsdl), "stockroom.v1"));
    const auto& query = contracts->find("stockroom.v1/findShelf")->body->shape();
    EXPECT_TRUE(query.required("Room_Code"));
    EXPECT_EQ(query.property("Since")->format(), "date-time");
    const auto* item = query.property("Item")->items();
    EXPECT_TRUE(item->property("Article")->allows(ValueKind::string));
    EXPECT_TRUE(item->property("ArticleAttribute")->integer());
    const auto& answer = contracts->find("stockroom.v1/findShelf")->response_schema(200)->shape();
    EXPECT_TRUE(answer.property("Complete")->allows(ValueKind::boolean) && !answer.required("Checked"));
    const auto* shelf = answer.property("Shelf")->items();
    EXPECT_TRUE(shelf->property("Load")->required("value") && shelf->property("Load")->required("unit"));
    EXPECT_TRUE(shelf->property("Tag")->items()->allows(ValueKind::string));
    EXPECT_TRUE(contracts->find("stockroom.v1/ping"));
}

TEST(ContractDraft, TellsElementsApartWhoseNamesDifferInCaseAlone) {
    Wsdl wsdl;
    wsdl.service = "s";
    LegacyNode text;
    text.name = "a";
    text.type = LegacyType::text;
    LegacyNode number = text;
    number.type = LegacyType::integer;
    number.codes = {"1", "2"};
    auto add = [&](const char* name, const char* element, const LegacyNode& child) {
        auto& operation = wsdl.operations.emplace_back();
        operation.name = name;
        operation.request.name = operation.response.name = element;
        operation.request.children = operation.response.children = {child};
    };
    add("one", "query", text);
    add("two", "Query", number);
    add("three", "problem", text);
    TempFolder folder;
    auto contracts = loaded(folder.path(), "s.v1", draft_contract(wsdl, all_of(wsdl), "s.v1"));
    EXPECT_TRUE(contracts->find("s.v1/one")->body->shape().property("a")->allows(ValueKind::string));
    EXPECT_TRUE(contracts->find("s.v1/two")->body->shape().property("a")->integer());
    EXPECT_TRUE(contracts->find("s.v1/three")->body->shape().property("a"));
}

// Contract and mapping of one file: both load, and every field of the file is carried.
TEST(ContractDraft, IsMadeOfTablesGuidesAndLayoutsSoThatMappingsFitWhole) {
    const std::string files = HEADGATE_SOURCE_DIR "/tests/golden/mappings/files/legacy/";
    TempFolder source;
    std::ofstream(source.file("stock.columns.yaml")) << "REF: char(10)\nDEPOT: char(3)\nQTE: int\nMAJ: timestamp\n";
    std::ofstream(source.file("offers.yaml"))
        << "sql: \"SELECT REF,PRIX FROM OFFRE WHERE REF IN (:refs) AND PRIX <= :most AND ETAT = :state\"\n"
           "columns: { REF: char(10), PRIX: \"decimal(9,2)?\" }\n";
    struct Case {
        std::string legacy, operation;
        std::vector<std::string> contract, mapping;
    };
    for (const auto& one : {
             Case{source.file("stock.columns.yaml"),
                  "stock.v1/findStock",
                  {"# unsure: ref is what is asked for", "name: ref\n", "maxItems: 100", "format: date-time"},
                  {"FROM STOCK WHERE REF IN (:ref)", "ref[] -> :ref[]", "each: rows <- row", "depot <- DEPOT"}},
             Case{source.file("offers.yaml"),
                  "offers.v1/findOffers",
                  {"name: refs\n", "name: most\n", "multipleOf: 0.01", "# unsure: the type of state"},
                  {"refs[] -> :refs[]", "most -> :most", "prix <- PRIX | decimal(2)"}},
             Case{files + "pick.layout.yaml",
                  "pick.v1/sendPick",
                  {"maxLength: 12", "Pick"},
                  {"<-> files.pick", "H1.PO <-> H1/PO | text(12)", "each: D1 <-> D1", "Note <-> Note"}},
             Case{files + "stock-report.layout.yaml", "stock-report.v1/sendStockReport", {}, {"each: row <-> row"}},
             Case{HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/940.guide.yaml",
                  "940.v1/send940",
                  {"depositorOrderNumber:", "N1_01_ST:"},
                  {"W05.depositorOrderNumber -> W05/02", "N1_01_ST.name -> N1[01=ST]/02", "G62.date -> G62/02",
                   "W01.product -> W01/05"}},
         }) {
        SCOPED_TRACE(one.legacy);
        Diagnostics diagnostics;
        auto yaml = draft_contract({one.legacy, {}, {}}, diagnostics);
        ASSERT_TRUE(yaml) << diagnostics.text();
        for (const auto& expected : one.contract)
            EXPECT_NE(yaml->find(expected), std::string::npos) << expected << *yaml;
        TempFolder folder;
        auto name = one.operation.substr(0, one.operation.find('/'));
        auto contracts = loaded(folder.path(), name, *yaml);
        ASSERT_TRUE(contracts && contracts->find(one.operation)) << *yaml;
        auto draft = draft_mapping({one.operation, one.legacy, {}, {}, folder.path()}, *contracts, diagnostics);
        ASSERT_TRUE(draft) << diagnostics.text();
        EXPECT_EQ(draft->unfit, 0) << draft->yaml;
        EXPECT_EQ(draft->yaml.find("no rule for"), std::string::npos) << draft->yaml;
        for (const auto& expected : one.mapping)
            EXPECT_NE(draft->yaml.find(expected), std::string::npos) << expected << draft->yaml;
        auto file = parse_source(folder.file("draft.map.yaml"), draft->yaml, diagnostics);
        ASSERT_TRUE(file) << diagnostics.text();
        for (const auto& mapping : parse_mappings(file, diagnostics))
            EXPECT_TRUE(CompiledPlan::compile(mapping, *contracts, diagnostics)) << diagnostics.text();
    }
}

TEST(ContractDraft, RefusesFilesThatSayNothingOfALegacySide) {
    TempFolder folder;
    std::ofstream(folder.file("wrong.yaml")) << "REF: chr(10)\n";
    std::ofstream(folder.file("list.yaml")) << "- a\n";
    for (auto [file, told] :
         {std::pair("wrong.yaml", "wrong.yaml:1:1: error: unknown column type 'chr'"),
          std::pair("list.yaml", "neither a WSDL, nor an OpenAPI document, nor columns"), std::pair("none.yaml", "none.yaml")}) {
        Diagnostics diagnostics;
        EXPECT_FALSE(draft_contract({folder.file(file), {}, {}}, diagnostics));
        EXPECT_NE(diagnostics.text().find(told), std::string::npos) << diagnostics.text();
    }
}

TEST(ContractDraft, NamesContractsAfterServices) {
    EXPECT_EQ(contract_name_of("StockQuoteService"), "stock-quote.v1");
    EXPECT_EQ(contract_name_of("Ähm!"), "hm.v1");
    EXPECT_EQ(contract_name_of(""), "legacy.v1");
    EXPECT_EQ(contract_member_of("@nr"), "nr");
    EXPECT_EQ(contract_member_of("#text"), "value");
    EXPECT_EQ(contract_member_of("a.b:c"), "a_b_c");
    EXPECT_EQ(contract_member_of("Größe"), "Groesse");
}

// Whatever others' WSDLs hold: an operation becomes a contract that loads, or the reader says why there is none.
TEST(ContractDraft, LoadsOfWhatIsUsableInOthersWsdls) {
    auto files = test::files_of(test::corpus("wsdl"), ".wsdl");
    if (files.empty()) GTEST_SKIP() << "no corpora at " << test::corpus("wsdl");
    for (const auto& path : files) {
        SCOPED_TRACE(path.string());
        Diagnostics diagnostics;
        auto wsdl = load_wsdl(path.string(), diagnostics);
        if (!wsdl || wsdl->operations.empty()) {
            EXPECT_TRUE(diagnostics.has_errors());
            continue;
        }
        TempFolder folder;
        auto name = contract_name_of(wsdl->service);
        auto contracts = loaded(folder.path(), name, draft_contract(*wsdl, all_of(*wsdl), name));
        EXPECT_EQ(contracts->operations().size(), wsdl->operations.size());
    }
}

}  // namespace headgate::mappings
