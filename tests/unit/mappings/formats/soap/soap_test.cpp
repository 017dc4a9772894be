// SOAP envelopes: what is written, answers and faults of both versions, and answers that are neither.
#include "mappings/formats/soap/soap.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"

namespace headgate {
namespace {

const SoapRoot root{"preisAntwort", "urn:shop", true};

std::string envelope(const std::string& body, std::string_view ns = soap11_ns) {
    return "<s:Envelope xmlns:s=\"" + std::string(ns) + "\"><s:Header/><s:Body>" + body + "</s:Body></s:Envelope>";
}

std::string read(const std::string& text, const SoapRoot& expected = root) {
    Arena arena;
    auto answer = read_soap(text, "", expected, arena);
    if (!answer) return "error: " + answer.error().detail;
    if (answer->fault) return answer->code + " | " + answer->text + " | " + to_json(answer->detail);
    return to_json(answer->content);
}

TEST(WriteSoap, PutsAQualifiedRootIntoItsNamespaceAndCharset) {
    Arena arena;
    Builder builder(arena);
    auto content = read_json(R"({"@extId":"H1","name":"Müller €"})", builder);
    auto text = write_soap({"auftragAnlegen", "urn:shop", true}, *content, "ISO-8859-15");
    ASSERT_TRUE(text);
    EXPECT_EQ(
        *text,
        "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<soapenv:Envelope xmlns:soapenv=\""
        "http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><auftragAnlegen xmlns=\"urn:shop\" extId=\"H1\">"
        "<name>M\xfcller \xa4</name></auftragAnlegen></soapenv:Body></soapenv:Envelope>");
}

TEST(WriteSoap, LeavesUnqualifiedChildrenWithoutNamespace) {
    Arena arena;
    Builder builder(arena);
    auto content = read_json(R"({"b":"1"})", builder);
    auto text = write_soap({"a", "urn:x&y", false}, *content, "UTF-8");
    ASSERT_TRUE(text);
    EXPECT_NE(text->find("<m:a xmlns:m=\"urn:x&amp;y\"><b>1</b></m:a>"), std::string::npos) << *text;
}

TEST(ReadSoap, GivesTheContentOfTheExpectedRoot) {
    EXPECT_EQ(read(envelope("<p:preisAntwort xmlns:p='urn:shop'><p:pos>1</p:pos></p:preisAntwort>")), R"({"pos":"1"})");
    EXPECT_EQ(read(envelope("<preisAntwort xmlns='urn:shop'/>", soap12_ns)), R"("")");
}

TEST(ReadSoap, GivesFaultsWithTheirDetailCode) {
    EXPECT_EQ(
        read(envelope("<s:Fault><faultcode>s:Server</faultcode><faultstring>kein Bestand</faultstring><detail>"
                      "<fehler xmlns='urn:shop'><code>E4711</code><artnr>HG-1</artnr></fehler></detail></s:Fault>")),
        R"(soap:Server/E4711 | kein Bestand | {"fehler":{"code":"E4711","artnr":"HG-1"}})");
    EXPECT_EQ(read(envelope("<s:Fault><faultcode>s:Client</faultcode><faultstring>x</faultstring></s:Fault>")),
              "soap:Client | x | null");
    EXPECT_EQ(read(envelope(
                  "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>busy</s:Text></s:Reason>"
                  "<s:Detail><code>E9001</code></s:Detail></s:Fault>",
                  soap12_ns)),
              R"(soap:Server/E9001 | busy | {"code":"E9001"})");
    EXPECT_EQ(read(envelope("<s:Fault/>")), "soap: |  | null");
}

TEST(ReadSoap, RefusesOtherAnswersWithThePlace) {
    EXPECT_EQ(read(envelope("<auftrag xmlns='urn:shop'/>")),
              "error: SOAP: Envelope/Body: 'auftrag' instead of 'preisAntwort'");
    EXPECT_EQ(read(envelope("<preisAntwort xmlns='urn:other'/>")),
              "error: SOAP: Envelope/Body/preisAntwort: namespace 'urn:other' instead of 'urn:shop'");
    EXPECT_EQ(read(envelope("")), "error: SOAP: Envelope/Body: empty, 'preisAntwort' is expected");
    EXPECT_EQ(read(envelope("<preisAntwort xmlns='urn:shop'/><b/>")),
              "error: SOAP: Envelope/Body: more than one element");
    EXPECT_EQ(read("<html><body/></html>"), "error: SOAP: the root is 'html', not a SOAP envelope");
    EXPECT_EQ(read("<Envelope xmlns='urn:x'/>"), "error: SOAP: the root is 'Envelope', not a SOAP envelope");
    EXPECT_EQ(read("<s:Envelope xmlns:s='" + std::string(soap11_ns) + "'/>"),
              "error: SOAP: Envelope: exactly one Body is expected");
    // A fault of another namespace is no fault.
    EXPECT_EQ(read(envelope("<Fault xmlns='urn:shop'/>")),
              "error: SOAP: Envelope/Body: 'Fault' instead of 'preisAntwort'");
}

TEST(ReadSoap, SurvivesAnAnswerCutOffAtAnyByte) {
    std::string whole = envelope("<p:preisAntwort xmlns:p='urn:shop'><p:pos nr='1'>1</p:pos></p:preisAntwort>");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_TRUE(read(whole.substr(0, size)).starts_with("error: ")) << size;
}

}  // namespace
}  // namespace headgate
