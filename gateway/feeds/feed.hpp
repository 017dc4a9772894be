// Feed: which files of a system are read, by which mapping, and what becomes of their messages; as configuration says,
// resolved. No I/O.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/incoming_files.hpp"
#include "base/clock.hpp"
#include "contracts/schema/schema.hpp"
#include "gateway/feeds/file_pattern.hpp"
#include "gateway/orders/intent.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::feeds {

// How messages are kept for the read model.
struct Keep {
    std::vector<std::string> key;  // fields that tell messages apart; the same again replaces
    std::vector<std::string> by;   // fields by which all that have a value are found
    milliseconds kept_for{std::chrono::hours(24 * 400)};
    milliseconds stale{900'000};  // how much later than a file's coming it may be read, before nothing is answered
};

// Files that say what became of what was sent: 997.
struct Acknowledges {
    orders::StepName step;         // the step of orders that drops what is acknowledged
    std::string sequence;          // of its control numbers
    milliseconds within{900'000};  // an order whose file nobody has acknowledged by then is shown
};

struct Feed {
    std::string name, system;
    FilePattern pattern;
    milliseconds settle{2'000};
    std::size_t largest = 16u << 20;  // bytes of a file
    bool answers = false;             // interchanges are answered by 997 or CONTRL
    const Plan* plan = nullptr;       // reads messages; nullptr: of acknowledgements
    const Schema* schema = nullptr;   // of the plan's component
    std::shared_ptr<const FileFormat> format;
    std::string component;  // fulfilment.v1/ShipmentAdvice
    Keep keep;
    std::optional<Acknowledges> acknowledges;
    IncomingFiles* files = nullptr;  // of the system; lives as long as it
};

}  // namespace headgate::feeds
