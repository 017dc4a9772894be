// Compiles a rule's codecs into a chain, step by step in their types, and runs it either way.
#include "mappings/plan/chain.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/plan/exact.hpp"
#include "mappings/plan/lexical_form.hpp"

namespace headgate::mappings {

namespace {

std::string written(const CodecCall& call) {
    std::string out = call.name, arguments;
    auto add = [&](const CodecArgument& argument) {
        arguments += argument.quoted ? '"' + argument.text + '"' : argument.text;
    };
    for (const auto& argument : call.arguments) {
        if (!arguments.empty()) arguments += ", ";
        add(argument);
    }
    for (const auto& argument : call.named) {
        arguments += (arguments.empty() ? "" : ", ") + argument.name + ": ";
        add(argument.value);
    }
    if (!arguments.empty()) out += "(" + arguments + ")";
    return call.normalises ? out + "!" : out;
}

}  // namespace

bool fails(const CodecCall& call) { return !call.arguments[0].quoted && call.arguments[0].text == "fail"; }
bool omits(const CodecCall& call) { return !call.arguments[0].quoted && call.arguments[0].text == "omit"; }

ChainType legacy_type(const LegacyNode* node) {
    if (!node) return {};
    ChainType type;
    type.length = node->length;
    type.xml_schema = node->xml_schema && !node->shape;
    bool typed = node->shape || node->typed;
    if (typed && node->type == LegacyType::boolean) type.kind = ChainType::Kind::boolean;
    if (node->type == LegacyType::date) {
        type.kind = ChainType::Kind::date;
        type.raw = !node->shape;
    }
    switch (node->type) {
        case LegacyType::integer: type.kind = ChainType::Kind::integer; break;
        case LegacyType::decimal:
            type.kind = ChainType::Kind::decimal;
            type.fraction = node->shape ? 36 : node->fraction;
            break;
        case LegacyType::datetime: type.kind = ChainType::Kind::datetime; break;
        default: return type;
    }
    type.raw = !node->shape;
    return type;
}

bool Chain::exact() const {
    return lenient_ < 0 &&
           std::all_of(codecs_.begin(), codecs_.end(), [](const auto& codec) { return codec->exact(); });
}

Width Chain::written(Width given) const {
    for (auto codec = codecs_.rbegin(); codec != codecs_.rend(); ++codec) given = (*codec)->written(given);
    return given;
}

bool Chain::instead(std::size_t at, Value& value, CodecRun& run) const {
    if (lenient_ < 0 || at != static_cast<std::size_t>(lenient_)) return false;
    run.drifted = true;
    run.unknown = text_of(value);
    value = otherwise_;
    return true;
}

void Chain::take(Value& value, Arena& arena) const {
    if (spelt_ == LegacyType::text || !value.is_string()) return;
    auto text = value.text();
    if (auto plain = plain_form(spelt_, text, arena); plain.data() != text.data() || plain.size() != text.size())
        value = Value::string(plain);
}

// A typed value is one of its kind, or it is none that the codecs were checked for.
bool Chain::of_kind(const Value& value, CodecRun& run) const {
    if (!checked_ || value.is_null()) return true;
    if (legacy_.kind == ChainType::Kind::boolean) return value.is_boolean() || run.fail("true or false");
    if (legacy_.numeric()) return value.is_number() || run.fail("a number");
    return value.is_string() || run.fail("a text");
}

bool Chain::read(Value& value, CodecRun& run) const {
    if (!of_kind(value, run)) return false;
    for (std::size_t i = 0; i < codecs_.size(); ++i) {
        const Codec& codec = *codecs_[i];
        if (value.is_null() && !codec.handles_null) continue;
        if (!codec.read(value, run) && !instead(i, value, run)) return false;
    }
    if (value.is_null()) return true;
    switch (contract_.kind) {
        case ChainType::Kind::integer:
        case ChainType::Kind::decimal: {
            if (value.is_number() && !contract_.raw) return true;
            auto places = plain_places(text_of(value));
            if (places == 0 || (places > 0 && contract_.kind == ChainType::Kind::decimal)) {
                value = Value::number(text_of(value));
                return true;
            }
            auto number = parse_exact(text_of(value));
            auto text = !number                                      ? std::nullopt
                        : contract_.kind == ChainType::Kind::integer ? write_whole(*number, run.arena)
                                                                     : write_exact(*number, -1, run.arena);
            if (!text) return run.fail("a number");
            value = Value::number(*text);
            return true;
        }
        case ChainType::Kind::boolean: return value.is_boolean() || run.fail("a flag");
        default: break;
    }
    if (!value.is_string()) value = Value::string(text_of(value));
    return true;
}

bool Chain::write_before(std::size_t call, Value& value, CodecRun& run) const {
    for (std::size_t i = call + implied_; i > 0; --i)
        if ((!value.is_null() || codecs_[i - 1]->handles_null) && !codecs_[i - 1]->write(value, run)) return false;
    return true;
}

bool Chain::write_typed(Value& value, CodecRun& run) const {
    if (legacy_.kind == ChainType::Kind::boolean) return value.is_boolean() || run.fail("a flag");
    if (!value.is_string() && !value.is_number()) return run.fail("a single value");
    if (!legacy_.numeric()) {
        value = Value::string(value.text());
        return longest_ == 0 || count_code_points(value.text()) <= longest_ || run.fail("a shorter value");
    }
    auto number = parse_exact(value.text());
    if (!number || (legacy_.kind == ChainType::Kind::integer && trim(*number).scale > 0))
        return run.fail("a number of the other side");
    if (!value.is_number()) {
        auto text = write_exact(*number, -1, run.arena);
        if (!text) return run.fail("a number of the other side");
        value = Value::number(*text);
    }
    return true;
}

bool Chain::write(Value& value, CodecRun& run) const {
    for (auto codec = codecs_.rbegin(); codec != codecs_.rend(); ++codec)
        if ((!value.is_null() || (*codec)->handles_null) && !(*codec)->write(value, run)) return false;
    if (value.is_null()) return true;
    if (typed_) return write_typed(value, run);
    if (value.is_boolean() || value.is_array() || value.is_object()) return run.fail("a single value");
    auto text = value.text();
    if (fraction_ >= 0 && (value.is_number() || legacy_.numeric())) {
        if (auto places = plain_places(text); places < 0 || places > fraction_) {
            auto number = parse_exact(text);
            if (!number || trim(*number).scale > fraction_) return run.fail("a number with no more places");
            if (value.is_number()) text = write_exact(*number, -1, run.arena).value_or(text);
        }
    }
    if (longest_ > 0 && text.size() > longest_ &&
        count_code_points(text) > longest_ + (fraction_ > 0) + text.starts_with('-'))
        return run.fail("a shorter value");
    value = Value::string(text);
    return true;
}

std::vector<Chain::Stage> Chain::stages(Direction direction, Value value, CodecRun& run) const {
    std::vector<Stage> out;
    bool reads = direction == Direction::to_contract;
    if (reads) take(value, run.arena);
    Value whole = value;
    for (std::size_t i = 0; i < codecs_.size(); ++i) {
        auto at = reads ? i : codecs_.size() - 1 - i;
        const Codec& codec = *codecs_[at];
        if (value.is_null() && !codec.handles_null) continue;
        bool good = reads ? codec.read(value, run) || instead(at, value, run) : codec.write(value, run);
        out.push_back({written_[at], good ? value : Value(), good ? std::string_view() : run.problem});
        if (!good) return out;
    }
    bool good = reads ? read(whole, run) : write(whole, run);
    out.push_back({{}, good ? whole : Value(), good ? std::string_view() : run.problem});
    return out;
}

// What else() says of the codec before it.
bool Chain::tolerate(const CodecCall& call, const std::vector<const CodecCall*>& all, Diagnostics& diagnostics) {
    auto at = static_cast<std::size_t>(std::find(all.begin(), all.end(), &call) - all.begin());
    bool flag = at > 0 && all[at - 1]->name == "flag";
    if (!flag && (at == 0 || all[at - 1]->name != "table")) {
        diagnostics.error(call.mark, "'else' stands behind the table or flag whose unknown codes it means",
                          "table(state) | else(omit)");
        return false;
    }
    const auto& argument = call.arguments[0];
    lenient_ = static_cast<int>(at) - 1;
    if (omits(call)) return true;
    if (flag && argument.text != "true" && argument.text != "false") {
        diagnostics.error(argument.mark, "'" + argument.text + "' is no flag", "else(true), else(false) or else(omit)");
        return false;
    }
    otherwise_word_ = std::make_unique<const std::string>(argument.text);
    otherwise_ = flag ? Value::boolean(argument.text == "true") : Value::string(*otherwise_word_);
    return true;
}

std::optional<Chain> compile_chain(const std::vector<CodecCall>& calls, const LegacyNode* legacy, CodecSetup setup,
                                   bool two_way, Diagnostics& diagnostics) {
    Chain chain;
    chain.legacy_ = setup.type = legacy_type(legacy);
    if (legacy && legacy->length > 0) chain.longest_ = static_cast<std::size_t>(legacy->length);
    chain.typed_ = legacy && (legacy->shape || legacy->typed);
    if (chain.legacy_.xml_schema) chain.spelt_ = legacy->type;
    chain.checked_ = chain.typed_ && legacy->type != LegacyType::any;
    if (chain.legacy_.numeric())
        chain.fraction_ = chain.legacy_.kind == ChainType::Kind::integer ? 0 : chain.legacy_.fraction;

    std::vector<const CodecCall*> all;
    // A database's time needs no pattern, nor does one of JSON: what they mean is understood.
    bool json = legacy && legacy->typed;
    const CodecCall implied{json ? "rfc3339" : "datetime", {}, {}, !json, setup.legacy_mark};
    if (setup.type.raw && setup.type.kind == ChainType::Kind::datetime && (calls.empty() || calls[0].name == "utc"))
        all.push_back(&implied);
    for (const auto& call : calls) all.push_back(&call);

    for (const auto* call : all) {
        const auto* definition = find_codec(call->name);
        if (!definition) {
            std::vector<std::string_view> names;
            for (const auto& known : codec_definitions()) names.push_back(known.name);
            auto near = nearest(call->name, names);
            diagnostics.error(call->mark, "unknown codec '" + call->name + "'",
                              near.empty() ? "" : "did you mean '" + near + "'?");
            return std::nullopt;
        }
        bool tolerant = call->name == "else" && call->arguments.size() == 1 && !fails(*call);
        bool lossy = tolerant || (definition->normalises && call->name != "table");
        if (two_way && lossy && !call->normalises) {
            diagnostics.error(call->mark, "codec '" + call->name + "' does not write back what it read",
                              "add '!' to say that this is meant: " + std::string(definition->usage));
            return std::nullopt;
        }
        CodecSetup one{*call,
                       setup.type,
                       setup.reads,
                       setup.writes,
                       setup.tables,
                       setup.zone,
                       setup.ambiguous_time,
                       setup.skipped_time,
                       setup.legacy_mark,
                       setup.contract_field,
                       setup.legacy_field};
        auto codec = definition->make(one);
        if (!codec) {
            if (one.problem.empty()) return std::nullopt;  // a field it asked for was reported already
            diagnostics.error(one.problem_mark, one.problem, one.hint);
            return std::nullopt;
        }
        if (tolerant && !chain.tolerate(*call, all, diagnostics)) return std::nullopt;
        if (call->name == "split") {
            if (call != all.back()) {
                diagnostics.error(all.back()->mark, "'split' stands last: what follows would mean its parts");
                return std::nullopt;
            }
            chain.separator_ = call->arguments[0].text;
        }
        setup.type = one.type;
        chain.codecs_.push_back(std::move(codec));
        chain.written_.push_back(written(*call));
    }
    chain.implied_ = all.size() - calls.size();
    chain.contract_ = setup.type;
    return chain;
}

}  // namespace headgate::mappings
