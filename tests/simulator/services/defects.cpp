// The switches as text.
#include "tests/simulator/services/defects.hpp"

#include <vector>

#include "tests/simulator/http/json.hpp"

namespace simulator {

bool switch_defects(std::string_view json, Defects& defects, std::string& problem) {
    rapidjson::Document document;
    if (document.Parse(json.data(), json.size()).HasParseError() || !document.IsObject()) {
        problem = "not a JSON object";
        return false;
    }
    for (const auto& member : document.GetObject())
        if (defects.find(text_of(member.name)) == nullptr || !member.value.IsBool()) {
            problem = "unknown defect or no boolean: " + text_of(member.name);
            return false;
        }
    for (const auto& member : document.GetObject()) *defects.find(text_of(member.name)) = member.value.GetBool();
    return true;
}

std::string defects_json(const Defects& defects) {
    JsonText out;
    out.writer.StartObject();
    out.field("rounding", defects.rounding.load());
    out.field("reorder", defects.reorder.load());
    out.field("timestamp", defects.timestamp.load());
    out.field("as_of", defects.as_of.load());
    out.writer.EndObject();
    return out.text();
}

bool choose_defects(std::string_view list, Defects& defects) {
    for (const char* name : {"rounding", "reorder", "timestamp", "as_of"}) *defects.find(name) = false;
    if (list == "none") return true;
    while (!list.empty()) {
        const auto cut = list.find(',');
        auto* defect = defects.find(list.substr(0, cut));
        if (defect == nullptr) return false;
        *defect = true;
        list = cut == std::string_view::npos ? std::string_view() : list.substr(cut + 1);
    }
    return true;
}

}  // namespace simulator
