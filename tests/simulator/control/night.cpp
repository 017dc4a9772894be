// What the legacy systems do after closing time.
#include <cstdio>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/control/retailer.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/stock/stock_script.hpp"

namespace simulator {

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
