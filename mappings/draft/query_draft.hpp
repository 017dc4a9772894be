// Drafts the question of a query: the parameters of its statement, and the statement where none is given.
#pragma once

#include "mappings/draft/draft_header.hpp"

namespace headgate::mappings {

// `request` may be nullptr: nothing is asked. Sets the header's sql.
DraftSection draft_question(const Shape* request, const LegacyNode& columns, DraftHeader& header);

}  // namespace headgate::mappings
