#include "contracts/schema/validate_text.hpp"

#include "contracts/document/json.hpp"

namespace headgate::schema::text {

std::string of_types(TypeMask types) {
    static const std::pair<TypeMask, const char*> names[] = {
        {bit(ValueKind::object), "an object"}, {bit(ValueKind::array), "an array"},
        {bit(ValueKind::string), "a string"},  {bit(ValueKind::number), "a number"},
        {integer_bit, "an integer"},           {bit(ValueKind::boolean), "a boolean"},
        {bit(ValueKind::null), "null"},
    };
    std::vector<const char*> allowed;
    for (const auto& [mask, words] : names)
        if (types & mask) allowed.push_back(words);
    std::string out = "must be ";
    for (std::size_t i = 0; i < allowed.size(); ++i) {
        if (i > 0) out += i + 1 == allowed.size() ? " or " : ", ";
        out += allowed[i];
    }
    return out;
}

std::string of_values(const std::vector<Value>& values) {
    constexpr std::size_t most = 12, longest = 60;
    std::string out = values.size() == 1 ? "must be " : "must be one of ";
    for (std::size_t i = 0; i < values.size() && i < most; ++i) {
        if (i > 0) out += ", ";
        std::string value = to_json(values[i]);
        if (value.size() > longest) value = "a value that the contract names";
        out += value;
    }
    if (values.size() > most) out += ", ...";
    return out;
}

std::string counted(const char* must, std::uint32_t count, const char* unit) {
    return std::string(must) + " " + std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
}

}  // namespace headgate::schema::text
