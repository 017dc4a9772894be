#include "gateway/feeds/intake.hpp"

#include <charconv>
#include <map>

#include "gateway/feeds/acknowledgements.hpp"
#include "gateway/feeds/kept_messages.hpp"
#include "mappings/formats/edi/receipt.hpp"

namespace headgate::feeds {
namespace {

constexpr std::size_t most_told = 20;
constexpr std::size_t most_text = 400;  // of one fault

class Taking {
  public:
    Taking(store::Store& store, const Arrival& arrival, const FileReading& reading)
        : store_(store), at_(arrival), feed_(arrival.feed), reading_(reading) {}

    Result<Intake> take() {
        for (const auto& fault : reading_.faults)
            if (!fault.tolerated) out_.faults.push_back(fault.text);
        for (const auto& seen : reading_.drift.all()) out_.drift.add(seen);
        if (reading_.receipt) {
            for (const auto& interchange : reading_.receipt->interchanges) {
                auto fresh = first_time(interchange);
                if (!fresh) return std::move(fresh).error();
                if (*fresh) continue;
                // All of it: who sends one number twice with something else in it is not to be guessed at.
                out_.commit = {};
                return std::move(out_);
            }
        } else if (at_.number) {
            if (auto counted = count(feed_.name, *at_.number); !counted) return counted.error();
        }
        for (const auto& document : reading_.documents)
            if (auto taken = feed_.acknowledges ? acknowledged(document) : message(document); !taken)
                return taken.error();
        for (const auto& [key, numbers] : numbers_)
            out_.commit.puts.push_back({numbers_come, key, write_numbers(numbers), {}});
        return std::move(out_);
    }

  private:
    // Whether no other file has had this interchange's number; then it is counted and remembered.
    Result<bool> first_time(const edi::InterchangeReceipt& interchange) {
        const std::string parties = parties_of(feed_.format->name(), interchange);
        const std::string key = feed_.system + "\n" + parties + "\n" + interchange.control;
        auto standing = store_.find(interchanges, key);
        if (!standing) return standing.error();
        if (*standing && (*standing)->payload != at_.file_key) {
            std::string first = (*standing)->payload.substr(feed_.system.size() + 1);
            out_.faults.push_back("interchange " + interchange.control + " of " + interchange.sender.id +
                                  " was read before, from " + first.substr(0, first.find('\n')));
            return false;
        }
        if (*standing) return true;  // this very file, once more
        out_.commit.puts.push_back({interchanges, key, at_.file_key, {}});
        std::uint32_t number = 0;
        const auto& control = interchange.control;
        auto [end, fault] = std::from_chars(control.data(), control.data() + control.size(), number);
        if (fault == std::errc() && end == control.data() + control.size())
            if (auto counted = count(parties, number); !counted) return counted.error();
        return true;
    }

    Result<Done> count(const std::string& sequence, std::uint32_t number) {
        const std::string key = feed_.system + "\n" + sequence;
        auto known = numbers_.find(key);
        if (known == numbers_.end()) {
            auto row = store_.find(numbers_come, key);
            if (!row) return row.error();
            Result<NumbersCome> read = *row ? read_numbers((*row)->payload) : Result<NumbersCome>(NumbersCome());
            if (!read) return std::move(read).error();
            known = numbers_.emplace(key, std::move(*read)).first;
        }
        known->second.come(number);
        return Done{};
    }

    Result<Done> message(const FileReading::Document& document) {
        Arena arena;
        Builder builder(arena);
        auto message = feed_.plan->to_contract(document.document, Value(), builder, &out_.drift);
        if (!message)
            return refuse(document, message.error().detail.empty() ? message.error().message : message.error().detail);
        std::vector<SchemaIssue> issues;
        if (!feed_.schema->validate(*message, &issues, 1))
            return refuse(document, feed_.component + " " + issues[0].pointer + ": " + issues[0].message);
        auto kept = keep(store_, feed_.component, feed_.keep, *message,
                         {{}, {}, at_.now_ms, at_.file.changed_ns / 1'000'000, at_.file.name, {}}, out_.commit);
        if (!kept && kept.error().kind == ErrorKind::bad_answer) return refuse(document, kept.error().detail);
        if (!kept) return kept.error();
        ++out_.messages;
        return Done{};
    }

    Result<Done> acknowledged(const FileReading::Document& document) {
        auto fault = take_acknowledgement(store_, *feed_.acknowledges, document.document, at_.now_ms, out_.commit);
        if (!fault) return std::move(fault).error();
        if (!fault->empty()) return refuse(document, *fault);
        ++out_.messages;
        return Done{};
    }

    Result<Done> refuse(const FileReading::Document& document, const std::string& why) {
        out_.faults.push_back((document.place.empty() ? "" : document.place + ": ") + why);
        return Done{};
    }

    store::Store& store_;
    const Arrival& at_;
    const Feed& feed_;
    const FileReading& reading_;
    std::map<std::string, NumbersCome> numbers_;  // by their rows' keys
    Intake out_;
};

}  // namespace

std::string Intake::reason() const {
    std::string out;
    for (std::size_t i = 0; i < faults.size() && i < most_told; ++i)
        out += (i > 0 ? "\n" : "") + std::string(cut_utf8(faults[i], most_text));
    if (faults.size() > most_told) out += "\nand " + std::to_string(faults.size() - most_told) + " more";
    return out;
}

std::string parties_of(std::string_view format, const edi::InterchangeReceipt& interchange) {
    auto party = [](const edi::Party& one) { return one.qualifier + ":" + one.id; };
    return std::string(format) + " " + party(interchange.sender) + " " + party(interchange.receiver);
}

Result<Intake> take_in(store::Store& store, const Arrival& arrival, const FileReading& reading) {
    return Taking(store, arrival, reading).take();
}

}  // namespace headgate::feeds
