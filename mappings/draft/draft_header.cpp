#include "mappings/draft/draft_header.hpp"

#include <algorithm>
#include <filesystem>

#include "base/ascii.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/edi/guide.hpp"
#include "mappings/formats/files/layout_format.hpp"
#include "mappings/formats/openapi/api_operation.hpp"
#include "mappings/formats/rows/columns.hpp"
#include "mappings/formats/soap/wsdl.hpp"

namespace headgate::mappings {

namespace {

std::string quoted(const std::string& text) {
    return to_json(Value::string(text.empty() ? std::string_view("", 0) : std::string_view(text)));
}

// A name as `map:` takes it.
std::string name_of(std::string_view text, const char* otherwise) {
    std::string out;
    for (char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-') out += c;
    return out.empty() ? otherwise : out;
}

// shop of legacy/shop.wsdl, 940 of 940.guide.yaml.
std::string stem_of(const std::string& path) {
    auto name = std::filesystem::path(path).filename().string();
    return name.substr(0, name.find('.'));
}

std::string from_folder(const std::string& path, const std::string& folder) {
    std::error_code error;
    auto out = std::filesystem::relative(path, folder, error);
    return error || out.empty() ? path : out.string();
}

// A dropped file is named after the first value that is always there.
std::string file_name(const LegacyNode& shape, const std::string& extension) {
    for (const auto& field : fields_of(shape).values)
        if (field.required && field.node->type == LegacyType::text && field.node->codes.empty())
            return "out-{" + field.path() + "}" + extension;
    return "out" + extension;
}

std::optional<DraftHeader> of_wsdl(const DraftRequest& request, Diagnostics& diagnostics) {
    auto hash = request.legacy.rfind('#');
    auto path = request.legacy.substr(0, hash);
    auto wanted = hash == std::string::npos ? std::string() : request.legacy.substr(hash + 1);
    Diagnostics own;
    auto wsdl = load_wsdl(path, own);
    const SoapOperation* operation = wsdl ? wsdl->find(wanted) : nullptr;
    if (wsdl && wanted.empty() && wsdl->operations.size() == 1) operation = &wsdl->operations[0];
    if (!operation) {
        diagnostics.add(own);
        std::string names;
        if (wsdl)
            for (auto name : wsdl->operation_names()) names += (names.empty() ? "" : ", ") + std::string(name);
        if (wsdl)
            diagnostics.error({path, 0, 0},
                              wanted.empty() ? "which operation?" : "no usable operation '" + wanted + "'",
                              names.empty() ? "" : path + "#NAME: " + names);
        return std::nullopt;
    }
    DraftHeader out;
    out.system = stem_of(path);
    out.call = operation->name;
    out.sign = "<->";
    out.block = {"wsdl: " + quoted(from_folder(path, request.folder)), "charset: UTF-8"};
    return out;
}

std::optional<DraftHeader> of_api(const DraftRequest& request, const std::string& path, Diagnostics& diagnostics) {
    const std::string wanted =
        path.size() < request.legacy.size() ? request.legacy.substr(path.size() + 1) : std::string();
    auto operation = load_api_operation(path, wanted, diagnostics);
    if (!operation) return std::nullopt;
    DraftHeader out;
    out.kind = LegacyKind::api;
    out.system = stem_of(path);
    out.call = wanted;
    out.sign = "<->";
    out.block = {"openapi: " + quoted(from_folder(path, request.folder))};
    if (name_of(wanted, "call") != wanted || (!request.call.empty() && request.call != wanted))
        out.block.push_back("operation: " + quoted(wanted));
    return out;
}

std::optional<DraftHeader> of_guide(const DraftRequest& request, Diagnostics& diagnostics) {
    auto guide = edi::load_guide(request.legacy, diagnostics);
    if (!guide) return std::nullopt;
    DraftHeader out;
    out.kind = LegacyKind::file;
    out.system = "warehouse";
    out.call = guide->message;
    out.sign = "->";
    out.shape = guide->shape;
    out.block = {"edi: " + guide->id(), "guide: " + quoted(from_folder(request.legacy, request.folder)),
                 "file: " + quoted(file_name(out.shape, "." + guide->message)),
                 "envelope: { sender: HEADGATE, receiver: PARTNER, usage: T }"};
    return out;
}

// A layout does not say its files' charset: an EBCDIC one is likely where records have no line ends of ours.
std::optional<DraftHeader> of_layout(const DraftRequest& request, const SourceFile& file, Diagnostics& diagnostics) {
    const auto* kind = file.root().find("layout");
    bool csv = kind && kind->is_scalar() && kind->text == "csv";
    const auto* end = file.root().find("terminator");
    bool ebcdic = !csv && (!end || end->text == "none" || end->text == "nel");
    std::string charset = csv ? "UTF-8" : ebcdic ? "CP037" : "ISO-8859-15";
    LayoutProblem problem;
    auto format = layout_format(file, charset, {}, problem, diagnostics);
    if (!format) return std::nullopt;
    DraftHeader out;
    out.kind = LegacyKind::file;
    out.system = "files";
    out.call = stem_of(request.legacy);
    out.sign = "<->";
    out.shape = format->shape();
    out.block = {"layout: " + quoted(from_folder(request.legacy, request.folder)),
                 "charset: " + charset + "  # unsure: of the bytes",
                 "file: " + quoted(file_name(out.shape, csv ? ".csv" : ".dat"))};
    return out;
}

std::optional<DraftHeader> of_columns(const DraftRequest& request, const SourceFile& file, bool answers,
                                      Diagnostics& diagnostics) {
    const auto* columns = file.root().find("columns");
    const auto* sql = file.root().find("sql");
    if (!columns) columns = &file.root();
    DraftHeader out;
    out.kind = LegacyKind::query;
    out.system = stem_of(request.legacy);
    out.call = "query";
    out.sign = answers ? "<-" : "->";
    if (sql && sql->is_scalar()) out.sql = sql->text;
    out.table = to_upper(out.system);
    out.block = {"columns:"};
    for (const auto& entry : columns->entries) {
        std::string problem;
        auto node = entry.value.is_scalar() ? parse_column(entry.key, entry.value.text, problem) : std::nullopt;
        if (!node) {
            diagnostics.error(file.mark(entry), problem.empty() ? "column '" + entry.key + "' needs a type" : problem,
                              "ARTNR: char(18)");
            continue;
        }
        auto name = to_upper(entry.key);
        if (entry.value.text.starts_with("char(") && node->length > 1) out.fixed.insert(name);
        out.moments = out.moments || node->type == LegacyType::datetime;
        out.columns.push_back(name);
        out.shape.children.push_back(std::move(*node));
        out.block.push_back("  " + name + ": " + quoted(entry.value.text));
    }
    out.block.push_back("charset: UTF-8");
    if (diagnostics.has_errors()) return std::nullopt;
    return out;
}

}  // namespace

bool is_wsdl(const std::string& legacy) {
    auto extension = std::filesystem::path(legacy.substr(0, legacy.rfind('#'))).extension();
    return extension == ".wsdl" || extension == ".xml";
}

std::optional<DraftHeader> draft_header(const DraftRequest& request, bool answers, Diagnostics& diagnostics) {
    std::optional<DraftHeader> out;
    if (is_wsdl(request.legacy)) {
        out = of_wsdl(request, diagnostics);
    } else {
        auto path = request.legacy.substr(0, request.legacy.rfind('#'));
        auto file = read_source(path, diagnostics);
        if (!file) return std::nullopt;
        if (!file->root().is_mapping() || file->root().entries.empty()) {
            diagnostics.error({request.legacy, 0, 0},
                              "neither a WSDL, nor an OpenAPI document, nor columns, nor a guide, nor a layout",
                              "shop.wsdl#priceQuery; shop.yaml#readCart; a YAML file of `ARTNR: char(18)`; a file with "
                              "`guide: x12/4010/940`, or with "
                              "`layout: csv`");
            return std::nullopt;
        }
        out = file->root().find("openapi")  ? of_api(request, path, diagnostics)
              : file->root().find("guide")  ? of_guide(request, diagnostics)
              : file->root().find("layout") ? of_layout(request, *file, diagnostics)
                                            : of_columns(request, *file, answers, diagnostics);
    }
    if (!out) return out;
    out->system = name_of(request.system.empty() ? out->system : request.system, "system");
    out->call = name_of(request.call.empty() ? out->call : request.call, "call");
    // A WSDL's call is its operation.
    if (out->kind == LegacyKind::soap && !request.call.empty() && out->call != request.call)
        diagnostics.error({request.legacy, 0, 0}, "the call of a WSDL is its operation");
    return out;
}

}  // namespace headgate::mappings
