// What a schema says beside judging values: defaults, who sends it, deprecation, extensions.
#include <set>

#include "contracts/evolution/meaning.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

void judge_default(Judging& judging) {
    auto change = difference_of(judging.before.defaults, judging.after.defaults);
    if (!change) return;
    if (!change->was) return judging.tell("default-added", {}, change->is, "the default " + change->to + " is new");
    if (!change->is)
        return judging.tell("default-removed", change->was, {}, "the default " + change->from + " is gone");
    judging.tell("default-changed", change->was, change->is,
                 "the default was " + change->from + " and is " + change->to);
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
    static const std::vector<Place> none;
    for (const auto& key : keys) {
        auto was = before.find(key), is = after.find(key);
        auto change = difference_of(was == before.end() ? none : was->second, is == after.end() ? none : is->second);
        if (!change) continue;
        const char* rule = key == "x-personal"  ? "personal-changed"
                           : key == "x-compare" ? "compare-changed"
                                                : "schema-extension-changed";
        judging.tell(rule, change->was, change->is, key + " was " + change->from + " and is " + change->to);
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
