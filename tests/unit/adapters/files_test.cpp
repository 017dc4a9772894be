// The adapter files: whole files or none, and the same file twice is one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/drop.hpp"
#include "mappings/formats/files/edi_format.hpp"
#include "mappings/formats/files/layout_format.hpp"
#include "mappings/plan/file_drop.hpp"
#include "tests/support/fake_control_numbers.hpp"
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
    drop.file_name = "pick-{W05/02}.940";
    drop.envelope = {{"sender", "HEADGATE"}, {"receiver", "LAGERWEST"}};
    drop.format =
        edi_format(edi::load_guide(HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/940.guide.yaml", diagnostics));
    EXPECT_EQ(diagnostics.text(), "");
    return drop;
}

class FilesAdapter : public testing::Test {
  protected:
    void SetUp() override { host->number_by(numbers); }

    TempFolder folder;
    FakeControlNumbers numbers;
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

TEST_F(FilesAdapter, NumbersFilesOfOnePartnerOneAfterTheOther) {
    auto numbered = [&](const std::string& id) {
        std::string json = order;
        json.replace(json.find("HO1"), 3, id);
        EXPECT_EQ(caller.call(&plan, json).line, "200 null");
        auto text = text_of(folder.file("pick-" + id + ".940"));
        return text.substr(text.find("*U*00401*") + 9, 9);
    };
    EXPECT_EQ(numbered("HO1"), "000000001");
    EXPECT_EQ(numbered("HO2"), "000000002");
    fs::remove(folder.file("pick-HO1.940"));
    EXPECT_EQ(numbered("HO1"), "000000001");  // it is the same file
    FileDrop other = pick();
    other.envelope["receiver"] = "LAGEROST";
    FakePlan east(other);
    std::string json = order;
    json.replace(json.find("HO1"), 3, "HO3");
    EXPECT_EQ(caller.call(&east, json).line, "200 null");
    EXPECT_NE(text_of(folder.file("pick-HO3.940")).find("*U*00401*000000001*"), std::string::npos);
    EXPECT_EQ(numbers.given.size(), 2u);
}

TEST_F(FilesAdapter, DropsNothingWithoutANumber) {
    numbers.broken = true;
    EXPECT_EQ(caller.call(&plan, order).line, name(ErrorKind::system_unavailable));
    EXPECT_TRUE(names_in(folder.path()).empty());
    numbers.broken = false;
    EXPECT_EQ(caller.call(&plan, order).line, "200 null");
}

TEST_F(FilesAdapter, TakesNoNumberForWhatCannotBeWritten) {
    std::string json = order;
    json.replace(json.find(R"("W76":{"01":"2"})"), 16, R"("W76":{"01":"x"})");
    EXPECT_EQ(caller.call(&plan, json).line, name(ErrorKind::invalid_message));
    EXPECT_TRUE(numbers.given.empty());
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

TEST_F(FilesAdapter, DropsEveryFormat) {
    const std::string legacy = HEADGATE_SOURCE_DIR "/tests/golden/mappings/files/legacy/";
    auto layout = [&](const std::string& name, const std::string& charset) {
        Diagnostics diagnostics;
        LayoutProblem problem;
        auto format = layout_format(*read_source(legacy + name, diagnostics), charset, {}, problem, diagnostics);
        EXPECT_TRUE(format) << diagnostics.text() << problem.message;
        return format;
    };
    FileDrop sheet;
    sheet.format = layout("stock.layout.yaml", "ISO-8859-1");
    sheet.file_name = "level-{artikel}.csv";
    FakePlan level(sheet);
    EXPECT_EQ(host->refuses(level), "");
    EXPECT_EQ(caller.call(&level, R"({"artikel":"HG-1","bestand":"5","preis":"9.99"})").line, "200 null");
    EXPECT_EQ(text_of(folder.file("level-HG-1.csv")), "artikel;bestand;preis\nHG-1;5;9,99\n");

    FileDrop records;
    records.format = layout("pick.layout.yaml", "CP037");
    records.file_name = "pick-{H1/PO}.dat";
    FakePlan request(records);
    EXPECT_EQ(caller.call(&request, R"({"H1":{"PO":"471100000042"}})").line, "200 null");
    EXPECT_EQ(text_of(folder.file("pick-471100000042.dat")).size(), 60u);
    EXPECT_TRUE(numbers.given.empty());  // neither has one

    Diagnostics diagnostics;
    FileDrop edifact;
    edifact.format = edi_format(edi::load_guide(legacy + "DESADV.guide.yaml", diagnostics));
    edifact.file_name = "des-{BGM/02}.edi";
    edifact.envelope = {{"sender", "4054321000002"}, {"receiver", "4012345000009"}};
    FakePlan advice(edifact);
    const std::string document =
        R"({"BGM":{"02":"DES1"},"DTM[01=137]":{"01":{"02":"20261124","03":"102"}},"NAD[01=BY]":{"02":{"01":"1"}},"NAD[01=SU]":{"02":{"01":"2"}},"CPS":[{"01":"1"}]})";
    EXPECT_EQ(caller.call(&advice, document).line, "200 null");
    auto text = text_of(folder.file("des-DES1.edi"));
    EXPECT_NE(text.find("+261124:0000+1'"), std::string::npos) << text;  // UNB: dated by its document, and the first
    EXPECT_NE(text.find("UNZ+1+1'"), std::string::npos) << text;
    EXPECT_EQ(numbers.given.begin()->first, "edifact :4054321000002 :4012345000009");
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
    EXPECT_EQ(host->refuses(FakePlan(drop)), "the envelope needs 'sender'");
    drop = pick();
    drop.writes = false;
    EXPECT_EQ(host->refuses(FakePlan(drop)), "this mapping reads files, and the adapter files drops them");
    EXPECT_NE(host->refuses(FakePlan(RowsQuery())), "");
}

}  // namespace
}  // namespace headgate
