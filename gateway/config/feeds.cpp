#include "gateway/config/feeds.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "contracts/document/fields.hpp"
#include "mappings/formats/edi/guide.hpp"
#include "mappings/formats/files/edi_format.hpp"

namespace headgate {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

FeedConfig::Keep read_keep(const SourceFile& file, const SourceNode& node, Diagnostics& diagnostics) {
    Fields fields(file, node, "keep", diagnostics);
    FeedConfig::Keep keep;
    keep.mark = file.mark(node);
    keep.key = fields.texts("key");
    if (keep.key.empty()) fields.fault("key", "names the fields that tell messages apart", "key: shipmentId");
    keep.by = fields.texts("by");
    keep.kept_for = milliseconds(fields.integer("days", 400, 1, 3'650) * day_ms);
    keep.stale = fields.span_ms("stale_ms", milliseconds(900'000), milliseconds(1'000), milliseconds(30 * day_ms));
    fields.finish();
    return keep;
}

FeedConfig::Acknowledges read_acknowledges(const SourceFile& file, const SourceNode& node, const std::string& folder,
                                           Diagnostics& diagnostics) {
    Fields fields(file, node, "acknowledges", diagnostics);
    FeedConfig::Acknowledges out;
    out.mark = file.mark(node);
    out.call = fields.required_text("call");
    out.guide = (std::filesystem::path(folder) / fields.required_text("guide")).lexically_normal().string();
    out.within = fields.span_ms("within_ms", milliseconds(900'000), milliseconds(1'000), milliseconds(30 * day_ms));
    fields.finish();
    return out;
}

// Holds one feed against what it names.
class Resolving {
  public:
    Resolving(const Snapshot& snapshot, const FeedConfig& config, Diagnostics& diagnostics)
        : snapshot_(snapshot), config_(config), diagnostics_(diagnostics) {}

    std::optional<feeds::Feed> resolve() {
        feed_.name = config_.name, feed_.system = config_.system;
        feed_.settle = config_.settle, feed_.largest = config_.largest, feed_.answers = config_.answer;
        if (auto fault = feeds::FilePattern::parse(config_.files, feed_.pattern); !fault.empty())
            return wrong(config_.files_mark, "feed '" + config_.name + "': '" + config_.files + "' " + fault,
                         "for example 945-*.945 or return-{number}.csv");
        auto system = snapshot_.systems.find(config_.system);
        if (system == snapshot_.systems.end()) {
            if (auto& all = snapshot_.config.systems;
                std::any_of(all.begin(), all.end(), [&](auto& spec) { return spec.name == config_.system; }))
                return std::nullopt;  // its own fault is reported already
            return wrong(config_.system_mark, "there is no system '" + config_.system + "'", "");
        }
        feed_.files = system->second->incoming();
        if (!feed_.files)
            return wrong(config_.system_mark, "system '" + config_.system + "' gives no files",
                         "one of the adapter files, with its outbox");
        bool good = config_.acknowledges ? acknowledges() : messages();
        if (good && feed_.answers && feed_.format->name() != "x12" && feed_.format->name() != "edifact")
            return wrong(config_.mark, "feed '" + config_.name + "': only interchanges of X12 and EDIFACT are answered",
                         "leave answer: away");
        return good ? std::optional(std::move(feed_)) : std::nullopt;
    }

  private:
    std::nullopt_t wrong(const SourceMark& mark, const std::string& message, const std::string& hint) {
        diagnostics_.error(mark, message, hint);
        return std::nullopt;
    }
    bool fault(const SourceMark& mark, const std::string& message, const std::string& hint = {}) {
        diagnostics_.error(mark, message, hint);
        return false;
    }

    bool messages() {
        for (const auto& plan : snapshot_.plans->plans()) {
            const auto* drop = std::get_if<FileDrop>(&plan->call());
            if (plan->contract_side() != config_.mapping || plan->system() != config_.system || !drop || !drop->reads)
                continue;
            feed_.plan = plan.get();
            feed_.format = drop->format;
        }
        if (!feed_.plan)
            return fault(
                config_.mapping_mark,
                "no mapping reads '" + config_.mapping + "' from files of system '" + config_.system + "'",
                "add one to the mappings folders: map: " + config_.mapping + " <- " + config_.system + ".<call>");
        auto slash = config_.mapping.find('/');
        feed_.component = config_.mapping;
        feed_.schema =
            snapshot_.contracts->find_schema(config_.mapping.substr(0, slash), config_.mapping.substr(slash + 1));
        if (!feed_.schema)
            return fault(config_.mapping_mark, "'" + config_.mapping + "' is no component of a contract",
                         "what is read from files is kept, and not asked for");
        feed_.keep = {config_.keep.key, config_.keep.by, config_.keep.kept_for, config_.keep.stale};
        if (feed_.keep.key.empty())
            return fault(config_.mark, "feed '" + config_.name + "' says not how its messages are kept",
                         "keep: { key: shipmentId, by: [orderId] }");
        return fields(feed_.keep.key, true) && fields(feed_.keep.by, false);
    }
    bool fields(const std::vector<std::string>& names, bool needed) {
        const Shape& shape = feed_.schema->shape();
        for (const auto& name : names) {
            const Shape* field = shape.property(name);
            if (!field || field->allows(ValueKind::object) || field->allows(ValueKind::array))
                return fault(config_.keep.mark, "'" + name + "' is no single value of " + feed_.component);
            if (needed && !shape.required(name))
                return fault(config_.keep.mark,
                             "'" + name + "' of " + feed_.component + " may be absent, and a key may not");
        }
        return true;
    }

    bool acknowledges() {
        const auto& said = *config_.acknowledges;
        const Plan* plan = snapshot_.plans->find_call(config_.system, said.call);
        const auto* drop = plan ? std::get_if<FileDrop>(&plan->call()) : nullptr;
        if (!drop || !drop->writes)
            return fault(said.mark, "no mapping drops files by '" + config_.system + "." + said.call + "'");
        Diagnostics own;
        auto guide = edi::load_guide(said.guide, own);
        if (!guide) {
            diagnostics_.add(own);
            return fault(said.mark, "the guide '" + said.guide + "' can't be used");
        }
        if (guide->dialect != edi::Dialect::x12 || guide->message != "997")
            return fault(said.mark,
                         "acknowledgements are read by a guide of the 997, and this is one of " + guide->id());
        FileEnvelope envelope;
        for (const auto& [key, text] : drop->envelope) {
            if (text.find('{') != std::string::npos && (key.starts_with("sender") || key.starts_with("receiver")))
                return fault(said.mark, "who sends and receives '" + said.call + "' is no constant");
            envelope.texts.emplace(key, text);
        }
        auto sequence = drop->format->sequence(envelope);
        if (sequence.empty()) return fault(said.mark, "the files of '" + said.call + "' are not numbered here");
        feed_.format = edi_format(std::move(guide));
        feed_.acknowledges = feeds::Acknowledges{{config_.system, said.call}, std::move(sequence), said.within};
        return true;
    }

    const Snapshot& snapshot_;
    const FeedConfig& config_;
    Diagnostics& diagnostics_;
    feeds::Feed feed_;
};

// What a route asks of the read model is what a feed keeps.
void check_kept(const Snapshot& snapshot, const Route& route, Diagnostics& diagnostics) {
    const auto* query = route.legacy.plan ? std::get_if<StoreQuery>(&route.legacy.plan->call()) : nullptr;
    if (!query || !query->of_messages()) return;
    const bool one = query->of == StoreQuery::Of::message;
    for (const auto& feed : snapshot.feeds) {
        if (feed.component != query->component) continue;
        const auto& names = one ? feed.keep.key : feed.keep.by;
        if (one ? names == std::vector{query->field}
                : std::find(names.begin(), names.end(), query->field) != names.end())
            return;
    }
    diagnostics.error(route.config->legacy_mark,
                      "no feed keeps " + query->component + (one ? " with the key '" : " by '") + query->field + "'",
                      std::string("feeds: keep: { ") + (one ? "key: " : "key: ..., by: ") + query->field + " }");
}

}  // namespace

std::optional<FeedConfig> read_feed(const SourceFile& file, const SourceNode& node, const std::string& folder,
                                    Diagnostics& diagnostics) {
    Fields fields(file, node, "feed", diagnostics);
    FeedConfig feed;
    feed.mark = file.mark(node);
    feed.name = fields.required_text("name");
    feed.system = fields.required_text("system");
    feed.files = fields.required_text("files");
    feed.system_mark = fields.mark_of("system"), feed.files_mark = fields.mark_of("files");
    feed.mapping = fields.text("mapping");
    feed.mapping_mark = fields.mark_of("mapping");
    feed.answer = fields.flag("answer", false);
    feed.settle = fields.span_ms("settle_ms", feed.settle, milliseconds(100), milliseconds(3'600'000));
    feed.largest = static_cast<std::size_t>(fields.integer("largest_bytes", 16 << 20, 1'024, 64 << 20));
    if (auto* keep = fields.node("keep")) feed.keep = read_keep(file, *keep, diagnostics);
    if (auto* of = fields.node("acknowledges")) feed.acknowledges = read_acknowledges(file, *of, folder, diagnostics);
    if (feed.mapping.empty() == !feed.acknowledges)
        fields.fault("mapping", "a feed has a mapping, or acknowledges what was sent",
                     "one of mapping:, acknowledges:");
    if (feed.acknowledges && (node.find("keep") || feed.answer))
        fields.fault("acknowledges", "acknowledgements are neither kept nor answered");
    fields.finish();
    return feed;
}

void resolve_feeds(Snapshot& snapshot, Diagnostics& diagnostics) {
    std::set<std::string> names;
    for (const auto& config : snapshot.config.feeds) {
        if (!names.insert(config.name).second)
            diagnostics.error(config.mark, "there are two feeds '" + config.name + "'");
        if (auto feed = Resolving(snapshot, config, diagnostics).resolve()) snapshot.feeds.push_back(std::move(*feed));
    }
    if (diagnostics.has_errors()) return;
    for (const auto& route : snapshot.routes) check_kept(snapshot, route, diagnostics);
}

}  // namespace headgate
