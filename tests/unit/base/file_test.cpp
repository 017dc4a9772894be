// read_file: regular files within a bound; whatever else has a name is refused at once, and said.
#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

std::string why(const std::string& path, std::size_t most_bytes = 1000) {
    auto text = read_file(path, most_bytes);
    return text ? "read" : text.error().message;
}

TEST(ReadFile, GivesEveryByteUpToTheBound) {
    TempFolder folder;
    std::string text(200'000, 'x');
    text[5] = '\0';
    std::ofstream(folder.file("a"), std::ios::binary) << text;
    EXPECT_EQ(*read_file(folder.file("a"), text.size()), text);
    EXPECT_EQ(why(folder.file("a"), text.size() - 1), "is larger than 199999 bytes");
    std::ofstream(folder.file("empty"));
    EXPECT_EQ(*read_file(folder.file("empty"), 0), "");
    std::ofstream(folder.file("large"), std::ios::binary) << std::string((2 << 20) + 1, 'x');
    EXPECT_EQ(why(folder.file("large"), 2 << 20), "is larger than 2 MiB");
}

TEST(ReadFile, RefusesWhatIsNoRegularFileWithoutWaitingForIt) {
    TempFolder folder;
    EXPECT_EQ(why(folder.path()), "is a directory, not a file");
    EXPECT_EQ(why(folder.file("none")), "can't be read: No such file or directory");
    EXPECT_EQ(why("/dev/zero"), "is a pipe or a device, not a file");
    ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
    EXPECT_EQ(why(folder.file("pipe")), "is a pipe or a device, not a file");
}

}  // namespace
}  // namespace headgate
