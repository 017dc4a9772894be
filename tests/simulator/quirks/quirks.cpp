// The switches by their names.
#include "tests/simulator/quirks/quirks.hpp"

#include <algorithm>
#include <vector>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

constexpr std::uint64_t now_and_then_is = 5;

constexpr std::array<std::string_view, static_cast<std::size_t>(Quirk::count)> names{
    "padded_keys", "recycled_keys", "two_codes",    "date_sentinels",  "decimal_pieces",
    "cp850",       "fault_200",     "one_or_list",  "unknown_element", "unknown_code",
    "slow_files",  "bare_files",    "double_files", "number_gaps"};

std::size_t place_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

bool Quirks::now_and_then(Quirk quirk) const {
    return on(quirk) && ++asked_[static_cast<std::size_t>(quirk)] % now_and_then_is == 0;
}

bool Quirks::choose(std::string_view list) {
    std::array<bool, many> chosen{};
    if (list == "all") chosen.fill(true);
    if (list == "all" || list == "none") list = {};
    while (!list.empty()) {
        const auto cut = list.find(',');
        const auto place = place_of(list.substr(0, cut));
        if (place == many) return false;
        chosen[place] = true;
        list = cut == std::string_view::npos ? std::string_view() : list.substr(cut + 1);
    }
    for (std::size_t i = 0; i < many; ++i) switches_[i] = chosen[i];
    return true;
}

bool Quirks::switch_by(std::string_view json, std::string& problem) {
    rapidjson::Document document;
    if (document.Parse(json.data(), json.size()).HasParseError() || !document.IsObject()) {
        problem = "not a JSON object";
        return false;
    }
    for (const auto& member : document.GetObject())
        if (place_of(text_of(member.name)) == many || !member.value.IsBool()) {
            problem = "unknown quirk or no boolean: " + text_of(member.name);
            return false;
        }
    for (const auto& member : document.GetObject()) switches_[place_of(text_of(member.name))] = member.value.GetBool();
    return true;
}

std::string Quirks::json() const {
    JsonText out;
    out.writer.StartObject();
    for (std::size_t i = 0; i < many; ++i) out.field(names[i], switches_[i].load());
    out.writer.EndObject();
    return out.text();
}

const Quirks& no_quirks() {
    static const Quirks none;
    return none;
}

}  // namespace simulator
