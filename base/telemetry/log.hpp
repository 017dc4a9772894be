// Logs: JSON lines on stderr, written asynchronously by spdlog; bodies and personal data never pass through here.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace headgate::log {

enum class Level { debug, info, warning, error };

// Begins logging; call once at start. Before it (and after stop()) lines are written synchronously.
void start(Level threshold);
void stop();  // flushes
// From now on only this level and above; any thread.
void set_threshold(Level threshold);

using FieldValue = std::variant<std::string_view, std::int64_t, double, bool>;
struct Field {
    std::string_view name;
    FieldValue value;
    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, bool v) : name(n), value(v) {}
    Field(std::string_view n, double v) : name(n), value(v) {}
    template <class Int, class = std::enable_if_t<std::is_integral_v<Int> && !std::is_same_v<Int, bool>>>
    Field(std::string_view n, Int v) : name(n), value(static_cast<std::int64_t>(v)) {}
};

bool enabled(Level level);
// {"ts":"...Z","level":"info","event":"<event>", fields...}; `event` is a stable kebab-case word.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
}

}  // namespace headgate::log
