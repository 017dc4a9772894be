// One JSON line an order, in one write, before the answer leaves.
#include "tests/simulator/shop/order_book.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

std::string line_of(const ShopOrder& order) {
    JsonText out;
    out.writer.StartObject();
    out.field("extId", order.ext_id);
    out.field("auftrNr", order.auftr_nr);
    out.field("stat", order.stat);
    out.field("angelegt", order.angelegt);
    out.field("content", order.content);
    out.writer.EndObject();
    return out.text() + "\n";
}

}  // namespace

std::vector<ShopOrder> read_shop_orders(const std::string& path) {
    std::vector<ShopOrder> orders;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        rapidjson::Document json;
        if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) continue;
        orders.push_back({text_member(json, "extId"), text_member(json, "auftrNr"), text_member(json, "stat"),
                          text_member(json, "angelegt"), text_member(json, "content")});
    }
    return orders;
}

OrderBook::OrderBook(std::string path) {
    for (auto& order : read_shop_orders(path)) {
        auto key = order.ext_id;
        orders_.emplace(std::move(key), std::move(order));
    }
    file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0) throw std::runtime_error("cannot write " + path);
    // A torn last line must not swallow the next order.
    const auto end = lseek(file_, 0, SEEK_END);
    std::ifstream tail(path);
    if (end > 0 && tail.seekg(end - 1) && tail.get() != '\n' && write(file_, "\n", 1) != 1)
        throw std::runtime_error("cannot write " + path);
}

OrderBook::~OrderBook() { close(file_); }

ShopOrder OrderBook::place(ShopOrder order, bool& repeated) {
    const std::lock_guard lock(mutex_);
    const auto known = orders_.find(order.ext_id);
    repeated = known != orders_.end();
    if (repeated) {
        ++repetitions_;
        return known->second;
    }
    char number[16];
    std::snprintf(number, sizeof number, "A%09u", static_cast<unsigned>((orders_.size() + 1) % 1000000000u));
    order.auftr_nr = number;
    const std::string line = line_of(order);
    if (write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("the order book cannot be written");
    orders_.emplace(order.ext_id, order);
    return order;
}

bool OrderBook::find(const std::string& ext_id, ShopOrder& order) const {
    const std::lock_guard lock(mutex_);
    const auto known = orders_.find(ext_id);
    if (known == orders_.end()) return false;
    order = known->second;
    return true;
}

std::vector<ShopOrder> OrderBook::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<ShopOrder> orders;
    orders.reserve(orders_.size());
    for (const auto& [id, order] : orders_) orders.push_back(order);
    return orders;
}

std::uint64_t OrderBook::repetitions() const {
    const std::lock_guard lock(mutex_);
    return repetitions_;
}

}  // namespace simulator
