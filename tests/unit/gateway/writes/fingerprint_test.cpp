// What makes another request of it under the same key, and what doesn't.
#include "gateway/writes/fingerprint.hpp"

#include <gtest/gtest.h>

#include <set>

#include "contracts/document/json.hpp"

namespace headgate::writes {
namespace {

Operation put_line() {
    Operation operation;
    operation.name = "basket.v1/putLine";
    operation.parameters.push_back({"Idempotency-Key", ParameterPlace::header, true, false, nullptr});
    operation.parameters.push_back({"lineId", ParameterPlace::path, true, false, nullptr});
    return operation;
}

std::string print_of(const std::string& body) {
    Arena arena;
    Builder builder(arena);
    auto message = read_json(body, builder);
    EXPECT_TRUE(message.ok());
    return fingerprint(put_line(), *message);
}

TEST(Fingerprint, IgnoresTheOrderOfMembersWhiteSpaceAndHeaders) {
    EXPECT_EQ(print_of(R"({"a":1,"b":{"c":"x","d":[1,2]}})"),
              print_of(R"( { "b" : { "d" : [ 1 , 2 ] , "c" : "\u0078" } , "Idempotency-Key" : "k" , "a" : 1 } )"));
}

TEST(Fingerprint, SeesEveryChangeOfWhatIsSaidInPathAndBody) {
    std::set<std::string> prints{print_of(R"({"a":1})"),
                                 print_of(R"({"a":2})"),
                                 print_of(R"({"a":"1"})"),
                                 print_of(R"({"a":[1]})"),
                                 print_of(R"({"b":1})"),
                                 print_of(R"({"a":1,"b":null})"),
                                 print_of(R"({"a":[1,2]})"),
                                 print_of(R"({"a":[2,1]})"),
                                 print_of(R"({"a":[[1],2]})"),
                                 print_of(R"({"a":1,"lineId":"1"})"),
                                 print_of(R"({"a":1,"lineId":"2"})")};
    EXPECT_EQ(prints.size(), 11u);
}

}  // namespace
}  // namespace headgate::writes
