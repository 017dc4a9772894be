// Envelope first (ISA's fixed widths give the delimiters), then the order's segments in their order.
#include "tests/simulator/warehouse/pick_file.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>

namespace simulator {
namespace {

struct Segment {
    std::size_t place = 0;           // 1-based
    std::vector<std::string> parts;  // parts[0] is the id
    std::string text;

    const std::string& at(std::size_t element) const {
        static const std::string none;
        return element < parts.size() ? parts[element] : none;
    }
};

[[noreturn]] void refuse(const Segment& segment, const std::string& why) {
    throw std::runtime_error("segment " + std::to_string(segment.place) + " " + segment.at(0) + ": " + why);
}

void expect(bool holds, const Segment& segment, const char* why) {
    if (!holds) refuse(segment, why);
}

bool digits(const std::string& text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool sized(const std::string& text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most;
}

bool date(const std::string& text) {
    return digits(text, 8, 8) && text[4] <= '1' && text.substr(4, 2) >= "01" && text.substr(4, 2) <= "12" &&
           text.substr(6) >= "01" && text.substr(6) <= "31";
}

std::vector<Segment> split(std::string_view text) {
    Segment isa{1, {"ISA"}, {}};
    expect(text.size() >= 106 && text.substr(0, 3) == "ISA", isa, "an interchange header of 106 characters is wanted");
    const char element = text[3], terminator = text[105];
    expect(std::isalnum(static_cast<unsigned char>(element)) == 0 && element != terminator, isa,
           "delimiters are not usable");
    // A short or long element of ISA would move the delimiters themselves.
    for (const std::size_t at : {6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103})
        expect(text[at] == element, isa, "an element has not its fixed width");
    std::vector<Segment> segments;
    while (!text.empty()) {
        const auto end = text.find(terminator);
        Segment segment{segments.size() + 1, {}, std::string(text.substr(0, end))};
        std::string_view rest = segment.text;
        for (;;) {
            const auto cut = rest.find(element);
            segment.parts.emplace_back(rest.substr(0, cut));
            if (cut == std::string_view::npos) break;
            rest.remove_prefix(cut + 1);
        }
        expect(end != std::string_view::npos, segment, "has no terminator");
        for (const char c : segment.text)
            expect(static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F, segment,
                   "only printable ASCII");
        expect(segment.parts.size() == 1 || !segment.parts.back().empty(), segment, "ends with an empty element");
        segments.push_back(std::move(segment));
        text.remove_prefix(end + 1);
        while (!text.empty() && (text[0] == '\r' || text[0] == '\n')) text.remove_prefix(1);
    }
    return segments;
}

void check_isa(const Segment& isa) {
    expect(isa.parts.size() == 17, isa, "16 elements are wanted");
    expect(digits(isa.at(9), 6, 6) && digits(isa.at(10), 4, 4), isa, "date or time");
    expect(isa.at(12) == "00401", isa, "version is not 00401");
    expect(digits(isa.at(13), 9, 9), isa, "control number");
    expect(isa.at(15) == "P" || isa.at(15) == "T", isa, "usage is neither P nor T");
}

// Walks the segments of the one order, in order.
class Reader {
  public:
    explicit Reader(std::vector<Segment> segments) : segments_(std::move(segments)) {}

    void read() {
        const auto& isa = take("ISA");
        check_isa(isa);
        const auto& gs = take("GS");
        expect(gs.parts.size() == 9 && gs.at(1) == "OW", gs, "functional group is not OW with 8 elements");
        expect(date(gs.at(4)) && (digits(gs.at(5), 4, 4) || digits(gs.at(5), 6, 8)), gs, "date or time");
        expect(digits(gs.at(6), 1, 9) && gs.at(7) == "X" && gs.at(8) == "004010", gs,
               "control number, agency or version");
        order_.group_control = gs.at(6);
        const auto& st = take("ST");
        expect(st.parts.size() == 3 && st.at(1) == "940" && sized(st.at(2), 4, 9), st, "transaction set is not 940");
        order_.set_control = st.at(2);
        read_order();
        const auto& se = take("SE");
        expect(se.parts.size() == 3 && se.at(2) == st.at(2), se, "control number differs from ST");
        expect(se.at(1) == std::to_string(se.place - st.place + 1), se, "count of segments is wrong");
        const auto& ge = take("GE");
        expect(ge.parts.size() == 3 && ge.at(1) == "1" && ge.at(2) == gs.at(6), ge,
               "count or control number differs from GS");
        const auto& iea = take("IEA");
        expect(iea.parts.size() == 3 && iea.at(1) == "1" && iea.at(2) == isa.at(13), iea,
               "count or control number differs from ISA");
        if (next_ < segments_.size()) refuse(segments_[next_], "after the end of the interchange");
    }
    PickOrder& order() { return order_; }

  private:
    bool ahead(std::string_view id) const { return next_ < segments_.size() && segments_[next_].at(0) == id; }

    const Segment& take(std::string_view id) {
        if (next_ >= segments_.size()) refuse({segments_.size() + 1, {std::string(id)}, {}}, "missing");
        if (segments_[next_].at(0) != id) refuse(segments_[next_], "found where " + std::string(id) + " is wanted");
        return segments_[next_++];
    }

    void read_order() {
        const std::size_t first = next_;
        const auto& w05 = take("W05");
        expect(w05.at(1) == "N" && w05.parts.size() <= 4, w05, "order status is not N");
        expect(sized(w05.at(2), 1, 22), w05, "depositor order number");
        order_.order_id = w05.at(2);
        const auto& n1 = take("N1");
        expect(n1.at(1) == "ST" && n1.parts.size() <= 5, n1, "is not the ship-to");
        expect(sized(n1.at(2), 0, 60), n1, "name");
        expect(n1.at(3).empty() == n1.at(4).empty(), n1, "code without qualifier or the other way round");
        expect(n1.at(4).empty() || (sized(n1.at(3), 1, 2) && sized(n1.at(4), 2, 80)), n1, "code");
        order_.ship_to = n1.at(2);
        order_.store = n1.at(4);
        read_address(n1);
        const auto& g62 = take("G62");
        expect(g62.parts.size() == 3 && g62.at(1) == "10" && date(g62.at(2)), g62, "requested ship date");
        order_.date = g62.at(2);
        read_lines();
        for (std::size_t i = first; i < next_; ++i) order_.content += segments_[i].text + "\n";
    }

    void read_address(const Segment& n1) {
        if (!order_.store.empty() && !ahead("N3")) return;  // a store's address is known
        expect(!order_.ship_to.empty(), n1, "neither a name nor a code");
        const auto& n3 = take("N3");
        expect(n3.parts.size() <= 3 && sized(n3.at(1), 1, 55) && sized(n3.at(2), 0, 55), n3, "street");
        const auto& n4 = take("N4");
        expect(n4.parts.size() == 5 && sized(n4.at(1), 2, 30) && sized(n4.at(3), 3, 15) && sized(n4.at(4), 2, 3), n4,
               "city, postal code and country");
    }

    void read_lines() {
        std::set<std::string> numbers;
        long total = 0;
        while (order_.lines.empty() || ahead("LX")) {
            const auto& lx = take("LX");
            expect(lx.parts.size() == 2 && digits(lx.at(1), 1, 6), lx, "assigned number");
            expect(numbers.insert(lx.at(1)).second, lx, "assigned number twice");
            const auto& w01 = take("W01");
            expect(w01.parts.size() == 6, w01, "5 elements are wanted");
            expect(digits(w01.at(1), 1, 9) && std::stol(w01.at(1)) > 0, w01, "quantity is no count of pieces");
            expect(w01.at(2) == "EA" && w01.at(3).empty() && w01.at(4) == "VN", w01, "unit or product qualifier");
            expect(sized(w01.at(5), 1, 48), w01, "product");
            order_.lines.push_back({lx.at(1), std::stol(w01.at(1)), w01.at(5)});
            total += order_.lines.back().quantity;
        }
        const auto& w76 = take("W76");
        expect(w76.parts.size() == 2 && digits(w76.at(1), 1, 12) && std::stol(w76.at(1)) == total, w76,
               "total differs from the lines");
    }

    std::vector<Segment> segments_;
    std::size_t next_ = 0;
    PickOrder order_;
};

}  // namespace

bool read_pick_file(std::string_view text, PickOrder& order, std::string& problem) {
    order = {};
    try {
        Reader reader(split(text));
        try {
            reader.read();
            order = std::move(reader.order());
            return true;
        } catch (const std::runtime_error& failure) {
            order.group_control = reader.order().group_control;
            order.set_control = reader.order().set_control;
            problem = failure.what();
        }
    } catch (const std::runtime_error& failure) {
        problem = failure.what();
    }
    return false;
}

}  // namespace simulator
