// Mappings of SOAP operations: headers, types that extend one another, versions.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "contracts/document/json.hpp"
#include "mappings/formats/soap/soap.hpp"
#include "mappings/plan/plan.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

const char* const contract = R"(openapi: 3.1.0
info: { title: Payments, version: 1.0.0, x-contract: payments.v1 }
security: []
paths:
  /payments/v1/book:
    post:
      operationId: book
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Payment" } } }
      responses:
        "200":
          description: Booked.
          content: { application/json: { schema: { $ref: "#/components/schemas/Payment" } } }
components:
  schemas:
    Payment:
      type: object
      required: [amount, method]
      properties:
        amount: { type: integer, minimum: 0, maximum: 99999 }
        method: { type: string, enum: [card, transfer] }
        card: { type: string, maxLength: 20 }
        iban: { type: string, maxLength: 34 }
)";

std::string mapping(const std::string& legacy, const std::string& header) {
    return "map: payments.v1/book <-> till.buchen\nlegacy: { wsdl: payments.wsdl" + legacy +
           " }\ntables:\n  method: { card: KartenZahlung, transfer: Ueberweisung }\nrequest:\n" + header +
           "  - amount <-> zahlung/summe | int\n"
           "  - drop: { contract: method, why: the members say it }\n"
           "  - card <-> zahlung/karte | text(20)\n"
           "  - iban <-> zahlung/iban | text(34)\n"
           "reply:\n"
           "  - amount <- zahlung/summe | int\n"
           "  - method <- zahlung/@xsi:type | table(method)\n"
           "  - card <- zahlung/karte | text(20)\n"
           "  - iban <- zahlung/iban | text(34)\n";
}

const std::string user = "  - set: { legacy: \"#header/anmeldung/benutzer\", value: till7 }\n";

class SoapMapping : public testing::Test {
  protected:
    std::string load(const std::string& text) {
        std::ofstream(of_contracts_.file("payments.v1.yaml")) << contract;
        std::ofstream(folder_.file("till.map.yaml")) << text;
        std::filesystem::copy_file(HEADGATE_SOURCE_DIR "/tests/golden/wsdl/payments.wsdl",
                                   folder_.file("payments.wsdl"), std::filesystem::copy_options::overwrite_existing);
        Diagnostics diagnostics;
        contracts_ = load_contracts({of_contracts_.path()}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        plan_ = load_mapping(folder_.file("till.map.yaml"), "", *contracts_, diagnostics);
        auto told = diagnostics.text();
        auto at = told.find("till.map.yaml");
        return at == std::string::npos ? told : told.substr(at);
    }
    const SoapCall& call() const { return std::get<SoapCall>(plan_->call()); }
    // The envelope without its declaration, or 'error: ' and the detail.
    std::string sent(std::string_view message) {
        Builder builder(arena_);
        auto legacy = plan_->to_legacy(*read_json(message, builder, {}, false), builder);
        if (!legacy) return "error: " + legacy.error().detail;
        auto bytes = write_soap(call().version, call().request, *legacy, call().charset);
        return bytes ? bytes->substr(bytes->find('\n') + 1) : "error: " + bytes.error().detail;
    }
    std::string read(const std::string& payment) {
        std::string text = "<s:Envelope xmlns:s='" + std::string(soap11_ns) +
                           "'><s:Body><gebucht xmlns='urn:pay' xmlns:p='urn:pay' "
                           "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>" +
                           payment + "</gebucht></s:Body></s:Envelope>";
        xml::XmlLimits limits;
        limits.types = call().types;
        auto answer = read_soap(text, {}, call().response, arena_, limits);
        if (!answer) return "error: " + answer.error().detail;
        Builder builder(arena_);
        auto message = plan_->to_contract(answer->content, Value(), builder);
        return message ? to_json(*message) : "error: " + message.error().detail;
    }

    TempFolder folder_, of_contracts_;
    std::shared_ptr<const Registry> contracts_;
    std::unique_ptr<const Plan> plan_;
    Arena arena_;
};

TEST_F(SoapMapping, WritesHeaderAndTheTypeThatTheMembersMake) {
    ASSERT_EQ(load(mapping("", user)), "");
    EXPECT_EQ(
        sent(R"({"amount":5,"method":"card","card":"4711"})"),
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Header><anmeldung "
        "xmlns=\"urn:pay\"><benutzer>till7</benutzer></anmeldung></soapenv:Header><soapenv:Body><buchen "
        "xmlns=\"urn:pay\"><zahlung xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:t=\"urn:pay\" "
        "xsi:type=\"t:KartenZahlung\"><summe>5</summe><karte>4711</karte></zahlung></buchen></soapenv:Body>"
        "</soapenv:Envelope>");
    EXPECT_NE(sent(R"({"amount":5,"method":"transfer","iban":"DE1"})").find("xsi:type=\"t:Ueberweisung\""),
              std::string::npos);
    EXPECT_EQ(
        sent(R"({"amount":5,"method":"card"})"),
        "error: XML: zahlung: 'KartenZahlung' and 'Ueberweisung' both have these members: its xsi:type can't be told, "
        "give @xsi:type");
}

TEST_F(SoapMapping, ReadsTheTypeAndTheMembersOfIt) {
    ASSERT_EQ(load(mapping("", user)), "");
    EXPECT_TRUE(call().types);
    EXPECT_EQ(read("<zahlung i:type='p:Ueberweisung'><summe>5</summe><iban>DE1</iban></zahlung>"),
              R"({"amount":5,"method":"transfer","iban":"DE1"})");
    EXPECT_EQ(read("<zahlung i:type='p:KartenZahlung'><summe>5</summe><karte>4711</karte></zahlung>"),
              R"({"amount":5,"method":"card","card":"4711"})");
    EXPECT_TRUE(read("<zahlung i:type='p:Scheck'><summe>5</summe></zahlung>").starts_with("error: "));
}

TEST_F(SoapMapping, IsRefusedWithoutTheRequiredHeader) {
    std::string told = load(mapping("", ""));
    EXPECT_NE(told.find("requires '#header' and no rule writes it"), std::string::npos) << told;
    EXPECT_EQ(plan_, nullptr);
}

TEST_F(SoapMapping, SpeaksTheVersionThatItNames) {
    ASSERT_EQ(load(mapping(", soap: \"1.2\"", "")), "");
    EXPECT_EQ(call().version, SoapVersion::v12);
    EXPECT_NE(sent(R"({"amount":5,"method":"card","card":"1"})").find("http://www.w3.org/2003/05/soap-envelope"),
              std::string::npos);
    std::string told = load(mapping(", soap: \"2.0\"", ""));
    EXPECT_TRUE(told.starts_with("till.map.yaml:2:39: error: unknown version of SOAP '2.0'")) << told;
}

TEST_F(SoapMapping, TellsWhichRulesCarryAPlaceOfTheLegacyMessage) {
    ASSERT_EQ(load(mapping("", user)), "");
    auto lines = [&](bool answer, const std::vector<std::string>& path) {
        std::string out;
        for (const auto& mark : plan_->rules_of(answer, path)) out += std::to_string(mark.line) + " ";
        return out;
    };
    EXPECT_EQ(lines(false, {"zahlung", "karte"}), "9 ");
    EXPECT_EQ(lines(true, {"zahlung", "@xsi:type"}), "13 ");
    EXPECT_EQ(lines(true, {"zahlung"}), "12 13 14 15 ");
    EXPECT_EQ(lines(false, {"#header", "anmeldung"}), "6 ");
    EXPECT_EQ(lines(true, {"neu"}), "");
}

}  // namespace
}  // namespace headgate
