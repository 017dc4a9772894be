// What becomes of files, as cases (tests/golden/feeds): what is done, line by line, and behind `---` what stands then.
//
//   drop FILE NAME            a file of tests/golden/mappings/files/partner appears whole under this name
//   begin FILE NAME           its first half does
//   end FILE NAME             and now the rest
//   move FROM TO              a partner renames
//   wait MS                   time passes
//   round [N]                 the folder is looked into
//   read                      a round, 2000 ms, a round
//   kill MOMENT               the process is killed there in the next round, and a new one is started
//   full, room                nothing can be written into the partner's folders; and again it can
//   store-full, store-room    the store takes nothing; and again it does
//   touch NAME                the file is written again, as it is
//   again NAME                an operator has the bad file read again
#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/gateway/feeds/fixture.hpp"

namespace headgate::feeds {
namespace {

namespace fs = std::filesystem;

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/feeds";

// The store of a full disk: what is written fails, what is read is there.
class FullStore final : public store::Store {
  public:
    explicit FullStore(store::Store& real) : real_(real) {}
    void submit(store::Commit, std::function<void(Result<store::CommitResult>)> done) override {
        done(Error{ErrorKind::system_unavailable, "the store can't be written", "disk full", "store"});
    }
    void submit(store::ClaimRequest, std::function<void(Result<store::ClaimResult>)> done) override {
        done(Error{ErrorKind::system_unavailable, "the store can't be written", "disk full", "store"});
    }
    Result<std::optional<store::Record>> find(const std::string& c, const std::string& k) override {
        return real_.find(c, k);
    }
    Result<std::vector<store::Record>> list(const std::string& c, const std::string& k, std::size_t n) override {
        return real_.list(c, k, n);
    }
    Result<std::vector<store::Record>> recent(const std::string& c, std::int64_t r, std::size_t n) override {
        return real_.recent(c, r, n);
    }
    Result<std::vector<store::Record>> due(const std::string& c, std::int64_t ms, std::size_t n) override {
        return real_.due(c, ms, n);
    }
    Result<std::int64_t> count(const std::string& c, bool due) override { return real_.count(c, due); }
    Result<std::vector<store::Event>> events(const std::string& s, std::int64_t q, std::size_t n) override {
        return real_.events(s, q, n);
    }
    Result<std::vector<store::Work>> work_of(const std::string& s) override { return real_.work_of(s); }
    Result<std::optional<store::Work>> work(const std::string& id) override { return real_.work(id); }
    Result<std::vector<store::Work>> work_in(const std::string& q, store::WorkState s, std::size_t n) override {
        return real_.work_in(q, s, n);
    }
    Result<store::WorkCounts> work_counts(const std::string& q) override { return real_.work_counts(q); }
    Result<std::vector<store::Audit>> audit(const std::string& w, std::int64_t q, std::size_t n) override {
        return real_.audit(w, q, n);
    }
    std::unique_ptr<store::Watch> watch(std::string n, std::function<void()> c) override {
        return real_.watch(std::move(n), std::move(c));
    }
    std::int64_t generation() const override { return real_.generation(); }
    void close() override {}

  private:
    store::Store& real_;
};

class FeedCases : public FeedsTest, public testing::WithParamInterface<std::string> {
  protected:
    void SetUp() override {
        FeedsTest::SetUp();
        Feed advices = feed("advices", "*.945", "warehouse.945", {{"shipmentId"}, {"orderNumber"}});
        advices.answers = true;
        Feed levels = feed("levels", "levels-{number}.csv", "sheets.level", {{"sku"}, {}});
        levels.largest = 2'000;
        feeds_ = {advices, levels};
    }

    std::string partners(const std::string& name) {
        auto bytes = text_of(files_folder + "/partner/" + name);
        EXPECT_NE(bytes, "") << name;
        return bytes;
    }

