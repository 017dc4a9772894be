// Reading WSDLs: the shop's own, small ones for each feature, and others' WSDLs without a crash.
#include "mappings/formats/soap/wsdl.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/corpora.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;

// A node and all below it, one line.
std::string tree(const LegacyNode& node) {
    static const char* types[] = {"", ":text", ":int", ":dec", ":date", ":datetime", ":bool"};
    std::string out = node.name + types[static_cast<int>(node.type)];
    if (node.length)
        out += "(" + std::to_string(node.length) + (node.fraction ? "," + std::to_string(node.fraction) : "") + ")";
    if (!node.codes.empty()) {
        out += "=";
        for (const auto& code : node.codes) out += (&code == &node.codes.front() ? "" : "|") + code;
    }
    if (node.nillable) out += "~";
    if (node.optional || node.repeated) out += node.repeated ? (node.optional ? "*" : "+") : "?";
    if (node.children.empty()) return out;
    out += "{";
    for (const auto& child : node.children) out += (&child == &node.children.front() ? "" : " ") + tree(child);
    return out + "}";
}

TEST(LoadWsdl, ReadsTheShop) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(std::string(HEADGATE_SOURCE_DIR) + "/mappings/catalog/legacy/shop.wsdl", diagnostics);
    ASSERT_NE(wsdl, nullptr);
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_EQ(wsdl->endpoint, "http://127.0.0.1:7001/shop");
    ASSERT_EQ(wsdl->operations.size(), 3u);
    const SoapOperation* query = wsdl->find("priceQuery");
    ASSERT_NE(query, nullptr);
    EXPECT_EQ(query->soap_action, "urn:handelshaus:shop:v3#priceQuery");
    EXPECT_EQ(query->request_element, "preisAnfrage");
    EXPECT_EQ(query->response_element, "preisAntwort");
    EXPECT_EQ(query->target_namespace, "urn:handelshaus:shop:v3");
    EXPECT_TRUE(query->qualified);
    EXPECT_EQ(tree(query->request),
              "preisAnfrage{mandant:text(3) vkweg:text(3) waehr:text(3) pos+{artnr:text(18) menge:dec(12,4)}}");
    EXPECT_EQ(
        tree(query->response),
        "preisAntwort{mandant:text(3) stand:text(19) pos*{artnr:text(18) listPreis:dec(12,2) aktPreis:dec(12,2) "
        "waehr:text(3) aktion?{@nr:text(10) bez:text(80)} gueltVon:text(19) gueltBis:text(19)~?} fehlend:text(18)*}");
    ASSERT_EQ(query->faults.size(), 1u);
    EXPECT_EQ(tree(query->faults[0]), "fehler{code:text(10) text:text(80) artnr:text(18)?}");
    EXPECT_EQ(tree(wsdl->find("orderCreate")->request),
              "auftragAnlegen{ord{@extId:text(20) mandant:text(3) ordDat:text(19) vkweg:text(3) kunde{kdnr:text(20) "
              "name:text(80) mail:text(80)} lief?{name:text(80) str:text(80) plz:text(10) ort:text(80) land:text(3)} "
              "filiale:text(4)? pos+{@nr:text(3) artnr:text(18) lag:text(4) menge:dec(12,4) preis:dec(12,2) "
              "geschenk:text=J|N?} summe:dec(12,2) waehr:text(3)}}");
    EXPECT_EQ(wsdl->find("nothing"), nullptr);
}

