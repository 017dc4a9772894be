#include "mappings/formats/fixed_width/layout.hpp"

#include <algorithm>

#include "contracts/document/fields.hpp"
#include "mappings/formats/fixed_width/record_layout.hpp"

namespace headgate {
namespace {

using Terminator = FixedWidthLayout::Terminator;

void read_record_by(const SourceFile& file, const SourceNode& node, FixedField& out, Diagnostics& diagnostics) {
    Fields fields(file, node, "record-by", diagnostics);
    out.name = fields.text("name");
    for (const char* key : {"at", "length"})
        if (!node.find(key)) fields.fault(key, "is missing");
    out.at = static_cast<std::size_t>(fields.integer("at", 1, 1, 32'760)) - 1;
    out.length = static_cast<std::size_t>(fields.integer("length", 1, 1, 64));
    fields.finish();
}

void read_tolerances(Fields& fields, FixedWidthLayout& layout) {
    auto words = tolerance_words(layout);
    auto given = fields.words("tolerate", words);
    for (std::size_t i = 0; i < words.size(); ++i)
        if (given[i]) set_tolerance(layout, words[i], true);
    if (layout.tolerates.unknown_records && !layout.by_lines && layout.record_length == 0)
        fields.fault("tolerate", "unknown-records needs record-length: where else would they end?");
}

// `message: H1`
void read_message(Fields& fields, FixedWidthLayout& layout) {
    layout.message = fields.text("message");
    if (layout.message.empty()) return;
    std::vector<std::string_view> several;
    for (const FixedRecord& record : layout.records)
        if (record.at_most > 1) several.push_back(record.name);
    if (std::find(several.begin(), several.end(), layout.message) != several.end()) return;
    auto near = nearest(layout.message, several);
    fields.fault("message", "names '" + layout.message + "', which is no record at the top with at_most above 1",
                 near.empty() ? "" : "did you mean '" + near + "'?");
}

LegacyNode shape_of(const FixedField& field) {
    LegacyNode node;
    node.name = field.name;
    node.type = field.type;
    node.length = static_cast<int>(field.kind == FixedField::Kind::text ? field.length : field.digits);
    node.fraction = static_cast<int>(field.places);
    node.nillable = field.optional;
    node.optional = field.optional || !field.value.empty() || !field.count_of.empty();
    node.by_format = field.by_writer();
    if (!field.value.empty()) node.codes = {field.value};
    return node;
}

LegacyNode shape_of(const FixedRecord& record, const FixedField& record_by) {
    LegacyNode node;
    node.name = record.name;
    node.by_format = record.by_writer();
    node.optional = !record.required || node.by_format;
    node.repeated = record.at_most > 1;
    if (!record_by.name.empty()) {
        node.children.push_back(shape_of(record_by));
        node.children.back().optional = node.children.back().by_format = true;
        node.children.back().codes = {record.code};
    }
    for (const FixedField& field : record.fields) node.children.push_back(shape_of(field));
    for (const FixedRecord& below : record.records) node.children.push_back(shape_of(below, record_by));
    return node;
}

void read_layout(const SourceFile& file, FixedWidthLayout& out, Diagnostics& diagnostics) {
    Fields fields(file, file.root(), "layout", diagnostics);
    if (fields.required_text("layout") != "fixed-width") fields.fault("layout", "must be fixed-width");
    out.terminator = static_cast<Terminator>(fields.word("terminator", {"none", "lf", "crlf", "nel"}, 0));
    out.record_length = static_cast<std::size_t>(fields.integer("record-length", 0, 1, 32'760));
    if (const SourceNode* by = fields.node("record-by")) read_record_by(file, *by, out.record_by, diagnostics);
    if (const SourceNode* records = fields.node("records"))
        fixed_width::read_records(file, *records, out, diagnostics);
    else
        fields.fault("records", "is missing");
    if (out.record_by.length == 0 && out.all.size() > 1)
        diagnostics.error(file.mark(file.root()), "layout: 'record-by' is missing: what tells one record from another",
                          "record-by: { at: 1, length: 2 }");
    out.by_lines = out.terminator != Terminator::none;
    for (const FixedRecord* record : out.all)
        for (const FixedField& field : record->fields)
            if (field.kind == FixedField::Kind::packed || field.kind == FixedField::Kind::binary) out.by_lines = false;
    read_tolerances(fields, out);
    read_message(fields, out);
    fields.finish();
    for (const FixedRecord& record : out.records) out.shape.children.push_back(shape_of(record, out.record_by));
}

}  // namespace

bool FixedRecord::by_writer() const {
    return at_most == 1 && records.empty() && !fields.empty() &&
           std::all_of(fields.begin(), fields.end(), [](const FixedField& field) { return field.by_writer(); });
}

const FixedRecord* FixedWidthLayout::find(std::string_view code) const {
    if (record_by.length == 0) return all.front();
    for (const FixedRecord* record : all)
        if (record->code == code) return record;
    return nullptr;
}

std::vector<std::string_view> tolerance_words(const FixedWidthLayout& layout) {
    std::vector<std::string_view> words{"unknown-records", "counts", "filler", "signs"};
    if (layout.terminator != Terminator::none) words.emplace_back("last-terminator");
    if (layout.by_lines) words.insert(words.end(), {"short-records", "long-records"});
    if (layout.by_lines && layout.terminator != Terminator::nel)
        words.emplace_back(layout.terminator == Terminator::lf ? "crlf" : "lf");
    return words;
}

bool set_tolerance(FixedWidthLayout& layout, std::string_view word, bool tolerated) {
    auto words = tolerance_words(layout);
    if (std::find(words.begin(), words.end(), word) == words.end()) return false;
    auto& all = layout.tolerates;
    bool& which = word == "unknown-records"   ? all.unknown_records
                  : word == "counts"          ? all.counts
                  : word == "filler"          ? all.filler
                  : word == "signs"           ? all.signs
                  : word == "last-terminator" ? all.last_terminator
                  : word == "short-records"   ? all.short_records
                  : word == "long-records"    ? all.long_records
                                              : all.other_line_end;
    which = tolerated;
    return true;
}

std::shared_ptr<FixedWidthLayout> fixed_width_layout(const SourceFile& file, Diagnostics& diagnostics) {
    Diagnostics own;
    auto layout = std::make_shared<FixedWidthLayout>();
    layout->path = file.path;
    if (file.root().is_mapping())
        read_layout(file, *layout, own);
    else
        own.error(file.mark(file.root()), "a layout is a mapping", "layout: fixed-width");
    diagnostics.add(own);
    return own.has_errors() ? nullptr : layout;
}

std::shared_ptr<const FixedWidthLayout> load_fixed_width_layout(const std::string& path, Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    return file ? fixed_width_layout(*file, diagnostics) : nullptr;
}

}  // namespace headgate
