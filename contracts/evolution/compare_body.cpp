// Request bodies, and the media types of any message.
#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "contracts/evolution/comparers.hpp"

namespace headgate::evolution {
namespace {

// `Application/JSON; b=2; a=1` -> `application/json;a=1;b=2`
std::string normal_media_type(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (char c : text + ';') {
        if (c == ';') {
            parts.push_back(std::move(part));
            part.clear();
        } else if (c != ' ' && c != '\t') {
            part += to_lower(c);
        }
    }
    std::sort(parts.begin() + 1, parts.end());
    std::string out = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) out += ';' + parts[i];
    return out;
}

// The nearest of the types that stand for this one too: without its parameters, `application/*`, `*/*`.
std::string covered_by(const std::map<std::string, Place>& types, const std::string& type) {
    std::string plain = type.substr(0, type.find(';'));
    for (const std::string& wider : {plain, plain.substr(0, plain.find('/')) + "/*", std::string("*/*")})
        if (wider != type && types.contains(wider)) return wider;
    return {};
}

std::map<std::string, Place> media_types(ApiFiles& files, Place content) {
    std::map<std::string, Place> types;
    if (!content) return types;
    files.see(content);
    for (const auto& entry : content.node->entries) {
        std::string type = normal_media_type(entry.key);
        while (types.contains(type)) mark_again(type);
        types.emplace(std::move(type), files.follow(files.entry(content, entry)));
    }
    return types;
}

}  // namespace

void compare_content(Comparison& comparison, const Frame& message, Both content, Both places) {
    auto before = media_types(comparison.before_files, content.before);
    auto after = media_types(comparison.after_files, content.after);
    auto frame_of = [&](const std::string& type) {
        Frame frame = message;
        frame.where += ' ' + without_again(type);
        return frame;
    };
    auto tell_alone = [&](const std::string& type, Both at) {
        const char* change = at.before ? " is gone" : " is new";
        const char* rule = is_again(type) ? "declared-twice" : at.before ? "media-type-removed" : "media-type-added";
        Both there{at.before        ? at.before
                   : content.before ? content.before
                                    : places.before,
                   at.after        ? at.after
                   : content.after ? content.after
                                   : places.after};
        comparison.tell(frame_of(type), rule, there,
                        (is_again(type) ? "the second declaration of the media type " : "the media type ") +
                            without_again(type) + change);
    };
    auto compare_type = [&](const std::string& type, Both at) {
        Frame frame = frame_of(type);
        comparison.compare_schemas(frame, comparison.child(at, "schema"), at);
        Both encoding = comparison.child(at, "encoding");
        if (!comparison.same_meaning(encoding))
            comparison.tell(frame, "encoding-changed",
                            {encoding.before ? encoding.before : at.before, encoding.after ? encoding.after : at.after},
                            "how its parts are encoded has changed");
        comparison.compare_rest(frame, at, {"schema", "encoding"});
    };
    for (const auto& [type, was] : before) {
        auto found = after.find(type);
        if (found == after.end()) {
            tell_alone(type, {was, {}});
            continue;
        }
        compare_type(type, {was, found->second});
    }
    for (const auto& [type, is] : after) {
        if (before.contains(type)) continue;
        std::string cover = is_again(type) ? "" : covered_by(before, type);
        if (cover.empty()) {
            tell_alone(type, {{}, is});
            continue;
        }
        Both at{before.at(cover), is};
        comparison.tell(frame_of(type), "media-type-specified", at,
                        "the media type " + type + " was covered by " + cover);
        compare_type(type, at);
    }
}

void compare_body(Comparison& comparison, const Frame& operation, std::string_view method, Both body) {
    if (!body) return;
    Frame frame = operation;
    frame.direction = Direction::request;
    frame.where = "request body";
    Both at = comparison.follow(body);
    bool required = is_flag_set(comparison.after_files, at.after, "required");
    // OpenAPI 3.0 takes no notice of a body where HTTP gives it no meaning; 3.1 does.
    if (body.before && body.after && (method == "GET" || method == "HEAD" || method == "DELETE") &&
        comparison.before_files.dialect(body.before) != comparison.after_files.dialect(body.after))
        comparison.tell(frame, "unknown-change", at,
                        "a body of " + std::string(method) + " counts in OpenAPI 3.1 and not in 3.0");
    if (!at.before)
        return comparison.tell(frame, required ? "body-required-added" : "body-added", {{}, at.after},
                               required ? "a body must be sent" : "a body may be sent");
    if (!at.after) return comparison.tell(frame, "body-removed", {at.before, {}}, "there is no body any longer");
    bool was_required = is_flag_set(comparison.before_files, at.before, "required");
    if (was_required != required)
        comparison.tell(frame, required ? "body-became-required" : "body-became-optional", at,
                        required ? "a body must be sent" : "the body may be left out");
    compare_content(comparison, frame, comparison.child(at, "content"), at);
    comparison.compare_rest(frame, at, {"required", "content"});
}

}  // namespace headgate::evolution
