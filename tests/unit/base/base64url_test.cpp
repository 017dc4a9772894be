#include "base/base64url.hpp"

#include <gtest/gtest.h>

namespace headgate {

TEST(Base64Url, WritesTheVectorsOfRfc4648WithoutPadding) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
}

TEST(Base64Url, ReadsEveryByteBack) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) {
        all += static_cast<char>(byte);
        EXPECT_EQ(from_base64url(to_base64url(all)), all);
    }
}

TEST(Base64Url, RefusesWhatItWouldNotWrite) {
    for (const char* text :
         {"Zg==", "Zh", "Z", "Zm9", "Zm 9v", " Zm9v", "Zm9v\n", "-/_-", "+__-", "Zm9vY", "====", "\xc3\xa4"})
        EXPECT_FALSE(from_base64url(text)) << text;
    EXPECT_FALSE(from_base64url(std::string_view("Zm9\0", 4)));
}

}  // namespace headgate
