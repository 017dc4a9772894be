// minor-units(field): an amount in major units <-> whole minor units, by the currency in another field (ISO 4217), or
// by the one that is named: minor-units("EUR").
#include <algorithm>
#include <array>
#include <cstdint>

#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

// Three letters as one number: compared without calls.
constexpr std::uint32_t packed(std::string_view code) {
    return static_cast<std::uint32_t>(code[0]) << 16 | static_cast<std::uint32_t>(code[1]) << 8 |
           static_cast<std::uint32_t>(code[2]);
}

template <std::size_t count>
constexpr std::array<std::uint32_t, count> packed_all(const std::string_view (&codes)[count]) {
    std::array<std::uint32_t, count> out{};
    for (std::size_t i = 0; i < count; ++i) out[i] = packed(codes[i]);
    return out;
}

// Currencies that don't have two places; -1 when `code` is no currency code at all.
int places_of(std::string_view code) {
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return -1;
    static constexpr auto none = packed_all({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
                                             "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"});
    static constexpr auto three = packed_all({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"});
    auto known = packed(code);
    if (std::find(none.begin(), none.end(), known) != none.end()) return 0;
    return std::find(three.begin(), three.end(), known) != three.end() ? 3 : 2;
}

class MinorUnits : public Codec {
  public:
    // `places` of the named currency; else -1, and `currency` is the reference.
    MinorUnits(int currency, int places) : currency_(currency), places_(places) {}
    bool read(Value& value, CodecRun& run) const override {
        int places = places_in(run);
        if (places < 0) return run.fail("a currency beside the amount");
        auto number = parse_exact(text_of(value));
        if (!number) return run.fail("an amount");
        static constexpr int factors[] = {1, 10, 100, 1000};
        auto minor = multiply(*number, {factors[places], 0});
        auto text = minor ? write_whole(*minor, run.arena) : std::nullopt;
        if (!text) return run.fail("an amount in whole minor units of its currency");
        value = Value::number(*text);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        int places = places_in(run);
        if (places < 0) return run.fail("a currency beside the amount");
        auto number = parse_exact(text_of(value));
        if (number) *number = trim(*number);
        if (!number || number->scale != 0) return run.fail("whole minor units");
        number->scale = places;
        auto text = write_exact(*number, -1, run.arena);
        if (!text) return run.fail("an amount");
        value = Value::number(*text);
        return true;
    }
    // Of most currencies; of one with fewer places an amount may be refused when it is written.
    Width written(Width given) const override { return {0, given.digits > 2 ? given.digits - 2 : given.digits}; }

  private:
    int places_in(const CodecRun& run) const {
        return places_ >= 0 ? places_ : places_of(text_of(run.references[currency_]));
    }

    int currency_, places_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_number()) return nullptr;
    const auto& named = setup.call.arguments[0];
    int places = named.quoted ? places_of(named.text) : -1;
    if (named.quoted && places < 0)
        return setup.fail_at(named.mark, "'" + named.text + "' is no currency code", "minor-units(\"EUR\")");
    int currency = named.quoted ? 0 : setup.contract_field(named);
    if (currency < 0) return nullptr;
    setup.type = {ChainType::Kind::integer, false, 0, 0};
    return std::make_unique<MinorUnits>(currency, places);
}

}  // namespace

CodecDefinition minor_units_codec() {
    return {"minor-units",
            "minor-units(total.currencyCode) or minor-units(\"EUR\")",
            "an amount of money is minor units of the currency in another field of the contract, or of the one that is "
            "named",
            false,
            make,
            {{"decimal(2) | minor-units(\"EUR\")", "19.99", Direction::both, "1999"},
             {"decimal(2) | minor-units(\"EUR\")", "19.9", Direction::to_contract, "1990"},
             {"decimal(2) | minor-units(\"JPY\")", "500.00", Direction::both, "500"},
             {"decimal(3) | minor-units(\"KWD\")", "1.234", Direction::both, "1234"},
             {"decimal(2) | minor-units(\"KWD\")", nullptr, Direction::to_legacy, "1234"},
             {"decimal(2) | minor-units(euro)", "1.00", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