    void act(const std::string& line) {
        std::istringstream words(line);
        std::string verb, one, two;
        words >> verb >> one >> two;
        const std::string out = partner_.path() + "/out/";
        if (verb == "drop") return drop(two, partners(one));
        if (verb == "begin") return drop(two, partners(one).substr(0, partners(one).size() / 2));
        if (verb == "end") return drop(two, partners(one));
        if (verb == "huge") return drop(one, std::string(5'000, 'x'));
        if (verb == "touch") return drop(one, text_of(out + one));
        if (verb == "move") return fs::rename(out + one, out + two);
        if (verb == "wait") return clock_.advance(milliseconds(std::stoi(one)));
        if (verb == "full") return void(outbox_.full = true);
        if (verb == "room") return void(outbox_.full = false);
        if (verb == "store-full") return start_over(full_.emplace(*store_));
        if (verb == "store-room") return start_over(*store_);
        if (verb == "read") return void(settle_and_read());
        if (verb == "again") return again(one);
        if (verb == "kill") return kill(one);
        ASSERT_EQ(verb, "round") << "no such action: " << line;
        for (int i = one.empty() ? 1 : std::stoi(one); i > 0; --i) round();
    }
    void start_over(store::Store& store) {
        numbers_.emplace(store, clock_);
        reader_.emplace(
            store, clock_, *numbers_, freshness_, metrics_, [](const Feed&, const DriftLog&) {}, limits_);
    }
    void kill(const std::string& moment) {
        using Moment = TestOutbox::Moment;
        const std::map<std::string, Moment> moments{{"before-answer", Moment::before_answer},
                                                    {"after-answer", Moment::after_answer},
                                                    {"before-away", Moment::before_away},
                                                    {"after-away", Moment::after_away}};
        outbox_.kill = moments.at(moment);
        EXPECT_THROW(settle_and_read(), Killed);
        outbox_.kill = Moment::none;
        reader_.reset();
    }
    void again(const std::string& name) {
        auto done = try_again(*store_, feeds_, {name, "migration-lead", "mended", 1});
        EXPECT_TRUE(done.ok()) << done.error().message;
    }

    std::string standing() {
        std::ostringstream out;
        for (const char* where : {"/out", "/out/read", "/out/bad", "/in"})
            if (auto names = lies(where); !names.empty()) out << std::string(where).substr(1) << ": " << names << "\n";
        auto accounts = list_files(*store_, 100).value();
        std::sort(accounts.begin(), accounts.end(),
                  [](auto& a, auto& b) { return std::tie(a.file, a.digest) < std::tie(b.file, b.digest); });
        for (const auto& a : accounts) {
            out << a.file << ": " << name(a.outcome) << ", messages " << a.messages << ", repeated " << a.repeated;
            out << (a.answered ? ", answered" : "") << (a.away ? "" : ", still there") << "\n";
            std::istringstream lines(a.reason);
            for (std::string line; std::getline(lines, line);) out << "  " << line << "\n";
        }
        for (const auto& summary : list_feeds(*store_, feeds_).value())
            if (const auto& c = summary.counts; c.read + c.partly + c.refused + c.repeated > 0)
                out << summary.name << ": read " << c.read << ", partly " << c.partly << ", refused " << c.refused
                    << ", repeated " << c.repeated << ", messages " << c.messages << "\n";
        for (const auto& one : list_missing(*store_, 100).value())
            if (!one.numbers.missing.empty())
                out << "missing of " << one.sequence << ": " << write_numbers(one.numbers) << "\n";
        for (const auto& one : feeds_)
            for (const auto& row : store_->list("kept/" + one.component, "", 100).value())
                out << one.component << " " << row.key << "\n";
        return out.str();
    }
    std::optional<FullStore> full_;
};

std::vector<std::string> cases() {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path().stem());
    std::sort(all.begin(), all.end());
    return all;
}

TEST_P(FeedCases, EndsAsItIsWritten) {
    std::ifstream in(folder + "/" + GetParam() + ".case");
    std::string expected;
    bool acts = true;
    for (std::string line; std::getline(in, line);) {
        if (line == "---")
            acts = false;
        else if (!acts)
            expected += line + "\n";
        else if (!line.empty() && line.front() != '#')
            act(line);
    }
    EXPECT_EQ(standing(), expected);
}

INSTANTIATE_TEST_SUITE_P(Golden, FeedCases, testing::ValuesIn(cases()), [](const auto& one) {
    std::string name = one.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace headgate::feeds
