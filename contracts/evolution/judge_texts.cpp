// Formats and patterns of texts (and the formats of numbers).
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

using Texts = std::map<std::string, Place>;

Texts without(const Texts& texts, const Texts& others) {
    Texts left;
    for (const auto& one : texts)
        if (!others.contains(one.first)) left.insert(one);
    return left;
}

bool is_larger(const std::string& format, const std::string& than) {
    return (format == "int64" && than == "int32") || (format == "double" && than == "float");
}

// One text for one is a change; one without a partner is an addition or a removal.
void judge_texts(Judging& judging, const std::string& what, const Texts& before, const Texts& after) {
    Texts gone = without(before, after), come = without(after, before);
    auto was = gone.begin(), is = come.begin();
    for (; was != gone.end() && is != come.end(); ++was, ++is) {
        std::string message = "the " + what + " was '" + was->first + "' and is '" + is->first + "'";
        const char* change = what == "format" && is_larger(is->first, was->first)   ? "-widened"
                             : what == "format" && is_larger(was->first, is->first) ? "-narrowed"
                                                                                    : "-changed";
        judging.tell(what + change, was->second, is->second, std::move(message));
    }
    for (; was != gone.end(); ++was)
        judging.tell(what + "-removed", was->second, {}, "the " + what + " '" + was->first + "' is gone");
    for (; is != come.end(); ++is)
        judging.tell(what + "-added", {}, is->second, "the " + what + " '" + is->first + "' is new");
}

}  // namespace

void judge_formats(Judging& judging) { judge_texts(judging, "format", judging.before.formats, judging.after.formats); }

void judge_patterns(Judging& judging) {
    judge_texts(judging, "pattern", judging.before.patterns, judging.after.patterns);
}

}  // namespace headgate::evolution
