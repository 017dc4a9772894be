// The whole simulated retailer in one process: every part, its folder, its ports, and the control port.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/control/timeline.hpp"
#include "tests/simulator/db/odbc_connection.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/payment/payment_service.hpp"
#include "tests/simulator/services/defects.hpp"
#include "tests/simulator/services/inventory_service.hpp"
#include "tests/simulator/services/pricing_service.hpp"
#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/shop/shop.hpp"
#include "tests/simulator/stock/pickups.hpp"
#include "tests/simulator/stock/stock_faults.hpp"
#include "tests/simulator/storefront/storefront.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"

namespace simulator {

struct RetailerOptions {
    std::string dir;
    std::uint64_t seed = 7;
    int shop_port = 0, inventory_port = 0, pricing_port = 0, payment_port = 0, storefront_port = 0,
        control_port = 0;  // 0: any free one
    std::string defects = "rounding,reorder,timestamp";
    std::string quirks = "none";
    std::string timeline;  // a file; empty: none
    // Another database for the stock system, instead of the SQLite file.
    std::string stock_connection;  // for unixODBC; empty: none
    // The warehouse's answers; below zero: never.
    int acknowledge_ms = 1000, ship_ms = 5000, return_ms = 20000;
    double return_share = 0.05;
    bool ebcdic = false;    // of the nightly stock list; else CP850
    int night_every_s = 0;  // the nightly run by itself; 0: only when asked for
};

// Runs from construction to destruction. Throws when the folder or a port can't be had, or a defect is unknown.
class Retailer {
  public:
    explicit Retailer(const RetailerOptions& options);
    ~Retailer();
    // Writes DIR/simulator.json at once and whole: whoever sees it may connect.
    void announce() const;
    std::string addresses() const;  // its content

  private:
    static const std::vector<std::string>& part_names();
    HttpAnswer control(const HttpRequest& request);  // control_port.cpp
    HttpAnswer change_faults(const HttpRequest& request, const std::string& part, const std::string& body);
    HttpAnswer change_timeline(const HttpRequest& request);
    void apply(const TimelineStep& step);
    bool set_faults(const std::string& part, const Faults& faults, std::string& problem);
    HttpAnswer state() const;
    HttpAnswer check() const;
    HttpAnswer night(const HttpRequest& request);  // night.cpp
    void run_nights(int every_s);
    std::vector<StockListRow> stock_rows() const;
    HttpPart* http_part(const std::string& name) const;

    std::string dir_;
    std::uint64_t seed_;
    Catalog catalog_;
    Defects defects_;
    Quirks quirks_;
    std::unique_ptr<OrderBook> orders_;
    std::unique_ptr<RefundBook> refunds_;
    std::unique_ptr<Shop> shop_;
    std::unique_ptr<StockFaults> stock_;
    std::unique_ptr<OdbcConnection> other_stock_;
    StockPlace stock_place_;
    std::unique_ptr<PickupDesk> pickups_;
    std::unique_ptr<Warehouse> warehouse_;
    std::unique_ptr<InventoryService> inventory_;
    std::unique_ptr<PricingService> pricing_;
    std::unique_ptr<PaymentBook> payments_;
    std::unique_ptr<PaymentService> payment_;
    std::unique_ptr<CartBook> carts_;
    std::unique_ptr<Storefront> storefront_;
    std::map<std::string, std::unique_ptr<HttpPart>> http_;  // by part: shop, inventory, pricing, payment, storefront
    std::unique_ptr<HttpPart> control_part_;

    std::mutex changing_;  // one change of faults at a time
    std::unique_ptr<Timeline> timeline_;
    std::mutex night_;  // one nightly run at a time
    std::condition_variable ending_changed_;
    bool ending_ = false;  // under night_
    std::thread nights_;
};

}  // namespace simulator
