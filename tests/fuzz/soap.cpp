// SOAP answers of both versions, in any charset: what is accepted is written as a request of the same shape and read
// again as the same document; faults have names that mappings can match.
#include "mappings/formats/soap/soap.hpp"

#include <array>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace headgate;

namespace {

LegacyNode node(std::string name, std::string ns, std::vector<LegacyNode> children = {}) {
    LegacyNode out;
    out.name = std::move(name);
    out.type = children.empty() ? LegacyType::text : LegacyType::group;
    out.ns = std::move(ns);
    out.children = std::move(children);
    return out;
}

// Qualified; unqualified below the root, as rpc is; two namespaces, a header, and types that extend one another.
const LegacyNode& shape(std::uint8_t which) {
    static const std::array shapes{
        node("antwort", "urn:a", {node("@nr", ""), node("pos", "urn:a", {node("menge", "urn:a"), node("#text", "")})}),
        node("antwort", "urn:a", {node("pos", "", {node("menge", "urn:b")}), node("text", "")}),
        [] {
            LegacyNode root =
                node("antwort", "urn:a",
                     {node("#header", "", {node("ticket", "urn:h", {node("id", "urn:h")})}),
                      node("@lang", "http://www.w3.org/XML/1998/namespace"),
                      node("pay", "urn:b", {node("@xsi:type", ""), node("sum", "urn:b"), node("iban", "urn:c")})});
            auto& pay = root.children[2];
            pay.types = std::make_shared<std::vector<XmlType>>(
                std::vector<XmlType>{{"urn:b", "Pay", false, {"sum"}}, {"urn:c", "Transfer", false, {"sum", "iban"}}});
            return root;
        }(),
    };
    return shapes[which % shapes.size()];
}

}  // namespace

// The first byte says the shape, the second the Content-Type's charset and the one that is written in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    static constexpr std::array<const char*, 8> charsets{"",      "UTF-8",  "ISO-8859-15", "windows-1252",
                                                         "CP850", "UTF-16", "Shift_JIS",   "UTF-16LE"};
    const LegacyNode& root = shape(data[0]);
    const char* charset = charsets[data[1] % charsets.size()];
    auto bytes = fuzz::bytes(data + 2, size - 2);
    Arena arena;
    xml::XmlLimits limits;
    limits.types = true;
    auto answer = read_soap(bytes, charset, root, arena, limits);
    if (!answer) {
        std::string_view detail = answer.error().detail;
        fuzz::hold(detail.starts_with("XML: ") || detail.starts_with("SOAP: "), "an error says where", detail);
        return 0;
    }
    if (answer->fault) {
        fuzz::hold(answer->code.starts_with("soap:"), "a fault has a name", answer->code);
        return 0;
    }
    std::string read = to_json(answer->content);
    for (SoapVersion version : {SoapVersion::v11, SoapVersion::v12}) {
        auto written = write_soap(version, root, answer->content, *charset ? charset : "UTF-8");
        // The type that is told may not be one of the shape, or not have the members that are there.
        if (!written) {
            fuzz::hold(written.error().detail.find("xsi:type") != std::string::npos, "what was read can be written",
                       written.error().detail);
            continue;
        }
        Arena other;
        auto again = read_soap(*written, charset, root, other, limits);
        fuzz::hold(again.ok(), "what was written can be read", *written + "\n" + (again ? "" : again.error().detail));
        std::string same = to_json(again->content);
        // Inferred types are told where none was.
        if (read.find("xsi:type") != std::string::npos || same.find("xsi:type") == std::string::npos)
            fuzz::hold(same == read, "what was written is read as it was", read + "\n" + same);
    }
    return 0;
}
