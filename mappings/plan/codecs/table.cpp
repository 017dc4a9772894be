// table(name): a legacy code is a word of the contract, by a table of the mapping. else(...): what an unknown one
// means.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class TableCodec : public Codec {
  public:
    explicit TableCodec(const Table& table) {
        for (const auto& entry : table.entries) {
            writes_.emplace_back(entry.contract, entry.legacy.front().first);
            for (const auto& [code, mark] : entry.legacy) reads_.emplace_back(code, entry.contract);
        }
    }
    bool read(Value& value, CodecRun& run) const override { return look_up(reads_, value, run, "a code of the table"); }
    bool write(Value& value, CodecRun& run) const override {
        return look_up(writes_, value, run, "a word of the table");
    }
    bool exact() const override { return reads_.size() == writes_.size(); }
    Width written(Width) const override {
        std::size_t longest = 1;
        for (const auto& [word, code] : writes_) longest = std::max(longest, count_code_points(code));
        return {longest, 0};
    }

  private:
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    static bool look_up(const Pairs& pairs, Value& value, CodecRun& run, std::string_view expected) {
        auto text = text_of(value);
        for (const auto& [from, to] : pairs)
            if (from == text) return value = Value::string(to), true;
        return run.fail(expected);
    }
    Pairs reads_, writes_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    const auto& argument = setup.call.arguments[0];
    auto found = setup.tables->find(argument.text);
    if (found == setup.tables->end()) {
        std::vector<std::string_view> names;
        for (const auto& [table, entries] : *setup.tables) names.push_back(table);
        auto near = nearest(argument.text, names);
        return setup.fail_at(argument.mark, "unknown table '" + argument.text + "'",
                             near.empty() ? "declare it under tables:" : "did you mean '" + near + "'?");
    }
    setup.type = {ChainType::Kind::text, false, 0, 0, "table"};
    return std::make_unique<TableCodec>(found->second);
}

class Nothing : public Codec {
  public:
    bool read(Value&, CodecRun&) const override { return true; }
    bool write(Value&, CodecRun&) const override { return true; }
};

std::unique_ptr<Codec> make_else(CodecSetup& setup) {
    if (!setup.arguments(1, 1)) return nullptr;
    return std::make_unique<Nothing>();  // what it says is the chain's to do
}

}  // namespace

CodecDefinition table_codec() {
    return {"table",
            "table(channel)",
            "a legacy code is a word of the contract, by a table of the mapping",
            true,
            make,
            {{"table(channel)", "01", Direction::both, "\"web\""},
             {"table(outcome)", "NEW", Direction::to_contract, "\"accepted\""},
             {"table(outcome)", "P1", Direction::both, "\"accepted\""},
             {"table(channel)", "1", Direction::to_contract, nullptr},
             {"table(channel)", nullptr, Direction::to_legacy, "\"fax\""}}};
}

CodecDefinition else_codec() {
    return {
        "else",
        "else(omit), else(word) or else(fail)",
        "what a code that the table or flag before it does not know means, told as drift: no value, or this word; fail "
        "says aloud that it is an error",
        false,
        make_else,
        {{"table(channel) | else(store)", "09", Direction::to_contract, "\"store\""},
         {"table(channel) | else(omit)", "09", Direction::to_contract, "absent"},
         {"table(channel) | else(omit)!", "02", Direction::both, "\"store\""},
         {"table(channel) | else(fail)", "09", Direction::to_contract, nullptr},
         {"flag(J,N) | else(false)", "?", Direction::to_contract, "false"}}};
}

}  // namespace headgate::mappings
