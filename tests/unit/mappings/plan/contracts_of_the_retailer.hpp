// The retailer's contracts, loaded once for the tests of mappings.
#pragma once

#include <gtest/gtest.h>

#include "contracts/registry/registry.hpp"

namespace headgate {

inline std::shared_ptr<const Registry> retailer_contracts() {
    static const auto contracts = [] {
        Diagnostics diagnostics;
        auto loaded = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        return loaded;
    }();
    return contracts;
}

}  // namespace headgate
