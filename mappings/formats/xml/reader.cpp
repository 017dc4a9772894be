#include "mappings/formats/xml/reader.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <cstring>

#include "base/http_fields.hpp"
#include "contracts/document/utf8.hpp"
#include "mappings/formats/xml/xml_charset.hpp"

namespace headgate::xml {
namespace {

constexpr std::string_view xsi_ns = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view xsd_ns = "http://www.w3.org/2001/XMLSchema";
constexpr std::string_view soap_encoding_ns = "http://schemas.xmlsoap.org/soap/encoding/";
const xmlChar* const xsi_type = reinterpret_cast<const xmlChar*>("xsi:type");  // no name of an attribute is like it
constexpr std::string_view soap11_ns = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::string_view soap12_ns = "http://www.w3.org/2003/05/soap-envelope";
// Names of hostile answers pile up in the parser's dictionary: begin anew beyond this many.
constexpr int dictionary_at_most = 4096;
constexpr std::size_t scratch_at_most = 64 << 10;

std::string_view view(const xmlChar* text) {
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

struct XmlReader::State {
    // A child of an open element. Names are the parser's interned pointers: equal names are one pointer.
    struct Child {
        const xmlChar* name;
        bool attribute;
        Value value;
    };
    struct Frame {
        const xmlChar* name;
        std::size_t first_child, text_begin, bindings;
        bool nil, has_elements;
    };
    // Prefixes in scope, where types are told.
    struct Binding {
        const xmlChar *prefix, *ns;
    };
    struct Group {
        const Child* first;
        std::uint32_t count, filled;
        Value* items;
    };

    xmlParserCtxt* context = nullptr;
    Arena* arena = nullptr;
    XmlLimits limits;
    std::vector<Frame> frames;
    std::vector<Child> children;
    std::vector<Binding> bindings;
    std::vector<Group> groups;
    std::vector<std::uint32_t> group_of;
    std::string text, converted, fault;
    XmlDocument document;

    ~State() { free_context(); }

    void free_context() {
        if (context) xmlFreeParserCtxt(context);
        context = nullptr;
    }

    void prepare() {
        if (context && xmlDictSize(context->dict) > dictionary_at_most) free_context();
        if (!context) {
            context = xmlNewParserCtxt();
            xmlSAXHandler& sax = *context->sax;
            std::memset(&sax, 0, sizeof sax);
            sax.initialized = XML_SAX2_MAGIC;
            sax.startElementNs = &State::start;
            sax.endElementNs = &State::end;
            // One function for both: else libxml2 guesses which blanks can be ignored.
            sax.characters = sax.ignorableWhitespace = &State::characters;
            sax.internalSubset = &State::doctype;
        }
        context->_private = this;
        // A huge document's scratch is not kept for the small ones that follow.
        if (children.capacity() > scratch_at_most) children = {};
        if (text.capacity() > scratch_at_most) text = {};
        if (converted.capacity() > 16 * scratch_at_most) converted = {};
        frames.clear();
        children.clear();
        bindings.clear();
        text.clear();
        fault.clear();
        document = XmlDocument();
    }

    static State& of(void* context) { return *static_cast<State*>(static_cast<xmlParserCtxt*>(context)->_private); }

    void fail(std::string why) {
        if (!fault.empty()) return;
        fault = place() + std::move(why);
        xmlStopParser(context);
    }
    std::string place() const {
        if (!context->input) return {};
        return "line " + std::to_string(context->input->line) + ", column " + std::to_string(context->input->col) +
               ": ";
    }

    static void doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
        of(context).fail("a DOCTYPE is not allowed");
    }

    static void characters(void* context, const xmlChar* chars, int length) {
        State& self = of(context);
        if (!self.frames.empty())
            self.text.append(reinterpret_cast<const char*>(chars), static_cast<std::size_t>(length));
    }

    static void start(void* context, const xmlChar* name, const xmlChar*, const xmlChar* ns, int declared,
                      const xmlChar** namespaces, int attributes, int, const xmlChar** values) {
        State& self = of(context);
        if (!self.fault.empty()) return;
        auto depth = self.frames.size();
        if (depth > 0) {
            Frame& parent = self.frames.back();
            if (!blank(std::string_view(self.text).substr(parent.text_begin)))
                return self.fail("text beside elements in '" + std::string(view(parent.name)) + "'");
            self.text.resize(parent.text_begin);
            parent.has_elements = true;
        }
        if (depth >= self.limits.depth)
            return self.fail("deeper than " + std::to_string(self.limits.depth) + " levels");
        if (depth <= 2 && self.document.top.size() < 32)
            self.document.top.push_back(
                {static_cast<int>(depth), self.arena->copy(view(name)), self.arena->copy(view(ns))});
        self.frames.push_back({name, self.children.size(), self.text.size(), self.bindings.size(), false, false});
        if (self.limits.types)
            for (int i = 0; i < declared; ++i) self.bindings.push_back({namespaces[2 * i], namespaces[2 * i + 1]});
        // A fault stops the parser, which frees what the values point into.
        for (int i = 0; i < attributes && self.fault.empty(); ++i)
            self.attribute(values + static_cast<std::ptrdiff_t>(5) * i);
    }

    // localname, prefix, URI, begin and end of the value
    void attribute(const xmlChar** parts) {
        std::string_view value(reinterpret_cast<const char*>(parts[3]), static_cast<std::size_t>(parts[4] - parts[3]));
        if (view(parts[2]) == xsi_ns) {
            if (view(parts[0]) == "nil") frames.back().nil = trim(value) == "true" || trim(value) == "1";
            if (limits.types && view(parts[0]) == "type") type(value);
            return;
        }
        if (view(parts[2]) == soap11_ns || view(parts[2]) == soap12_ns)
            return;  // encodingStyle: the envelope's own, wherever it stands
        for (auto i = frames.back().first_child; i < children.size(); ++i)
            if (children[i].name == parts[0])
                return fail("two attributes '" + std::string(view(parts[0])) + "' in different namespaces");
        children.push_back({parts[0], true, Value::string(unescaped(value))});
    }

    // What toolkits say of plain texts and numbers is no type of the schema.
    void type(std::string_view qname) {
        qname = trim(qname);
        auto colon = qname.find(':');
        std::string_view prefix = colon == std::string_view::npos ? std::string_view() : qname.substr(0, colon);
        std::string_view ns;
        for (auto i = bindings.size(); i-- > 0;)
            if (view(bindings[i].prefix) == prefix) {
                ns = view(bindings[i].ns);
                break;
            }
        if (ns == xsd_ns || ns == soap_encoding_ns) return;
        if (colon != std::string_view::npos) qname.remove_prefix(colon + 1);
        children.push_back({xsi_type, true, Value::string(unescaped(qname))});
    }

    // Without entity substitution libxml2 hands on each '&' of an attribute as "&#38;", to be parsed again.
    std::string_view unescaped(std::string_view value) {
        if (value.find("&#38;") == std::string_view::npos) return arena->copy(value);
        std::string plain;
        for (std::size_t at = 0; at < value.size();) {
            bool escaped = value.substr(at).starts_with("&#38;");
            plain += value[at];
            at += escaped ? 5 : 1;
        }
        return arena->copy(plain);
    }

    static void end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
        State& self = of(context);
        if (!self.fault.empty() || self.frames.empty()) return;
        Frame frame = self.frames.back();
        std::string_view own = std::string_view(self.text).substr(frame.text_begin);
        // A text stays one, whatever its type is called.
        if (self.children.size() == frame.first_child + 1 && self.children.back().name == xsi_type && !blank(own))
            self.children.pop_back();
        bool attributes = self.children.size() > frame.first_child && !frame.has_elements;
        Value value;
        if (frame.has_elements && !blank(own))
            return self.fail("text beside elements in '" + std::string(view(frame.name)) + "'");
        if (frame.nil && (frame.has_elements || !blank(own)))
            return self.fail("'" + std::string(view(frame.name)) + "' is nil and has content");
        if (frame.nil && self.children.size() == frame.first_child + 1 && self.children.back().name == xsi_type)
            value = Value::null();  // of which type nothing is
        else if (frame.nil && !attributes)
            value = Value::null();
        else if (frame.has_elements || attributes)
            value = self.object(frame, frame.has_elements ? std::string_view() : own);
        else
            value = Value::string(self.arena->copy(own));
        self.children.resize(frame.first_child);
        self.text.resize(frame.text_begin);
        self.bindings.resize(frame.bindings);
        self.frames.pop_back();
        if (self.frames.empty()) {
            self.document.root = self.arena->copy(self.local_name(frame.name));
            self.document.content = value;
        } else {
            self.children.push_back({frame.name, false, value});
        }
    }

