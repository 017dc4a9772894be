#include "base/telemetry/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>

namespace headgate::log {
namespace {

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> instance = [] {
        auto created = std::make_shared<spdlog::logger>("headgate", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        created->set_pattern("%v");
        return created;
    }();
    return instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view word(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "info";
}

void append_string(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out.push_back('"');
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            out += "\\u00";
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 15]);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void append_time(std::string& out) {
    auto now = std::chrono::system_clock::now();
    std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    out.append(text, length);
    auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count() % 1'000'000;
    std::snprintf(text, sizeof text, ".%06dZ", static_cast<int>(micros));
    out += text;
}

template <class Number>
void append_number(std::string& out, Number number) {
    char text[40];
    auto [end, error] = std::to_chars(text, text + sizeof text, number);
    if (error == std::errc{}) out.append(text, end);
}

}  // namespace

void start(Level threshold) {
    spdlog::init_thread_pool(8192, 1);
    auto created = std::make_shared<spdlog::async_logger>(
        "headgate", std::make_shared<spdlog::sinks::stderr_sink_mt>(), spdlog::thread_pool(),
        spdlog::async_overflow_policy::overrun_oldest);  // a slow reader of logs never slows a request
    created->set_pattern("%v");
    created->set_level(to_spdlog(threshold));
    logger() = created;
    spdlog::register_logger(created);
    spdlog::flush_every(std::chrono::seconds(1));
}

void stop() {
    logger()->flush();
    auto plain = std::make_shared<spdlog::logger>("headgate-plain", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    plain->set_pattern("%v");
    logger() = plain;
    spdlog::shutdown();
}

void set_threshold(Level threshold) { logger()->set_level(to_spdlog(threshold)); }

bool enabled(Level level) { return logger()->should_log(to_spdlog(level)); }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!enabled(level)) return;
    std::string line;
    line.reserve(256);
    line += R"({"ts":")";
    append_time(line);
    line += R"(","level":")";
    line += word(level);
    line += R"(","event":)";
    append_string(line, event);
    for (const auto& field : fields) {
        line.push_back(',');
        append_string(line, field.name);
        line.push_back(':');
        std::visit(
            [&](const auto& value) {
                using T = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<T, std::string_view>)
                    append_string(line, value);
                else if constexpr (std::is_same_v<T, bool>)
                    line += value ? "true" : "false";
                else
                    append_number(line, value);
            },
            field.value);
    }
    line.push_back('}');
    logger()->log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace headgate::log
