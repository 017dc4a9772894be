// What the adapters' settings have in common: limits with their bounds, URLs, paths beside the configuration.
#pragma once

#include <string>

#include "adapters/system.hpp"
#include "contracts/document/fields.hpp"

namespace headgate {

// Reads one system's settings; faults are gathered with their place until finish().
class SystemSettings {
  public:
    explicit SystemSettings(const SystemSpec& spec)
        : fields(*spec.file, *spec.settings, "system '" + spec.name + "'", faults), spec_(spec) {
        fields.text("adapter");  // chose this adapter already
    }

    // Reports the keys nobody asked for, and hands all faults on; false when one of them is an error.
    bool finish(Diagnostics& to) {
        fields.finish();
        for (const Diagnostic& fault : faults.all())
            fault.error ? to.error(fault.mark, fault.message, fault.hint)
                        : to.warning(fault.mark, fault.message, fault.hint);
        return !faults.has_errors();
    }

    Diagnostics faults;
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

  private:
    const SystemSpec& spec_;
};

}  // namespace headgate
