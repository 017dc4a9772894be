// The compatibility rules: each kind of change by its stable id, its level, and whom it hits; the one place for both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contracts/evolution/change.hpp"

namespace headgate::evolution {

struct Rule {
    std::string id;  // begins with the direction where there is one: request-type-narrowed
    Direction direction = Direction::none;
    Level level = Level::breaking;
    // Hits whoever calls the operation; else those alone who use the field that the change is about.
    bool hits_every_caller = false;
    std::string_view explanation;
};

// By id. Immutable, made at the first call; thread-safe.
const std::vector<Rule>& rules();
// nullptr when there is none of this id.
const Rule* find_rule(std::string_view id);
// The table of docs/reference/compatibility.md, in Markdown.
std::string rules_page();

}  // namespace headgate::evolution
