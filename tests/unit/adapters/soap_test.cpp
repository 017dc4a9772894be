// The adapter soap over a scripted HTTP client.
#include <gtest/gtest.h>

#include <fstream>

#include "mappings/formats/soap/wsdl.hpp"
#include "tests/unit/adapters/harness.hpp"

namespace headgate {
namespace {

SoapCall price_query() {
    SoapCall call;
    call.operation = "priceQuery";
    call.soap_action = "urn:shop#priceQuery";
    call.request.name = "preisAnfrage";
    call.response.name = "preisAntwort";
    call.request.ns = call.response.ns = "urn:shop";
    call.charset = "ISO-8859-15";
    return call;
}

std::string envelope(const std::string& body) {
    return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body +
           "</s:Body></s:Envelope>";
}
const std::string fault = envelope(
    "<s:Fault><faultcode>s:Server</faultcode><faultstring>intern: Tabelle "
    "X</faultstring><detail><fehler><code>E4711</code>"
    "<artnr>HG-1</artnr></fehler></detail></s:Fault>");

class SoapAdapter : public testing::Test {
  protected:
    std::unique_ptr<SystemHost> host =
        open_from("adapter: soap\nurl: http://shop.test:7001/shop\ndeadline_ms: 50\nconcurrency: 2\n");
    Caller caller{*host};
    FakePlan plan{price_query()};
};

TEST_F(SoapAdapter, PostsAnEnvelopeAndGivesTheAnswer) {
    caller.http.answer(200, envelope("<preisAntwort xmlns='urn:shop'><ort>K\xf6ln</ort></preisAntwort>"),
                       "text/xml; charset=\"iso-8859-15\"");
    EXPECT_EQ(caller.call(&plan, R"({"name":"Müller"})").line, R"(200 {"ort":"Köln"})");
    ASSERT_EQ(caller.http.sent.size(), 1u);
    const auto& sent = caller.http.sent[0];
    EXPECT_EQ(sent.request.method, "POST");
    EXPECT_EQ(sent.request.target, "/shop");
    EXPECT_EQ(sent.to.host_header, "shop.test:7001");
    EXPECT_EQ(sent.header("SOAPAction"), "\"urn:shop#priceQuery\"");
    EXPECT_EQ(sent.header("Content-Type"), "text/xml; charset=ISO-8859-15");
    EXPECT_NE(sent.request.body.find("<name>M\xfcller</name>"), std::string::npos) << sent.request.body;
    EXPECT_FALSE(sent.request.idempotent);
    EXPECT_LE(sent.context.deadline.remaining(), milliseconds(50));
}

TEST_F(SoapAdapter, SpeaksSoap12WithItsActionInTheMediaType) {
    SoapCall call = price_query();
    call.version = SoapVersion::v12;
    FakePlan of_12{call};
    auto in_12 = [](const std::string& body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>" + body +
               "</s:Body></s:Envelope>";
    };
    caller.http.answer(200, in_12("<preisAntwort xmlns='urn:shop'><ort>x</ort></preisAntwort>"),
                       "application/soap+xml; charset=utf-8");
    EXPECT_EQ(caller.call(&of_12, "{}").line, R"(200 {"ort":"x"})");
    const auto& sent = caller.http.sent[0];
    EXPECT_EQ(sent.header("Content-Type"), "application/soap+xml; charset=ISO-8859-15; action=\"urn:shop#priceQuery\"");
    EXPECT_EQ(sent.header("SOAPAction"), "");
    EXPECT_NE(sent.request.body.find("<soapenv:Envelope xmlns:soapenv=\"http://www.w3.org/2003/05/soap-envelope\">"),
              std::string::npos);
    // A fault of the sender is told with 400.
    of_12.verdict = [](std::string_view code, const Value&) {
        EXPECT_EQ(code, "soap:Client/E4711");
        return FaultVerdict{FaultVerdict::Outcome::rejected, "out-of-stock", ""};
    };
    caller.http.answer(
        400,
        in_12("<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:m='urn:shop'>m:E4711"
              "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>nein</s:Text></s:Reason></s:Fault>"),
        "application/soap+xml");
    EXPECT_EQ(caller.call(&of_12, "{}").line, "rejected out-of-stock");
    caller.http.answer(400, "", "");
    EXPECT_EQ(caller.call(&of_12, "{}").line, name(ErrorKind::system_fault));
}

TEST_F(SoapAdapter, TakesAnyAcceptanceOfAOneWayCall) {
    SoapCall call = price_query();
    call.response = {};
    call.one_way = true;
    FakePlan one_way{call};
    one_way.contract = [](const Value&, Builder&) -> Result<Value> { return Value::null(); };
    for (int status : {200, 202, 204}) {
        caller.http.answer(status, "", "");
        EXPECT_EQ(caller.call(&one_way, "{}").line, "200 null") << status;
    }
    caller.http.answer(200, envelope(""), "text/xml");
    EXPECT_EQ(caller.call(&one_way, "{}").line, "200 null");
    caller.http.answer(500, fault, "text/xml");
    EXPECT_EQ(caller.call(&one_way, "{}").line, name(ErrorKind::system_fault));
}

TEST_F(SoapAdapter, MaySendTwiceWhatIsSafeOrHasAKey) {
    Operation operation;
    operation.safe = true;
    caller.call(&plan, "{}", {}, &operation);
    CallContext context;
    context.idempotency_key = "key-12345";
    caller.call(&plan, "{}", context);
    EXPECT_TRUE(caller.http.sent[0].request.idempotent);
    EXPECT_TRUE(caller.http.sent[1].request.idempotent);
}

TEST_F(SoapAdapter, MakesOfAFaultWhatTheMappingSays) {
    FaultVerdict verdict;
    plan.verdict = [&](std::string_view code, const Value& detail) {
        EXPECT_EQ(code, "soap:Server/E4711");
        EXPECT_EQ(to_json(detail), R"({"fehler":{"code":"E4711","artnr":"HG-1"}})");
        return verdict;
    };
    for (int status : {500, 200}) {  // some servers say 200 to a fault
        caller.http.answer(status, fault, "text/xml");
        verdict = {FaultVerdict::Outcome::rejected, "out-of-stock", "/lines/0"};
        Reply reply = caller.call(&plan, "{}");
        EXPECT_EQ(reply.line, "rejected out-of-stock /lines/0");
        EXPECT_EQ(reply.error.system, "tested");
        EXPECT_EQ(reply.error.message.find("Tabelle"), std::string::npos);
        EXPECT_NE(reply.error.detail.find("Tabelle"), std::string::npos);
    }
    caller.http.answer(500, fault, "text/xml");
    verdict = {FaultVerdict::Outcome::retry, "", ""};
    EXPECT_EQ(caller.call(&plan, "{}").line, name(ErrorKind::system_unavailable));
    caller.http.answer(500, fault, "text/xml");
    verdict = {};
    EXPECT_EQ(caller.call(&plan, "{}").line, name(ErrorKind::system_fault));
}

TEST_F(SoapAdapter, RefusesAnswersThatAreNone) {
    struct Case {
        int status;
        std::string body, type;
        ErrorKind kind;
    };
    for (const Case& c :
         {Case{200, "<html/>", "text/html", ErrorKind::bad_answer},
          Case{200, "<html/>", "text/xml", ErrorKind::bad_answer},
          Case{200, envelope("<other xmlns='urn:shop'/>"), "text/xml", ErrorKind::bad_answer},
          Case{200, "<!DOCTYPE a><a/>", "text/xml", ErrorKind::bad_answer},
          Case{200, "", "text/xml", ErrorKind::bad_answer}, Case{500, "broken", "text/plain", ErrorKind::system_fault},
          Case{500, envelope("<preisAntwort xmlns='urn:shop'/>"), "text/xml", ErrorKind::bad_answer},
          Case{404, "", "", ErrorKind::system_fault}, Case{503, "", "text/html", ErrorKind::system_unavailable}}) {
        caller.http.answer(c.status, c.body, c.type);
        EXPECT_EQ(caller.call(&plan, "{}").line, name(c.kind)) << c.status << c.body;
    }
}

TEST_F(SoapAdapter, EndsAtItsOwnDeadlineAndPassesTransportErrorsOn) {
    caller.http.hang();
    EXPECT_EQ(caller.call(&plan, "{}").line, name(ErrorKind::deadline_exceeded));
    caller.http.fail(ErrorKind::system_unavailable);
    EXPECT_EQ(caller.call(&plan, "{}").line, name(ErrorKind::system_unavailable));
}

TEST_F(SoapAdapter, RefusesTheCallOverItsConcurrency) {
    caller.http.hang();
    caller.http.hang();
    std::vector<std::string> lines;
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(caller.io, caller.task(&plan, "{}", {}),
                       [&](std::exception_ptr, Reply reply) { lines.push_back(reply.line); });
    caller.io.restart();
    caller.io.run();
    std::sort(lines.begin(), lines.end());
    EXPECT_EQ(lines, (std::vector<std::string>{std::string(name(ErrorKind::deadline_exceeded)),
                                               std::string(name(ErrorKind::deadline_exceeded)),
                                               std::string(name(ErrorKind::overloaded))}));
    caller.http.hang();
    EXPECT_EQ(caller.call(&plan, "{}").line, name(ErrorKind::deadline_exceeded));  // the permits came back
}

TEST_F(SoapAdapter, IsAliveWithAnyHttpAnswer) {
    caller.http.answer(405, "", "");
    EXPECT_EQ(caller.probe(), "alive");
    caller.http.fail(ErrorKind::system_unavailable);
    EXPECT_EQ(caller.probe(), name(ErrorKind::system_unavailable));
}

// The call of the shop's own WSDL.
FakePlan of_shop(const std::string& operation) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/shop.wsdl", diagnostics);
    const SoapOperation& known = *wsdl->find(operation);
    SoapCall call;
    call.operation = operation;
    call.soap_action = known.soap_action;
    call.request = known.request;
    call.response = known.response;
    return FakePlan(call);
}
std::string shop_wsdl(const std::string& what = "", const std::string& with = "") {
    std::ifstream in(HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/shop.wsdl");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    for (auto at = text.find(what); !what.empty() && at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

TEST_F(SoapAdapter, HoldsTheLiveWsdlAgainstTheMappings) {
    auto query = of_shop("priceQuery");
    auto look = [&](const std::string& wsdl) {
        caller.http.answer(200, wsdl, "text/xml");
        return caller.examine({&query});
    };
    EXPECT_EQ(look(shop_wsdl()), "");
    EXPECT_EQ(caller.http.sent[0].request.method, "GET");
    EXPECT_EQ(caller.http.sent[0].request.target, "/shop?wsdl");
    EXPECT_EQ(look(shop_wsdl("name=\"bez\" type=\"tns:text80\"", "name=\"bez\" type=\"tns:text10\"")),
              "answer pos/aktion/bez narrower was text(80) is text(10)\n");
    EXPECT_EQ(look(shop_wsdl("<xsd:element name=\"vkweg\" type=\"tns:text3\"/>\n        <xsd:element name=\"waehr\"",
                             "<xsd:element name=\"kanal\" type=\"tns:text3\"/>\n        <xsd:element name=\"waehr\"")),
              "request vkweg gone was text(3)\nrequest kanal added is text(3)\n");
    EXPECT_EQ(look(shop_wsdl("priceQuery", "preisAbfrage")), "call operation-gone was priceQuery\n");
    EXPECT_EQ(look(shop_wsdl("#priceQuery", "#v4")),
              "call action was urn:handelshaus:shop:v3#priceQuery is "
              "urn:handelshaus:shop:v3#v4\n");
    EXPECT_TRUE(look("<html/>").starts_with("bad-answer")) << look("<html/>");
    EXPECT_TRUE(look("").starts_with("bad-answer"));
    caller.http.answer(404, "", "");
    EXPECT_EQ(caller.examine({&query}), "system-unavailable: http://shop.test:7001/shop?wsdl: HTTP 404");
    caller.http.fail(ErrorKind::system_unavailable);
    EXPECT_TRUE(caller.examine({&query}).starts_with("system-unavailable"));
}

TEST_F(SoapAdapter, FetchesWhatTheLiveWsdlImportsFromItsOwnOrigin) {
    auto query = of_shop("priceQuery");
    std::string whole = shop_wsdl();
    auto begin = whole.find("<xsd:schema"), end = whole.find("</xsd:schema>") + 13;
    std::string schema = whole.substr(begin, end - begin);
    schema.insert(schema.find(' '),
                  " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:tns=\"urn:handelshaus:shop:v3\"");
    whole.replace(
        begin, end - begin,
        "<xsd:schema><xsd:import namespace=\"urn:handelshaus:shop:v3\" schemaLocation=\"?xsd=1\"/><xsd:import "
        "schemaLocation=\"http://elsewhere.test/x.xsd\"/></xsd:schema>");
    caller.http.answer(200, whole, "text/xml");
    caller.http.answer(200, schema, "text/xml");
    EXPECT_EQ(caller.examine({&query}), "");
    ASSERT_EQ(caller.http.sent.size(), 2u);
    EXPECT_EQ(caller.http.sent[1].request.target, "/shop?xsd=1");
}

TEST(OpenSystem, ReportsFaultsOfSettingsWithTheirPlace) {
    auto fault_of = [](const std::string& yaml) {
        Diagnostics diagnostics;
        EXPECT_EQ(open_from(yaml, diagnostics), nullptr) << yaml;
        return diagnostics.text();
    };
    auto contains = [](const std::string& text, const std::string& part) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    contains(fault_of("adapter: sope\n"),
             "headgate.yaml:1:10: error: system 'tested' has the unknown adapter 'sope' (did you mean 'soap'?)");
    contains(fault_of("adapter: soap\nurl: http://a/\ndeadlin_ms: 5\n"), "headgate.yaml:3:1");
    contains(fault_of("adapter: soap\nurl: http://a/\ndeadlin_ms: 5\n"), "deadline_ms");
    contains(fault_of("adapter: soap\nurl: ftp://a/\n"), "headgate.yaml:2:6");
    contains(fault_of("adapter: soap\n"), "'url'");
    contains(fault_of("adapter: soap\nurl: http://a/\nwsdl: nowhere.wsdl\n"), "nowhere.wsdl");
    contains(fault_of("adapter: soap\nurl: http://a/\ndeadline_ms: 0\n"), "headgate.yaml:3:14");
    contains(fault_of("adapter: odbc\n"), "'connection'");
    contains(fault_of("adapter: odbc\ndsn: A\nconnection: B\n"), "'connection'");
    contains(fault_of("adapter: odbc\ndsn: A\nconnections: 8\nconcurrency: 4\n"), "headgate.yaml:4:14");
    contains(fault_of("adapter: files\n"), "inbox");
    contains(fault_of("adapter: http\nurl: x\n"), "headgate.yaml:2:6");
}

TEST(OpenSystem, TakesTheUrlFromTheWsdlAndRefusesPlansThatAreNotItsOwn) {
    auto host = open_from("adapter: soap\nwsdl: " HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/shop.wsdl\n");
    ASSERT_NE(host, nullptr);
    EXPECT_NE(host->refuses(FakePlan(price_query())), "");  // another namespace
    SoapCall call = price_query();
    call.request.ns = "urn:handelshaus:shop:v3";
    EXPECT_EQ(host->refuses(FakePlan(call)), "");
    call.operation = "other";
    EXPECT_NE(host->refuses(FakePlan(call)), "");
    EXPECT_NE(host->refuses(FakePlan(RowsQuery())), "");
}

}  // namespace
}  // namespace headgate