    // The element's children grouped by name, in the order of first appearance.
    Value object(const Frame& frame, std::string_view own_text) {
        groups.clear();
        group_of.clear();
        for (auto i = frame.first_child; i < children.size(); ++i) {
            const Child& child = children[i];
            std::uint32_t group = group_of.empty() ? 0 : group_of.back();  // neighbours are often alike
            auto same = [&](const Group& g) {
                return g.first->name == child.name && g.first->attribute == child.attribute;
            };
            if (groups.empty() || !same(groups[group]))
                for (group = 0; group < groups.size() && !same(groups[group]);) ++group;
            if (group == groups.size()) {
                if (groups.size() >= limits.names) {
                    fail("more than " + std::to_string(limits.names) + " different names in one element");
                    return {};
                }
                groups.push_back({&child, 0, 0, nullptr});
            }
            ++groups[group].count;
            group_of.push_back(group);
        }
        for (Group& group : groups)
            if (group.count > 1) group.items = arena->allocate<Value>(group.count);
        for (std::size_t i = 0; i < group_of.size(); ++i)
            if (Group& group = groups[group_of[i]]; group.items)
                new (group.items + group.filled++) Value(children[frame.first_child + i].value);
        bool with_text = frame.nil || !blank(own_text);
        auto count = groups.size() + (with_text ? 1 : 0);
        Member* members = arena->allocate<Member>(count);
        std::size_t at = 0;
        for (const Group& group : groups)
            new (members + at++)
                Member{key(*group.first), group.items ? Value::array(group.items, group.count) : group.first->value};
        if (with_text)
            new (members + at) Member{"#text", frame.nil ? Value::null() : Value::string(arena->copy(own_text))};
        return Value::object(members, static_cast<std::uint32_t>(count));
    }

