// Mappings of files (tests/golden/mappings/files): X12, EDIFACT, fixed-width records and CSV, read and written; their
// cases, their laws, and what is written comes back through its bytes.
#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "mappings/formats/files/layout_format.hpp"
#include "mappings/plan/cases.hpp"
#include "mappings/plan/file_drop.hpp"
#include "mappings/plan/laws/messages.hpp"
#include "mappings/plan/laws/round_trips.hpp"

namespace headgate::mappings {
namespace {

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/files";

std::shared_ptr<const Registry> contracts() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_contracts({folder + "/contracts"}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return loaded;
    }();
    return all;
}

const PlanSet& plans() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_mappings({folder}, contracts(), diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return loaded;
    }();
    return *all;
}

Messages messages_of(const Plan& plan) {
    const auto& side = plan.contract_side();
    auto slash = side.find('/');
    return Messages::of(*contracts()->find_schema(side.substr(0, slash), side.substr(slash + 1)));
}

Result<std::string> bytes_of(const Plan& plan, const Value& message, Builder& builder) {
    auto legacy = plan.to_legacy(message, builder);
    if (!legacy) return legacy.error();
    const auto& drop = std::get<FileDrop>(plan.call());
    auto head = drop_head(drop, *legacy);
    if (!head) return head.error();
    return drop.format->write(*legacy, head->envelope);
}

}  // namespace

TEST(FileMappings, EveryCaseHolds) {
    int cases = 0;
    for (const auto& path : case_files(folder)) {
        Diagnostics diagnostics;
        for (const auto& count : run_cases(path, plans(), diagnostics)) cases += count.run;
        EXPECT_EQ(diagnostics.text(), "");
    }
    EXPECT_GE(cases, 30);
}

TEST(FileMappings, KeepTheirLawsOnGeneratedDocuments) {
    ASSERT_EQ(plans().plans().size(), 9u);
    for (const auto& plan : plans().plans())
        for (auto direction : {Direction::to_legacy, Direction::to_contract}) {
            auto trips = RoundTrips::of(*plan, *contracts(), direction);
            const auto& drop = std::get<FileDrop>(plan->call());
            ASSERT_EQ(trips != nullptr, direction == Direction::to_legacy ? drop.writes : drop.reads) << plan->name();
            if (!trips) continue;
            auto result = trips->run(1000, 1);
            EXPECT_FALSE(result.failure) << plan->name() << result.failure->text();
            EXPECT_LT(result.refused, 700) << plan->name();
        }
}

// What a partner would do with a file of ours, and the file that ours is again.
TEST(FileMappings, WriteFilesThatSayTheSameWhenTheyAreRead) {
    for (const auto& plan : plans().plans()) {
        const auto& drop = std::get<FileDrop>(plan->call());
        if (!drop.writes) continue;
        SCOPED_TRACE(plan->name());
        auto messages = messages_of(*plan);
        int written = 0;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            SCOPED_TRACE("seed " + std::to_string(seed));
            Arena arena;
            Builder builder(arena);
            auto message = messages.make(seed, arena);
            if (!message) continue;
            auto bytes = bytes_of(*plan, *message, builder);
            if (!bytes) {
                EXPECT_EQ(bytes.error().kind, ErrorKind::invalid_message) << bytes.error().detail;
                continue;
            }
            ++written;
            auto reading = drop.format->read(*bytes);
            ASSERT_TRUE(reading.accepted()) << reading.faults[0].text << "\n" << *bytes;
            ASSERT_EQ(reading.documents.size(), 1u) << *bytes;
            auto again = plan->to_contract(reading.documents[0].document, Value(), builder);
            ASSERT_TRUE(again) << again.error().detail << "\n" << *bytes;
            auto twice = bytes_of(*plan, *again, builder);
            ASSERT_TRUE(twice) << twice.error().detail << "\n" << *bytes;
            EXPECT_EQ(*twice, *bytes) << to_json(*message);
        }
        EXPECT_GE(written, 50);
    }
}

