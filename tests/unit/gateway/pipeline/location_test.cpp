// Where what was made can be read, by the contract's own paths.
#include "gateway/pipeline/location.hpp"

#include <gtest/gtest.h>

#include "contracts/document/builder.hpp"
#include "contracts/document/json.hpp"

namespace headgate {
namespace {

class LocationTest : public testing::Test {
  protected:
    const Operation& operation(const std::string& method, const std::string& path) {
        auto& made = operations_.emplace_back(std::make_unique<Operation>());
        made->of = &contract_;
        made->method = method;
        made->path = path;
        Response created;
        created.headers.push_back({"Location", ParameterPlace::header, true, false, nullptr});
        made->responses[201] = created;
        made->responses[200] = Response{};
        contract_.operations.push_back(made.get());
        return *made;
    }
    std::string of(const Operation& operation, int status, const std::string& answer,
                   const std::string& request = "{}") {
        return location_of(operation, status, *read_json(keep(answer), builder_), *read_json(keep(request), builder_))
            .value_or("none");
    }
    const std::string& keep(const std::string& text) {
        return *texts_.emplace_back(std::make_unique<std::string>(text));
    }

    Contract contract_;
    std::vector<std::unique_ptr<Operation>> operations_;
    std::vector<std::unique_ptr<std::string>> texts_;
    Arena arena_;
    Builder builder_{arena_};
};

TEST_F(LocationTest, IsThePathThatReadsTheOne) {
    const auto& post = operation("POST", "/returns/v1/returns");
    operation("PUT", "/returns/v1/returns/{rma}/receipt");
    operation("GET", "/returns/v1/returns/{rma}/refund");
    EXPECT_EQ(of(post, 201, R"({"rma":"R-1"})"), "none");
    operation("GET", "/returns/v1/returns/{rma}");
    EXPECT_EQ(of(post, 201, R"({"rma":"R-1"})"), "/returns/v1/returns/R-1");
    EXPECT_EQ(of(post, 201, R"({"rma":"a/b c"})"), "/returns/v1/returns/a%2Fb%20c");
    EXPECT_EQ(of(post, 201, R"({"rma":{}})"), "none");
    EXPECT_EQ(of(post, 201, "null"), "none");
    EXPECT_EQ(of(post, 200, R"({"rma":"R-1"})"), "none");
}

TEST_F(LocationTest, TakesTheOuterNamesFromTheRequest) {
    const auto& post = operation("POST", "/o/v1/orders/{orderId}/notes");
    operation("GET", "/o/v1/orders/{orderId}/notes/{noteId}");
    EXPECT_EQ(of(post, 201, R"({"noteId":7})", R"({"orderId":"HO1"})"), "/o/v1/orders/HO1/notes/7");
    EXPECT_EQ(of(post, 201, R"({"noteId":7})"), "none");
}

}  // namespace
}  // namespace headgate
