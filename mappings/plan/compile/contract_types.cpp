// Holds what the codecs of a rule make against the type that the contract gives the field.
#include "mappings/plan/compile/contract_types.hpp"

#include <filesystem>

namespace headgate::mappings {

std::string described(const Shape* shape) {
    if (!shape) return {};
    auto file = std::filesystem::path(shape->mark().file).stem().string();
    return file.empty() ? file : " (" + file + " #" + shape->pointer() + ")";
}

SourceMark mark_of(const Rule& rule) { return rule.codecs.empty() ? rule.legacy.mark : rule.codecs.back().mark; }

bool check_contract_type(const Rule& rule, const ChainType& type, const Shape* shape, const std::string& currency,
                         Diagnostics& diagnostics) {
    if (!shape) return true;
    using Kind = ChainType::Kind;
    auto mark = mark_of(rule);
    std::string what =
        rule.legacy.text + ": " + std::string(name(type.kind)) +
        (type.kind == Kind::decimal && type.fraction < 36 ? "(" + std::to_string(type.fraction) + ")" : "");
    auto refuse = [&](std::string_view wanted, std::string hint) {
        diagnostics.error(mark,
                          what + " feeds the " + std::string(wanted) + " " + rule.contract.text + described(shape),
                          std::move(hint));
        return false;
    };
    bool number = shape->allows(ValueKind::number), text = shape->allows(ValueKind::string),
         flag = shape->allows(ValueKind::boolean);
    switch (type.kind) {
        case Kind::decimal:
            if (!number)
                return refuse(text   ? "text"
                              : flag ? "boolean"
                                     : "field",
                              text ? "a decimal is no text of the contract" : "");
            if (shape->integer())
                return refuse("integer", currency.empty() ? "add exact-int" : "add minor-units(" + currency + ")");
            return true;
        case Kind::integer:
            if (text && shape->format() == "date") return refuse("date", "add date(\"yyyyMMdd\")");
            return number || refuse(text ? "text" : "field", text ? "leave int out, or add digits(n)" : "");
        case Kind::boolean:
            return flag || refuse(text ? "text" : number ? "number" : "field", "a flag makes a boolean");
        case Kind::date:
        case Kind::datetime:
            if (!text) return refuse(number ? "number" : "field", "");
            if (!shape->format().empty() && shape->format() != (type.kind == Kind::date ? "date" : "date-time"))
                return refuse(shape->format(), "");
            return true;
        case Kind::time:
            if (!text) return refuse(number ? "number" : "field", "");
            if (!shape->format().empty()) return refuse(shape->format(), "a time of day has neither date nor offset");
            return true;
        case Kind::text:
            // A time that is written as the contract does is said to be so: text(25).
            if (text && rule.codecs.empty() && (shape->format() == "date" || shape->format() == "date-time"))
                return refuse(shape->format(), shape->format() == "date" ? "add date(\"yyyyMMdd\")"
                                                                         : "add datetime(\"dd.MM.yyyy HH:mm:ss\")");
            if (text) return true;
            return refuse(number ? (shape->integer() ? "integer" : "number")
                          : flag ? "boolean"
                                 : "field",
                          number ? (shape->integer() ? "add int" : "add decimal(n)")
                          : flag ? "add flag(J,N)"
                                 : "");
    }
    return true;
}

// Every word of the contract's enumeration has a code when we write; every word of the table is one of the contract.
bool check_table(const CompileSetup& setup, const Rule& rule, const Shape* shape, Diagnostics& diagnostics) {
    const CodecCall* call = nullptr;
    for (const auto& codec : rule.codecs)
        if (codec.name == "table") call = &codec;
    if (!call || call->arguments.empty()) return true;
    auto table = setup.mapping.tables.find(call->arguments[0].text);
    if (table == setup.mapping.tables.end()) return true;
    std::vector<std::string_view> words = shape ? shape->enumeration() : std::vector<std::string_view>();
    if (!shape && rule.contract.text == "step.outcome") words = {"accepted", "held", "rejected"};
    if (words.empty()) return true;
    auto knows = [&](std::string_view word) {
        return std::any_of(table->second.entries.begin(), table->second.entries.end(),
                           [&](const auto& e) { return e.contract == word; });
    };
    if (std::none_of(words.begin(), words.end(), knows)) {
        diagnostics.error(call->arguments[0].mark,
                          "table '" + table->first + "' knows no value of " + rule.contract.text + described(shape));
        return false;
    }
    for (const auto& entry : table->second.entries)
        if (std::find(words.begin(), words.end(), entry.contract) == words.end()) {
            auto near = nearest(entry.contract, words);
            diagnostics.error(entry.mark,
                              "'" + entry.contract + "' is no value of " + rule.contract.text + described(shape),
                              near.empty() ? "" : "did you mean '" + near + "'?");
        }
    if (setup.direction == Direction::to_contract && rule.direction != Direction::both) return true;
    for (auto word : words)
        if (!knows(word))
            diagnostics.error(call->mark, "table '" + table->first + "' has no code for '" + std::string(word) +
                                              "' of " + rule.contract.text + described(shape));
    return true;
}

}  // namespace headgate::mappings
