#include "gateway/store/control_numbers.hpp"

#include <charconv>

namespace headgate::store {
namespace {

const std::string counters = "control-numbers", given = "control-numbers/given";
constexpr std::uint32_t most = 999'999'999;
constexpr int most_rounds = 100;  // somebody else was faster each time

Error unavailable(std::string detail) {
    return Error{ErrorKind::system_unavailable, "no control number can be had now", std::move(detail)};
}

}  // namespace

std::string numbers_sent(const std::string& sequence) { return "control-numbers/sent " + sequence; }

// 0: none yet.
Result<std::uint32_t> StoredControlNumbers::standing(const std::string& collection, const std::string& key,
                                                     std::int64_t* revision) const {
    auto record = store_.find(collection, key);
    if (!record) return unavailable(record.error().detail);
    if (!*record) return 0u;
    if (revision) *revision = (*record)->revision;
    std::uint32_t number = 0;
    const std::string& text = (*record)->payload;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number < 1 || number > most)
        return Error{ErrorKind::internal, "a control number in the store can't be read", collection + " " + key};
    return number;
}

// Counter and key are written in one commit: no number is given twice, and none to nobody.
Result<std::uint32_t> StoredControlNumbers::number_for(const std::string& sequence, const std::string& key,
                                                       const std::string& on_behalf) {
    const std::string named = sequence + "\n" + key;
    for (int round = 0; round < most_rounds; ++round) {
        auto has = standing(given, named, nullptr);
        if (!has || *has != 0) return has;
        std::int64_t revision = 0;
        auto last = standing(counters, sequence, &revision);
        if (!last) return last;
        std::uint32_t next = *last % most + 1;
        Commit commit;
        commit.conditions = {{counters, sequence, revision}, {given, named, 0}};
        commit.puts = {{counters, sequence, std::to_string(next), {}}, {given, named, std::to_string(next), {}}};
        if (!on_behalf.empty())
            commit.puts.push_back({numbers_sent(sequence), std::to_string(next), on_behalf, to_ms(clock_.wall_now())});
        auto result = store_.commit(std::move(commit));
        if (!result) return unavailable(result.error().detail);
        if (result->outcome == Outcome::committed) return next;
        if (result->outcome == Outcome::unknown)
            return unavailable("whether the store took the number " + std::to_string(next) + " is not known");
    }
    return unavailable("too many ask for numbers of " + sequence);
}

}  // namespace headgate::store
