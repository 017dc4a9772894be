// What the adapters' tests share: a system opened from YAML, a call with JSON in and JSON out.
#pragma once

#include <gtest/gtest.h>

#include "adapters/system.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/drift.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_http_client.hpp"
#include "tests/support/fake_plan.hpp"

namespace headgate {

// Opens a system from the settings as configuration would hold them: "adapter: files\ninbox: x\n".
inline std::unique_ptr<SystemHost> open_from(const std::string& yaml, Diagnostics& diagnostics,
                                             const std::string& folder = "") {
    auto file = parse_source("headgate.yaml", yaml, diagnostics);
    if (!file) return nullptr;
    SystemSpec spec;
    spec.name = "tested";
    spec.folder = folder;
    spec.file = file;
    spec.settings = &file->root();
    if (const SourceNode* adapter = file->root().find("adapter")) spec.adapter = adapter->text;
    return open_system(spec, diagnostics);
}
inline std::unique_ptr<SystemHost> open_from(const std::string& yaml) {
    Diagnostics diagnostics;
    auto host = open_from(yaml, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return host;
}

// What went back, as one line: '200 {...}', or 'rejected out-of-stock /lines/0'.
struct Reply {
    std::string line;
    Error error;
};

// One worker and its system. It ends the host's pools before its io_context goes.
class Caller {
  public:
    explicit Caller(SystemHost& host) : host_(host), system_(host.for_worker(http)) {}
    ~Caller() { host_.shut_down(); }

    Reply call(const Plan* plan, const std::string& json, CallContext context = {},
               const Operation* operation = nullptr) {
        return await(io, task(plan, json, std::move(context), operation));
    }
    Task<Reply> task(const Plan* plan, std::string json, CallContext context, const Operation* operation = nullptr) {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(json, builder);
        EXPECT_TRUE(message) << json;
        SystemCall call{operation, plan, *message, builder, context, &drift};
        auto reply = co_await system_->call(call);
        if (reply) co_return Reply{std::to_string(reply->status) + " " + to_json(reply->message), {}};
        const Error& error = reply.error();
        std::string line(name(error.kind));
        if (!error.code.empty()) line += " " + error.code;
        if (!error.pointer.empty()) line += " " + error.pointer;
        co_return Reply{line, error};
    }
    std::string probe(CallContext context = {}) {
        auto done = await(io, system_->probe(context));
        return done ? "alive" : std::string(name(done.error().kind));
    }

    // One line a difference: 'answer pos/artnr narrower: text(18) -> text(10)'; or the error's kind.
    std::string examine(const std::vector<const Plan*>& plans) {
        CallContext context;
        context.deadline = Deadline::in(milliseconds(5000));
        auto done = await(io, system_->examine(plans, context));
        if (!done) return std::string(name(done.error().kind)) + ": " + done.error().detail;
        std::string out;
        for (const auto& one : done->plans)
            for (const auto& [part, change, line] : one.changes) {
                out += part == SystemChange::Part::request  ? "request"
                       : part == SystemChange::Part::answer ? "answer"
                                                            : "call";
                for (const auto& step : change.path) out += (&step == &change.path.front() ? " " : "/") + step;
                out += " " + change.kind + (change.was.empty() ? "" : " was " + change.was) +
                       (change.is.empty() ? "" : " is " + change.is) + (line ? " line " + std::to_string(line) : "") +
                       "\n";
            }
        return out;
    }

    asio::io_context io;
    FakeHttpClient http;
    DriftLog drift;  // of all calls

  private:
    SystemHost& host_;
    std::unique_ptr<System> system_;
};

inline CallContext within(int ms) {
    CallContext context;
    context.deadline = Deadline::in(milliseconds(ms));
    return context;
}

}  // namespace headgate