TEST(FileMappings, TellDriftAndAnswerInterchanges) {
    const auto& level = std::get<FileDrop>(plans().find_call("sheets", "level")->call());
    auto sheet = level.format->read("artikel;farbe;bestand;preis\nHG-1;rot;5;9,99\nHG-2;rot;5;\n");
    ASSERT_EQ(sheet.drift.all().size(), 1u);
    EXPECT_EQ(sheet.drift.all()[0].kind + " " + sheet.drift.all()[0].name, "column farbe");
    EXPECT_TRUE(level.format->acknowledge(sheet, "20261124", "0815", 1)->empty());

    const auto& shipments = *std::get<FileDrop>(plans().find_call("warehouse", "945")->call()).format;
    auto answers = shipments.acknowledge(shipments.read("ISA*00*          *00*          *ZZ*SUPPLIER       *ZZ*HEADGATE"
                                                        "       *261123*0930*U*00401*000000042*0*P*>~\n"
                                                        "GS*SW*SUPPLIER*HEADGATE*20261123*0930*7*X*004010~\n"
                                                        "ST*945*0001~\nSE*9*0001~\nGE*1*7~\nIEA*1*000000042~\n"),
                                         "20261124", "0815", 17);
    ASSERT_TRUE(answers);
    ASSERT_EQ(answers->size(), 1u);
    EXPECT_NE(answers->front().find("*261124*0815*U*00401*000000017*"), std::string::npos);
    EXPECT_NE(answers->front().find("AK9*R*1*1*0~"), std::string::npos) << answers->front();
}

// A batch: a message for each of its orders, with the header and the trailer that all of them have.
TEST(FileMappings, TakeEachRecordOfATypeForAMessage) {
    Diagnostics diagnostics;
    auto layout =
        parse_source("batch.layout.yaml",
                     "layout: fixed-width\nrecord-length: 6\nterminator: lf\nrecord-by: { at: 1, length: 1 }\n"
                     "message: H\nrecords:\n"
                     "  - { record: A, required: true, fields: [ { name: day, at: 2, length: 5 } ] }\n"
                     "  - record: H\n    at_most: 9\n    fields: [ { name: order, at: 2, length: 5 } ]\n"
                     "    records: [ { record: D, at_most: 9, fields: [ { name: sku, at: 2, length: 5 } ] } ]\n"
                     "  - { record: Z, required: true, fields: [ { name: orders, at: 2, length: 5, type: int, "
                     "count-of: H } ] }\n",
                     diagnostics);
    LayoutProblem problem;
    auto format = layout_format(*layout, "US-ASCII", {}, problem, diagnostics);
    ASSERT_TRUE(format) << diagnostics.text() << problem.message;
    auto batch = format->read("AMON  \nHPO1  \nDHG-1 \nDHG-2 \nHPO2  \nZ00002\n");
    ASSERT_TRUE(batch.accepted()) << batch.faults[0].text;
    ASSERT_EQ(batch.documents.size(), 2u);
    EXPECT_EQ(batch.documents[1].place, "H[2]");
    EXPECT_EQ(to_json(batch.documents[0].document),
              R"({"A":{"day":"MON"},"H":{"order":"PO1","D":[{"sku":"HG-1"},{"sku":"HG-2"}]},"Z":{"orders":"2"}})");
    Arena arena;
    Builder builder(arena);
    auto one = read_json(R"({"A":{"day":"MON"},"H":{"order":"PO2"}})", builder);
    auto written = format->write(*one, {});
    ASSERT_TRUE(written) << written.error().detail;
    EXPECT_EQ(*written, "AMON  \nHPO2  \nZ00001\n");
}

TEST(FileMappings, ThatReadAreNoCallsOfTheirSystem) {
    EXPECT_EQ(plans().find("fulfilment.v1/Shipment", "warehouse"), nullptr);
    EXPECT_NE(plans().find("fulfilment.v1/PickRequest", "warehouse"), nullptr);
    EXPECT_NE(plans().find_call("warehouse", "945"), nullptr);
}

}  // namespace headgate::mappings
