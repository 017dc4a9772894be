// headgate system ...: the words of the systems' commands.
#include <memory>

#include "gateway/app/cli/system_probe.hpp"
#include "gateway/app/cli/words.hpp"

namespace headgate::cli {

void add_system_words(CLI::App& app, int& exit) {
    auto& system = noun(app, "system", "the systems that Headgate talks to");
    auto options = std::make_shared<SystemProbeOptions>();  // lives as long as the command that captures it
    auto& probe =
        verb(system, "probe",
             "what a system is today against what the mappings were made for; changes nothing. Exit codes: 0 the "
             "same, 1 it differs, 2 it can't be reached or there is nothing to hold it against",
             "headgate system probe shop -c headgate.yaml\n"
             "  headgate system probe warehouse --file var/wms/out/945-0042.edi",
             exit, [options] { return system_probe(*options); });
    probe.add_option("system", options->system, "its name in the configuration")->required()->check(name_fault);
    probe.add_option("-c,--config", options->config, "the configuration")->capture_default_str();
    probe.add_option(
        "--file", options->file,
        "a file of a system that exchanges files, held against the partners' guides; else the newest in its outbox");
    add_output(probe, options->output);
}

}  // namespace headgate::cli
