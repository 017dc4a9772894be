// SOAP envelopes: what is written, answers and faults of both versions, and answers that are neither.
#include "mappings/formats/soap/soap.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"

namespace headgate {
namespace {

LegacyNode node(std::string name, std::string ns, std::vector<LegacyNode> children = {}) {
    LegacyNode out;
    out.name = std::move(name);
    out.ns = std::move(ns);
    out.children = std::move(children);
    if (out.children.empty()) out.type = LegacyType::text;
    return out;
}

const LegacyNode root = node("preisAntwort", "urn:shop");

// The body of a request, or 'error: ' and the detail.
std::string written(const LegacyNode& shape, std::string_view json, SoapVersion version = SoapVersion::v11) {
    Arena arena;
    Builder builder(arena);
    auto text = write_soap(version, shape, *read_json(json, builder), "UTF-8");
    if (!text) return "error: " + text.error().detail;
    auto begin = text->find("<soapenv:Header>");
    if (begin == std::string::npos) begin = text->find("<soapenv:Body>");
    return text->substr(begin, text->find("</soapenv:Envelope>") - begin);
}

std::string envelope(const std::string& body, std::string_view ns = soap11_ns) {
    return "<s:Envelope xmlns:s=\"" + std::string(ns) + "\"><s:Header/><s:Body>" + body + "</s:Body></s:Envelope>";
}

std::string read(const std::string& text, const LegacyNode& expected = root, bool types = false) {
    Arena arena;
    xml::XmlLimits limits;
    limits.types = types;
    auto answer = read_soap(text, "", expected, arena, limits);
    if (!answer) return "error: " + answer.error().detail;
    if (answer->fault) return answer->code + " | " + answer->text + " | " + to_json(answer->detail);
    return to_json(answer->content);
}

TEST(WriteSoap, PutsAQualifiedRootIntoItsNamespaceAndCharset) {
    Arena arena;
    Builder builder(arena);
    auto content = read_json(R"({"@extId":"H1","name":"Müller €"})", builder);
    auto text = write_soap(SoapVersion::v11, node("auftragAnlegen", "urn:shop"), *content, "ISO-8859-15");
    ASSERT_TRUE(text);
    EXPECT_EQ(
        *text,
        "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<soapenv:Envelope xmlns:soapenv=\""
        "http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><auftragAnlegen xmlns=\"urn:shop\" extId=\"H1\">"
        "<name>M\xfcller \xa4</name></auftragAnlegen></soapenv:Body></soapenv:Envelope>");
}

TEST(WriteSoap, PutsEachElementIntoTheNamespaceOfItsSchema) {
    EXPECT_EQ(written(node("a", "urn:x&y", {node("b", "")}), R"({"b":"1"})"),
              "<soapenv:Body><m:a xmlns:m=\"urn:x&amp;y\"><b>1</b></m:a></soapenv:Body>");
    EXPECT_EQ(
        written(node("a", "urn:a",
                     {node("@v", "urn:v"), node("@lang", "http://www.w3.org/XML/1998/namespace"),
                      node("b", "urn:b", {node("c", "urn:b"), node("d", "urn:a")}), node("e", "urn:a")}),
                R"({"@v":"1","@lang":"de","b":{"c":"2","d":"3"},"e":"4"})"),
        "<soapenv:Body><a xmlns=\"urn:a\" xmlns:a1=\"urn:v\" a1:v=\"1\" xml:lang=\"de\"><b xmlns=\"urn:b\"><c>2</c>"
        "<d xmlns=\"urn:a\">3</d></b><e>4</e></a></soapenv:Body>");
    // Unqualified elements whose own children have a namespace, as the parts of rpc.
    EXPECT_EQ(written(node("call", "urn:s", {node("part", "", {node("x", "urn:t")})}), R"({"part":{"x":"1"}})"),
              "<soapenv:Body><m:call xmlns:m=\"urn:s\"><part><x xmlns=\"urn:t\">1</x></part></m:call></soapenv:Body>");
}

TEST(WriteSoap, WritesHeadersBeforeTheBody) {
    auto shape = node("a", "urn:a",
                      {node("#header", "", {node("login", "urn:h", {node("user", "urn:h")})}), node("b", "urn:a")});
    EXPECT_EQ(written(shape, R"({"#header":{"login":{"user":"u"}},"b":"1"})"),
              "<soapenv:Header><login xmlns=\"urn:h\"><user>u</user></login></soapenv:Header><soapenv:Body><a "
              "xmlns=\"urn:a\"><b>1</b></a></soapenv:Body>");
    EXPECT_EQ(written(shape, R"({"b":"1"})"), "<soapenv:Body><a xmlns=\"urn:a\"><b>1</b></a></soapenv:Body>");
    EXPECT_EQ(written(LegacyNode(), "{}"), "<soapenv:Body></soapenv:Body>");
}

TEST(WriteSoap, NamesItsVersion) {
    Arena arena;
    auto text = write_soap(SoapVersion::v12, root, Value::string("x"), "UTF-8");
    ASSERT_TRUE(text);
    EXPECT_NE(text->find("<soapenv:Envelope xmlns:soapenv=\"http://www.w3.org/2003/05/soap-envelope\">"),
              std::string::npos);
    EXPECT_EQ(soap_content_type(SoapVersion::v12, "UTF-8", "urn:a"),
              "application/soap+xml; charset=UTF-8; action=\"urn:a\"");
    EXPECT_EQ(soap_content_type(SoapVersion::v12, "UTF-8", ""), "application/soap+xml; charset=UTF-8");
    EXPECT_EQ(soap_content_type(SoapVersion::v11, "UTF-8", "urn:a"), "text/xml; charset=UTF-8");
}

// A payment, of which a card and a transfer are extensions.
LegacyNode payment(bool abstract) {
    auto pay = node("pay", "urn:a",
                    {node("@xsi:type", ""), node("sum", "urn:a"), node("card", "urn:a"), node("iban", "urn:b"),
                     node("bic", "urn:b")});
    pay.types = std::make_shared<std::vector<XmlType>>(
        std::vector<XmlType>{{"urn:a", "Payment", abstract, {"sum"}},
                             {"urn:a", "Card", false, {"sum", "card"}},
                             {"urn:b", "Transfer", false, {"sum", "iban", "bic"}},
                             {"urn:b", "Debit", false, {"sum", "iban"}}});
    return node("a", "urn:a", {pay});
}

TEST(WriteSoap, TellsTheTypeThatTheMembersMake) {
    auto body = [](const std::string& inside) {
        return "<soapenv:Body><a xmlns=\"urn:a\">" + inside + "</a></soapenv:Body>";
    };
    std::string xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    EXPECT_EQ(written(payment(false), R"({"pay":{"sum":"1"}})"), body("<pay><sum>1</sum></pay>"));
    EXPECT_EQ(written(payment(false), R"({"pay":{"sum":"1","card":"4"}})"),
              body("<pay" + xsi + " xmlns:t=\"urn:a\" xsi:type=\"t:Card\"><sum>1</sum><card>4</card></pay>"));
    // The least type that has all of them.
    EXPECT_EQ(written(payment(true), R"({"pay":{"sum":"1","iban":"D"}})"),
              body("<pay" + xsi +
                   " xmlns:t=\"urn:b\" xsi:type=\"t:Debit\"><sum>1</sum><iban xmlns=\"urn:b\">D</iban></pay>"));
    EXPECT_EQ(written(payment(true), R"({"pay":{"@xsi:type":"Transfer","sum":"1"}})"),
              body("<pay" + xsi + " xmlns:t=\"urn:b\" xsi:type=\"t:Transfer\"><sum>1</sum></pay>"));
    EXPECT_EQ(
        written(payment(true), R"({"pay":{"sum":"1"}})"),
        "error: XML: pay: 'Card' and 'Transfer' both have these members: its xsi:type can't be told, give @xsi:type");
    EXPECT_EQ(written(payment(false), R"({"pay":{"card":"4","iban":"D"}})"),
              "error: XML: pay: no type of the schema has all of these members: its xsi:type can't be told");
    EXPECT_EQ(written(payment(true), R"({"pay":{"@xsi:type":"Card","iban":"D"}})"),
              "error: XML: pay: xsi:type 'Card' has no 'iban'");
    EXPECT_EQ(written(payment(true), R"({"pay":{"@xsi:type":"Payment"}})"),
              "error: XML: pay: xsi:type 'Payment' is abstract");
    EXPECT_EQ(written(payment(true), R"({"pay":{"@xsi:type":"Cash"}})"),
              "error: XML: pay: xsi:type 'Cash' is none of the types of this element");
    EXPECT_EQ(written(root, R"({"@xsi:type":"Cash"})"),
              "error: XML: preisAntwort: @xsi:type of an element that has no other types");
}

TEST(ReadSoap, TellsTypesWithoutTheirPrefixWhereTheSchemaHasThem) {
    std::string text = envelope(
        "<a xmlns='urn:a' xmlns:q='urn:b' xmlns:x='http://www.w3.org/2001/XMLSchema' "
        "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><pay i:type='q:Transfer'><sum i:type='x:decimal'>1</sum>"
        "<q:iban i:type='q:Iban'>D</q:iban></pay><pay i:type='q:Debit'/></a>");
    EXPECT_EQ(read(text, payment(true), true),
              R"({"pay":[{"@xsi:type":"Transfer","sum":"1","iban":"D"},{"@xsi:type":"Debit"}]})");
    EXPECT_EQ(read(text, payment(true)), R"({"pay":[{"sum":"1","iban":"D"},""]})");
}

TEST(ReadSoap, GivesTheHeaderWhereItIsDeclared) {
    std::string text = "<s:Envelope xmlns:s=\"" + std::string(soap11_ns) +
                       "\"><s:Header><h:ticket xmlns:h='urn:h'>7</h:ticket></s:Header><s:Body><preisAntwort "
                       "xmlns='urn:shop'><b>1</b></preisAntwort></s:Body></s:Envelope>";
    EXPECT_EQ(read(text), R"({"b":"1"})");
    EXPECT_EQ(read(text, node("preisAntwort", "urn:shop", {node("#header", "", {node("ticket", "urn:h")})})),
              R"({"#header":{"ticket":"7"},"b":"1"})");
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
    EXPECT_EQ(read(envelope("<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>m:Bad</s:Value><s:Subcode>"
                            "<s:Value> m:E4711 </s:Value></s:Subcode></s:Subcode></s:Code></s:Fault>",
                            soap12_ns)),
              "soap:Client/E4711 |  | null");
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
