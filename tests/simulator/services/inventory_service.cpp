// Availability, computed by its own code from the stock's rows.
#include "tests/simulator/services/inventory_service.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

// Splits "A,B" keeping the first of equal parts; false when a part does not fit.
template <class Fits>
bool read_list(const std::string& text, std::size_t most, Fits fits, std::vector<std::string>& out) {
    std::set<std::string> seen;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        std::string part = text.substr(from, end - from);
        if (!fits(part)) return false;
        if (seen.insert(part).second) out.push_back(std::move(part));
        from = end + 1;
    }
    return out.size() <= most;
}

bool is_sku(const std::string& text) {
    return text.size() >= 3 && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '-';
           });
}

bool is_location(const std::string& text) {
    return text.size() == 7 && text.compare(0, 3, "ST-") == 0 &&
           std::all_of(text.begin() + 3, text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string_view status_of(const std::string& state) {
    return state.empty() || state == "A" ? "sellable" : state == "L" ? "discontinued" : "blocked";
}

void write_row(JsonText& out, const StockRow& row, Instant as_of) {
    out.writer.StartObject();
    out.field("locationId", location_id(row.store));
    out.field("onHand", row.on_hand);
    out.field("reserved", row.reserved);
    out.field("safetyStock", row.safety);
    out.field("available", std::max<std::int64_t>(0, row.on_hand - row.reserved - row.safety));
    out.field("status", status_of(row.state));
    if (!row.receipt.empty()) out.field("nextReceiptDate", row.receipt);
    out.field("asOf", utc_text(as_of));
    out.writer.EndObject();
}

}  // namespace

InventoryService::InventoryService(StockPlace stock, const Catalog& catalog, const Defects& defects)
    : stock_(std::move(stock)), catalog_(catalog), defects_(defects) {}

HttpAnswer InventoryService::busy(const HttpRequest& request) const {
    return problem(request, 503, "Service Unavailable", "too busy");
}

HttpAnswer InventoryService::handle(const HttpRequest& request) {
    if (request.path != "/inventory/v2/availability") return problem(request, 404, "Not Found", request.path);
    if (request.method != "GET") return problem(request, 405, "Method Not Allowed", request.method);
    std::vector<std::string> skus, locations;
    const auto asked = request.query.find("skus");
    if (asked == request.query.end() || !read_list(asked->second, 100, is_sku, skus))
        return problem(request, 400, "Bad Request", "1 to 100 skus are wanted", "/skus");
    const auto where = request.query.find("locationIds");
    if (where != request.query.end() && !where->second.empty() && !read_list(where->second, 50, is_location, locations))
        return problem(request, 400, "Bad Request", "at most 50 locations are wanted", "/locationIds");

    auto found = read(skus);
    if (!locations.empty())
        for (auto& rows : found)
            rows.erase(std::remove_if(rows.begin(), rows.end(),
                                      [&](const StockRow& row) {
                                          return std::find(locations.begin(), locations.end(),
                                                           location_id(row.store)) == locations.end();
                                      }),
                       rows.end());
    std::vector<std::size_t> order(skus.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (defects_.reorder) {
        std::reverse(order.begin(), order.end());
        for (auto& rows : found) std::reverse(rows.begin(), rows.end());
    }
    const auto moment = now();
    JsonText out;
    out.writer.StartObject();
    out.key("items");
    out.writer.StartArray();
    for (const auto i : order) {
        out.writer.StartObject();
        out.field("sku", skus[i]);
        out.field("known", !found[i].empty());
        out.key("locations");
        out.writer.StartArray();
        for (const auto& row : found[i]) write_row(out, row, defects_.as_of ? moment : row.as_of.value_or(moment));
        out.writer.EndArray();
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

std::vector<std::vector<StockRow>> InventoryService::read(const std::vector<std::string>& skus) {
    std::shared_ptr<const Rows> frozen;
    std::unique_ptr<StockReader> reader;
    {
        const std::lock_guard lock(mutex_);
        frozen = frozen_;
        if (!frozen && !idle_.empty()) {
            reader = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    std::vector<std::vector<StockRow>> found;
    found.reserve(skus.size());
    if (frozen) {
        for (const auto& sku : skus) {
            const auto rows = frozen->find(sku);
            found.push_back(rows == frozen->end() ? std::vector<StockRow>() : rows->second);
        }
        return found;
    }
    if (!reader) reader = std::make_unique<StockReader>(stock_);
    reader->begin();
    for (const auto& sku : skus) found.push_back(reader->rows(sku));
    reader->end();
    const std::lock_guard lock(mutex_);
    if (idle_.size() < 8) idle_.push_back(std::move(reader));
    return found;
}

void InventoryService::freeze() {
    {
        const std::lock_guard lock(mutex_);
        if (frozen_) return;
    }
    auto copy = std::make_shared<Rows>();
    StockReader reader(stock_);
    for (const auto& article : catalog_.articles())
        if (auto rows = reader.rows(article.sku); !rows.empty()) copy->emplace(article.sku, std::move(rows));
    const std::lock_guard lock(mutex_);
    frozen_ = std::move(copy);
    idle_.clear();
}

void InventoryService::thaw() {
    const std::lock_guard lock(mutex_);
    frozen_.reset();
}

}  // namespace simulator
