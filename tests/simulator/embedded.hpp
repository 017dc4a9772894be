// The files that the binary carries with it; their text comes from shop.wsdl and stock.sql at build time.
#pragma once

#include <string_view>

namespace simulator {

extern const std::string_view shop_wsdl;
extern const std::string_view stock_sql;

}  // namespace simulator
