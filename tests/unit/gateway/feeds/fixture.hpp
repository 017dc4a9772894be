// What the feeds' tests share: a partner's folder, a real store, time by hand, and kills at chosen moments.
#pragma once

#include <filesystem>
#include <fstream>

#include "adapters/files/outbox.hpp"
#include "gateway/feeds/feed_reader.hpp"
#include "gateway/feeds/feeds_view.hpp"
#include "gateway/feeds/kept_messages.hpp"
#include "gateway/store/control_numbers.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_plan.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::feeds {

inline const std::string files_folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/files";

inline std::shared_ptr<const Registry> contracts() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_contracts({files_folder + "/contracts"}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return loaded;
    }();
    return all;
}

inline const PlanSet& plans() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_mappings({files_folder}, contracts(), diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return loaded;
    }();
    return *all;
}

// The process is gone: nothing that stands behind this moment is done.
struct Killed {};

// The folder of a partner, in which a test may be killed or find the disk full.
class TestOutbox final : public IncomingFiles {
  public:
    explicit TestOutbox(const std::string& folder) : real_(folder + "/out", folder + "/in") {}
    enum class Moment : std::uint8_t { none, before_answer, after_answer, before_away, after_away } kill = Moment::none;
    bool full = false;

    Result<IncomingLook> look(std::size_t at_most, const std::function<bool(const std::string&)>& wanted) override {
        return real_.look(at_most, wanted);
    }
    Result<std::string> read(const IncomingFile& file) override { return real_.read(file); }
    Result<std::string> put_away(const std::string& name, Place place, const std::string& otherwise,
                                 const std::string& reason) override {
        at(Moment::before_away);
        if (full) return no_space();
        auto put = real_.put_away(name, place, otherwise, reason);
        at(Moment::after_away);
        return put;
    }
    Result<Done> bring_back(const std::string& lies, const std::string& name) override {
        return real_.bring_back(lies, name);
    }
    Result<Done> answer(const std::string& name, const std::string& bytes) override {
        at(Moment::before_answer);
        if (full) return no_space();
        auto dropped = real_.answer(name, bytes);
        at(Moment::after_answer);
        return dropped;
    }

  private:
    static Error no_space() { return {ErrorKind::system_unavailable, "the system's folder can't be written", "full"}; }
    void at(Moment moment) {
        if (kill == moment) throw Killed();
    }
    Outbox real_;
};

class FeedsTest : public store::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        for (const char* name : {"/out", "/in"}) std::filesystem::create_directories(partner_.path() + name);
    }
    void TearDown() override {
        if (store_) store_->close();
    }

    Feed feed(const std::string& name, const std::string& pattern) {
        Feed feed;
        feed.name = name;
        feed.system = "warehouse";
        EXPECT_EQ(FilePattern::parse(pattern, feed.pattern), "");
        feed.files = &outbox_;
        return feed;
    }
    // The files of a mapping of tests/golden/mappings/files, by system.call; `keep` by these fields.
    Feed feed(const std::string& name, const std::string& pattern, const std::string& call, Keep keep) {
        Feed out = feed(name, pattern);
        auto dot = call.find('.');
        out.plan = plans().find_call(call.substr(0, dot), call.substr(dot + 1));
        out.format = std::get<FileDrop>(out.plan->call()).format;
        out.component = out.plan->contract_side();
        auto slash = out.component.find('/');
        out.schema = contracts()->find_schema(out.component.substr(0, slash), out.component.substr(slash + 1));
        out.keep = std::move(keep);
        return out;
    }

    // What a new process would have.
    void start() {
        numbers_.emplace(*store_, clock_);
        reader_.emplace(
            *store_, clock_, *numbers_, freshness_, metrics_, [](const Feed&, const DriftLog&) {}, limits_);
    }
    std::size_t round() {
        if (!reader_) start();
        return reader_->round(feeds_);
    }
    // A look, time for files to be whole, and a look again.
    std::size_t settle_and_read() {
        round();
        clock_.advance(milliseconds(2'000));
        return round();
    }
    void drop(const std::string& name, const std::string& bytes) {
        std::ofstream(partner_.path() + "/out/" + name, std::ios::binary) << bytes;
    }
    static std::string text_of(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string lies(const std::string& folder) const {
        std::vector<std::string> names;
        if (!std::filesystem::exists(partner_.path() + folder)) return {};
        for (const auto& entry : std::filesystem::directory_iterator(partner_.path() + folder))
            if (entry.is_regular_file()) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        std::string out;
        for (const auto& one : names) out += (out.empty() ? "" : " ") + one;
        return out;
    }

    TempFolder partner_;
    FakeClock clock_;
    Metrics metrics_;
    Freshness freshness_;
    FeedLimits limits_;
    TestOutbox outbox_{partner_.path()};
    std::vector<Feed> feeds_;
    std::optional<store::StoredControlNumbers> numbers_;
    std::optional<FeedReader> reader_;
};

}  // namespace headgate::feeds
