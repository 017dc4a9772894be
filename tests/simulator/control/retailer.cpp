// Puts the parts together and breaks them on demand.
#include "tests/simulator/control/retailer.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/stock/stock_database.hpp"

namespace simulator {
const std::vector<std::string>& Retailer::part_names() {
    static const std::vector<std::string> names{"shop",    "stock",   "warehouse", "inventory",
                                                "pricing", "payment", "storefront"};
    return names;
}

Retailer::Retailer(const RetailerOptions& options)
    : dir_(std::filesystem::absolute(options.dir).lexically_normal().string()),
      seed_(options.seed),
      catalog_(options.seed) {
    if (!choose_defects(options.defects, defects_)) throw std::runtime_error("unknown defect in: " + options.defects);
    if (!quirks_.choose(options.quirks)) throw std::runtime_error("unknown quirk in: " + options.quirks);
    std::filesystem::create_directories(dir_);
    const std::string stock = dir_ + "/stock.db";
    seed_stock(stock, catalog_);
    stock_place_ = {stock, options.stock_connection};
    if (!options.stock_connection.empty()) {
        other_stock_ = std::make_unique<OdbcConnection>(options.stock_connection);
        fill_stock(*other_stock_, catalog_);
    }
    orders_ = std::make_unique<OrderBook>(dir_ + "/shop-orders.jsonl");
    refunds_ = std::make_unique<RefundBook>(dir_ + "/shop-refunds.jsonl");
    shop_ = std::make_unique<Shop>(catalog_, *orders_, *refunds_, quirks_);
    stock_ = std::make_unique<StockFaults>(stock);
    WarehouseOptions wms{options.seed,
                         options.acknowledge_ms,
                         options.ship_ms,
                         options.return_ms,
                         options.return_share,
                         options.ebcdic ? StockListCharset::ebcdic : StockListCharset::cp850,
                         &quirks_,
                         [this](const std::string& order) { return shop_->picking(order); },
                         [this](const Shipment& shipment) { return shop_->shipped(shipment); }};
    warehouse_ = std::make_unique<Warehouse>(dir_ + "/wms", std::move(wms));
    inventory_ = std::make_unique<InventoryService>(stock_place_, catalog_, defects_);
    pricing_ = std::make_unique<PricingService>(catalog_, defects_);
    payments_ = std::make_unique<PaymentBook>(dir_ + "/payments.jsonl");
    payment_ = std::make_unique<PaymentService>(*payments_, quirks_);
    carts_ = std::make_unique<CartBook>(dir_ + "/carts.jsonl");
    storefront_ = std::make_unique<Storefront>(catalog_, *carts_, quirks_);
    const auto add = [&](const char* name, int port, auto& service) {
        http_[name] = std::make_unique<HttpPart>(
            name, port, seed_, [&service](const HttpRequest& request) { return service.handle(request); },
            [&service](const HttpRequest& request) { return service.busy(request); });
    };
    add("shop", options.shop_port, *shop_);
    add("inventory", options.inventory_port, *inventory_);
    add("pricing", options.pricing_port, *pricing_);
    add("payment", options.payment_port, *payment_);
    add("storefront", options.storefront_port, *storefront_);
    const auto answer = [this](const HttpRequest& request) { return control(request); };
    control_part_ = std::make_unique<HttpPart>("control", options.control_port, seed_, answer, answer);
    pickups_ = std::make_unique<PickupDesk>(stock_place_, *orders_);
    timeline_ = std::make_unique<Timeline>([this](const TimelineStep& step) { apply(step); });
    std::vector<TimelineStep> steps;
    if (!options.timeline.empty()) {
        std::ifstream file(options.timeline);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        std::string why = "cannot be read";
        if (!file || !read_timeline(text, part_names(), steps, why))
            throw std::runtime_error(options.timeline + ": " + why);
    }
    for (const auto& [name, http] : http_) http->open();
    control_part_->open();
    timeline_->play(std::move(steps));
    if (options.night_every_s > 0) nights_ = std::thread([this, s = options.night_every_s] { run_nights(s); });
}

Retailer::~Retailer() {
    // Requests under way look at the parts: all are closed before the first is gone.
    control_part_->close();
    timeline_->stop();
    for (const auto& [name, http] : http_) http->close();
    {
        const std::lock_guard lock(night_);
        ending_ = true;
    }
    ending_changed_.notify_all();
    if (nights_.joinable()) nights_.join();
}

std::string Retailer::addresses() const {
    JsonText out;
    out.writer.StartObject();
    for (const auto& [name, http] : http_)
        out.field(name, http->url() + (name == "shop" ? "/shop" : name == "storefront" ? "/api" : ""));
    out.field("control", control_part_->url());
    out.field("stock_connection", other_stock_ ? stock_place_.connection : stock_connection(stock_place_.path));
    out.field("warehouse_inbox", warehouse_->inbox().string());
    out.field("warehouse_outbox", warehouse_->outbox().string());
    out.field("dir", dir_);
    out.field("seed", seed_);
    out.field("pid", static_cast<std::int64_t>(getpid()));
    out.writer.EndObject();
    return out.text();
}

void Retailer::announce() const {
    const std::string path = dir_ + "/simulator.json", draft = path + ".new", text = addresses() + "\n";
    std::FILE* file = std::fopen(draft.c_str(), "w");
    if (file == nullptr || std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fclose(file) != 0)
        throw std::runtime_error("cannot write " + draft);
    std::filesystem::rename(draft, path);
}

HttpPart* Retailer::http_part(const std::string& name) const {
    const auto found = http_.find(name);
    return found == http_.end() ? nullptr : found->second.get();
}

void Retailer::apply(const TimelineStep& step) {
    std::string why;
    for (const auto& name : part_names())
        if ((step.part == name || step.part == "all") && !set_faults(name, step.faults, why))
            std::fprintf(stderr, "headgate-simulator: timeline at %g s, %s: %s\n", step.at_s, name.c_str(),
                         why.c_str());
    if (!step.quirks.empty()) quirks_.switch_by(step.quirks, why);
}

bool Retailer::set_faults(const std::string& part, const Faults& faults, std::string& why) {
    const std::lock_guard lock(changing_);
    if (auto* http = http_part(part)) {
        if (faults.lock || faults.disk_full) {
            why = "lock is the stock's, disk_full the warehouse's";
            return false;
        }
        http->set_faults(faults);
        return true;
    }
    if (part == "warehouse") return warehouse_->set(faults, why);
    if (part != "stock") {
        why = "no part '" + part + "': shop, stock, warehouse, inventory, pricing, payment, storefront";
        return false;
    }
    const Faults none;
    if (other_stock_ && faults_json(faults) != faults_json(none)) {
        why = "stock's faults work on its SQLite file, and another database is in use";
        return false;
    }
    if (faults.hang || faults.stopped) inventory_->freeze();
    const bool done = stock_->set(faults, why);
    const auto now_set = stock_->faults();
    if (!now_set.hang && !now_set.stopped) inventory_->thaw();
    return done;
}

}  // namespace simulator
