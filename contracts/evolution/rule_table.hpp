// The rows that rules() is made of: those of messages, which mean one thing in requests and another in responses, and
// those of operations and documents.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "contracts/evolution/change.hpp"

namespace headgate::evolution {

struct RuleRow {
    std::string_view id;  // without the direction
    // Absent: there is no such rule in this direction.
    std::optional<Level> request, response, document;
    bool hits_every_caller = false;
    std::string_view explanation;
};

const std::vector<RuleRow>& message_rules();   // rule_table_messages.cpp
const std::vector<RuleRow>& contract_rules();  // rule_table_contracts.cpp

}  // namespace headgate::evolution
