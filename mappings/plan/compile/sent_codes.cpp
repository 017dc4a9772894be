// Codes that a rule's codecs know: each is a text that the system can send, and that means itself.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

struct Code {
    std::string_view text;
    const SourceMark* mark;
    std::string means;  // what it is read as; empty: nothing
};

std::vector<Code> codes_of(const CodecCall& call, const Mapping& mapping) {
    std::vector<Code> out;
    if (call.name == "table") {
        auto table = mapping.tables.find(call.arguments[0].text);
        if (table == mapping.tables.end()) return out;
        for (const auto& entry : table->second.entries)
            for (const auto& [code, mark] : entry.legacy) out.push_back({code, &mark, entry.contract});
    } else if (call.name == "flag") {
        for (const auto& argument : call.arguments)
            out.push_back({argument.text, &argument.mark, &argument == &call.arguments[0] ? "true" : "false"});
    } else if (call.name == "none") {
        for (const auto& argument : call.arguments) out.push_back({argument.text, &argument.mark, {}});
    }
    return out;
}

// Why a field of that type never holds the text; empty: it may.
std::string misfit(const LegacyNode& field, std::string_view text) {
    auto is = [](std::string_view type) { return "the legacy field is " + std::string(type); };
    if (field.type == LegacyType::integer || field.type == LegacyType::decimal) {
        auto number = parse_exact(text);
        bool whole = field.type == LegacyType::integer;
        if (!number || (whole && trim(*number).scale > 0)) return is(whole ? "a whole number" : "a number");
    }
    if (field.xml_schema && field.type == LegacyType::boolean && text != "true" && text != "false" && text != "1" &&
        text != "0")
        return is("a boolean");
    if (field.xml_schema && (field.type == LegacyType::date || field.type == LegacyType::datetime)) {
        bool day = field.type == LegacyType::date;
        static const std::string_view shape = "dddd-dd-ddTdd:dd:dd";
        auto wanted = shape.substr(0, day ? 10 : 19);
        bool good = text.size() >= wanted.size();
        for (std::size_t i = 0; good && i < wanted.size(); ++i)
            good = wanted[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == wanted[i];
        if (!good) return is(day ? "a date of XML Schema" : "a dateTime of XML Schema");
    }
    if (field.type == LegacyType::text && field.length > 0 &&
        count_code_points(text) > static_cast<std::size_t>(field.length))
        return is("a text of at most " + std::to_string(field.length) +
                  (field.length == 1 ? " character" : " characters"));
    return {};
}

}  // namespace

bool ScopeCompiler::check_sent_codes(const Rule& rule, const LegacyNode& legacy, const Shape* shape,
                                     const Chain& chain) {
    bool good = true;
    const auto& nulls = setup_.mapping.nulls_read;
    for (std::size_t i = 0; i < rule.codecs.size(); ++i)
        for (const auto& code : codes_of(rule.codecs[i], setup_.mapping)) {
            Arena arena(256);
            CodecRun run{arena};
            Value sent = Value::string(code.text);
            if (!chain.write_before(i, sent, run) || sent.is_null()) continue;
            auto text = text_of(sent);
            auto told = "'" + std::string(code.text) + "' ";
            if (!code.means.empty() && reading() && std::find(nulls.begin(), nulls.end(), text) != nulls.end()) {
                diagnostics_.error(
                    *code.mark, told + "means no value, as nulls: says, and could not be read as '" + code.means + "'");
                continue;
            }
            if (!legacy.codes.empty()) {
                std::vector<std::string_view> known(legacy.codes.begin(), legacy.codes.end());
                if (std::find(known.begin(), known.end(), text) != known.end()) continue;
                auto near = nearest(code.text, known);
                good = good && rule.codecs[i].name == "table";  // what a table lacks is still to be told
                diagnostics_.error(*code.mark, told + "is no code of " + rule.legacy.text + (good ? "" : described(shape)),
                                   near.empty() ? "" : "did you mean '" + near + "'?");
            } else if (auto why = misfit(legacy, text); !why.empty()) {
                good = false;
                diagnostics_.error(*code.mark,
                                   told + "can't stand in " + rule.legacy.text + ": " + why + described(shape));
            }
        }
    return good;
}

}  // namespace headgate::mappings
