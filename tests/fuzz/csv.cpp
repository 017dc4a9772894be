// CSV by one of a few layouts: cut into pieces it gives the same records and errors; what was read is written and read
// again as the same records.
#include <array>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/reader.hpp"
#include "mappings/formats/csv/writer.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/pieces.hpp"

using namespace headgate;

namespace {

struct Format {
    std::shared_ptr<const CsvLayout> layout;
    const Charset* charset;
};

const Format& format(std::uint8_t which) {
    auto load = [](const char* yaml, const char* charset) {
        Diagnostics diagnostics;
        auto file = parse_source("layout.yaml", yaml, diagnostics);
        return Format{csv_layout(*file, diagnostics), Charset::find(charset)};
    };
    static const std::array formats{
        load("layout: csv\ncolumns:\n  a: char(8)\n  b: int?\n  c: decimal(6,2)?\n", "UTF-8"),
        load("layout: csv\nheader: none\nline-end: lf\ncolumns:\n  a: text?\n", "UTF-8"),
        load("layout: csv\nheader: optional\nseparator: ;\ndecimal-mark: ','\ntolerate: [lf, blank-lines]\ncolumns:\n"
             "  a: text\n  b: decimal(6,2)?\n",
             "CP850"),
        load("layout: csv\nheader: optional\nquoting: all\ntolerate: [bom, lf]\ncolumns:\n  a: text?\n  b: text?\n",
             "UTF-8"),
    };
    return formats[which % formats.size()];
}

std::string pieces(const Format& by, std::string_view bytes, std::uint32_t seed, const CsvLimits& limits) {
    DriftLog drift;
    CsvReader reader(*by.layout, *by.charset, drift, limits);
    std::string out, error;
    auto records = [&](auto next) {
        for (;;) {
            auto more = next();
            if (!more) return error = more.error().detail, false;
            if (!*more) return true;
            Arena arena;
            out += (out.empty() ? "" : ",") + to_json(reader.record(arena));
        }
    };
    bool good = fuzz::in_pieces(bytes, seed,
                                [&](std::string_view& rest) { return records([&] { return reader.read(rest); }); });
    good = good && records([&] { return reader.finish(); });
    return good ? "[" + out + "]" : error;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const Format& by = format(data[0]);
    auto bytes = fuzz::bytes(data + 2, size - 2);
    CsvLimits limits;
    limits.field = 100;
    limits.record = 200;
    limits.columns = 10;
    Arena arena;
    DriftLog drift;
    auto records = read_csv(*by.layout, *by.charset, bytes, arena, drift, limits);
    std::string read = records ? to_json(*records) : records.error().detail;
    fuzz::hold(pieces(by, bytes, data[1], limits) == read, "pieces give the same", read);
    if (!records || !drift.all().empty()) return 0;
    auto written = write_csv(*by.layout, *by.charset, *records);
    fuzz::hold(written.ok(), "what was read can be written", read);
    auto again = read_csv(*by.layout, *by.charset, *written, arena, drift);
    fuzz::hold(again.ok(), "what was written can be read", *written);
    fuzz::hold(equal(*again, *records), "what was written is read as it was", *written);
    fuzz::hold(*write_csv(*by.layout, *by.charset, *again) == *written, "writing again changes nothing", *written);
    return 0;
}
