#include "mappings/formats/fixed_width/record_layout.hpp"

#include <algorithm>

#include "contracts/document/fields.hpp"
#include "contracts/document/utf8.hpp"
#include "mappings/formats/fixed_width/field_layout.hpp"

namespace headgate::fixed_width {
namespace {

constexpr int most_levels = 8;
constexpr std::size_t most_records = 500;
constexpr std::int64_t longest_record = 32'760;

class RecordsReader {
  public:
    RecordsReader(const SourceFile& file, FixedWidthLayout& layout, Diagnostics& diagnostics)
        : file_(file), layout_(layout), diagnostics_(diagnostics) {}

    void read(const SourceNode& node) {
        read(node, layout_.records, 0);
        link(layout_.records, nullptr);
        for (const Count& count : counts_) link(count);
    }

  private:
    // A count-of:, to be looked up when all records are known.
    struct Count {
        std::size_t record, field;
        std::vector<std::string> names;
        SourceMark mark;
    };

    void read(const SourceNode& node, std::vector<FixedRecord>& out, int depth) {
        if (!node.is_sequence() || node.items.empty() || depth == most_levels || names_.size() > most_records)
            return diagnostics_.error(file_.mark(node), "a list of records is expected here", "- record: H1");
        for (const SourceNode& item : node.items) {
            FixedRecord record;
            read_record(item, record, depth);
            out.push_back(std::move(record));
        }
    }

    void read_record(const SourceNode& node, FixedRecord& out, int depth) {
        Fields fields(file_, node, "record", diagnostics_);
        out.index = names_.size();
        out.name = fields.required_text("record");
        out.code = fields.text("code", out.name);
        auto told = node.find("code") ? "code" : "record";
        if (auto length = layout_.record_by.length; length > 0 && count_code_points(out.code) != length)
            fields.fault(told, "must be a type of " + std::to_string(length) + " characters, not '" + out.code + "'",
                         "a name of another length has its type in code:");
        if (std::find(names_.begin(), names_.end(), out.name) != names_.end())
            fields.fault("record", "is listed twice: '" + out.name + "'");
        else if (std::find(codes_.begin(), codes_.end(), out.code) != codes_.end())
            fields.fault(told, "is another record's type: '" + out.code + "'");
        names_.push_back(out.name);
        codes_.push_back(out.code);
        out.required = fields.flag("required", false);
        out.at_most = static_cast<std::size_t>(fields.integer("at_most", 1, 1, 1'000'000'000));
        out.length = static_cast<std::size_t>(
            fields.integer("length", static_cast<std::int64_t>(layout_.record_length), 1, longest_record));
        if (out.length == 0) diagnostics_.error(file_.mark(node), "record: 'length' is missing, and record-length too");
        if (const SourceNode* list = fields.node("fields"))
            read_fields(*list, out);
        else
            fields.fault("fields", "is missing");
        if (const SourceNode* records = fields.node("records")) read(*records, out.records, depth + 1);
        fields.finish();
    }

    void read_fields(const SourceNode& node, FixedRecord& record) {
        if (!node.is_sequence()) return diagnostics_.error(file_.mark(node), "a list of fields is expected here");
        std::vector<bool> covered(record.length);
        cover(covered, layout_.record_by, "the record's type", file_.mark(node));
        for (const SourceNode& item : node.items) {
            std::vector<std::string> count_of;
            FixedField field = read_field(file_, item, count_of, diagnostics_);
            auto same = [&](const FixedField& other) { return other.name == field.name; };
            if (field.name == layout_.record_by.name || std::any_of(record.fields.begin(), record.fields.end(), same))
                diagnostics_.error(file_.mark(item), "the field '" + field.name + "' is listed twice");
            if (!record.fields.empty() && record.fields.back().at > field.at)
                diagnostics_.error(file_.mark(item), "the field '" + field.name + "' stands before the one above it");
            cover(covered, field, "the field '" + field.name + "'", file_.mark(item));
            if (!count_of.empty()) counts_.push_back({record.index, record.fields.size(), count_of, file_.mark(item)});
            record.fields.push_back(std::move(field));
        }
        for (std::size_t at = 0; at < covered.size(); ++at) {
            if (covered[at]) continue;
            if (at == 0 || covered[at - 1]) record.gaps.emplace_back(at, 0);
            ++record.gaps.back().second;
        }
    }

    void cover(std::vector<bool>& covered, const FixedField& field, const std::string& what, const SourceMark& mark) {
        if (field.at + field.length > covered.size())
            return diagnostics_.error(mark, what + " ends at " + std::to_string(field.at + field.length) +
                                                ", the record at " + std::to_string(covered.size()));
        for (std::size_t at = field.at; at < field.at + field.length; ++at) {
            if (covered[at])
                return diagnostics_.error(mark, what + " overlaps what stands at " + std::to_string(at + 1));
            covered[at] = true;
        }
    }

    void link(std::vector<FixedRecord>& records, const FixedRecord* parent) {
        for (FixedRecord& record : records) {
            record.parent = parent;
            all_.push_back(&record);
            layout_.all.push_back(&record);
            for (const FixedRecord& below : record.records)
                if (std::any_of(record.fields.begin(), record.fields.end(),
                                [&](const FixedField& field) { return field.name == below.name; }))
                    diagnostics_.error({file_.path, 0, 0},
                                       "'" + below.name + "' is a field and a record of " + record.name);
            link(record.records, &record);
        }
    }

    void link(const Count& count) {
        FixedRecord& record = *all_[count.record];
        FixedField& field = record.fields[count.field];
        field.counts_below = true;
        for (const std::string& name : count.names) {
            auto found = std::find(names_.begin(), names_.end(), name);
            if (found == names_.end())
                return diagnostics_.error(count.mark, "field: 'count-of' names '" + name + "', which is no record");
            auto index = static_cast<std::size_t>(found - names_.begin());
            field.count_of.push_back(index);
            field.counts_below = field.counts_below && within(*all_[index], &record);
        }
        if (field.counts_below) return;
        for (std::size_t index : field.count_of)
            if (!within(*all_[index], record.parent))
                diagnostics_.error(count.mark, "field: 'count-of' names '" + all_[index]->name +
                                                   "', which stands neither beside this record nor below it");
        if (record.at_most > 1)
            diagnostics_.error(count.mark, "field: 'count-of' is told by a record that is there once (at_most: 1)");
    }

    // Below `above`, or below one that is; nullptr is the file.
    static bool within(const FixedRecord& record, const FixedRecord* above) {
        for (const FixedRecord* at = record.parent; at; at = at->parent)
            if (at == above) return true;
        return above == nullptr;
    }

    const SourceFile& file_;
    FixedWidthLayout& layout_;
    Diagnostics& diagnostics_;
    std::vector<std::string> names_, codes_;
    std::vector<FixedRecord*> all_;
    std::vector<Count> counts_;
};

}  // namespace

void read_records(const SourceFile& file, const SourceNode& node, FixedWidthLayout& layout, Diagnostics& diagnostics) {
    RecordsReader(file, layout, diagnostics).read(node);
}

}  // namespace headgate::fixed_width
