// Contracts drafted from WSDLs: they load without a word, and hold the operations' fields.
#include "mappings/draft/contract_draft.hpp"

#include <gtest/gtest.h>

#include "contracts/registry/registry.hpp"
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