    // libxml2 lets names with two colons pass, and takes what follows the first for the local name.
    std::string_view local_name(const xmlChar* parsed) {
        std::string_view name = view(parsed);
        if (name.find(':') != std::string_view::npos) fail("the name '" + std::string(name) + "' has two colons");
        return name;
    }

    std::string_view key(const Child& child) {
        if (child.name == xsi_type) return "@xsi:type";
        std::string_view name = local_name(child.name);
        if (!child.attribute) return arena->copy(name);
        char* to = arena->allocate<char>(name.size() + 1);
        *to = '@';
        std::memcpy(to + 1, name.data(), name.size());
        return {to, name.size() + 1};
    }
};

XmlReader::XmlReader() : state_(std::make_unique<State>()) {}
XmlReader::~XmlReader() = default;

Result<XmlDocument> XmlReader::read(std::string_view bytes, Arena& arena, std::string_view charset,
                                    const XmlLimits& limits) {
    auto bad = [](std::string detail) {
        return Error{ErrorKind::bad_answer, "the system's answer can't be read", "XML: " + std::move(detail)};
    };
    if (bytes.size() > limits.bytes) return bad("offset 0: larger than " + std::to_string(limits.bytes) + " bytes");
    std::string why;
    auto [set, mark] = xml_encoding(bytes, charset, why);
    // What looks like `<` in the bytes of a narrow set is one.
    auto scanned = [&]() -> Result<void> {
        ScanResult result = scan(bytes, limits);
        if (!result.fault.empty()) return bad("offset " + std::to_string(result.offset) + ": " + result.fault);
        return Done{};
    };
    if (!set.wide)
        if (auto good = scanned(); !good) return good.error();
    if (!why.empty()) return bad(why);
    bytes.remove_prefix(mark);
    if (bytes.empty()) return bad("empty");
    State& state = *state_;
    state.prepare();
    state.arena = &arena;
    state.limits = limits;
    if (set.wide || !set.narrow->is_utf8()) {
        state.converted.clear();
        state.converted.reserve(bytes.size() + bytes.size() / 8);
        std::size_t wrong =
            set.wide ? set.wide->decode(bytes, state.converted) : set.narrow->decode(bytes, state.converted);
        if (wrong != std::string_view::npos)
            return bad("offset " + std::to_string(wrong + mark) + ": a byte that means nothing in " +
                       std::string(set.wide ? set.wide->name() : set.narrow->name()));
        bytes = state.converted;
        if (set.wide)
            if (auto good = scanned(); !good) return good.error();
        if (bytes.empty()) return bad("empty");
    } else if (std::size_t wrong = find_invalid_utf8(bytes); wrong != std::string_view::npos) {
        TextPlace place = place_of(bytes, wrong);
        return bad("line " + std::to_string(place.line) + ", column " + std::to_string(place.column) +
                   ": a byte that means nothing in UTF-8");
    }
    // What libxml2 would take for UTF-16, UCS-4 or EBCDIC, whatever was declared, is no XML here.
    bool begins = bytes[0] == '<' || bytes[0] == ' ' || bytes[0] == '\t' || bytes[0] == '\r' || bytes[0] == '\n';
    if (!begins || (bytes.size() > 1 && bytes[1] == '\0')) return bad("line 1, column 1: '<' expected");
    // No encoding is named: naming UTF-8 makes libxml2 copy all through a converter a second time.
    xmlDoc* doc = xmlCtxtReadMemory(
        state.context, bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    if (doc) xmlFreeDoc(doc);
    if (!state.fault.empty()) return bad(state.fault);
    if (!state.context->wellFormed || !state.frames.empty() || state.document.root.empty()) {
        const xmlError* error = xmlCtxtGetLastError(state.context);
        why = error && error->message ? error->message : "not well-formed";
        while (!why.empty() && why.back() == '\n') why.pop_back();
        int line = error ? error->line : 0, column = error ? error->int2 : 0;
        return bad("line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + why);
    }
    return std::move(state.document);
}

XmlReader& thread_xml_reader() {
    thread_local XmlReader reader;
    return reader;
}

}  // namespace headgate::xml
