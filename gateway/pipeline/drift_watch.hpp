// DriftWatch: wraps a system from outside and tells the book what its answers drift, so that no adapter does by itself.
#pragma once

#include <memory>
#include <string>

#include "adapters/system.hpp"
#include "gateway/pipeline/drift_book.hpp"

namespace headgate {

// `purpose`: for whom it is called: serving, shadow, order-log. The book must outlive it.
std::unique_ptr<System> drift_watched(std::unique_ptr<System> inner, std::string system, std::string purpose,
                                      DriftBook& book);

}  // namespace headgate
