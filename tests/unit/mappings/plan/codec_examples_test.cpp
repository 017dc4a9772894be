// Every codec's documented examples, run as they are documented.
#include <date/tz.h>
#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "mappings/language/rule_text.hpp"
#include "mappings/plan/chain.hpp"
#include "tests/support/corpora.hpp"

namespace headgate::mappings {

namespace {

// Tables `channel` and `outcome`; a reference's own text is the value of the field it names.
struct Bench {
    std::map<std::string, Table, std::less<>> tables;
    std::vector<std::string> texts;
    std::vector<Value> references;
    Arena arena;
    Bench() {
        auto add = [&](const char* table, const char* word, std::vector<std::string> codes) {
            Table::Entry entry;
            entry.contract = word;
            for (auto& code : codes) entry.legacy.emplace_back(code, SourceMark());
            tables[table].entries.push_back(std::move(entry));
        };
        add("channel", "web", {"01"});
        add("channel", "store", {"02"});
        add("outcome", "accepted", {"P1", "NEW"});
        add("outcome", "rejected", {"X", "99"});
        texts.reserve(64);
    }
    std::optional<Chain> chain(const CodecExample& example, Diagnostics& diagnostics) {
        auto calls = parse_codecs({example.chain, {"example", 1, 1}}, diagnostics);
        if (!calls) return std::nullopt;
        static const CodecCall none;
        bool both = example.direction == Direction::both;
        CodecSetup setup{none,
                         {},
                         both || example.direction == Direction::to_contract,
                         both || example.direction == Direction::to_legacy,
                         &tables,
                         date::locate_zone("Europe/Berlin")};
        setup.contract_field = setup.legacy_field = [this](const CodecArgument& argument) {
            texts.push_back(argument.text);
            references.push_back(Value::string(texts.back()));
            return static_cast<int>(references.size()) - 1;
        };
        return compile_chain(*calls, nullptr, setup, both, diagnostics);
    }
    Value document(const char* json) {
        if (std::string_view(json) == "absent") return Value::null();
        Builder builder(arena);
        auto value = read_json(json, builder);
        return value ? *value : Value::string("<malformed>");
    }
};

std::string show(const Value& value) { return value.is_null() ? "absent" : to_json(value); }

}  // namespace

TEST(Codecs, HoldTheirDocumentedExamples) {
    int count = 0;
    for (const auto& codec : codec_definitions()) {
        for (const auto& example : codec.examples) {
            SCOPED_TRACE(std::string(example.chain) + ": " + (example.legacy ? example.legacy : "refused") + " " +
                         std::string(sign(example.direction)) + " " +
                         (example.contract ? example.contract : "refused"));
            ++count;
            Bench bench;
            Diagnostics diagnostics;
            auto chain = bench.chain(example, diagnostics);
            ASSERT_TRUE(chain) << diagnostics.text();
            if (example.direction != Direction::to_legacy) {
                CodecRun run{bench.arena, bench.references.data()};
                Value value =
                    std::string_view(example.legacy) == "absent" ? Value::null() : Value::string(example.legacy);
                bool good = chain->read(value, run);
                EXPECT_EQ(good, example.contract != nullptr) << run.problem << show(value);
                if (good && example.contract) {
                    EXPECT_EQ(show(value), example.contract);
                }
            }
            if (example.direction != Direction::to_contract) {
                CodecRun run{bench.arena, bench.references.data()};
                Value value = bench.document(example.contract);
                bool good = chain->write(value, run);
                EXPECT_EQ(good, example.legacy != nullptr) << run.problem << show(value);
                if (good && example.legacy) {
                    EXPECT_EQ(value.is_null() ? "absent" : std::string(value.text()), example.legacy);
                }
            }
        }
    }
    EXPECT_GE(count, 100);
}

namespace {

std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
    return text;
}

// As docs/reference/mapping.md has it: what a codec is, and its first example.
std::string reference_table() {
    std::string out;
    for (const auto& codec : codec_definitions()) {
        bool marked = codec.normalises && codec.name != "table";
        out += "| `" + std::string(codec.name) + "`" + (marked ? " !" : "") + " | `" + cell(std::string(codec.usage)) +
               "` | " + cell(std::string(codec.summary)) + " |";
        if (!codec.examples.empty()) {
            const auto& example = codec.examples.front();
            auto side = [](const char* text) { return text ? "`" + cell(text) + "`" : std::string("refused"); };
            out += " `" + cell(example.chain) + "`: " + side(example.contract) + " " +
                   std::string(sign(example.direction)) + " " + side(example.legacy);
        }
        out += " |\n";
    }
    return out;
}

}  // namespace

TEST(Codecs, StandInTheReferenceAsTheyAre) {
    auto reference = test::read_file(HEADGATE_SOURCE_DIR "/docs/reference/mapping.md");
    std::string head = "| codec | written | means | contract OP legacy |\n| --- | --- | --- | --- |\n";
    auto begin = reference.find(head);
    ASSERT_NE(begin, std::string::npos);
    begin += head.size();
    EXPECT_TRUE(reference.substr(begin, reference.find("\n\n", begin) + 1 - begin) == reference_table())
        << "put this table into docs/reference/mapping.md:\n"
        << reference_table();
}

TEST(Codecs, RefuseOptionsThatTheyDoNotKnow) {
    for (std::string_view chain : {"text(3, pivot: 70)", "date(\"yyMMdd\", pvot: 70)", "date(\"yyMMdd\")",
                                   "date(\"yyyyMMdd\", pivot: 70)", "date(\"yyMMdd\", pivot: 1970)", "date(\"HHmm\")",
                                   "time(\"yyyyMMdd\")", "datetime(\"HHmm\")!", "datetime(tz: Europe/Berlyn)!",
                                   "datetime(ambiguous: sometimes)!", "check(ean)", "charset(CP0)", "int | times(0)"}) {
        Bench bench;
        Diagnostics diagnostics;
        std::string text(chain);
        EXPECT_FALSE(bench.chain({text.c_str(), "", Direction::both, ""}, diagnostics)) << chain;
        ASSERT_EQ(diagnostics.all().size(), 1u) << chain;
        EXPECT_EQ(diagnostics.all()[0].mark.line, 1) << chain;
    }
}

TEST(Codecs, HaveAUsageAndASummary) {
    for (const auto& codec : codec_definitions()) {
        EXPECT_FALSE(codec.usage.empty()) << codec.name;
        EXPECT_FALSE(codec.summary.empty()) << codec.name;
        EXPECT_EQ(find_codec(codec.name), &codec);
    }
}

}  // namespace headgate::mappings
