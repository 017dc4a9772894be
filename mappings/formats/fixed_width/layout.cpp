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
    bool terminated = layout.terminator != Terminator::none;
    std::vector<std::string_view> words{"unknown-records", "counts", "filler", "signs"};
    if (terminated) words.emplace_back("last-terminator");
    if (layout.by_lines) words.insert(words.end(), {"short-records", "long-records"});
    if (layout.by_lines && layout.terminator != Terminator::nel)
        words.emplace_back(layout.terminator == Terminator::lf ? "crlf" : "lf");
    auto given = fields.words("tolerate", words);
    auto has = [&](std::string_view word) {
        auto at = std::find(words.begin(), words.end(), word);
        return at != words.end() && given[static_cast<std::size_t>(at - words.begin())];
    };
    layout.tolerates = {has("short-records"), has("long-records"), has("unknown-records"), has("counts"),
                        has("filler"),        has("signs"),        has("last-terminator"), has("crlf") || has("lf")};
    if (layout.tolerates.unknown_records && !layout.by_lines && layout.record_length == 0)
        fields.fault("tolerate", "unknown-records needs record-length: where else would they end?");
}

LegacyNode shape_of(const FixedField& field) {
    LegacyNode node;
    node.name = field.name;
    node.type = field.type;
    node.length = static_cast<int>(field.kind == FixedField::Kind::text ? field.length : field.digits);
    node.fraction = static_cast<int>(field.places);
    node.nillable = field.optional;
    node.optional = field.optional || !field.value.empty() || !field.count_of.empty();
    if (!field.value.empty()) node.codes = {field.value};
    return node;
}

LegacyNode shape_of(const FixedRecord& record, const FixedField& record_by) {
    LegacyNode node;
    node.name = record.name;
    node.optional = !record.required;
    node.repeated = record.at_most > 1;
    if (!record_by.name.empty()) {
        node.children.push_back(shape_of(record_by));
        node.children.back().optional = true;
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
    fields.finish();
    for (const FixedRecord& record : out.records) out.shape.children.push_back(shape_of(record, out.record_by));
}

}  // namespace

const FixedRecord* FixedWidthLayout::find(std::string_view code) const {
    if (record_by.length == 0) return all.front();
    for (const FixedRecord* record : all)
        if (record->code == code) return record;
    return nullptr;
}

std::shared_ptr<const FixedWidthLayout> fixed_width_layout(const SourceFile& file, Diagnostics& diagnostics) {
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
