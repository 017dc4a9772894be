#include "mappings/formats/xml/instance_type.hpp"

#include <algorithm>

namespace headgate::xml {
namespace {

bool has(const XmlType& type, std::string_view member) {
    return std::find(type.members.begin(), type.members.end(), member) != type.members.end();
}

// A member that the type has not; empty when it has them all.
std::string_view stranger(const XmlType& type, const Value& element) {
    if (element.is_object())
        for (const Member& member : element.members())
            if (member.key != "@xsi:type" && !has(type, member.key)) return member.key;
    return {};
}

bool extends(const XmlType& type, const XmlType& base) {
    return std::all_of(base.members.begin(), base.members.end(), [&](const auto& member) { return has(type, member); });
}

InstanceType told(const std::vector<XmlType>& types, const Value& element, std::string_view name) {
    for (const XmlType& type : types) {
        if (type.name != name) continue;
        if (type.abstract) return {nullptr, "xsi:type '" + type.name + "' is abstract"};
        if (auto other = stranger(type, element); !other.empty())
            return {nullptr, "xsi:type '" + type.name + "' has no '" + std::string(other) + "'"};
        return {&type == &types.front() ? nullptr : &type, {}};
    }
    return {nullptr, "xsi:type '" + std::string(name.substr(0, 80)) + "' is none of the types of this element"};
}

}  // namespace

InstanceType instance_type(const std::vector<XmlType>& types, const Value& element) {
    if (const Value* given = element.find("@xsi:type"); given && given->is_string())
        return told(types, element, given->text());
    if (!types.front().abstract && stranger(types.front(), element).empty()) return {};
    const XmlType* least = nullptr;
    for (const XmlType& type : types)
        if (!type.abstract && stranger(type, element).empty() &&
            (!least || type.members.size() < least->members.size()))
            least = &type;
    if (!least) return {nullptr, "no type of the schema has all of these members: its xsi:type can't be told"};
    for (const XmlType& type : types)
        if (!type.abstract && stranger(type, element).empty() && !extends(type, *least))
            return {nullptr, "'" + least->name + "' and '" + type.name +
                                 "' both have these members: its xsi:type can't be told, give @xsi:type"};
    return {least, {}};
}

}  // namespace headgate::xml
