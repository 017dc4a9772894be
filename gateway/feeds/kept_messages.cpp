#include "gateway/feeds/kept_messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "contracts/document/json.hpp"

namespace headgate::feeds {
namespace {

using nlohmann::json;

constexpr std::size_t most_forgotten = 500;  // a commit

std::string rows_of(const std::string& component) { return "kept/" + component; }
std::string index_of(const std::string& component, const std::string& field) {
    return "kept/" + component + "/" + field;
}

std::string under(const std::string& value, const std::string& key) { return value + "\n" + key; }

Result<KeptMessage> read_kept(const store::Record& row) {
    const auto all = json::parse(row.payload, nullptr, false);
    try {
        if (all.is_object())
            return KeptMessage{row.key,        all.at("message"),
                               all.at("at"),   all.at("changed"),
                               all.at("file"), all.at("by").get<decltype(KeptMessage::found_by)>()};
    } catch (const json::exception&) {
    }
    return Error{ErrorKind::internal, "a kept message can't be read", row.collection + " " + row.key, "store"};
}

std::string write_kept(const KeptMessage& kept) {
    return json{{"message", kept.message},
                {"at", kept.at_ms},
                {"changed", kept.changed_ms},
                {"file", kept.file},
                {"by", kept.found_by}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::optional<std::string> key_of(const Value& message, const std::vector<std::string>& fields) {
    std::string out;
    for (const auto& field : fields) {
        const Value* value = message.is_object() ? message.find(field) : nullptr;
        if (!value || !(value->is_string() || value->is_number())) return std::nullopt;
        if (!out.empty()) out += '\n';
        out += value->text();
    }
    return out;
}

void forget(const std::string& component, const KeptMessage& kept, store::Commit& commit) {
    commit.erases.push_back({rows_of(component), kept.key});
    for (const auto& [field, value] : kept.found_by)
        commit.erases.push_back({index_of(component, field), under(value, kept.key)});
}

Result<void> keep(store::Store& store, const std::string& component, const Keep& how, const Value& message,
                  KeptMessage kept, store::Commit& commit) {
    auto key = key_of(message, how.key);
    if (!key) return Error{ErrorKind::bad_answer, "the message has no key", "a field of the key is absent"};
    kept.key = std::move(*key);
    kept.message = to_json(message);
    for (const auto& field : how.by)
        if (auto value = key_of(message, {field})) kept.found_by.emplace_back(field, std::move(*value));
    auto standing = find_kept(store, component, kept.key);
    if (!standing) return std::move(standing).error();
    if (*standing && (*standing)->changed_ms > kept.changed_ms) return Done{};
    if (*standing)
        for (const auto& before : (*standing)->found_by)
            if (std::find(kept.found_by.begin(), kept.found_by.end(), before) == kept.found_by.end())
                commit.erases.push_back({index_of(component, before.first), under(before.second, kept.key)});
    for (const auto& [field, value] : kept.found_by)
        commit.puts.push_back({index_of(component, field), under(value, kept.key), kept.key, {}});
    commit.puts.push_back({rows_of(component), kept.key, write_kept(kept), kept.at_ms + how.kept_for.count()});
    return Done{};
}

Result<std::optional<KeptMessage>> find_kept(store::Store& store, const std::string& component,
                                             const std::string& key) {
    auto row = store.find(rows_of(component), key);
    if (!row) return row.error();
    if (!*row) return std::optional<KeptMessage>();
    auto kept = read_kept(**row);
    if (!kept) return kept.error();
    return std::optional<KeptMessage>(std::move(*kept));
}

Result<std::vector<KeptMessage>> list_kept(store::Store& store, const std::string& component, const std::string& field,
                                           const std::string& value, std::size_t at_most) {
    const std::string prefix = under(value, "");
    auto index = store.list(index_of(component, field), prefix, at_most);
    if (!index) return index.error();
    std::vector<KeptMessage> all;
    for (const auto& entry : *index) {
        if (!entry.key.starts_with(prefix)) break;
        auto kept = find_kept(store, component, entry.payload);
        if (!kept) return std::move(kept).error();
        if (*kept) all.push_back(std::move(**kept));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at_ms < b.at_ms; });
    return all;
}

Result<std::size_t> forget_due(store::Store& store, const std::string& component, std::int64_t now_ms) {
    auto rows = store.due(rows_of(component), now_ms, most_forgotten);
    if (!rows) return rows.error();
    store::Commit commit;
    for (const auto& row : *rows) {
        auto kept = read_kept(row);
        if (!kept) return kept.error();
        commit.conditions.push_back({row.collection, row.key, row.revision});
        forget(component, *kept, commit);
    }
    if (rows->empty()) return std::size_t{0};
    auto done = store.commit(std::move(commit));
    if (!done) return done.error();
    return rows->size();
}

}  // namespace headgate::feeds
