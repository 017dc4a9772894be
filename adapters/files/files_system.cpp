#include "adapters/files/files_system.hpp"

#include <atomic>
#include <optional>

#include "adapters/control_numbers.hpp"
#include "adapters/files/drop.hpp"
#include "adapters/files/outbox.hpp"
#include "adapters/permits.hpp"
#include "adapters/settings.hpp"
#include "base/run_blocking.hpp"
#include "mappings/plan/file_drop.hpp"

namespace headgate {
namespace {

class FilesHost : public SystemHost {
  public:
    FilesHost(std::string system, std::string inbox_folder, const std::string& outbox, milliseconds call_deadline,
              int concurrency)
        : name(std::move(system)),
          inbox(std::move(inbox_folder)),
          permits(concurrency),
          // One thread: a temporary name has one writer at a time, also when a late drop is repeated.
          pool(1, static_cast<std::size_t>(concurrency)),
          deadline_(call_deadline) {
        if (!outbox.empty()) outbox_.emplace(outbox, inbox);
    }

    std::unique_ptr<System> for_worker(HttpClient& http) override;
    milliseconds deadline() const override { return deadline_; }
    std::string refuses(const Plan& plan) const override {
        const auto* call = std::get_if<FileDrop>(&plan.call());
        if (!call) return "the adapter files carries out mappings of dropped files alone";
        if (!call->writes) return "this mapping reads files, and the adapter files drops them";
        for (auto key : call->format->envelope_needs())
            if (!call->envelope.contains(std::string(key))) return "the envelope needs '" + std::string(key) + "'";
        return {};
    }
    void number_by(ControlNumbers& given) override { numbers = &given; }
    IncomingFiles* incoming() override { return outbox_ ? &*outbox_ : nullptr; }
    void shut_down() override { pool.join(); }

    const std::string name, inbox;
    Permits permits;
    BlockingPool pool;
    std::atomic<ControlNumbers*> numbers{nullptr};

  private:
    const milliseconds deadline_;
    std::optional<Outbox> outbox_;
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
        if (!file || !file->writes) return Error{ErrorKind::internal, "this call has no mapping"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) return std::move(legacy).error();
        auto head = drop_head(*file, *legacy);
        if (!head) return std::move(head).error();
        if (auto bytes = file->format->write(*legacy, head->envelope); !bytes) return std::move(bytes).error();
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
        std::string folder, name, bytes;
        Permits::Permit permit;
        std::atomic<int> state{waiting};
        enum { waiting, writing, given_up };
    };

    // Before the bytes, and apart from the drop: the same name has its number for ever, so that a drop that is repeated
    // after a crash between the two is the same file.
    Task<Result<std::uint32_t>> number_of(const DropHead& head, const CallContext& context, Deadline deadline) {
        ControlNumbers* numbers = host_.numbers;
        if (!numbers) co_return Error{ErrorKind::internal, "no control number", "nobody gives control numbers"};
        std::function<Result<std::uint32_t>()> work = [numbers, sequence = head.sequence, key = head.key,
                                                       order = context.idempotency_key] {
            return numbers->number_for(sequence, key, order);
        };
        co_return co_await run_blocking<std::uint32_t>(host_.pool, deadline, std::move(work));
    }

    Task<Result<SystemReply>> carry_out(const SystemCall& call) {
        const auto* file = call.plan ? std::get_if<FileDrop>(&call.plan->call()) : nullptr;
        if (!file || !file->writes)
            co_return Error{ErrorKind::internal, "this call has no mapping", "adapter files without a file drop"};
        if (call.context.shadow) co_return Error{ErrorKind::forbidden, "a mirrored call must have no effect"};
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) co_return legacy.error();
        auto head = drop_head(*file, *legacy);
        if (!head) co_return head.error();
        Deadline deadline = call.context.deadline.within(Deadline::in(host_.deadline()));
        auto bytes = file->format->write(*legacy, head->envelope);
        if (!bytes) co_return bytes.error();
        // What can't be written takes no number.
        if (!head->sequence.empty()) {
            auto number = co_await number_of(*head, call.context, deadline);
            if (!number) co_return number.error();
            head->envelope.number = *number;
            bytes = file->format->write(*legacy, head->envelope);
            if (!bytes) co_return bytes.error();
        }
        auto shared = std::make_shared<Shared>();
        shared->folder = host_.inbox;
        shared->name = std::move(head->name);
        shared->bytes = std::move(*bytes);
        shared->permit = std::move(permit);
        bool unknown = false;
        std::function<Result<Done>()> work = [shared]() -> Result<Done> {
            int waiting = Shared::waiting;
            if (!shared->state.compare_exchange_strong(waiting, Shared::writing))
                return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
            auto done = drop_file(shared->folder, shared->name, shared->bytes);
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
    std::string outbox = settings.path(settings.fields.text("outbox"));
    milliseconds deadline = settings.deadline(5000);
    int concurrency = settings.concurrency(64);
    if (!settings.finish(diagnostics)) return nullptr;
    return std::make_unique<FilesHost>(spec.name, std::move(inbox), outbox, deadline, concurrency);
}

}  // namespace headgate
