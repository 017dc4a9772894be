// Fixed-width records by one of a few layouts: cut into pieces they give the same records and errors; what was read is
// written byte for byte as it was, or where the layout tolerates more, read again as the same document.
#include <array>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/fixed_width/document.hpp"
#include "mappings/formats/fixed_width/reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/pieces.hpp"

using namespace headgate;

namespace {

struct Format {
    std::shared_ptr<const FixedWidthLayout> layout;
    const CodePage* page;
    bool exact = true;
};

constexpr const char* lines = R"(
layout: fixed-width
record-length: 16
terminator: lf
record-by: { name: Type, at: 1, length: 1 }
records:
  - record: H
    required: true
    fields: [ { name: PO, at: 2, length: 4 }, { name: Day, at: 6, length: 6, type: date, optional: true } ]
  - record: D
    at_most: 50
    fields:
      - { name: Sku, at: 2, length: 4, fill: "0", align: right }
      - { name: Qty, at: 6, length: 3, type: decimal, places: 1, sign: overpunch }
      - { name: Price, at: 9, length: 4, type: int, sign: leading, fill: " " }
      - { name: Temp, at: 13, length: 3, type: int, sign: trailing, optional: true }
  - record: T
    fields: [ { name: Lines, at: 2, length: 2, type: int, count-of: D }, { name: By, at: 4, length: 3, value: WMS } ]
)";
constexpr const char* mainframe = R"(
layout: fixed-width
record-by: { at: 1, length: 1 }
records:
  - { record: A, at_most: 9, length: 6, fields: [ { name: N, at: 2, length: 2, type: binary, signed: true }, { name: P, at: 4, length: 3, type: packed, places: 2, signed: true } ] }
  - { record: B, at_most: 9, length: 9, fields: [ { name: Z, at: 2, length: 3, type: int, sign: overpunch }, { name: Q, at: 5, length: 2, type: packed, digits: 2 }, { name: T, at: 7, length: 2 } ] }
)";
constexpr const char* nested = R"(
layout: fixed-width
record-length: 5
terminator: crlf
record-by: { at: 1, length: 1 }
records:
  - record: H
    at_most: 20
    fields: [ { name: No, at: 2, length: 2 }, { name: Lines, at: 4, length: 2, type: int, count-of: L } ]
    records:
      - record: L
        at_most: 20
        fields: [ { name: Sku, at: 2, length: 4 } ]
        records: [ { record: N, fields: [ { name: Text, at: 2, length: 4, optional: true } ] } ]
  - { record: E, required: true, fields: [ { name: Lines, at: 2, length: 3, type: int, count-of: [H, L] } ] }
)";
constexpr const char* tolerant = R"(
layout: fixed-width
record-length: 5
terminator: lf
record-by: { at: 1, length: 1 }
tolerate: [short-records, long-records, unknown-records, filler, signs, last-terminator, crlf]
records:
  - { record: D, at_most: 100, fields: [ { name: Q, at: 2, length: 2, type: int, sign: overpunch }, { name: X, at: 5, length: 1, optional: true } ] }
  - { record: T, fields: [ { name: N, at: 2, length: 2, type: int, count-of: D } ] }
)";

const Format& format(std::uint8_t which) {
    auto load = [](const char* yaml, const char* charset, bool exact) {
        Diagnostics diagnostics;
        auto file = parse_source("layout.yaml", yaml, diagnostics);
        auto layout = fixed_width_layout(*file, diagnostics);
        fuzz::hold(layout != nullptr, "the layout is right", diagnostics.text());
        return Format{layout, CodePage::find(charset), exact};
    };
    static const std::array formats{load(lines, "ISO-8859-15", true), load(mainframe, "IBM273", true),
                                    load(nested, "US-ASCII", true), load(tolerant, "CP850", false)};
    return formats[which % formats.size()];
}

std::string error_of(const Error& error) { return "error: " + error.detail; }

// Each record as its type and fields, in pieces of any size or in one.
std::string records(const Format& by, std::string_view bytes, std::uint32_t seed, bool cut) {
    DriftLog drift;
    FixedWidthReader reader(*by.layout, *by.page, drift);
    std::string out;
    auto take = [&](auto next) {
        for (;;) {
            auto more = next();
            if (!more) return out += error_of(more.error()), false;
            if (!*more) return true;
            Arena arena;
            Builder builder(arena);
            builder.begin_object();
            reader.append_fields(builder);
            builder.end_object();
            out += reader.type().name + to_json(builder.take()) + "\n";
        }
    };
    auto read = [&](std::string_view& rest) { return take([&] { return reader.read(rest); }); };
    if (cut ? fuzz::in_pieces(bytes, seed, read) : read(bytes)) take([&] { return reader.finish(); });
    for (const Drift& seen : drift.all()) out += seen.kind + seen.name + seen.place + std::to_string(seen.count);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const Format& by = format(data[0]);
    auto bytes = fuzz::bytes(data + 2, size - 2);
    Arena arena;
    Builder builder(arena);
    DriftLog drift;
    std::string whole = records(by, bytes, 0, false);
    fuzz::hold(records(by, bytes, data[1], true) == whole, "pieces give the same", whole);
    auto document = read_fixed_width(*by.layout, *by.page, bytes, builder, drift);
    if (!document) {
        fuzz::hold(whole.find(error_of(document.error())) != std::string::npos, "both fail alike", whole);
        return 0;
    }
    std::string json = to_json(*document);
    auto written = write_fixed_width(*by.layout, *by.page, *document);
    fuzz::hold(written.ok(), "what was read can be written", json);
    if (by.exact) fuzz::hold(*written == bytes, "byte for byte", *written);
    auto again = read_fixed_width(*by.layout, *by.page, *written, builder, drift);
    fuzz::hold(again.ok() && equal(*again, *document), "what was written is read as it was", *written);
    return 0;
}
