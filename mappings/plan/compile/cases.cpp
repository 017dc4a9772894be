#include "mappings/plan/compile/cases.hpp"

#include <algorithm>

namespace headgate::mappings {

using Test = Condition::Test;

bool contradict(const Condition& a, const Condition& b) {
    auto one_way = [](const Condition& x, const Condition& y) {
        if (x.test == Test::absent) return y.test != Test::absent;
        return x.test == Test::equal && ((y.test == Test::equal && x.literal != y.literal) ||
                                         (y.test == Test::not_equal && x.literal == y.literal));
    };
    return one_way(a, b) || one_way(b, a);
}

bool exclusive(const Clauses& a, const Clauses& b) {
    return std::any_of(a.begin(), a.end(), [&](const Clause& x) {
        return std::any_of(b.begin(), b.end(), [&](const Clause& y) {
            return x.field == y.field && contradict(*x.condition, *y.condition);
        });
    });
}

const OneCase::Field* OneCase::find(const Steps& field) const {
    auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.clause->field == field; });
    return found == fields_.end() ? nullptr : &*found;
}

bool OneCase::holds(const Field& field, const Condition& condition) {
    bool there = field.at < field.literals.size() + field.other;
    bool same = field.at < field.literals.size() && field.literals[field.at] == condition.literal;
    switch (condition.test) {
        case Test::equal: return same;
        case Test::not_equal: return there && !same;
        case Test::present: return there;
        case Test::absent: break;
    }
    return !there;
}

bool OneCase::holds(const Clauses& clauses) const {
    return std::all_of(clauses.begin(), clauses.end(),
                       [&](const Clause& one) { return holds(*find(one.field), *one.condition); });
}

bool OneCase::lacks(const Steps& field) const {
    const auto* found = find(field);
    return found && found->at == found->literals.size() + found->other;
}

// Lives for one question: counts through the values of all fields.
class CaseFinder {
  public:
    CaseFinder(const std::vector<const Clauses*>& clauses, const std::function<bool(const OneCase&)>& open)
        : open_(open) {
        for (const auto* all : clauses)
            for (const auto& clause : *all) add(clause);
        for (auto& field : one_.fields_) complete(field);
    }

    std::optional<std::string> find() {
        if (cases_ > most_cases) return "one of " + std::to_string(one_.fields_.size()) + " fields says another thing";
        std::vector<std::size_t> all(one_.fields_.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        if (!any(all, 0, true)) return std::nullopt;
        return text();
    }

  private:
    static constexpr std::size_t most_cases = 100'000;

    void add(const Clause& clause) {
        auto found = std::find_if(one_.fields_.begin(), one_.fields_.end(),
                                  [&](const auto& f) { return f.clause->field == clause.field; });
        if (found == one_.fields_.end()) found = one_.fields_.insert(found, OneCase::Field{&clause, {}});
        bool literal = clause.condition->test == Test::equal || clause.condition->test == Test::not_equal;
        auto& literals = found->literals;
        if (literal && std::find(literals.begin(), literals.end(), clause.condition->literal) == literals.end())
            literals.push_back(clause.condition->literal);
    }
    void complete(OneCase::Field& field) {
        const auto& words = field.clause->words;
        field.other = words.empty() || std::any_of(words.begin(), words.end(), [&](const auto& word) {
                          return std::find(field.literals.begin(), field.literals.end(), word) == field.literals.end();
                      });
        field.absent = !field.clause->always;
        cases_ = std::min(cases_ * field.count(), most_cases + 1);
    }
    // Whether there is a value of each of these fields with which the answer is `wanted`; it is left there.
    bool any(const std::vector<std::size_t>& fields, std::size_t from, bool wanted) {
        if (from == fields.size()) return possible() && open_(one_) == wanted;
        auto& field = one_.fields_[fields[from]];
        for (field.at = 0; field.at < field.count(); ++field.at)
            if (any(fields, from + 1, wanted)) return true;
        return false;
    }
    // What is in a part that is absent is absent.
    bool possible() const {
        return std::none_of(one_.fields_.begin(), one_.fields_.end(), [&](const auto& field) {
            if (one_.lacks(field.clause->field)) return false;
            for (auto around = field.clause->field; !around.empty();)
                if (around.pop_back(); one_.lacks(around)) return true;
            return false;
        });
    }
    // Of the case that was found, without the fields that make no difference to it.
    std::string text() {
        auto found = one_;
        std::vector<std::size_t> free;
        std::string out;
        for (std::size_t i = 0; i < found.fields_.size(); ++i) {
            one_ = found;
            free.push_back(i);
            if (!any(free, 0, false)) continue;
            free.pop_back();
            out += (out.empty() ? "" : " and ") + told(found.fields_[i]);
        }
        return out;
    }
    static std::string told(const OneCase::Field& field) {
        const auto& name = field.clause->condition->field.text;
        auto is = [&](const std::string& sign, const std::string& word) { return name + sign + "\"" + word + "\""; };
        if (field.at < field.literals.size()) return is(" == ", field.literals[field.at]);
        if (field.at >= field.literals.size() + field.other) return name + " absent";
        if (field.literals.empty()) return name + " present";
        const auto& words = field.clause->words;
        if (field.literals.size() > 1 || words.size() == 2)
            for (const auto& word : words)
                if (std::find(field.literals.begin(), field.literals.end(), word) == field.literals.end())
                    return is(" == ", word);
        std::string out;
        for (const auto& literal : field.literals) out += (out.empty() ? "" : " and ") + is(" != ", literal);
        return out;
    }

    const std::function<bool(const OneCase&)>& open_;
    OneCase one_;
    std::size_t cases_ = 1;
};

std::optional<std::string> find_case(const std::vector<const Clauses*>& clauses,
                                     const std::function<bool(const OneCase&)>& open) {
    return CaseFinder(clauses, open).find();
}

}  // namespace headgate::mappings
