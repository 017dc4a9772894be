// Reads XML into a document through libxml2's SAX interface: one pass, into the arena, bounded in every direction.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/xml/scan.hpp"

namespace headgate::xml {

// An element near the root, as it was named; for envelopes, whose namespaces matter.
struct ElementName {
    int depth = 0;  // 0: the root
    std::string_view name, ns;
};

struct XmlDocument {
    std::string_view root;  // local name
    // The root's content in the neutral shape: an object with attributes as `@nr`, child elements by local name in the
    // order of their first appearance, repeated ones as one array wherever they stood; a text-only element is a string,
    // text beside attributes `#text`, xsi:nil is null, an empty element "". xsi:* and xmlns are not part of it, but for
    // `@xsi:type` where the limits ask for it: the name of a type of the schema's own, of an element that is more than
    // a text.
    Value content;
    std::vector<ElementName> top;  // depth 0 to 2, the first 32
};

// Reused from one document to the next; used on one thread at a time. The document lives in the arena alone.
class XmlReader {
  public:
    XmlReader();
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    // `charset` comes from the Content-Type: a byte order mark wins over it, and it over the declaration (RFC 7303);
    // empty: the declaration's, else UTF-8. Refuses any DOCTYPE, mixed content, sets that are not known. Fails with
    // bad_answer; `detail` has line and column, or the offset of a byte that means nothing.
    Result<XmlDocument> read(std::string_view bytes, Arena& arena, std::string_view charset = {},
                             const XmlLimits& limits = {});

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// The calling thread's own reader.
XmlReader& thread_xml_reader();

}  // namespace headgate::xml
