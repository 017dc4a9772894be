// The read model's rows: messages of a component, kept by their key and found by some of their fields.
#pragma once

#include <optional>

#include "contracts/document/value.hpp"
#include "gateway/feeds/feed.hpp"
#include "gateway/store/store.hpp"

namespace headgate::feeds {

struct KeptMessage {
    std::string key = {};
    std::string message = {};     // JSON
    std::int64_t at_ms = 0;       // when it was read
    std::int64_t changed_ms = 0;  // when its file was written
    std::string file = {};
    std::vector<std::pair<std::string, std::string>> found_by = {};  // field, value
};

// The values of these fields, as a row's key; a field that is absent has none. Nothing when one is missing.
std::optional<std::string> key_of(const Value& message, const std::vector<std::string>& fields);

// Adds what keeps the message to a commit; nothing when what stands was written later. What stands is read: it blocks.
Result<void> keep(store::Store& store, const std::string& component, const Keep& how, const Value& message,
                  KeptMessage kept, store::Commit& commit);
// Adds what forgets it.
void forget(const std::string& component, const KeptMessage& kept, store::Commit& commit);

// All block.
Result<std::optional<KeptMessage>> find_kept(store::Store& store, const std::string& component, const std::string& key);
// Those that came first are first.
Result<std::vector<KeptMessage>> list_kept(store::Store& store, const std::string& component, const std::string& field,
                                           const std::string& value, std::size_t at_most);
// Kept until now and no longer; how many were forgotten.
Result<std::size_t> forget_due(store::Store& store, const std::string& component, std::int64_t now_ms);

}  // namespace headgate::feeds
