// Deprecation and sunset: whether callers were told in time.
#include <chrono>

#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

constexpr int shortest_notice_days = 90;

std::optional<std::chrono::sys_days> day_of(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
    int parts[3] = {0, 0, 0};
    for (std::size_t i = 0, part = 0; i < 10; ++i) {
        if (i == 4 || i == 7)
            ++part;
        else if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        else
            parts[part] = parts[part] * 10 + (text[i] - '0');
    }
    std::chrono::year_month_day date{std::chrono::year(parts[0]), std::chrono::month(static_cast<unsigned>(parts[1])),
                                     std::chrono::day(static_cast<unsigned>(parts[2]))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

bool is_deprecated(const ApiFiles& files, Place at) {
    if (is_flag_set(files, at, "deprecated")) return true;
    Place lifecycle = files.child(at, "x-lifecycle");
    return files.child(lifecycle, "state").text() == "deprecated" || files.child(lifecycle, "deprecated").is_true() ||
           day_of(files.child(lifecycle, "deprecated").text());
}

void compare_sunset(Comparison& comparison, const Frame& frame, Both lifecycle, Both at) {
    if (lifecycle.after && !lifecycle.after.node->is_mapping()) {
        if (!lifecycle.before || canonical(*lifecycle.before.node) != canonical(*lifecycle.after.node))
            comparison.tell(frame, "lifecycle-unreadable",
                            {lifecycle.before ? lifecycle.before : at.before, lifecycle.after},
                            "x-lifecycle is no mapping", "{state: deprecated, deprecated: 2026-12-01}");
        return;
    }
    Both sunset = comparison.child(lifecycle, "sunset");
    std::string from(sunset.before.text()), to(sunset.after.text());
    // Where one side says a day of its own, the other goes by its document's.
    if (sunset.after && !sunset.before) from = sunset_of(comparison.before_files, at.before, comparison.root.before);
    if (sunset.before && !sunset.after) to = sunset_of(comparison.after_files, at.after, comparison.root.after);
    auto was = day_of(from), is = day_of(to);
    if (sunset.after && !is && from != to)
        return comparison.tell(frame, "lifecycle-unreadable", {sunset.before ? sunset.before : at.before, sunset.after},
                               "its sunset '" + to + "' is no date", "sunset: 2027-06-30");
    Both places{sunset.before ? sunset.before : at.before, sunset.after ? sunset.after : at.after};
    if (was && !is) return comparison.tell(frame, "sunset-removed", places, "it was to go on " + from + ", and stays");
    if (was && is && *is < *was)
        comparison.tell(frame, "sunset-moved-earlier", places, "it was to go on " + from + " and goes on " + to);
    else if (was && is && *is > *was)
        comparison.tell(frame, "sunset-moved-later", places, "it was to go on " + from + " and goes on " + to);
    auto today = day_of(comparison.today);
    if (is && today && (!was || *is < *was) && *is - *today < std::chrono::days(shortest_notice_days))
        comparison.tell(frame, "sunset-too-near", places, "it goes on " + to + ", and today is " + comparison.today,
                        "callers need " + std::to_string(shortest_notice_days) + " days at least");
}

// `turned`: it was told that it is deprecated now, or no longer.
void compare_words(Comparison& comparison, const Frame& frame, Both lifecycle, Both at, bool turned) {
    for (const auto& key : comparison.keys(lifecycle)) {
        if (key == "sunset" || is_annotation(key)) continue;
        if (turned && (key == "state" || key == "deprecated")) continue;
        Both value = comparison.child(lifecycle, key);
        auto text = [](Place place) { return place ? canonical(*place.node) : std::string("absent"); };
        if (text(value.before) == text(value.after)) continue;
        const char* rule = key == "state"       ? "lifecycle-state-changed"
                           : key == "successor" ? "successor-changed"
                                                : "lifecycle-changed";
        comparison.tell(frame, rule, {value.before ? value.before : at.before, value.after ? value.after : at.after},
                        key + " was " + text(value.before) + " and is " + text(value.after));
    }
}

}  // namespace

std::string sunset_of(const ApiFiles& files, Place at, Place root) {
    for (Place from : {at, files.child(root, "info")}) {
        std::string_view sunset = files.child(files.child(from, "x-lifecycle"), "sunset").text();
        if (day_of(sunset)) return std::string(sunset.substr(0, 10));
    }
    return {};
}

void compare_lifecycle(Comparison& comparison, const Frame& frame, Both at) {
    bool was = is_deprecated(comparison.before_files, at.before), is = is_deprecated(comparison.after_files, at.after);
    Both lifecycle = comparison.child(at, "x-lifecycle");
    if (lifecycle.before) comparison.before_files.see_all(lifecycle.before);
    if (lifecycle.after) comparison.after_files.see_all(lifecycle.after);
    if (is && sunset_of(comparison.after_files, at.after, comparison.root.after).empty()) {
        // It was so before: told once.
        bool known = was && sunset_of(comparison.before_files, at.before, comparison.root.before).empty();
        if (!known)
            comparison.tell(frame, "deprecated-without-sunset", at,
                            "is deprecated, and nobody knows until when it answers",
                            "x-lifecycle: { state: deprecated, sunset: ..., successor: ... }");
    } else if (is && !was) {
        comparison.tell(frame, "operation-deprecated", at, "is deprecated");
    }
    if (was && !is) comparison.tell(frame, "deprecation-withdrawn", at, "is no longer deprecated");
    compare_sunset(comparison, frame, lifecycle, at);
    compare_words(comparison, frame, lifecycle, at, was != is);
}

}  // namespace headgate::evolution
