#include "gateway/config/config.hpp"

#include <filesystem>

#include "base/ascii.hpp"
#include "contracts/document/fields.hpp"
#include "gateway/config/feeds.hpp"
#include "gateway/feeds/read_model.hpp"
#include "gateway/orders/order_source.hpp"

namespace headgate {
namespace {

std::string resolved(const std::string& folder, const std::string& path) {
    // An absolute path replaces the folder.
    return (std::filesystem::path(folder) / path).lexically_normal().string();
}

bool read_digest(std::string_view text, std::array<unsigned char, 32>& digest) {
    constexpr std::string_view prefix = "sha256:";
    if (!text.starts_with(prefix) || text.size() != prefix.size() + 64) return false;
    text.remove_prefix(prefix.size());
    auto nibble = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    for (std::size_t i = 0; i < 32; ++i) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        digest[i] = static_cast<unsigned char>(high << 4 | low);
    }
    return true;
}

// The lower-case name of `header:NAME`; empty when it is none.
std::string header_name(std::string_view source) {
    constexpr std::string_view prefix = "header:";
    if (!source.starts_with(prefix)) return {};
    return to_lower(source.substr(prefix.size()));
}

// Reads the parts of one configuration file; each function takes one top-level key.
class Reader {
  public:
    Reader(Config& config, Diagnostics& diagnostics)
        : config_(config), file_(*config.file), diagnostics_(diagnostics) {}

    void read() {
        Fields fields(file_, file_.root(), "configuration", diagnostics_);
        serving(fields);
        config_.state = resolved(config_.folder, fields.text("state", config_.state));
        config_.mappings = folders(fields, "mappings");
        config_.drafts = fields.word("drafts", {"refuse", "allow"}, 0) == 1;
        config_.anonymous = fields.flag("anonymous", false);
        if (auto* node = fields.node("shadow")) shadow(*node);
        config_.app_build = header_name(fields.text("app_build", "header:" + config_.app_build));
        if (config_.app_build.empty()) fields.fault("app_build", "names no header", "for example header:X-App-Build");
        each(fields, "callers", [&](const SourceNode& node) { caller(node); });
        if (auto* node = fields.node("systems")) systems(*node);
        each(fields, "routes", [&](const SourceNode& node) { route(node); });
        each(fields, "feeds", [&](const SourceNode& node) {
            if (auto feed = read_feed(file_, node, config_.folder, diagnostics_)) config_.feeds.push_back(*feed);
        });
        fields.finish();
    }

    // The keys of the rest are known and left unread.
    void read_for_mock() {
        Fields fields(file_, file_.root(), "configuration", diagnostics_);
        serving(fields);
        for (std::string_view key : {"state", "mappings", "drafts", "anonymous", "shadow", "app_build", "callers",
                                     "systems", "routes", "feeds"})
            fields.node(key);
        fields.finish();
    }

  private:
    void serving(Fields& fields) {
        if (auto* node = fields.node("listen")) listen(*node);
        config_.workers = static_cast<std::size_t>(fields.integer("workers", 0, 0, 256));
        config_.contracts = folders(fields, "contracts");
        config_.log_level = static_cast<log::Level>(fields.word("log", {"debug", "info", "warning", "error"}, 1));
        if (auto* node = fields.node("limits")) limits(*node);
    }

    template <class Read>
    void each(Fields& fields, std::string_view key, Read read) {
        const SourceNode* node = fields.node(key);
        if (!node) return;
        if (!node->is_sequence()) return fields.fault(key, "must be a list");
        for (const SourceNode& item : node->items) read(item);
    }

    std::vector<std::string> folders(Fields& fields, std::string_view key) {
        auto out = fields.texts(key);
        if (out.empty())
            diagnostics_.error(fields.mark_of(key), "configuration: '" + std::string(key) + "' is missing");
        for (auto& folder : out) {
            folder = resolved(config_.folder, folder);
            if (!std::filesystem::is_directory(folder)) fields.fault(key, "names no folder: " + folder);
        }
        return out;
    }

