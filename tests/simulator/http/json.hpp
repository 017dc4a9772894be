// Small helpers around rapidjson, so that the parts read and write JSON alike.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace simulator {

using Json = rapidjson::Value;

inline std::string text_of(const Json& value) { return {value.GetString(), value.GetStringLength()}; }

// The member's string, or empty when it is absent or no string.
inline std::string text_member(const Json& object, const char* name) {
    if (!object.IsObject()) return {};
    const auto member = object.FindMember(name);
    return member != object.MemberEnd() && member->value.IsString() ? text_of(member->value) : std::string();
}

// A text being written; not thread-safe.
struct JsonText {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};

    void string(std::string_view value) { writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void key(std::string_view name) { writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void field(std::string_view name, std::string_view value) { key(name), string(value); }
    void field(std::string_view name, const char* value) { field(name, std::string_view(value)); }
    void field(std::string_view name, bool value) { key(name), writer.Bool(value); }
    void field(std::string_view name, std::int64_t value) { key(name), writer.Int64(value); }
    void field(std::string_view name, std::uint64_t value) { key(name), writer.Uint64(value); }
    void field(std::string_view name, int value) { key(name), writer.Int(value); }
    void raw(std::string_view json) { writer.RawValue(json.data(), json.size(), rapidjson::kObjectType); }
    template <class Texts>
    void strings(std::string_view name, const Texts& values) {
        key(name);
        writer.StartArray();
        for (const auto& value : values) string(value);
        writer.EndArray();
    }
    std::string text() const { return {buffer.GetString(), buffer.GetSize()}; }
};

}  // namespace simulator
