// The folder tree is the architecture: arrows point one way, proved from the include lines.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

namespace headgate {
namespace {

namespace fs = std::filesystem;

const fs::path root = HEADGATE_SOURCE_DIR;
const std::vector<std::string> rooms{"base", "contracts", "mappings", "adapters", "shadow", "gateway"};

// Which rooms a room may include.
const std::map<std::string, std::set<std::string>> arrows{
    {"base", {"base"}},
    {"contracts", {"contracts", "base"}},
    {"mappings", {"mappings", "contracts", "base"}},
    {"adapters", {"adapters", "mappings", "contracts", "base"}},
    {"shadow", {"shadow", "contracts", "base"}},
    {"gateway", {"gateway", "shadow", "adapters", "mappings", "contracts", "base"}},
};

// The folders of a room, lowest first: each may include those before it and itself.
const std::map<std::string, std::vector<std::string>> layers{
    {"contracts", {"document", "schema", "registry", "usage", "evolution"}},
    {"shadow", {"compare", "findings", "mirror", "report"}},
    {"gateway", {"net", "store", "routing", "writes", "orders", "feeds", "config", "pipeline", "admin", "app"}},
};

struct Include {
    fs::path file;
    int line;
    std::string target;
    bool system;
};

std::vector<fs::path> sources(const fs::path& folder) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (auto ext = entry.path().extension(); ext == ".hpp" || ext == ".cpp") out.push_back(entry.path());
    return out;
}

std::vector<Include> includes(const fs::path& file) {
    static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> out;
    std::ifstream in(file);
    std::string text;
    for (int line = 1; std::getline(in, text); ++line)
        if (std::smatch match; std::regex_search(text, match, pattern))
            out.push_back({file, line, match[2], match[1] == "<"});
    return out;
}

std::string place(const Include& include) {
    return fs::relative(include.file, root).string() + ":" + std::to_string(include.line) + ": " + include.target;
}

std::string part(const std::string& path, std::size_t index) {
    fs::path p(path);
    auto it = p.begin();
    for (; index > 0 && it != p.end(); --index) ++it;
    return it == p.end() ? "" : it->string();
}

TEST(Architecture, ArrowsBetweenRoomsPointOneWay) {
    for (const auto& room : rooms)
        for (const auto& file : sources(root / room))
            for (const auto& include : includes(file))
                EXPECT_TRUE(include.system || arrows.at(room).contains(part(include.target, 0))) << place(include);
}

TEST(Architecture, FoldersOfARoomAreLayered) {
    for (const auto& [room, folders] : layers) {
        auto rank = [&](const std::string& folder) {
            return std::find(folders.begin(), folders.end(), folder) - folders.begin();
        };
        for (const auto& file : sources(root / room)) {
            std::string folder = part(fs::relative(file, root / room).string(), 0);
            for (const auto& include : includes(file)) {
                if (include.system || part(include.target, 0) != room) continue;
                EXPECT_LE(rank(part(include.target, 1)), rank(folder)) << place(include);
            }
        }
    }
}

TEST(Architecture, OnlyTheNetRoomIncludesBeast) {
    for (const auto& room : rooms)
        for (const auto& file : sources(root / room))
            for (const auto& include : includes(file))
                EXPECT_TRUE(!include.target.starts_with("boost/beast") ||
                            fs::relative(file, root).string().starts_with("gateway/net/"))
                    << place(include);
}

TEST(Architecture, AdaptersDoNotKnowEachOther) {
    for (const auto& file : sources(root / "adapters")) {
        std::string folder = part(fs::relative(file, root / "adapters").string(), 0);
        if (folder.ends_with(".cpp") || folder.ends_with(".hpp")) continue;
        for (const auto& include : includes(file)) {
            if (part(include.target, 0) != "adapters" || fs::path(part(include.target, 1)).has_extension()) continue;
            EXPECT_EQ(part(include.target, 1), folder) << place(include);
        }
    }
}

TEST(Architecture, TheSimulatorSharesNoCodeWithTheGateway) {
    for (const auto& file : sources(root / "tests" / "simulator"))
        for (const auto& include : includes(file))
            EXPECT_TRUE(include.system || std::find(rooms.begin(), rooms.end(), part(include.target, 0)) == rooms.end())
                << place(include);
}

TEST(Architecture, EveryFileOpensWithWhatItIsFor) {
    for (const auto& room : rooms)
        for (const auto& file : sources(root / room)) {
            if (file.extension() == ".cpp" && fs::exists(fs::path(file).replace_extension(".hpp"))) continue;
            std::ifstream in(file);
            std::string first;
            std::getline(in, first);
            EXPECT_TRUE(first.starts_with("// ")) << fs::relative(file, root);
        }
}

TEST(Architecture, NoFileIsTooLongToReadAtOnce) {
    for (const auto& room : rooms)
        for (const auto& file : sources(root / room)) {
            std::ifstream in(file);
            auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
            EXPECT_LE(lines, 400) << fs::relative(file, root);
        }
}

}  // namespace
}  // namespace headgate
