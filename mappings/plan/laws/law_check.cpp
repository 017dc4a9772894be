#include "mappings/plan/laws/law_check.hpp"

#include <date/tz.h>

#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"
#include "mappings/plan/codecs/zone_clock.hpp"
#include "mappings/plan/exact.hpp"
#include "mappings/plan/laws/written_form.hpp"
#include "mappings/plan/run/row_groups.hpp"
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

bool has_codec(const Rule& rule, std::string_view name) {
    return std::any_of(rule.codecs.begin(), rule.codecs.end(), [&](const auto& codec) { return codec.name == name; });
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c ^ 0x20);
    return out;
}

std::string_view without_blanks(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// As a system compares its own values: numbers by value, texts without the blanks that fill them up.
bool same_legacy(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (!a.is_string() && !a.is_number()) return equal(a, b);
    auto x = text_of(a), y = text_of(b);
    if (without_blanks(x) == without_blanks(y)) return true;
    auto m = parse_exact(x), n = parse_exact(y);
    return m && n && compare(*m, *n) == 0;
}

// The same moment, to the second; a local time that the zone has twice may come back as the other one.
bool same_moment(std::string_view a, std::string_view b, const date::time_zone* zone) {
    OffsetTime x, y;
    if (!parse_rfc3339(a, x) || !parse_rfc3339(b, y)) return false;
    auto was = to_seconds(x.fields) - 60LL * x.offset_min, is = to_seconds(y.fields) - 60LL * y.offset_min;
    if (was == is || !zone) return was == is;
    ZoneClock clock(zone);
    auto local = is + clock.offset_at(is);
    return was + clock.offset_at(was) == local && clock.offset_of_local(local).kind == LocalOffset::Kind::twice;
}

// What came back, as what there was but for what the rule's codecs normalise.
bool same_contract(const Rule& rule, const Value& was, const Value& is, const date::time_zone* zone) {
    if (equal(was, is)) return true;
    if (was.is_null()) return has_codec(rule, "default");
    if (!was.is_string() || !is.is_string()) return false;
    if (same_moment(was.text(), is.text(), zone)) return true;
    return (has_codec(rule, "upper") || has_codec(rule, "lower")) && lowered(was.text()) == lowered(is.text());
}

std::string shown(const Value& value) { return value.is_null() ? "nothing" : to_json(value); }

// One check of one pair of messages.
class Walk {
  public:
    Walk(const Mapping& mapping, const date::time_zone* zone, bool reading)
        : mapping_(mapping), zone_(zone), reading_(reading), arena_(4096) {}

    // `rows`: of the legacy side, where it has rows.
    bool all(const std::vector<Relation>& relations, const Value& contract, const Value& legacy,
             const std::vector<Value>* rows) {
        scopes_.open.push_back(contract);
        bool good = std::all_of(relations.begin(), relations.end(),
                                [&](const Relation& one) { return relation(one, contract, legacy, rows); });
        scopes_.open.pop_back();
        return good;
    }
    std::optional<Breach> take() { return std::move(breach_); }

  private:
    bool relation(const Relation& one, const Value& contract, const Value& legacy, const std::vector<Value>* rows) {
        for (const auto* condition : one.when)
            if (!holds(*condition, contract)) return true;
        const Rule& rule = *one.rule;
        if (one.kind == Relation::Kind::items) return items(one, contract, legacy, rows);
        if (one.step->law == Law::one_way) return true;
        auto theirs =
            rows && rule.legacy.list ? of_each(*rows, rule.legacy.steps) : value_at(legacy, rule.legacy.steps);
        if (one.step->kind == Step::Kind::copy) {
            auto ours = value_at(contract, rule.contract.steps);
            return equal(ours, theirs) || fail(rule, shown(reading_ ? theirs : ours), shown(reading_ ? ours : theirs));
        }
        switch (one.kind) {
            case Relation::Kind::value: return value(one, value_at(contract, rule.contract.steps), single_of(theirs));
            case Relation::Kind::values: return values(one, value_at(contract, rule.contract.steps), theirs);
            case Relation::Kind::parts: return parts(one, value_at(contract, rule.contract.steps), single_of(theirs));
            case Relation::Kind::items: break;
        }
        return true;
    }

    // The values of a column, of the rows that have one.
    Value of_each(const std::vector<Value>& rows, const std::vector<std::string>& steps) {
        Value* values = arena_.allocate<Value>(rows.size());
        std::uint32_t count = 0;
        for (const auto& row : rows)
            if (auto value = value_at(row, steps); !value.is_null()) values[count++] = value;
        return Value::array(values, count);
    }

    bool value(const Relation& one, const Value& ours, Value theirs) {
        const Rule& rule = *one.rule;
        const Chain& chain = one.step->chain;
        auto references = scopes_.references(rule);
        CodecRun run{arena_, references.data()};
        if (reading_ && means_none(theirs)) theirs = {};
        Value back = reading_ ? ours : theirs;
        if (reading_ ? !chain.write(back, run) : !chain.read(back, run)) {
            if (!reading_ && rule.direction != Direction::both) return true;  // it is not to be told back
            return fail(rule, shown(reading_ ? theirs : ours), shown(reading_ ? ours : theirs),
                        "which can't be told back: expected " + std::string(run.problem));
        }
        if (!reading_) {
            bool same = one.step->law == Law::exact ? equal(ours, back) : same_contract(rule, ours, back, zone_);
            if (!same) return fail(rule, shown(ours), shown(theirs), "which comes back as " + shown(back));
        } else if (one.step->law == Law::exact) {
            // What came without its filling is written with it; numbers with other marks are the same by value.
            Value again = back;
            bool filled = has_codec(rule, "padded") || has_codec(rule, "decimal");
            if (same_legacy(theirs, back) || (filled && chain.read(again, run) && equal(again, ours))) return true;
            return fail(rule, shown(theirs), shown(ours), "which comes back as " + shown(back));
        }
        if (one.step->law == Law::exact) return true;
        // Normalised once it stays as it is.
        Value again = back, normal = reading_ ? ours : back;
        if (!reading_ && !chain.write(again, run)) return fail(rule, shown(back), "nothing", "the second time");
        if (!chain.read(again, run) || !equal(again, normal))
            return fail(rule, shown(normal), shown(again), "the second time");
        return true;
    }

    bool means_none(const Value& legacy) const {
        if (!legacy.is_string()) return legacy.is_null();
        const auto& none = mapping_.nulls_read;
        return std::find(none.begin(), none.end(), legacy.text()) != none.end();
    }

    bool values(const Relation& one, const Value& ours, const Value& theirs) {
        auto a = items_of(ours), b = items_of(theirs);
        if (ours.is_null()) return true;  // none(...) may stand for it
        if (reading_) std::erase_if(b, [&](const Value& each) { return means_none(single_of(each)); });
        if (a.size() != b.size())
            return fail(*one.rule, std::to_string(reading_ ? b.size() : a.size()) + " values",
                        std::to_string(reading_ ? a.size() : b.size()));
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!value(one, a[i], single_of(b[i]))) return false;
        return true;
    }

    bool parts(const Relation& one, const Value& ours, const Value& theirs) {
        const Rule& rule = *one.rule;
        std::string joined;
        bool any = false;
        for (const auto& brace : rule.contract.braces) {
            auto part = value_at(ours, {brace});
            any = any || !part.is_null();
            joined += (&brace == &rule.contract.braces.front() ? "" : one.step->chain.separator()) +
                      std::string(text_of(part));
        }
        Value text = any ? Value::string(joined) : Value();
        CodecRun run{arena_};
        Value back = theirs;
        if (!one.step->chain.read(back, run) || !equal(back, text)) return fail(rule, shown(text), shown(theirs));
        return true;
    }

    bool items(const Relation& one, const Value& contract, const Value& legacy, const std::vector<Value>* rows) {
        const Rule& rule = *one.rule;
        auto ours = items_of(value_at(contract, rule.contract.steps));
        std::vector<std::vector<Value>> groups;
        std::vector<Value> theirs;
        // Within another group, or within what is one thing, rows may be of another list.
        bool nested = scopes_.open.size() > 1 || !mapping_.legacy.one.empty();
        if (!rule.group.empty()) {
            std::vector<std::string_view> keys;
            for (const auto& row : *rows) {
                if (nested && value_at(row, {rule.group}).is_null()) continue;
                auto key = text_of_column(row, rule.group);
                auto at = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
                if (at == keys.size()) keys.push_back(key), groups.emplace_back();
                groups[at].push_back(row);
            }
            for (const auto& group : groups) theirs.push_back(group.front());
        } else {
            theirs = rule.by_row ? *rows : items_of(value_at(legacy, rule.legacy.steps));
        }
        bool more = reading_ && rule.missing.has_value();
        if (ours.size() < theirs.size() || (ours.size() > theirs.size() && !more)) {
            if (reading_ && !mapping_.cannot_say.empty()) return true;  // items may be left out
            return fail(rule, std::to_string(reading_ ? theirs.size() : ours.size()) + " items",
                        std::to_string(reading_ ? ours.size() : theirs.size()));
        }
        for (std::size_t i = 0; i < theirs.size(); ++i) {
            std::vector<Value> itself = {theirs[i]};
            if (!all(one.rules, ours[i], theirs[i], !rows ? nullptr : groups.empty() ? &itself : &groups[i]))
                return false;
        }
        return true;
    }

    bool fail(const Rule& rule, const std::string& was, const std::string& is, const std::string& why = {}) {
        breach_ =
            Breach{rule.mark, rule.contract.text + " " + std::string(sign(rule.direction)) + " " + rule.legacy.text,
                   was + " is told as " + is + (why.empty() ? "" : ", " + why)};
        return false;
    }

    const Mapping& mapping_;
    const date::time_zone* zone_;
    bool reading_;
    Arena arena_;
    ContractScopes scopes_;
    std::optional<Breach> breach_;
};

}  // namespace

LawCheck::LawCheck(const CompiledPlan& plan, Direction direction)
    : mapping_(plan.mapping()),
      reading_(direction == Direction::to_contract),
      shape_(reading_ || mapping_.draft ? nullptr : plan.written()) {
    if (!mapping_.legacy.tz.empty()) zone_ = date::locate_zone(mapping_.legacy.tz);
    if (const auto* transfer = reading_ ? plan.reply() : plan.request())
        relations_ = relations_of((reading_ ? mapping_.reply : mapping_.request).rules, *transfer);
}

std::optional<Breach> LawCheck::check(const Value& contract, const Value& legacy) const {
    if (shape_)
        if (auto what = misfit(*shape_, legacy); !what.empty()) return Breach{mapping_.mark, mapping_.name, what};
    Walk walk(mapping_, zone_, reading_);
    std::vector<Value> rows;
    if (legacy.is_array()) rows.assign(legacy.begin(), legacy.end());
    // What is one thing is told by its first row.
    bool one = reading_ && !mapping_.legacy.one.empty() && !rows.empty();
    walk.all(relations_, contract, one ? rows.front() : legacy, legacy.is_array() ? &rows : nullptr);
    return walk.take();
}

}  // namespace headgate::mappings
