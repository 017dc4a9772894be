// LegacyNode: the shape of a legacy message, whatever its format, as mappings see it: names, order, repetition, types.
// Read from a WSDL/XSD, from a mapping's column list, from a partner's guide, from a file's layout, or from an OpenAPI
// document.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate {

class Shape;

// Of an XML element's type, or of one that extends it: which members there are, by xsi:type.
struct XmlType {
    std::string ns, name;
    bool abstract = false;
    std::vector<std::string> members;  // attributes and elements, those of its base too
};

enum class LegacyType : std::uint8_t { group, text, integer, decimal, date, datetime, boolean, any };

// In schema order. Attributes are named `@name`; an EDI element by its two-digit position `01`; a qualified segment
// `N1[01=ST]`; text beside attributes `#text`.
struct LegacyNode {
    std::string name;
    LegacyType type = LegacyType::group;
    bool optional = false;
    bool repeated = false;
    bool nillable = false;
    bool xml_schema = false;         // of a simple type of XML Schema, which has several spellings of one value
    bool typed = false;              // of JSON: values are numbers, flags and texts, not texts alone
    bool by_format = false;          // written by the format itself where no rule does: a constant of a partner's guide
    int length = 0;                  // longest text or total digits; 0: unbounded
    int fraction = 0;                // decimal places; 36: as many as there are
    std::vector<std::string> codes;  // enumerated values, if any
    std::string with;                // written exactly when this other child of the same parent is
    std::string about;               // what people call it, where its name doesn't say: 'depositor order number'
    std::vector<LegacyNode> children;
    // Of another version of the contract: its values are typed, and `any` is what has no one type. Borrowed; nullptr:
    // values are texts. Of a list it is the array's.
    const Shape* shape = nullptr;
    std::string ns;  // of an XML element or attribute; empty: in none
    // Of an XML element whose type others extend: its own first. What only they have are optional children, and
    // `@xsi:type` says which one it is. nullptr: no type extends it.
    std::shared_ptr<const std::vector<XmlType>> types;

    const LegacyNode* child(std::string_view child_name) const {
        for (const auto& c : children)
            if (c.name == child_name) return &c;
        return nullptr;
    }
};

}  // namespace headgate
