// The adapter files: whole files or none, and the same file twice is one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/drop.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/adapters/harness.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

const std::string order =
    R"({"W05":{"02":"HO1"},"N1[01=ST]":{"02":"Groß"},"G62":{"02":"20261123"},"LX":[{"01":"1","W01":{"01":"2","05":"HG-1"}}],"W76":{"01":"2"}})";

FileDrop pick() {
    Diagnostics diagnostics;
    FileDrop drop;
    drop.format = "x12";
    drop.file_name = "pick-{W05/02}.940";
    drop.envelope = {{"sender", "HEADGATE"}, {"receiver", "LAGERWEST"}};
    drop.guide = edi::load_guide(HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/940.guide.yaml", diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return drop;
}

class FilesAdapter : public testing::Test {
  protected:
    TempFolder folder;
    std::unique_ptr<SystemHost> host = open_from("adapter: files\ninbox: " + folder.path() + "\n");
    Caller caller{*host};
    FakePlan plan{pick()};
};

TEST_F(FilesAdapter, DropsOneFileHoweverOftenItIsAskedTo) {
    EXPECT_EQ(caller.call(&plan, order).line, "200 null");
    std::string first = text_of(folder.file("pick-HO1.940"));
    EXPECT_TRUE(first.starts_with("ISA*00*")) << first;
    EXPECT_NE(first.find("\nN1*ST*Gross~\n"), std::string::npos) << first;
    EXPECT_NE(first.find("*20261123*0000*"), std::string::npos) << first;  // dated by the document
    EXPECT_EQ(caller.call(&plan, order).line, "200 null");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"pick-HO1.940"});
    fs::remove(folder.file("pick-HO1.940"));  // the warehouse took it
    EXPECT_EQ(caller.call(&plan, order).line, "200 null");
    EXPECT_EQ(text_of(folder.file("pick-HO1.940")), first);
}

TEST_F(FilesAdapter, RefusesToReplaceAnotherFile) {
    std::ofstream(folder.file("pick-HO1.940")) << "other";
    EXPECT_EQ(caller.call(&plan, order).line, name(ErrorKind::system_fault));
    EXPECT_EQ(text_of(folder.file("pick-HO1.940")), "other");
}

TEST_F(FilesAdapter, WritesOverWhatACrashLeft) {
    std::ofstream(folder.file(".tmp-pick-HO1.940")) << std::string(100'000, 'x');
    EXPECT_EQ(caller.call(&plan, order).line, "200 null");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"pick-HO1.940"});
    EXPECT_LT(text_of(folder.file("pick-HO1.940")).size(), 1000u);
}

TEST_F(FilesAdapter, SaysWhenTheFolderIsMissing) {
    EXPECT_EQ(caller.probe(), "alive");
    fs::remove_all(folder.path());
    EXPECT_EQ(caller.call(&plan, order).line, name(ErrorKind::system_unavailable));
    EXPECT_EQ(caller.probe(), name(ErrorKind::system_unavailable));
}

TEST_F(FilesAdapter, RefusesNamesThatLeaveTheFolder) {
    for (std::string id : {"../x", "a/b", "a b"}) {
        std::string json = order;
        json.replace(json.find("HO1"), 3, id);
        EXPECT_EQ(caller.call(&plan, json).line, name(ErrorKind::invalid_message)) << id;
    }
    EXPECT_TRUE(names_in(folder.path()).empty());
    EXPECT_FALSE(safe_file_name(""));
    EXPECT_FALSE(safe_file_name(".tmp-x"));
    EXPECT_FALSE(safe_file_name(std::string(129, 'x')));
}

TEST_F(FilesAdapter, TakesAControlNumberThatTheMappingGives) {
    FileDrop drop = pick();
    drop.envelope["control-number"] = "42{W76/01}";
    FakePlan numbered(drop);
    EXPECT_EQ(caller.call(&numbered, order).line, "200 null");
    std::string text = text_of(folder.file("pick-HO1.940"));
    EXPECT_NE(text.find("*00401*000000422*"), std::string::npos) << text;
    EXPECT_NE(text.find("\nGE*1*422~\nIEA*1*000000422~\n"), std::string::npos) << text;
    for (std::string wrong : {"x", "4x", "-1", "1234567890123"}) {
        drop.envelope["control-number"] = wrong;
        FakePlan refused(drop);
        EXPECT_EQ(caller.call(&refused, order).line, name(ErrorKind::invalid_message)) << wrong;
    }
}

TEST_F(FilesAdapter, RefusesAMirroredCall) {
    CallContext context;
    context.shadow = true;
    EXPECT_EQ(caller.call(&plan, order, context).line, name(ErrorKind::forbidden));
    EXPECT_TRUE(names_in(folder.path()).empty());
}

TEST_F(FilesAdapter, RefusesPlansItCannotCarryOut) {
    EXPECT_EQ(host->refuses(plan), "");
    FileDrop drop = pick();
    drop.envelope.erase("sender");
    EXPECT_NE(host->refuses(FakePlan(drop)), "");
    drop = pick();
    drop.envelope["recever"] = "x";
    EXPECT_EQ(host->refuses(FakePlan(drop)), "the envelope has no 'recever': did you mean 'receiver'?");
    drop = pick();
    drop.envelope["control"] = drop.envelope["control-number"] = "7";
    EXPECT_EQ(host->refuses(FakePlan(drop)), "the envelope has control and control-number: one of them");
    drop = pick();
    drop.format = "csv";
    EXPECT_NE(host->refuses(FakePlan(drop)), "");
    drop = pick();
    drop.guide = nullptr;
    EXPECT_NE(host->refuses(FakePlan(drop)), "");
    EXPECT_NE(host->refuses(FakePlan(RowsQuery())), "");
}

}  // namespace
}  // namespace headgate
