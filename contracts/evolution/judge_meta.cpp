// What a schema says beside judging values: defaults, who sends it, deprecation, extensions.
#include <set>

#include "contracts/evolution/meaning.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

void judge_default(Judging& judging) {
    Place was = judging.before.default_value, is = judging.after.default_value;
    if (!was && !is) return;
    if (!was) return judging.tell("default-added", {}, is, "the default " + canonical(*is.node) + " is new");
    if (!is) return judging.tell("default-removed", was, {}, "the default " + canonical(*was.node) + " is gone");
    std::string from = canonical(*was.node), to = canonical(*is.node);
    if (from != to) judging.tell("default-changed", was, is, "the default was " + from + " and is " + to);
}

void judge_flag(Judging& judging, const std::string& rule, const char* word, Place was, Place is) {
    if (bool(was) == bool(is)) return;
    judging.tell(rule + (is ? "-added" : "-removed"), was, is, std::string(is ? "is " : "is no longer ") + word);
}

void judge_extensions(Judging& judging) {
    const auto &before = judging.before.extensions, &after = judging.after.extensions;
    std::set<std::string> keys;
    for (const auto* side : {&before, &after})
        for (const auto& [key, value] : *side) keys.insert(key);
    for (const auto& key : keys) {
        auto was = before.find(key), is = after.find(key);
        auto text = [](const auto& found, const auto& side) {
            return found == side.end() ? std::string("absent") : canonical(*found->second.node);
        };
        std::string from = text(was, before), to = text(is, after);
        if (from == to) continue;
        const char* rule = key == "x-personal"  ? "personal-changed"
                           : key == "x-compare" ? "compare-changed"
                                                : "schema-extension-changed";
        judging.tell(rule, was == before.end() ? Place() : was->second, is == after.end() ? Place() : is->second,
                     key + " was " + from + " and is " + to);
    }
}

}  // namespace

void judge_meta(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    judge_default(judging);
    judge_flag(judging, "read-only", "read only", before.read_only, after.read_only);
    judge_flag(judging, "write-only", "write only", before.write_only, after.write_only);
    judge_flag(judging, "deprecated", "deprecated", before.deprecated, after.deprecated);
    judge_extensions(judging);
}

}  // namespace headgate::evolution
