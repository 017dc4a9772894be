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
    if (node.types) {
        out += "[";
        for (const auto& type : *node.types)
            out += (&type == &node.types->front() ? "" : " ") + type.name + (type.abstract ? "!" : "");
        out += "]";
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
    ASSERT_EQ(wsdl->operations.size(), 17u);
    const SoapOperation* query = wsdl->find("priceQuery");
    ASSERT_NE(query, nullptr);
    EXPECT_EQ(query->soap_action, "urn:handelshaus:shop:v3#priceQuery");
    EXPECT_EQ(query->version, SoapVersion::v11);
    EXPECT_EQ(query->request.ns, "urn:handelshaus:shop:v3");
    EXPECT_EQ(query->request.children[0].ns, "urn:handelshaus:shop:v3");
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

TEST(LoadWsdl, ReadsUnionsListsRestrictionsAndWhatHasAnyType) {
    EXPECT_EQ(
        WsdlOf("<x:simpleType name='u'><x:union memberTypes='t:a1 t:a2'/></x:simpleType>"
               "<x:simpleType name='a1'><x:restriction base='x:string'><x:enumeration value='A'/></x:restriction>"
               "</x:simpleType><x:simpleType name='a2'><x:restriction base='x:string'><x:enumeration value='B'/>"
               "</x:restriction></x:simpleType>"
               "<x:element name='q'><x:complexType><x:sequence><x:element name='u' type='t:u'/>"
               "<x:element name='v'><x:simpleType><x:union memberTypes='x:int x:date'/></x:simpleType></x:element>"
               "<x:element name='l'><x:simpleType><x:list itemType='x:int'/></x:simpleType></x:element>"
               "<x:element name='w' type='x:anyType'/><x:element name='n' nillable='true' type='x:int'/>"
               "<x:any minOccurs='0' namespace='##other'/></x:sequence><x:anyAttribute/></x:complexType></x:element>")
            .request(),
        "q{u:text=A|B v:text l:text w:text n:int~}");
    EXPECT_EQ(WsdlOf("<x:complexType name='m'><x:simpleContent><x:extension base='x:decimal'><x:attribute name='me' "
                     "use='required'/><x:attribute name='x'/></x:extension></x:simpleContent></x:complexType>"
                     "<x:element name='q'><x:complexType><x:simpleContent><x:restriction base='t:m'><x:totalDigits "
                     "value='5'/><x:attribute name='x' use='prohibited'/></x:restriction></x:simpleContent>"
                     "</x:complexType></x:element>")
                  .request(),
              "q{@me:text #text:dec(5)}");
    EXPECT_EQ(
        WsdlOf("<x:complexType name='m'><x:sequence><x:element name='b' type='x:int' minOccurs='0'/><x:element "
               "name='c' type='x:int' minOccurs='0'/></x:sequence><x:attribute name='n'/></x:complexType>"
               "<x:element name='q'><x:complexType><x:complexContent><x:restriction base='t:m'><x:sequence>"
               "<x:element name='b' type='x:int'/></x:sequence></x:restriction></x:complexContent></x:complexType>"
               "</x:element>")
            .request(),
        "q{@n:text? b:int}");
}

TEST(LoadWsdl, ReadsWhatMayStandForATypeOrAnElement) {
    std::string types =
        "<x:complexType name='Pay' abstract='true'><x:sequence><x:element name='sum' type='x:int'/></x:sequence>"
        "</x:complexType><x:complexType name='Card'><x:complexContent><x:extension base='t:Pay'><x:sequence>"
        "<x:element name='no' type='x:string'/></x:sequence><x:attribute name='v'/></x:extension></x:complexContent>"
        "</x:complexType>";
    EXPECT_EQ(WsdlOf(types + "<x:element name='q'><x:complexType><x:sequence><x:element name='pay' type='t:Pay'/>"
                             "</x:sequence></x:complexType></x:element>")
                  .request(),
              "q{pay[Pay! Card]{@xsi:type:text=Card? @v:text? sum:int no:text?}}");
    // Of a type that extends itself below, the base is what is known.
    std::string tree =
        "<x:complexType name='Item'><x:sequence><x:element name='n' type='x:int'/></x:sequence></x:complexType>"
        "<x:complexType name='Group'><x:complexContent><x:extension base='t:Item'><x:sequence><x:element name='i' "
        "type='t:Item' maxOccurs='9'/></x:sequence></x:extension></x:complexContent></x:complexType>";
    EXPECT_EQ(WsdlOf(tree + "<x:element name='q' type='t:Item'/>").request(), "q{n:int}");
    EXPECT_EQ(WsdlOf("<x:element name='head' abstract='true' type='x:string'/><x:element name='one' type='x:string' "
                     "substitutionGroup='t:head'/><x:element name='two' type='x:int' substitutionGroup='t:one'/>"
                     "<x:element name='q'><x:complexType><x:sequence><x:element ref='t:head'/></x:sequence>"
                     "</x:complexType></x:element>")
                  .request(),
              "q{one:text? two:int?}");
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
    starts(fault("<x:sequence><x:any/></x:sequence>"), "x.wsdl:5:1: error: xsd:any is required in what is written");
    starts(fault("<x:sequence><x:element name='b' type='t:r'/></x:sequence>"),
           "x.wsdl:3:1: error: the type 'r' contains itself");
    starts(fault("<x:sequence><x:element name='b' type='t:none'/></x:sequence>"),
           "x.wsdl:5:1: error: the type 'none' is not defined");
    starts(fault("<x:sequence maxOccurs='2'><x:element ref='t:a'/><x:element name='b' type='x:int'/></x:sequence>"),
           "x.wsdl:5:1: error: a sequence that repeats as a whole");
    starts(fault("<x:attribute xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' ref='e:arrayType'/>"),
           "x.wsdl:5:1: error: SOAP-encoded arrays are not supported");
    starts(WsdlOf("<x:element name='q'><x:complexType mixed='true'/></x:element>").fault(),
           "x.wsdl:3:1: error: mixed content");
    starts(WsdlOf("<x:complexType name='p' abstract='true'/><x:element name='q' type='t:p'/>").fault(),
           "x.wsdl:3:1: error: nothing extends the abstract type 'p'");
    starts(WsdlOf("<x:element name='q' abstract='true' type='x:string'/>").fault(),
           "x.wsdl:3:1: error: the abstract element 'q'");
    starts(WsdlOf("<x:complexType name='p'/><x:complexType name='p1'><x:complexContent><x:extension base='t:p'>"
                  "<x:sequence><x:element name='m' type='x:int'/></x:sequence></x:extension></x:complexContent>"
                  "</x:complexType>\n<x:complexType name='p2'><x:complexContent><x:extension base='t:p'><x:sequence>"
                  "<x:element name='m' type='x:date'/></x:sequence></x:extension></x:complexContent></x:complexType>"
                  "<x:element name='q'><x:complexType><x:sequence><x:element name='e' type='t:p'/></x:sequence>"
                  "</x:complexType></x:element>")
               .fault(),
           "x.wsdl:4:1: warning: an element whose xsi:type is 'p2' is known by its base alone: 'm' of 'p2' is another");
    starts(WsdlOf("<x:element name='q' type='x:string'/>", "rpc").fault(),
           "x.wsdl:3:1: error: the part 'p' names an element, not a type");
    starts(WsdlOf("<x:element name='quiet' type='x:string'/>").fault(),
           "x.wsdl:3:1: error: no schema declares the element 'q'");
    starts(WsdlOf("<x:element name='q' type='x:string'/><x:import schemaLocation='http://x/y.xsd'/>").fault(),
           "x.wsdl:3:1: warning: 'http://x/y.xsd' is not a file beside this one");
}

// Small documents that would grow without end: nothing is in the groups, the unions or the types but two of the next.
TEST(LoadWsdl, BoundsWhatDoublesAtEachStep) {
    auto twice = [](const std::string& kind, const std::string& before, const std::string& ref,
                    const std::string& after) {
        std::string types;
        for (int i = 0; i < 25; ++i) {
            std::string next = std::to_string(i + 1);
            std::string inner = ref;
            for (auto at = inner.find('$'); at != std::string::npos; at = inner.find('$')) inner.replace(at, 1, next);
            types +=
                "<x:" + kind + " name='n" + std::to_string(i) + "'>" + before + inner + after + "</x:" + kind + ">";
        }
        return types;
    };
    EXPECT_NE(
        WsdlOf(twice("group", "<x:sequence>", "<x:group ref='t:n$'/><x:group ref='t:n$'/>", "</x:sequence>") +
               "<x:group name='n25'><x:sequence/></x:group><x:element name='q'><x:complexType><x:group ref='t:n0'/>"
               "</x:complexType></x:element>")
            .fault()
            .find("larger than 20000 fields"),
        std::string::npos);
    EXPECT_NE(
        WsdlOf(twice("simpleType", "", "<x:union memberTypes='t:n$ t:n$'/>", "") +
               "<x:simpleType name='n25'><x:restriction base='x:int'/></x:simpleType><x:element name='q' type='t:n0'/>")
            .fault()
            .find("larger than 20000 fields"),
        std::string::npos);
    EXPECT_NE(WsdlOf(twice("attributeGroup", "", "<x:attributeGroup ref='t:n$'/><x:attributeGroup ref='t:n$'/>", "") +
                     "<x:attributeGroup name='n25'/><x:element name='q'><x:complexType><x:attributeGroup ref='t:n0'/>"
                     "</x:complexType></x:element>")
                  .fault()
                  .find("larger than 20000 fields"),
              std::string::npos);
}

TEST(LoadWsdl, BoundsTypesThatExtendOneAnother) {
    for (const std::string kind : {"complexContent", "simpleContent"}) {
        std::string types;
        for (int i = 0; i < 20'000; ++i)
            types += "<x:complexType name='n" + std::to_string(i) + "'><x:" + kind + "><x:extension base='t:n" +
                     std::to_string(i + 1) + "'/></x:" + kind + "></x:complexType>";
        types += "<x:complexType name='n20000'><x:sequence/></x:complexType><x:element name='q' type='t:n0'/>";
        EXPECT_NE(WsdlOf(types).fault().find("deeper than 64 levels"), std::string::npos);
    }
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
    struct Case {
        const char *file, *operations, *told;  // operation: request -> response; a part of the diagnostics
    };
    const char* quote =
        "GetLastTradePrice: TradePriceRequest{tickerSymbol:text account?{id:int user:text} country?{name:text "
        "code:text}} -> TradePrice{price:text}\n";
    std::string one_way = std::string(quote) +
                          "GetLastTradePriceNoOutput: TradePriceRequest{tickerSymbol:text account?{id:int user:text} "
                          "country?{name:text code:text}} -> nothing\n";
    for (const Case& c : {
             Case{"soap.wsdl", one_way.c_str(), ""},
             {"soap_header.wsdl",
              "GetLastTradePrice: TradePriceRequest{#header?{Authentication?{username:text password:text} "
              "Token?{value:text}} tickerSymbol:text} -> TradePrice{price:text}\n",
              "soap_header.wsdl:81:1: warning: the part 'body' names a type, not an element: this header is not read"},
             {"soap_import_main.wsdl",
              "GetLastTradePrice: TradePriceRequest{tickerSymbol:text account?{id:int user:text} country{name:text "
              "code:text}} -> TradePrice{price:text}\n",
              "soap_import_2.wsdl:19:1: warning: 'http://schemas.xmlsoap.org/soap/encoding/' is not a file"},
             {"soap_import_2.wsdl", "", "no SOAP binding: nothing here can be called"},
             {"claim.wsdl", "", "claim.wsdl:35:1: error: use=\"encoded\" is not supported"},
         }) {
        Diagnostics diagnostics;
        auto wsdl = load_wsdl((fs::path(corpora) / c.file).string(), diagnostics);
        ASSERT_TRUE(wsdl) << c.file;
        std::string told;
        for (const auto& operation : wsdl->operations)
            told += operation.name + ": " + tree(operation.request) + " -> " +
                    (operation.one_way ? "nothing" : tree(operation.response)) + "\n";
        EXPECT_EQ(told, c.operations) << c.file << diagnostics.text();
        EXPECT_NE(diagnostics.text().find(c.told), std::string::npos) << c.file << diagnostics.text();
        EXPECT_EQ(diagnostics.has_errors(), wsdl->operations.empty()) << diagnostics.text();
    }
    Diagnostics diagnostics;
    auto quotes = load_wsdl((fs::path(corpora) / "soap.wsdl").string(), diagnostics);
    const auto& request = quotes->find("GetLastTradePrice")->request;
    EXPECT_EQ(request.ns, "http://example.com/stockquote.xsd");
    EXPECT_EQ(request.child("tickerSymbol")->ns, "");
    EXPECT_EQ(request.child("country")->ns, "http://example.com/stockquote.xsd");  // a reference is qualified
}

// rpc style in SOAP 1.1, document style in 1.2, a required header, one way.
TEST(LoadWsdl, ReadsBindingsOfBothVersionsAndStyles) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(std::string(HEADGATE_SOURCE_DIR) + "/tests/golden/wsdl/styles.wsdl", diagnostics);
    ASSERT_TRUE(wsdl);
    EXPECT_EQ(diagnostics.text(), "");
    std::string told;
    for (const auto& operation : wsdl->operations)
        told += std::string(name(operation.version)) + " " + operation.name + ": " + tree(operation.request) + " -> " +
                (operation.one_way ? "nothing" : tree(operation.response)) + "\n";
    EXPECT_EQ(told,
              "1.1 book: book{sku:text} -> booked{no:text}\n"
              "1.1 note: book{sku:text} -> nothing\n"
              "1.1 getStock: getStock{sku:text place{id:int}} -> getStockResponse{count:int}\n"
              "1.1 ping: ping -> pingResponse\n"
              "1.2 book: book{#header{ticket{id:text}} sku:text} -> booked{no:text}\n"
              "1.2 note: book{sku:text} -> nothing\n");
    EXPECT_EQ(wsdl->endpoint, "http://example.com/11");
    EXPECT_EQ(wsdl->find("book")->version, SoapVersion::v11);
    EXPECT_EQ(wsdl->find("book", SoapVersion::v12)->version, SoapVersion::v12);
    EXPECT_EQ(wsdl->find("getStock", SoapVersion::v12), nullptr);
    const auto& rpc = wsdl->find("getStock")->request;
    EXPECT_EQ(rpc.ns + "|" + rpc.children[1].ns + "|" + rpc.children[1].children[0].ns, "urn:styles:rpc||urn:styles");
}

TEST(WsdlImports, StayAtTheOriginOfTheirDocument) {
    auto imports = [](const std::string& url, const std::string& location) {
        auto found = wsdl_imports(url, "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'><import location='" +
                                           location + "'/></definitions>");
        return found.empty() ? "" : found[0];
    };
    const std::string url = "http://shop.test:7001/ws/shop?wsdl";
    EXPECT_EQ(imports(url, "?wsdl=2"), "http://shop.test:7001/ws/shop?wsdl=2");
    EXPECT_EQ(imports(url, "types.xsd"), "http://shop.test:7001/ws/types.xsd");
    EXPECT_EQ(imports(url, "../x/types.xsd?v=1"), "http://shop.test:7001/x/types.xsd?v=1");
    EXPECT_EQ(imports(url, "/types.xsd"), "http://shop.test:7001/types.xsd");
    EXPECT_EQ(imports(url, "http://shop.test:7001/a"), "http://shop.test:7001/a");
    EXPECT_EQ(imports("http://shop.test", "a"), "http://shop.test/a");
    for (const char* elsewhere : {"http://shop.test:7001.evil.test/a", "http://shop.test:7001@evil.test/",
                                  "//evil.test/a", "file:///etc/passwd", "http://127.0.0.1/a", ""})
        EXPECT_EQ(imports(url, elsewhere), "") << elsewhere;
}

}  // namespace
}  // namespace headgate
