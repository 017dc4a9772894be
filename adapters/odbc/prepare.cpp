#include "adapters/odbc/prepare.hpp"

#include <algorithm>
#include <span>

namespace headgate::odbc {
namespace {

constexpr std::size_t list_values_at_most = 10'000, batches_at_most = 64;

Error wrong(ErrorKind kind, std::string detail) {
    return Error{kind, "the message can't be told to this system as it is", "rows: " + std::move(detail)};
}

Result<Parameter> parameter_of(const Value& value, const std::string& name, const Charset& charset) {
    Parameter parameter;
    if (value.is_null()) {
        parameter.null = true;
        return parameter;
    }
    if (value.is_boolean()) {
        parameter.bytes = value.as_boolean() ? "1" : "0";
        return parameter;
    }
    if (!value.is_string() && !value.is_number())
        return wrong(ErrorKind::internal, "the parameter " + name + " is no scalar");
    if (value.text().find('\0') != std::string_view::npos)
        return wrong(ErrorKind::invalid_message, "the parameter " + name + " holds a NUL");
    if (charset.encode(value.text(), parameter.bytes, Charset::Unfit::refuse) != std::string_view::npos)
        return wrong(ErrorKind::invalid_message,
                     "the parameter " + name + " holds a character that " + charset.name() + " has not");
    return parameter;
}

// The statement with each `?` outside quotes and comments replaced by as many as `counts` says.
std::string expand(const std::string& sql, const std::vector<std::size_t>& counts) {
    std::string out;
    std::size_t next = 0;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        char c = sql[i];
        out += c;
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '?' && next < counts.size()) {
            for (std::size_t n = counts[next++]; n > 1; --n) out += ",?";
        }
    }
    return out;
}

std::size_t power_of_two(std::size_t n) {
    std::size_t power = 1;
    while (power < n) power *= 2;
    return power;
}

// The values of one parameter: a scalar's one, or a list's.
std::span<const Value> values_of(const Value& value) {
    if (!value.is_array()) return {&value, 1};
    return {value.begin(), value.size()};
}

Result<Query> prepare_one(const RowsQuery& call, const Value& document, const Charset& charset,
                          std::span<const Value> batch) {
    Query query;
    std::vector<std::size_t> counts;
    for (const std::string& name : call.parameters) {
        const Value* value = document.find(name);
        if (!value) return wrong(ErrorKind::internal, "the mapping gives no parameter " + name);
        std::span<const Value> values = name == call.batch_over && !call.batch_over.empty() ? batch : values_of(*value);
        if (values.size() > list_values_at_most)
            return wrong(ErrorKind::too_large, "the list " + name + " is too long");
        if (values.empty()) query.parameters.push_back({"", true});  // IN (NULL) holds for nothing
        for (const Value& item : values) {
            auto parameter = parameter_of(item, name, charset);
            if (!parameter) return parameter.error();
            query.parameters.push_back(std::move(*parameter));
        }
        std::size_t count = std::max<std::size_t>(values.size(), 1);
        std::size_t padded = value->is_array() ? power_of_two(count) : count;
        for (std::size_t i = count; i < padded; ++i) {
            Parameter last = query.parameters.back();
            query.parameters.push_back(std::move(last));
        }
        counts.push_back(padded);
    }
    query.sql = expand(call.sql, counts);
    return query;
}

using Statement = RowsTransaction::Statement;

Result<std::vector<Parameter>> lookup(const std::vector<std::string>& names, const Value* item, const Value& document,
                                      const Charset& charset) {
    std::vector<Parameter> out;
    for (const std::string& name : names) {
        const Value* value = item ? item->find(name) : nullptr;
        if (!value) value = document.find(name);
        if (!value) return wrong(ErrorKind::internal, "the mapping gives no parameter " + name);
        auto parameter = parameter_of(*value, name, charset);
        if (!parameter) return parameter.error();
        out.push_back(std::move(*parameter));
    }
    return out;
}

Result<Step> prepare_step(const Statement& statement, const Value* item, std::size_t index, const Value& document,
                          const Charset& charset) {
    Step step;
    step.sql = statement.sql;
    step.expect_rows = statement.expect_rows;
    step.on_mismatch = statement.on_mismatch;
    step.on_duplicate = statement.on_duplicate;
    step.place = "mapping line " + std::to_string(statement.line);
    step.pointer = statement.each_pointer;
    if (item) {
        step.place += ", item " + std::to_string(index);
        step.pointer += "/" + std::to_string(index);
    }
    auto parameters = lookup(statement.parameters, item, document, charset);
    if (!parameters) return parameters.error();
    step.parameters = std::move(*parameters);
    if (statement.on_duplicate == "check") {
        auto asked = lookup(statement.duplicate_parameters, item, document, charset);
        if (!asked) return asked.error();
        step.duplicate_sql = statement.duplicate_sql;
        step.duplicate_parameters = std::move(*asked);
        step.duplicate_outcomes = statement.duplicate_outcomes;
    }
    return step;
}

}  // namespace

Result<std::vector<Query>> prepare_queries(const RowsQuery& call, const Value& document, const Charset& charset) {
    std::vector<Query> queries;
    std::span<const Value> all;
    if (!call.batch_over.empty()) {
        const Value* list = document.find(call.batch_over);
        if (!list) return wrong(ErrorKind::internal, "the mapping gives no parameter " + call.batch_over);
        all = values_of(*list);
    }
    std::size_t size = call.batch_at_most > 0 ? call.batch_at_most : std::max<std::size_t>(all.size(), 1);
    if (all.size() > size * batches_at_most)
        return wrong(ErrorKind::too_large, "the list " + call.batch_over + " is too long");
    do {
        std::span<const Value> batch = all.first(std::min(size, all.size()));
        all = all.subspan(batch.size());
        auto query = prepare_one(call, document, charset, batch);
        if (!query) return query.error();
        queries.push_back(std::move(*query));
    } while (!all.empty());
    return queries;
}

Result<Transaction> prepare_transaction(const RowsTransaction& call, const Value& document, const Charset& charset) {
    Transaction transaction;
    std::size_t number = 0;
    auto add = [&](const Statement& statement, const Value* item, std::size_t index) -> Result<Done> {
        auto step = prepare_step(statement, item, index, document, charset);
        if (!step) return step.error();
        step->statement = number;
        transaction.steps.push_back(std::move(*step));
        return Done{};
    };
    for (const Statement& statement : call.statements) {
        ++number;
        if (statement.each.empty()) {
            if (auto added = add(statement, nullptr, 0); !added) return added.error();
            continue;
        }
        const Value* list = document.find(statement.each);
        if (!list) continue;  // left out by its condition
        std::span<const Value> items = values_of(*list);
        if (items.size() > list_values_at_most)
            return wrong(ErrorKind::too_large, "the list " + statement.each + " is too long");
        for (std::size_t i = 0; i < items.size(); ++i)
            if (auto added = add(statement, &items[i], i); !added) return added.error();
    }
    if (call.answer) {
        auto answer = prepare_one(*call.answer, document, charset, {});
        if (!answer) return answer.error();
        transaction.answer = std::move(*answer);
    }
    return transaction;
}

}  // namespace headgate::odbc
