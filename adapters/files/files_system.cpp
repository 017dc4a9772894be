#include "adapters/files/files_system.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>

#include "adapters/files/drop.hpp"
#include "adapters/permits.hpp"
#include "adapters/settings.hpp"
#include "base/run_blocking.hpp"
#include "mappings/formats/edi/paths.hpp"
#include "mappings/formats/x12/writer.hpp"

namespace headgate {
namespace {

// What a mapping may say about the envelope of an X12 file; values may hold {legacy paths}.
// `control` gives a text that the control number follows from, `control-number` the number itself.
constexpr std::array<std::string_view, 9> envelope_keys{
    "sender", "sender-qualifier", "receiver",      "receiver-qualifier", "usage", "date",
    "time",   "control",          "control-number"};

// The first date element that the document holds, in the guide's order: an interchange is dated by its own message and
// not by the clock, so that a file dropped again has the same bytes.
std::string_view first_date(const edi::Guide& guide, const Value& document) {
    for (const edi::Segment& segment : guide.segments)
        for (const edi::Element& element : segment.elements)
            if (element.type == edi::ElementType::dt && element.max_length == 8)
                if (std::string_view date = edi::text_at(document, segment.name + "/" + element.position);
                    !date.empty())
                    return date;
    return {};
}

}  // namespace

Result<Drop> write_drop(const FileDrop& call, const Value& document) {
    Drop drop;
    auto name = edi::expand_pattern(call.file_name, document);
    if (!name) return name.error();
    drop.name = std::move(*name);
    if (!safe_file_name(drop.name))
        return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is",
                     "'" + drop.name.substr(0, 128) + "' can't be a file name"};
    X12Envelope envelope;
    envelope.control_number = control_number_of(drop.name);
    envelope.date = first_date(*call.guide, document);
    for (const auto& [key, pattern] : call.envelope) {
        auto value = edi::expand_pattern(pattern, document);
        if (!value) return value.error();
        if (key == "sender") envelope.sender = *value;
        if (key == "sender-qualifier") envelope.sender_qualifier = *value;
        if (key == "receiver") envelope.receiver = *value;
        if (key == "receiver-qualifier") envelope.receiver_qualifier = *value;
        if (key == "usage") envelope.test = *value == "T" || *value == "test";
        if (key == "date") envelope.date = *value;
        if (key == "time") envelope.time = *value;
        if (key == "control") envelope.control_number = control_number_of(*value);
        if (key == "control-number") {
            auto [end, fault] = std::from_chars(value->data(), value->data() + value->size(), envelope.control_number);
            if (fault != std::errc() || end != value->data() + value->size() || value->empty())
                return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is",
                             "control-number: '" + *value + "' is no number"};
        }
    }
    auto bytes = write_x12(*call.guide, document, envelope);
    if (!bytes) return bytes.error();
    drop.bytes = std::move(*bytes);
    return drop;
}

namespace {

class FilesHost : public SystemHost {
  public:
    FilesHost(std::string system, std::string inbox_folder, milliseconds call_deadline, int concurrency)
        : name(std::move(system)),
          inbox(std::move(inbox_folder)),
          permits(concurrency),
          // One thread: a temporary name has one writer at a time, also when a late drop is repeated.
          pool(1, static_cast<std::size_t>(concurrency)),
          deadline_(call_deadline) {}

    std::unique_ptr<System> for_worker(HttpClient& http) override;
    milliseconds deadline() const override { return deadline_; }
    std::string refuses(const Plan& plan) const override {
        const auto* call = std::get_if<FileDrop>(&plan.call());
        if (!call) return "the adapter files carries out mappings of dropped files alone";
        if (call->format != "x12") return "the format '" + call->format + "' is not written by the adapter files";
        if (!call->guide) return "the mapping names no guide";
        for (const auto& [key, value] : call->envelope)
            if (std::find(envelope_keys.begin(), envelope_keys.end(), key) == envelope_keys.end()) {
                std::string near = nearest(key, {envelope_keys.begin(), envelope_keys.end()});
                return "the envelope has no '" + key + "'" + (near.empty() ? "" : ": did you mean '" + near + "'?");
            }
        if (call->envelope.contains("control") && call->envelope.contains("control-number"))
            return "the envelope has control and control-number: one of them";
        if (!call->envelope.contains("sender") || !call->envelope.contains("receiver"))
            return "the envelope needs sender and receiver";
        return {};
    }
    void shut_down() override { pool.join(); }