// A WSDL whose request is the element `q`, written by a test.
class WsdlOf {
  public:
    explicit WsdlOf(const std::string& types, const std::string& binding_style = "document") {
        folder_ = fs::temp_directory_path() / ("headgate-wsdl-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        std::ofstream(folder_ / "x.wsdl")
            << "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' "
               "xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' "
               "xmlns:x='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'>\n<w:types>"
               "<x:schema targetNamespace='urn:t' elementFormDefault='qualified'><x:element name='a' "
               "type='x:string'/>\n"
            << types
            << "</x:schema></w:types><w:message name='in'><w:part name='p' element='t:q'/></w:message>"
               "<w:message name='out'><w:part name='p' element='t:a'/></w:message>"
               "<w:portType name='P'><w:operation name='o'><w:input message='t:in'/><w:output message='t:out'/>"
               "</w:operation></w:portType><w:binding name='B' type='t:P'><s:binding style='"
            << binding_style
            << "'/><w:operation name='o'><s:operation soapAction='act'/></w:operation></w:binding></w:definitions>";
        wsdl_ = load_wsdl((folder_ / "x.wsdl").string(), diagnostics_);
    }
    ~WsdlOf() { fs::remove_all(folder_); }
    std::string request() const {
        if (!wsdl_ || !wsdl_->find("o")) return "none: " + diagnostics_.text();
        return tree(wsdl_->find("o")->request);
    }
    // The first fault without the folder: 'x.wsdl:3:1: error: ...'
    std::string fault() const {
        std::string text = diagnostics_.text();
        auto at = text.find("x.wsdl");
        return at == std::string::npos ? text : text.substr(at, text.find('\n') - at);
    }

  private:
    fs::path folder_;
    Diagnostics diagnostics_;
    std::shared_ptr<const Wsdl> wsdl_;
};

TEST(LoadWsdl, ReadsExtensionsGroupsAndSimpleContent) {
    EXPECT_EQ(
        WsdlOf("<x:complexType name='base'><x:sequence><x:element name='b' type='x:int'/></x:sequence>"
               "<x:attribute name='n' type='x:string'/></x:complexType>"
               "<x:group name='g'><x:sequence><x:element name='e' type='x:dateTime'/></x:sequence></x:group>"
               "<x:element name='q'><x:complexType><x:complexContent><x:extension base='t:base'><x:sequence>"
               "<x:element name='c' type='x:date' minOccurs='0'/><x:group ref='t:g'/></x:sequence>"
               "<x:attribute name='m' use='required'/></x:extension></x:complexContent></x:complexType></x:element>")
            .request(),
        "q{@n:text? @m:text b:int c:date? e:datetime}");
    EXPECT_EQ(WsdlOf("<x:element name='q'><x:complexType><x:simpleContent><x:extension base='x:decimal'>"
                     "<x:attribute name='w'/></x:extension></x:simpleContent></x:complexType></x:element>")
                  .request(),
              "q{@w:text? #text:dec}");
    EXPECT_EQ(WsdlOf("<x:element name='q'><x:complexType><x:sequence><x:choice><x:element name='b' type='x:boolean'/>"
                     "<x:element ref='t:a'/></x:choice></x:sequence></x:complexType></x:element>")
                  .request(),
              "q{b:bool? a:text?}");
}

TEST(LoadWsdl, RefusesWhatItDoesNotSupportWithItsLine) {
    auto fault = [](const std::string& inside) {
        return WsdlOf(
                   "<x:complexType name='r'><x:sequence><x:element name='r' type='t:r' minOccurs='0'/></x:sequence>"
                   "</x:complexType>\n<x:element name='q'><x:complexType>\n" +
                   inside + "</x:complexType></x:element>")
            .fault();
    };
    auto starts = [](const std::string& text, const std::string& with) { EXPECT_TRUE(text.starts_with(with)) << text; };
    starts(fault("<x:sequence><x:any/></x:sequence>"), "x.wsdl:5:1: error: xsd:any is not supported");
    starts(fault("<x:anyAttribute/>"), "x.wsdl:5:1: error: xsd:anyAttribute is not supported");
    starts(fault("<x:sequence><x:element name='b' type='t:r'/></x:sequence>"),
           "x.wsdl:3:1: error: the type 'r' contains itself");
    starts(fault("<x:sequence><x:element name='b' type='t:none'/></x:sequence>"),
           "x.wsdl:5:1: error: the type 'none' is not defined");
    starts(fault("<x:sequence><x:element name='b'/></x:sequence>"), "x.wsdl:5:1: error: 'b' has no type");
    starts(fault("<x:sequence maxOccurs='2'><x:element ref='t:a'/><x:element name='b' type='x:int'/></x:sequence>"),
           "x.wsdl:5:1: error: a sequence that repeats as a whole");
    starts(WsdlOf("<x:element name='q'><x:complexType mixed='true'/></x:element>").fault(),
           "x.wsdl:3:1: error: mixed content");
    starts(WsdlOf("<x:element name='q' type='x:string'/>", "rpc").fault(), "x.wsdl:3:1: error: 'o' is rpc style");
    starts(WsdlOf("<x:element name='quiet' type='x:string'/>").fault(),
           "x.wsdl:3:1: error: no schema declares the element 'q'");
    starts(WsdlOf("<x:element name='q' type='x:string'/><x:import schemaLocation='http://x/y.xsd'/>").fault(),
           "x.wsdl:3:1: error: 'http://x/y.xsd' is not a file beside this one");
}

TEST(LoadWsdl, RefusesFilesThatAreNone) {
    auto fault = [](const std::string& text) {
        fs::path path = fs::temp_directory_path() / ("headgate-bad-" + std::to_string(::getpid()) + ".wsdl");
        std::ofstream(path) << text;
        Diagnostics diagnostics;
        EXPECT_EQ(load_wsdl(path.string(), diagnostics), nullptr);
        fs::remove(path);
        return diagnostics.text();
    };
    EXPECT_NE(fault("<!DOCTYPE x><x/>").find("DOCTYPE"), std::string::npos);
    EXPECT_NE(fault("<a>\n<b></a>").find(":2:"), std::string::npos);
    EXPECT_NE(fault("<a/>").find("not a WSDL 1.1"), std::string::npos);
    Diagnostics diagnostics;
    EXPECT_EQ(load_wsdl("/nowhere/x.wsdl", diagnostics), nullptr);
    EXPECT_TRUE(diagnostics.has_errors());
}

TEST(LoadWsdl, ReadsOthersWsdlsOrSaysWhyNot) {
    auto corpora = test::corpus("wsdl");
    if (!fs::is_directory(corpora)) GTEST_SKIP() << "corpora/wsdl is not here";
    for (const auto& entry : fs::directory_iterator(corpora)) {
        if (entry.path().extension() != ".wsdl") continue;
        Diagnostics diagnostics;
        auto wsdl = load_wsdl(entry.path().string(), diagnostics);
        EXPECT_TRUE((wsdl && !wsdl->operations.empty()) || diagnostics.has_errors()) << entry.path();
        // A reference into the namespace from an unqualified schema: two namespaces in one request.
        if (entry.path().filename() == "soap.wsdl") {
            EXPECT_NE(diagnostics.text().find("soap.wsdl:45:1: error: elements of two namespaces"), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace headgate
