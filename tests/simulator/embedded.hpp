// The files that the binary carries with it; their text comes from shop.wsdl and stock.sql, and what
// the mappings know of the storefront, at build time.
#pragma once

#include <string_view>

namespace simulator {

extern const std::string_view shop_wsdl;
extern const std::string_view stock_sql;
extern const std::string_view storefront_api;  // OpenAPI

}  // namespace simulator