    const std::string name, inbox;
    Permits permits;
    BlockingPool pool;

  private:
    const milliseconds deadline_;
};

class FilesSystem : public System {
  public:
    explicit FilesSystem(FilesHost& host) : host_(host) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto reply = co_await carry_out(call);
        if (!reply && reply.error().system.empty()) reply.error().system = host_.name;
        co_return reply;
    }

    Result<void> rehearse(const SystemCall& call) override {
        const auto* file = call.plan ? std::get_if<FileDrop>(&call.plan->call()) : nullptr;
        if (!file || !file->guide) return Error{ErrorKind::internal, "this call has no mapping"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) return std::move(legacy).error();
        if (auto drop = write_drop(*file, *legacy); !drop) return std::move(drop).error();
        return Done{};
    }

    Task<Result<void>> probe(const CallContext& context) override {
        Deadline deadline = context.deadline.within(Deadline::in(host_.deadline()));
        std::function<Result<Done>()> work = [folder = host_.inbox] { return writable_folder(folder); };
        auto done = co_await run_blocking<Done>(host_.pool, deadline, std::move(work));
        if (!done) co_return done.error();
        co_return Result<void>();
    }

  private:
    // What a late drop and its caller both know; owned by both.
    struct Shared {
        Drop drop;
        std::string folder;
        Permits::Permit permit;
        std::atomic<int> state{waiting};
        enum { waiting, writing, given_up };
    };

    Task<Result<SystemReply>> carry_out(const SystemCall& call) {
        const auto* file = call.plan ? std::get_if<FileDrop>(&call.plan->call()) : nullptr;
        if (!file || !file->guide)
            co_return Error{ErrorKind::internal, "this call has no mapping", "adapter files without a file drop"};
        if (call.context.shadow) co_return Error{ErrorKind::forbidden, "a mirrored call must have no effect"};
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) co_return legacy.error();
        auto drop = write_drop(*file, *legacy);
        if (!drop) co_return drop.error();
        auto shared = std::make_shared<Shared>();
        shared->drop = std::move(*drop);
        shared->folder = host_.inbox;
        shared->permit = std::move(permit);
        Deadline deadline = call.context.deadline.within(Deadline::in(host_.deadline()));
        bool unknown = false;
        std::function<Result<Done>()> work = [shared]() -> Result<Done> {
            int waiting = Shared::waiting;
            if (!shared->state.compare_exchange_strong(waiting, Shared::writing))
                return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
            auto done = drop_file(shared->folder, shared->drop.name, shared->drop.bytes);
            shared->permit.give_back();
            return done;
        };
        std::function<void()> on_late = [shared, &unknown] {
            int waiting = Shared::waiting;
            unknown = !shared->state.compare_exchange_strong(waiting, Shared::given_up);
        };
        auto done = co_await run_blocking<Done>(host_.pool, deadline, std::move(work), std::move(on_late));
        if (!done && unknown)
            co_return Error{ErrorKind::outcome_unknown, "the system may or may not have it",
                            "the drop is still being written"};
        if (!done) co_return done.error();
        co_return SystemReply{200, Value::null()};
    }

    FilesHost& host_;
};

std::unique_ptr<System> FilesHost::for_worker(HttpClient&) { return std::make_unique<FilesSystem>(*this); }

}  // namespace

std::unique_ptr<SystemHost> open_files_system(const SystemSpec& spec, Diagnostics& diagnostics) {
    SystemSettings settings(spec);
    std::string inbox = settings.path(settings.fields.required_text("inbox"));
    settings.fields.text("outbox");  // where they drop for us: read by feeds
    milliseconds deadline = settings.deadline(5000);
    int concurrency = settings.concurrency(64);
    if (!settings.finish(diagnostics)) return nullptr;
    return std::make_unique<FilesHost>(spec.name, std::move(inbox), deadline, concurrency);
}

}  // namespace headgate
