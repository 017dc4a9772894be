#include "gateway/feeds/feed_rows.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace headgate::feeds {
namespace {

using nlohmann::json;

// Names and texts of files are shown as they may be shown.
std::string dumped(const json& all) { return all.dump(-1, ' ', false, json::error_handler_t::replace); }

template <class T, class Read>
Result<T> parsed(const std::string& payload, Read read) {
    const auto all = json::parse(payload, nullptr, false);
    try {
        if (all.is_object()) return read(all);
    } catch (const json::exception&) {
    }
    return Error{ErrorKind::internal, "a feed's row in the store can't be read", payload.substr(0, 200), "store"};
}

}  // namespace

const char* name(Outcome outcome) {
    switch (outcome) {
        case Outcome::read: return "read";
        case Outcome::partly: return "partly";
        case Outcome::refused: return "refused";
    }
    return "refused";
}

std::string file_key(const std::string& system, const std::string& file, const std::string& digest) {
    return system + "\n" + file + "\n" + digest;
}

std::string write_account(const FileAccount& a) {
    return dumped({{"feed", a.feed},
                   {"system", a.system},
                   {"file", a.file},
                   {"digest", a.digest},
                   {"outcome", name(a.outcome)},
                   {"reason", a.reason},
                   {"lies", a.lies},
                   {"at", a.at_ms},
                   {"messages", a.messages},
                   {"refused", a.refused},
                   {"repeated", a.repeated},
                   {"answered", a.answered},
                   {"away", a.away}});
}

Result<FileAccount> read_account(const std::string& payload) {
    return parsed<FileAccount>(payload, [](const json& all) {
        FileAccount a;
        a.feed = all.at("feed"), a.system = all.at("system"), a.file = all.at("file"), a.digest = all.at("digest");
        a.reason = all.at("reason"), a.lies = all.at("lies"), a.at_ms = all.at("at");
        a.messages = all.at("messages"), a.refused = all.at("refused"), a.repeated = all.at("repeated");
        a.answered = all.at("answered"), a.away = all.at("away");
        const std::string outcome = all.at("outcome");
        for (auto one : {Outcome::read, Outcome::partly, Outcome::refused})
            if (outcome == name(one)) a.outcome = one;
        return a;
    });
}

// The first one that comes may have others before it: nobody knows.
void NumbersCome::come(std::uint32_t number) {
    auto late = std::lower_bound(missing.begin(), missing.end(), number);
    if (late != missing.end() && *late == number) missing.erase(late);
    if (last > 0 && number > last + 1) {
        auto room = std::min<std::size_t>(number - last - 1, at_most - std::min(at_most, missing.size()));
        forgotten += static_cast<std::int64_t>(number - last - 1) - static_cast<std::int64_t>(room);
        for (std::size_t i = 1; i <= room; ++i) missing.push_back(last + static_cast<std::uint32_t>(i));
    }
    last = std::max(last, number);
}

std::string write_numbers(const NumbersCome& numbers) {
    return dumped({{"last", numbers.last}, {"missing", numbers.missing}, {"forgotten", numbers.forgotten}});
}

Result<NumbersCome> read_numbers(const std::string& payload) {
    return parsed<NumbersCome>(payload, [](const json& all) {
        return NumbersCome{all.at("last"), all.at("missing"), all.at("forgotten")};
    });
}

std::string write_counts(const FeedCounts& c) {
    return dumped({{"read", c.read},
                   {"partly", c.partly},
                   {"refused", c.refused},
                   {"repeated", c.repeated},
                   {"messages", c.messages},
                   {"lastAt", c.last_ms},
                   {"lastFile", c.last_file}});
}

Result<FeedCounts> read_counts(const std::string& payload) {
    return parsed<FeedCounts>(payload, [](const json& all) {
        return FeedCounts{all.at("read"),     all.at("partly"), all.at("refused"), all.at("repeated"),
                          all.at("messages"), all.at("lastAt"), all.at("lastFile")};
    });
}

}  // namespace headgate::feeds
