#include "gateway/admin/endpoint.hpp"

#include <gtest/gtest.h>

namespace headgate {
namespace {

TEST(AdminPath, FillsTheNamedParts) {
    std::map<std::string, std::string> named;
    ASSERT_TRUE(fits("/api/v1/routes/{contract}/{operation}", "/api/v1/routes/inventory.v2/getAvailability", named));
    EXPECT_EQ(named["contract"], "inventory.v2");
    EXPECT_EQ(named["operation"], "getAvailability");
}

TEST(AdminPath, FitsWholeOrNotAtAll) {
    std::map<std::string, std::string> named;
    for (std::string_view path :
         {"/api/v1/routes/a", "/api/v1/routes/a/b/c", "/api/v1/routes//b", "/api/v2/routes/a/b", "/"})
        EXPECT_FALSE(fits("/api/v1/routes/{contract}/{operation}", path, named)) << path;
}

TEST(AdminPath, DecodesPercentEncoding) {
    std::map<std::string, std::string> named;
    ASSERT_TRUE(fits("/x/{part}", "/x/a%2Fb", named));
    EXPECT_EQ(named["part"], "a/b");
}

TEST(AdminQuery, FindsADecodedParameter) {
    AdminRequest request;
    request.query = "a=1&operation=pricing.v1%2FgetPrices&verbose";
    EXPECT_EQ(request.parameter("operation"), "pricing.v1/getPrices");
    EXPECT_EQ(request.parameter("verbose"), "");
    EXPECT_EQ(request.parameter("missing"), "");
}

}  // namespace
}  // namespace headgate
