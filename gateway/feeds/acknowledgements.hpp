// Acknowledgements: what a 997 says of files that orders' steps have dropped. A file that is refused, or that nobody
// has acknowledged in time, holds its step, with the reason; one that is accepted after all lets it go.
#pragma once

#include "contracts/document/value.hpp"
#include "gateway/feeds/feed.hpp"
#include "gateway/store/store.hpp"

namespace headgate::feeds {

// Adds what a 997 (a document by its guide) means to a commit. What is wrong with it, empty when nothing is; an Error:
// the store can't tell.
Result<std::string> take_acknowledgement(store::Store& store, const Acknowledges& of, const Value& document,
                                         std::int64_t now_ms, store::Commit& commit);

// Holds the steps whose files nobody has acknowledged in time; how many. It blocks.
Result<std::size_t> hold_overdue(store::Store& store, const Acknowledges& of, std::int64_t now_ms);

}  // namespace headgate::feeds
