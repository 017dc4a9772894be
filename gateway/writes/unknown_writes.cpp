#include "gateway/writes/unknown_writes.hpp"

namespace headgate::writes {

Result<std::vector<KeyRow>> unknown_writes(store::Store& store, const std::string& after_name, std::size_t at_most) {
    auto names = store.list(unknown_write_keys, after_name, at_most);
    if (!names) return std::move(names).error();
    std::vector<KeyRow> out;
    for (const auto& name : *names) {
        auto record = store.find(write_keys, name.key);
        if (!record) return std::move(record).error();
        if (!*record) continue;  // forgotten between the two
        auto row = read_key_row((*record)->payload);
        if (!row) return std::move(row).error();
        out.push_back(std::move(*row));
    }
    return out;
}

}  // namespace headgate::writes
