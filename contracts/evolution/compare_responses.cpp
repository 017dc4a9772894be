// Statuses, and the headers and bodies that come with them.
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "contracts/evolution/comparers.hpp"

namespace headgate::evolution {
namespace {

using Responses = std::map<std::string, Place>;

// 200, 2XX or default: nobody knows what another key stands for.
bool is_status(std::string_view key) {
    if (key == "default") return true;
    if (key.size() != 3 || key[0] < '1' || key[0] > '5') return false;
    return key.substr(1) == "XX" || key.find_first_not_of("0123456789") == std::string_view::npos;
}

Responses responses_of(ApiFiles& files, Place responses) {
    Responses all;
    if (!responses) return all;
    files.see(responses);
    for (const auto& entry : responses.node->entries)
        if (is_status(entry.key)) all.emplace(entry.key, files.follow(files.entry(responses, entry)));
    return all;
}

bool is_success(const std::string& status) { return status.starts_with('2'); }

// What else of these says something about the status: its range, or `default` for what is no success.
std::string covered_by(const Responses& responses, const std::string& status) {
    std::string range = status.substr(0, 1) + "XX";
    if (status != "default" && range != status && responses.contains(range)) return range;
    return status != "default" && !is_success(status) && responses.contains("default") ? "default" : "";
}

Frame frame_of(const Frame& operation, const std::string& status) {
    Frame frame = operation;
    frame.direction = Direction::response;
    frame.status = status;
    frame.where = "response " + status;
    return frame;
}

void compare_header(Comparison& comparison, const Frame& response, const std::string& name, bool again, Both at,
                    Both responses) {
    Frame frame = response;
    frame.where += " header " + name;
    frame.path = "/" + name;
    if (again && !(at.before && at.after))
        return comparison.tell(frame, "declared-twice",
                               {at.before ? at.before : responses.before, at.after ? at.after : responses.after},
                               "the second declaration of the header is " + std::string(at.before ? "gone" : "new"));
    if (!at.before) return comparison.tell(frame, "header-added", {responses.before, at.after}, "the header is new");
    if (!at.after) return comparison.tell(frame, "header-removed", {at.before, responses.after}, "the header is gone");
    bool was_required = is_flag_set(comparison.before_files, at.before, "required");
    bool is_required = is_flag_set(comparison.after_files, at.after, "required");
    if (was_required != is_required)
        comparison.tell(frame, is_required ? "header-became-required" : "header-became-optional", at,
                        is_required ? "the header is always there" : "the header may be absent");
    bool was_old = is_flag_set(comparison.before_files, at.before, "deprecated");
    bool is_old = is_flag_set(comparison.after_files, at.after, "deprecated");
    if (was_old != is_old)
        comparison.tell(frame, is_old ? "header-deprecated" : "header-deprecation-withdrawn", at,
                        is_old ? "is deprecated" : "is no longer deprecated");
    std::string was_style = style_of(comparison.before_files, at.before, "header");
    std::string is_style = style_of(comparison.after_files, at.after, "header");
    if (was_style != is_style)
        comparison.tell(frame, "header-style-changed", at, "was written as " + was_style + " and is as " + is_style);
    compare_value(comparison, frame, at);
    comparison.compare_rest(
        frame, at,
        {"required", "deprecated", "style", "explode", "schema", "content", "allowReserved", "allowEmptyValue"});
}

void compare_headers(Comparison& comparison, const Frame& response, Both responses) {
    std::map<std::string, std::pair<std::string, Both>> headers;
    auto read = [&](ApiFiles& files, Place at, bool before) {
        Place list = files.child(at, "headers");
        if (!list) return;
        files.see(list);
        for (const auto& entry : list.node->entries) {
            std::string key = to_lower(entry.key);
            auto side = [&]() -> Place& { return before ? headers[key].second.before : headers[key].second.after; };
            while (side()) mark_again(key);
            headers[key].first = entry.key;
            side() = files.follow(files.entry(list, entry));
        }
    };
    read(comparison.before_files, responses.before, true);
    read(comparison.after_files, responses.after, false);
    headers.erase("content-type");  // the media type says it
    for (const auto& [key, header] : headers)
        compare_header(comparison, response, header.first, is_again(key), header.second, responses);
}

void compare_response(Comparison& comparison, const Frame& frame, Both at) {
    compare_headers(comparison, frame, at);
    compare_content(comparison, frame, comparison.child(at, "content"), at);
    Both links = comparison.child(at, "links");
    if (!comparison.same_meaning(links))
        comparison.tell(frame, "link-changed",
                        {links.before ? links.before : at.before, links.after ? links.after : at.after},
                        "its links have changed");
    comparison.compare_rest(frame, at, {"headers", "content", "links"});
}

void judge_gone(Comparison& comparison, const Frame& frame, Place was, const Responses& after, Place responses) {
    const std::string& status = frame.status;
    const char* rule = status == "default"  ? "default-status-removed"
                       : is_success(status) ? "success-status-removed"
                                            : "error-status-removed";
    std::string cover = covered_by(after, status);
    Place there = cover.empty() ? responses : after.at(cover);
    comparison.tell(frame, rule, {was, there},
                    "the status " + status + " is gone" + (cover.empty() ? "" : ", " + cover + " covers it"));
    if (!cover.empty()) compare_response(comparison, frame, {was, there});
}

void judge_new(Comparison& comparison, const Frame& frame, Place is, const Responses& before, Place responses) {
    const std::string& status = frame.status;
    std::string cover = covered_by(before, status);
    if (!cover.empty()) {
        Place there = before.at(cover);
        comparison.tell(frame, "status-specified", {there, is}, "the status " + status + " was covered by " + cover);
        return compare_response(comparison, frame, {there, is});
    }
    const char* rule = status == "default"  ? "default-status-added"
                       : is_success(status) ? "success-status-added"
                                            : "error-status-added";
    comparison.tell(frame, rule, {responses, is}, "the status " + status + " is new");
}

}  // namespace

void compare_responses(Comparison& comparison, const Frame& operation, Both responses) {
    auto before = responses_of(comparison.before_files, responses.before);
    auto after = responses_of(comparison.after_files, responses.after);
    std::set<std::string> statuses;
    for (const auto* side : {&before, &after})
        for (const auto& [status, at] : *side) statuses.insert(status);
    for (const auto& status : statuses) {
        auto was = before.find(status), is = after.find(status);
        Frame frame = frame_of(operation, status);
        if (was == before.end())
            judge_new(comparison, frame, is->second, before, responses.before);
        else if (is == after.end())
            judge_gone(comparison, frame, was->second, after, responses.after);
        else
            compare_response(comparison, frame, {was->second, is->second});
    }
    // What stands between the statuses.
    for (const auto& key : comparison.keys(responses)) {
        Both value = comparison.child(responses, key);
        if (is_status(key) || comparison.same_meaning(value)) continue;
        bool extension = key.starts_with("x-");
        comparison.tell(operation, extension ? "extension-changed" : "unknown-change",
                        {value.before ? value.before : responses.before, value.after ? value.after : responses.after},
                        "'" + key + "'" + (extension ? "" : ", which is no status,") + " has changed",
                        extension ? "" : "200, 2XX or default");
    }
}

}  // namespace headgate::evolution
