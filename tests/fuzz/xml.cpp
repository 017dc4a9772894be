// XML: whatever is accepted is written and read again as the same document.
#include "contracts/document/json.hpp"
#include "mappings/formats/xml/reader.hpp"
#include "mappings/formats/xml/writer.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace headgate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static xml::XmlReader reader;
    Arena arena;
    auto document = reader.read(fuzz::bytes(data, size), arena);
    if (!document) {
        fuzz::hold(document.error().detail.starts_with("XML: "), "an error says where", document.error().detail);
        return 0;
    }
    std::string json = to_json(document->content), written;
    LegacyNode root;
    root.name = document->root;
    auto done = xml::write_element(written, root, document->content);
    fuzz::hold(done.ok(), "what was read can be written", json);
    Arena other;
    auto again = reader.read(written, other);
    fuzz::hold(again.ok(), "what was written can be read", written);
    fuzz::hold(to_json(again->content) == json, "reading and writing change nothing", written);
    return 0;
}
