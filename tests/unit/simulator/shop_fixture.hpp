// A shop with its books in a folder of its own, and requests to it.
#pragma once

#include <gtest/gtest.h>

#include "tests/simulator/embedded.hpp"
#include "tests/simulator/shop/latin9.hpp"
#include "tests/simulator/shop/shop.hpp"
#include "tests/unit/simulator/folder.hpp"
#include "tests/unit/simulator/pick_files.hpp"

namespace simulator {

struct ShopFixture : testing::Test {
    HttpAnswer post(const std::string& operation, const std::string& body, const std::string& charset = "ISO-8859-15") {
        HttpRequest request{"POST", "/shop", body, {}, {}};
        request.headers["content-type"] = "text/xml; charset=" + charset;
        request.headers["soapaction"] = "\"urn:handelshaus:shop:v3#" + operation + "\"";
        return shop.handle(request);
    }
    static std::string envelope(const std::string& content) {
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><s:Envelope "
               "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" +
               content + "</s:Body></s:Envelope>";
    }
    // <element xmlns=...>content</element> in an envelope, asked; the answer as UTF-8.
    std::string ask(const std::string& operation, const std::string& element, const std::string& content) {
        return utf8_of_latin9(post(operation, envelope("<" + element + " xmlns=\"urn:handelshaus:shop:v3\">" + content +
                                                       "</" + element + ">"))
                                  .body);
    }
    std::string query(const std::string& article) {
        return envelope(
            "<q:preisAnfrage xmlns:q=\"urn:handelshaus:shop:v3\"><q:mandant>100</q:mandant><q:vkweg>01</q:vkweg>"
            "<q:waehr>EUR</q:waehr><q:pos><q:artnr>" +
            article + "</q:artnr><q:menge>1</q:menge></q:pos></q:preisAnfrage>");
    }
    std::string order(const std::string& id = "HO0000000000000000A1", const std::string& more = "") {
        return envelope(
            "<auftragAnlegen xmlns=\"urn:handelshaus:shop:v3\"><ord extId=\"" + id +
            "\"><mandant>100</mandant>"
            "<ordDat>23.11.2026 11:15:00</ordDat><vkweg>01</vkweg><kunde><kdnr>c-000001</kdnr><name>M\xFC\xDFig, "
            "J\xFCrgen \xA4</name>"
            "<mail>a@example.org</mail></kunde><filiale>0007</filiale><pos nr=\"001\"><artnr>" +
            sku + "</artnr><lag>0001</lag><menge>2</menge><preis>12.34</preis></pos>" + more +
            "<summe>24.68</summe><waehr>EUR</waehr></"
            "ord></auftragAnlegen>");
    }
    // What is wrong with an answer by the WSDL; empty: nothing.
    static std::string misfit(const std::string& utf8) {
        const WsdlCheck check(shop_wsdl);
        pugi::xml_document xml;
        if (!xml.load_buffer(utf8.data(), utf8.size(), pugi::parse_default, pugi::encoding_utf8)) return "XML";
        auto element = xml.document_element().child("soap:Body").first_child();
        if (std::string_view(element.name()) == "soap:Fault") element = element.child("detail").first_child();
        const auto fault = check.check(element);
        return fault ? fault->place + " " + fault->why : std::string();
    }
    TestFolder folder;
    Catalog catalog{7};
    OrderBook orders{folder / "orders.jsonl"};
    RefundBook refunds{folder / "refunds.jsonl"};
    Shop shop{catalog, orders, refunds};
    std::string sku = catalog.articles().front().sku;
};

}  // namespace simulator
