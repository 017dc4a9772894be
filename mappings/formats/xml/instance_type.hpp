// xsi:type of an element whose declared type others extend: which of them a document's members make it.
#pragma once

#include <string>
#include <vector>

#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::xml {

struct InstanceType {
    const XmlType* type = nullptr;  // nullptr: the declared one, which need not be told
    std::string fault;              // empty: it can be told
};

// By `@xsi:type` where the element has it, else by its members. `types` as LegacyNode has them.
InstanceType instance_type(const std::vector<XmlType>& types, const Value& element);

}  // namespace headgate::xml
