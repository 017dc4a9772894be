#include "tests/simulator/stock/pickups.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/catalog/random.hpp"

namespace simulator {
namespace {

constexpr std::chrono::milliseconds pause{250};
constexpr std::chrono::days kept{10};

// The stores write umlauts out, and whatever else is not ASCII as '?'.
std::string ascii(const std::string& utf8) {
    static const std::pair<std::string_view, std::string_view> known[]{
        {"\xc3\xa4", "ae"}, {"\xc3\xb6", "oe"}, {"\xc3\xbc", "ue"}, {"\xc3\x84", "Ae"},
        {"\xc3\x96", "Oe"}, {"\xc3\x9c", "Ue"}, {"\xc3\x9f", "ss"}};
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        const auto character = std::string_view(utf8).substr(i, size);
        std::string_view written = size == 1 && byte >= ' ' && byte != '\'' ? character : "?";
        for (const auto& [umlaut, letters] : known)
            if (character == umlaut) written = letters;
        out += written;
        i += size;
    }
    return out.substr(0, 60);
}

// "Kovac, Ana" as a person is called.
std::string called(const std::string& name) {
    const auto comma = name.find(", ");
    return ascii(comma == std::string::npos ? name : name.substr(comma + 2) + " " + name.substr(0, comma));
}

std::string day_number(Instant instant) {
    auto day = local_text(instant).substr(0, 10);
    return day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2);
}

}  // namespace

std::string pickup_number(int store, std::size_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "PU-%04d-%06zu", store % 10000, number % 1000000);
    return text;
}

std::string pickup_code(const std::string& order) { return std::to_string(100000 + number_for(7, order, 17) % 900000); }

PickupDesk::PickupDesk(StockPlace stock, const OrderBook& orders) : stock_(std::move(stock)), orders_(orders) {
    thread_ = std::thread([this] { run(); });
}

PickupDesk::~PickupDesk() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void PickupDesk::run() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, pause, [&] { return ending_; })) {
        lock.unlock();
        try {
            look();
        } catch (const DatabaseError&) {
            // Locked, stopped or away: in the next round.
        }
        lock.lock();
    }
}

void PickupDesk::put(RowSource& source, const std::string& order, const ShopOrderContent& content) {
    if (!source.rows("SELECT LAG FROM ABHOLUNG WHERE RESNR='" + order + "'").empty()) return;
    const auto before = source.rows("SELECT COUNT(*) FROM ABHOLUNG").at(0).at(0).value_or("0");
    const auto number = "'" + pickup_number(content.store, std::stoul(before) + 1) + "'";
    // Positions first: who sees the head sees all of it. What a kill leaves behind is put in once more.
    source.rows("DELETE FROM ABHPOS WHERE ABHNR=" + number);
    source.rows("INSERT INTO ABHPOS(ABHNR,POS,ARTNR,MENGE) SELECT " + number +
                ",POS,ARTNR,MENGE FROM RESPOS WHERE RESNR='" + order + "'");
    source.rows("INSERT INTO ABHOLUNG(ABHNR,RESNR,LAG,STATUS,NAME,CODE,BIS,ANGELEGT,VERS) VALUES(" + number + ",'" +
                order + "'," + std::to_string(content.store) + ",'O','" + called(content.name) + "','" +
                pickup_code(order) + "'," + day_number(now() + kept) + ",'" + local_text(now()) + "',0)");
}

void PickupDesk::look() {
    std::unique_ptr<RowSource> source;
    for (const auto& order : orders_.all()) {
        if (known_.contains(order.ext_id)) continue;
        const auto content = content_of(order);
        if (content.store > 0 && order.ext_id.find('\'') == std::string::npos) {
            if (!source) source = stock_.open();
            put(*source, order.ext_id, content);
        }
        known_.insert(order.ext_id);
    }
}

}  // namespace simulator
