// Prefer (RFC 7240): what a caller of a mock asks for: `Prefer: code=404, example=none`.
#pragma once

#include <optional>
#include <string>

#include "gateway/net/http_server.hpp"

namespace headgate {

// What was said first counts, over all headers of the name; preferences that are not ours are passed over.
struct Preference {
    std::optional<std::string> code, example;
    // The same as the value of Preference-Applied; empty when nothing is preferred.
    std::string applied() const;
};
Preference read_preference(const IncomingRequest& request);

}  // namespace headgate