    void listen(const SourceNode& node) {
        Fields fields(file_, node, "listen", diagnostics_);
        config_.api_address = fields.text("api", config_.api_address);
        config_.admin_address = fields.text("admin", config_.admin_address);
        config_.disclose_side = fields.flag("disclose_side", false);
        for (auto [key, address] : {std::pair("api", &config_.api_address), {"admin", &config_.admin_address}})
            if (!is_address(*address)) fields.fault(key, "is no address", "for example 127.0.0.1:8080 or [::1]:8080");
        if (config_.api_address == config_.admin_address && !config_.api_address.ends_with(":0"))
            fields.fault("admin", "is the address of api");
        fields.finish();
    }

    void limits(const SourceNode& node) {
        Fields fields(file_, node, "limits", diagnostics_);
        auto& to = config_.limits;
        auto size = [&](std::string_view key, std::size_t otherwise, std::int64_t least, std::int64_t most) {
            return static_cast<std::size_t>(fields.integer(key, static_cast<std::int64_t>(otherwise), least, most));
        };
        to.in_flight = size("in_flight", to.in_flight, 1, 1'000'000);
        to.body_bytes = size("body_bytes", to.body_bytes, 1024, 64 << 20);
        to.header_bytes = size("header_bytes", to.header_bytes, 1024, 1 << 20);
        to.connections = size("connections", to.connections, 1, 1'000'000);
        to.request = fields.span_ms("request_ms", to.request, milliseconds(1), milliseconds(600'000));
        to.write_kept =
            fields.span_ms("write_kept_ms", to.write_kept, milliseconds(60'000), milliseconds(30 * 86'400'000ll));
        to.write_keys = size("write_keys", to.write_keys, 100, 100'000'000);
        to.drain = fields.span_ms("drain_ms", to.drain, milliseconds(0), milliseconds(600'000));
        fields.finish();
    }

    void shadow(const SourceNode& node) {
        Fields fields(file_, node, "shadow", diagnostics_);
        auto& to = config_.shadow;
        auto size = [&](std::string_view key, std::size_t otherwise, std::int64_t least, std::int64_t most) {
            return static_cast<std::size_t>(fields.integer(key, static_cast<std::int64_t>(otherwise), least, most));
        };
        to.queue = size("queue", to.queue, 1, 1'000'000);
        to.concurrency = size("concurrency", to.concurrency, 1, 10'000);
        to.bytes = size("bytes", to.bytes, 1 << 16, std::int64_t(8) << 30);
        to.compare_threads = size("compare_threads", to.compare_threads, 1, 64);
        to.deadline = fields.span_ms("deadline_ms", to.deadline, milliseconds(1), milliseconds(600'000));
        fields.finish();
    }

    void caller(const SourceNode& node) {
        Fields fields(file_, node, "caller", diagnostics_);
        CallerConfig caller;
        caller.name = fields.required_text("name");
        if (!read_digest(fields.required_text("token"), caller.token_sha256) && node.find("token"))
            fields.fault("token", "must be sha256: and 64 lower-case hexadecimal digits",
                         "printf %s TOKEN | sha256sum");
        caller.role = static_cast<Role>(fields.word("role", {"caller", "viewer", "reviewer", "operator"}, 0));
        if (auto file = fields.text("relies_on"); !file.empty()) caller.relies_on = resolved(config_.folder, file);
        fields.finish();
        if (caller.name == "anonymous") fields.fault("name", "is what callers without a token are called");
        for (const auto& other : config_.callers) {
            if (other.name == caller.name) fields.fault("name", "'" + caller.name + "' is there twice");
            if (other.token_sha256 == caller.token_sha256)
                fields.fault("token", "is the same as of '" + other.name + "'");
        }
        config_.callers.push_back(std::move(caller));
    }

    void systems(const SourceNode& node) {
        if (!node.is_mapping()) return diagnostics_.error(file_.mark(node), "systems must be a mapping of names");
        for (const auto& entry : node.entries) {
            if (entry.key == orders::order_source_name || entry.key == feeds::read_model_name) {
                diagnostics_.error(file_.mark(entry), "the name '" + entry.key + "' is reserved: it is our own store");
                continue;
            }
            const SourceNode* adapter = entry.value.find("adapter");
            if (!adapter || !adapter->is_scalar()) {
                diagnostics_.error(file_.mark(entry), "system '" + entry.key + "': 'adapter' is missing");
                continue;
            }
            config_.systems.push_back({entry.key, adapter->text, config_.folder, config_.file, &entry.value});
        }
    }

    void route(const SourceNode& node) {
        Fields fields(file_, node, "route", diagnostics_);
        RouteConfig route;
        route.mark = file_.mark(node);
        route.operation = fields.required_text("operation");
        route.legacy = fields.text("legacy");
        route.candidate = fields.text("candidate");
        route.legacy_mark = fields.mark_of("legacy");
        route.candidate_mark = fields.mark_of("candidate");
        route.bridge = fields.text("bridge");
        route.bridge_mark = fields.mark_of("bridge");
        route.share_ppm = fields.share_ppm("share", 0);
        for (const auto& source : fields.texts("sticky")) {
            std::string header = header_name(source);
            if (header.empty()) {
                fields.fault("sticky", "has '" + source + "'", "for example header:X-Customer");
                continue;
            }
            route.sticky.push_back(std::move(header));
        }
        if (auto* shadow = fields.node("shadow")) {
            Fields inner(file_, *shadow, "shadow", diagnostics_);
            route.shadow_sample_ppm = inner.share_ppm("sample", 1'000'000);
            route.shadow_sticky = inner.word("by", {"customer", "request"}, 0) == 0;
            inner.finish();
            if (route.candidate.empty()) fields.fault("shadow", "needs a candidate");
        }
        if (auto* capture = fields.node("capture")) {
            Fields inner(file_, *capture, "capture", diagnostics_);
            route.capture_mark = file_.mark(*capture);
            route.capture.emplace();
            route.capture->reserve = inner.required_text("reserve");
            route.capture->steps = inner.texts("steps");
            route.capture->intent =
                inner.span_ms("intent_ms", route.capture->intent, milliseconds(100), milliseconds(3'600'000));
            auto steps = route.capture->steps;
            std::sort(steps.begin(), steps.end());
            if (std::adjacent_find(steps.begin(), steps.end()) != steps.end())
                inner.fault("steps", "names a system twice");
            inner.finish();
            if (!route.legacy.empty() || !route.candidate.empty())
                fields.fault("capture", "excludes legacy and candidate");
        } else if (route.legacy.empty() && route.bridge.empty()) {
            diagnostics_.error(route.mark, "route: 'legacy' (or 'capture', or 'bridge') is missing");
        }
        if (!route.bridge.empty())
            for (std::string_view key : {"legacy", "candidate", "share", "sticky", "shadow", "capture"})
                if (node.find(key))
                    fields.fault(key, "does not go with 'bridge'", "it is said by the route it leads to");
        if (route.share_ppm > 0 && route.candidate.empty()) fields.fault("share", "needs a candidate");
        fields.finish();
        for (const auto& other : config_.routes)
            if (other.operation == route.operation) fields.fault("operation", "has two routes");
        config_.routes.push_back(std::move(route));
    }

    Config& config_;
    const SourceFile& file_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::string_view name(Role role) {
    switch (role) {
        case Role::caller: return "caller";
        case Role::viewer: return "viewer";
        case Role::reviewer: return "reviewer";
        case Role::operator_: return "operator";
    }
    return "caller";
}

bool is_address(std::string_view text) {
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    std::string_view host = text.substr(0, colon), port = text.substr(colon + 1);
    bool bracketed = host.front() == '[' && host.back() == ']' && host.size() > 2;
    if (!bracketed && host.find_first_of(":[]") != std::string_view::npos) return false;
    bool digits = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && std::stoi(std::string(port)) <= 65535;
}

namespace {

std::optional<Config> load(const std::string& path, Diagnostics& diagnostics, void (Reader::*read)()) {
    Config config;
    config.path = path;
    config.folder = std::filesystem::absolute(path).parent_path().lexically_normal();
    config.file = read_source(path, diagnostics);
    if (!config.file) return std::nullopt;
    if (config.file->documents.size() != 1) {
        diagnostics.error({path, 0, 0}, "a configuration is one YAML document");
        return std::nullopt;
    }
    (Reader(config, diagnostics).*read)();
    return config;
}

}  // namespace

std::optional<Config> load_config(const std::string& path, Diagnostics& diagnostics) {
    return load(path, diagnostics, &Reader::read);
}
std::optional<Config> load_mock_config(const std::string& path, Diagnostics& diagnostics) {
    return load(path, diagnostics, &Reader::read_for_mock);
}

}  // namespace headgate
