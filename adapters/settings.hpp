// What the adapters' settings have in common: limits with their bounds, URLs, paths beside the configuration.
#pragma once

#include <string>

#include "adapters/system.hpp"
#include "contracts/document/fields.hpp"

namespace headgate {

// Reads one system's settings; say finish() after the last field. Faults go to the diagnostics with their place.
class SystemSettings {
  public:
    SystemSettings(const SystemSpec& spec, Diagnostics& diagnostics)
        : spec_(spec), fields(*spec.file, *spec.settings, "system '" + spec.name + "'", diagnostics) {
        fields.text("adapter");  // chose this adapter already
    }

  private:
    const SystemSpec& spec_;

  public:
    Fields fields;

    milliseconds deadline(int otherwise_ms) {
        return milliseconds(fields.integer("deadline_ms", otherwise_ms, 1, 600'000));
    }
    int concurrency(int otherwise) { return static_cast<int>(fields.integer("concurrency", otherwise, 1, 10'000)); }
    int connections(int otherwise) { return static_cast<int>(fields.integer("connections", otherwise, 1, 1'000)); }

    // http://host[:port][/path]; what is wrong with it is told at the value.
    HttpUrl url(const std::string& text) {
        auto parsed = parse_http_url(text);
        if (parsed) return *parsed;
        if (!text.empty()) fields.fault("url", "can't be used: " + parsed.error().message);
        return {};
    }
    // Relative paths are beside the configuration.
    std::string path(const std::string& text) const {
        if (text.empty() || text.front() == '/' || spec_.folder.empty()) return text;
        return spec_.folder + "/" + text;
    }
};

}  // namespace headgate
