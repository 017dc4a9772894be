#include "gateway/app/cli/document_file.hpp"

#include "base/file.hpp"
#include "contracts/document/source_format.hpp"
#include "contracts/document/source_value.hpp"

namespace headgate::cli {
namespace {

// A file of one's own may be larger than a message from outside.
JsonLimits file_limits() {
    JsonLimits limits;
    limits.depth = 256;
    limits.bytes = 256u * 1024 * 1024;
    limits.values = 40'000'000;
    limits.number_digits = limits.number_length = 1'000;
    limits.exponent_digits = 8;
    limits.nul = true;
    return limits;
}

}  // namespace

std::optional<std::string> read_bytes(const std::string& path, Diagnostics& diagnostics) {
    auto bytes = read_file(path, file_limits().bytes);
    if (bytes) return std::move(*bytes);
    diagnostics.error({path, 0, 0}, bytes.error().message);
    return std::nullopt;
}

void read_document(const std::string& path, DocumentFile& out, Diagnostics& diagnostics) {
    Builder builder(out.arena);
    if (source_format(path) == SourceFormat::yaml) {
        auto file = read_single_source(path, diagnostics);
        if (file) out.value = to_value(file->root(), builder);
        return;
    }
    auto bytes = read_bytes(path, diagnostics);
    if (!bytes) return;
    out.text = std::move(*bytes);
    auto value = read_json(out.text, builder, file_limits());
    if (value)
        out.value = *value;
    else
        diagnostics.error({path, 0, 0}, value.error().message);
}

}  // namespace headgate::cli
