// Segments as lines of text; counts are taken from what was written.
#include "tests/simulator/warehouse/documents.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/warehouse/code_page.hpp"

namespace simulator {
namespace {

std::string digits(unsigned number, int width) {
    char text[24];
    std::snprintf(text, sizeof text, "%0*u", width, number);
    return text;
}

struct Moment {
    explicit Moment(Instant at) {
        const auto local = local_text(at);
        date = local.substr(0, 4) + local.substr(5, 2) + local.substr(8, 2);
        time = local.substr(11, 2) + local.substr(14, 2);
    }
    std::string date, time;  // yyyyMMdd, HHmm
};

// `segments` from ST (not included) to SE (not included).
std::string interchange(const char* group, const char* set, const std::vector<std::string>& segments, unsigned control,
                        const Moment& moment) {
    const auto number = digits(control % 1000000000u, 9);
    std::string out = "ISA*00*          *00*          *ZZ*WAREHOUSE      *ZZ*HEADGATE       *" + moment.date.substr(2) +
                      "*" + moment.time + "*U*00401*" + number + "*0*P*:~";
    out += std::string("GS*") + group + "*WAREHOUSE*HEADGATE*" + moment.date + "*" + moment.time + "*" +
           std::to_string(control) + "*X*004010~ST*" + set + "*0001~";
    for (const auto& segment : segments) out += segment + "~";
    return out + "SE*" + std::to_string(segments.size() + 2) + "*0001~GE*1*" + std::to_string(control) + "~IEA*1*" +
           number + "~";
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace

std::string acknowledgement_997(const PickOrder& received, bool accepted, unsigned control, Instant at) {
    return interchange("FA", "997",
                       {"AK1*OW*" + received.group_control, "AK2*940*" + received.set_control,
                        accepted ? "AK5*A" : "AK5*R*5", accepted ? "AK9*A*1*1*1" : "AK9*R*1*1*0"},
                       control, Moment(at));
}

std::string advice_945(const PickOrder& order, const Shipment& shipment, unsigned control, Instant at) {
    const Moment moment(at);
    std::vector<std::string> segments{"W06*F*" + order.order_id + "*" + moment.date + "*" + shipment.number};
    segments.push_back(order.store.empty() ? "N1*ST*" + order.ship_to
                                           : "N1*ST*" + order.ship_to + "*92*" + order.store);
    segments.push_back("G62*11*" + moment.date);
    segments.push_back("W27*M*" + shipment.carrier);
    auto left = shipment.pieces;
    long total = 0;
    for (const auto& line : order.lines) {
        long sent = 0;
        for (auto& [sku, pieces] : left)
            if (sku == line.sku) {
                sent = static_cast<long>(std::min<std::int64_t>(pieces, line.quantity));
                pieces -= sent;
                break;
            }
        segments.push_back("LX*" + line.number);
        if (sent > 0)
            segments.push_back("MAN*GM*" + shipment.number + digits(static_cast<unsigned>(segments.size()), 4));
        segments.push_back(std::string("W12*") + (sent == line.quantity ? "CC" : "CP") + "*" +
                           std::to_string(line.quantity) + "*" + std::to_string(sent) + "*" +
                           std::to_string(line.quantity - sent) + "*EA**VN*" + line.sku);
        total += sent;
    }
    segments.push_back("W03*" + std::to_string(total));
    return interchange("SW", "945", segments, control, moment);
}

std::string return_csv(const ReturnReceipt& receipt, Instant at, const std::string& charset) {
    std::string out = "RUECKNR;AUFTRAG;POS;ARTNR;BEZEICHNUNG;MENGE;ME;ZUSTAND;GRUND;EINGANG;BEMERKUNG\r\n";
    for (const auto& line : receipt.lines) {
        const std::vector<std::string> fields{receipt.number,
                                              receipt.order,
                                              line.position,
                                              line.sku,
                                              texts_of(line.sku).name,
                                              std::to_string(line.pieces) + ",000",
                                              "ST",
                                              std::string(1, line.condition),
                                              line.reason,
                                              german_local_text(at).substr(0, 10),
                                              line.remark};
        for (std::size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? "" : ";") + csv_field(fields[i]);
        out += "\r\n";
    }
    return encoded(out, charset);
}

}  // namespace simulator
