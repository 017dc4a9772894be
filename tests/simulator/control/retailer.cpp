// Puts the parts together and answers the control port.
#include "tests/simulator/control/retailer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/stock/stock_database.hpp"
#include "tests/simulator/stock/stock_script.hpp"

namespace simulator {
namespace {

constexpr const char* part_names[] = {"shop", "stock", "warehouse", "inventory", "pricing", "payment"};

}  // namespace

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
    const auto add = [&](const char* name, int port, auto& service) {
        http_[name] = std::make_unique<HttpPart>(
            name, port, seed_, [&service](const HttpRequest& request) { return service.handle(request); },
            [&service](const HttpRequest& request) { return service.busy(request); });
    };
    add("shop", options.shop_port, *shop_);
    add("inventory", options.inventory_port, *inventory_);
    add("pricing", options.pricing_port, *pricing_);
    add("payment", options.payment_port, *payment_);
    const auto answer = [this](const HttpRequest& request) { return control(request); };
    control_part_ = std::make_unique<HttpPart>("control", options.control_port, seed_, answer, answer);
    timeline_ = std::make_unique<Timeline>([this](const TimelineStep& step) { apply(step); });
    std::vector<TimelineStep> steps;
    if (!options.timeline.empty()) {
        std::ifstream file(options.timeline);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        std::string why = "cannot be read";
        if (!file || !read_timeline(text, {std::begin(part_names), std::end(part_names)}, steps, why))
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
    for (const auto& [name, http] : http_) out.field(name, http->url() + (name == "shop" ? "/shop" : ""));
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

HttpAnswer Retailer::control(const HttpRequest& request) {
    if (request.method == "GET" && request.path == "/") return state();
    if (request.method == "GET" && request.path == "/check") return check();
    if (request.method == "POST" && request.path == "/night") return night(request);
    if (request.method == "PUT" && request.path == "/defects") {
        std::string why;
        return switch_defects(request.body, defects_, why) ? state()
                                                           : problem(request, 422, "Unprocessable Content", why);
    }
    if ((request.method == "PUT" || request.method == "DELETE") && request.path == "/timeline")
        return change_timeline(request);
    if (request.method == "PUT" && request.path == "/quirks") {
        std::string why;
        return quirks_.switch_by(request.body, why) ? state() : problem(request, 422, "Unprocessable Content", why);
    }
    constexpr std::string_view faults = "/faults";
    if (request.method == "DELETE" && request.path == faults) {
        for (const std::string name : part_names)
            if (const auto answer = change_faults(request, name, "{}"); answer.status != 200) return answer;
        return state();
    }
    if (request.method == "PUT" && request.path.compare(0, faults.size() + 1, "/faults/") == 0)
        return change_faults(request, request.path.substr(faults.size() + 1), request.body);
    return problem(request, 404, "Not Found",
                   "GET /, GET /check, PUT /faults/{part}, DELETE /faults, PUT /defects, PUT /quirks, "
                   "PUT and DELETE /timeline, POST /night");
}

HttpAnswer Retailer::change_faults(const HttpRequest& request, const std::string& part, const std::string& body) {
    Faults faults;
    std::string why;
    if (!read_faults(body, faults, why) || !set_faults(part, faults, why))
        return problem(request, 422, "Unprocessable Content", why);
    return state();
}

HttpAnswer Retailer::change_timeline(const HttpRequest& request) {
    if (request.method == "DELETE") {
        timeline_->stop();
        return state();
    }
    std::vector<TimelineStep> steps;
    std::string why;
    if (!read_timeline(request.body, {std::begin(part_names), std::end(part_names)}, steps, why))
        return problem(request, 422, "Unprocessable Content", why);
    timeline_->play(std::move(steps));
    return state();
}

void Retailer::apply(const TimelineStep& step) {
    std::string why;
    for (const std::string name : part_names)
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
        why = "no part '" + part + "': shop, stock, warehouse, inventory, pricing, payment";
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

HttpAnswer Retailer::state() const {
    JsonText out;
    out.writer.StartObject();
    out.key("addresses");
    out.raw(addresses());
    out.key("faults");
    out.writer.StartObject();
    for (const std::string name : part_names) {
        const auto* http = http_part(name);
        out.key(name);
        out.raw(faults_json(http ? http->faults() : name == "stock" ? stock_->faults() : warehouse_->faults()));
    }
    out.writer.EndObject();
    out.key("defects");
    out.raw(defects_json(defects_));
    out.key("timeline");
    out.raw(timeline_->json());
    out.key("quirks");
    out.raw(quirks_.json());
    const auto picked = warehouse_->counts();
    out.key("counts");
    out.writer.StartObject();
    for (const auto& [name, http] : http_) out.field(name + "_requests", http->requests());
    out.field("shop_orders", static_cast<std::uint64_t>(orders_->all().size()));
    out.field("shop_orders_repeated", orders_->repetitions());
    out.field("shop_refunds", static_cast<std::uint64_t>(refunds_->count()));
    out.field("shop_requests_refused", shop_->refused());
    out.field("warehouse_taken", picked.taken);
    out.field("warehouse_repeated", picked.repeated);
    out.field("warehouse_refused", picked.refused);
    out.field("warehouse_sent", picked.sent);
    const auto paid = payments_->counts();
    out.field("payments", paid.payments);
    out.field("payments_declined", paid.declined);
    out.field("payments_captured", paid.captured);
    out.field("payments_repeated", paid.repeated);
    out.writer.EndObject();
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

HttpAnswer Retailer::check() const {
    const auto evidence = read_evidence(dir_, stock_place_.connection);
    const auto verdict = judge(evidence);
    JsonText out;
    out.writer.StartObject();
    out.field("ok", verdict.ok(true));
    out.strings("problems", verdict.problems);
    out.strings("open", verdict.open);
    out.strings("orphans", verdict.orphans);
    write_evidence(out, evidence);
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

void Retailer::run_nights(int every_s) {
    std::unique_lock lock(night_);
    while (!ending_changed_.wait_for(lock, std::chrono::seconds(every_s), [this] { return ending_; })) {
        lock.unlock();
        if (const auto answer = night({}); answer.status != 200)
            std::fprintf(stderr, "headgate-simulator: nightly run: %s\n", answer.body.c_str());
        lock.lock();
    }
}

std::vector<StockListRow> Retailer::stock_rows() const {
    std::vector<StockListRow> rows;
    StockReader reader(stock_place_);
    reader.begin();
    for (const auto& article : catalog_.articles())
        for (const auto& row : reader.rows(article.sku))
            rows.push_back({article.sku, texts_of(article.sku).name, row.store, row.on_hand - row.reserved,
                            row.state.empty() ? ' ' : row.state[0]});
    reader.end();
    return rows;
}

// What the legacy systems do after closing time.
HttpAnswer Retailer::night(const HttpRequest& request) {
    const std::lock_guard lock(night_);
    const auto local = local_text(now());
    const auto day = local.substr(0, 4) + local.substr(5, 2) + local.substr(8, 2);
    std::vector<StockListRow> rows;
    try {
        if (other_stock_) {
            for (const auto& sql : snapshot_statements(day)) other_stock_->run(sql);
        } else {
            Database database(stock_place_.path, Database::Mode::write);
            database.run("BEGIN IMMEDIATE");
            for (const auto& sql : snapshot_statements(day)) database.run(sql);
            database.run("COMMIT");
        }
        rows = stock_rows();
    } catch (const DatabaseError& failure) {
        return problem(request, 503, "Service Unavailable", failure.what());
    }
    if (!warehouse_->send_stock_list(rows, day))
        return problem(request, 503, "Service Unavailable", "the warehouse's outbox takes no file");
    JsonText out;
    out.writer.StartObject();
    out.field("day", day);
    out.field("stock_list_rows", static_cast<std::uint64_t>(rows.size()));
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

}  // namespace simulator
