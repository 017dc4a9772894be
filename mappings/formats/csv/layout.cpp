#include "mappings/formats/csv/layout.hpp"

#include <algorithm>

#include "contracts/document/fields.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/rows/columns.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_columns = 1000;

class LayoutReader {
  public:
    LayoutReader(const SourceFile& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

    void read(CsvLayout& out) {
        Fields fields(file_, file_.root(), "layout", diagnostics_);
        if (fields.required_text("layout") != "csv") fields.fault("layout", "must be csv");
        out.header = static_cast<CsvLayout::Header>(fields.word("header", {"required", "optional", "none"}, 0));
        character(fields, "separator", out.separator);
        character(fields, "quote", out.quote);
        character(fields, "decimal-mark", out.decimal_mark);
        if (out.separator == out.quote) fields.fault("quote", "is the separator too");
        out.crlf = fields.word("line-end", {"crlf", "lf"}, 0) == 0;
        out.quote_all = fields.word("quoting", {"needed", "all"}, 0) == 1;
        if (const SourceNode* columns = fields.node("columns"))
            read_columns(*columns, out.shape);
        else
            fields.fault("columns", "is missing", "columns: { sku: char(18), onHand: int }");
        if (const SourceNode* message = fields.node("message")) read_message(*message, out);
        auto words = tolerance_words(out);
        auto tolerated = fields.words("tolerate", words);
        for (std::size_t i = 0; i < words.size(); ++i)
            if (tolerated[i]) set_tolerance(out, words[i], true);
        if (tolerated[2] && out.shape.children.size() == 1)
            fields.fault("tolerate", "can't hold blank-lines: a blank line is a record of this single column");
        fields.finish();
    }

  private:
    void character(Fields& fields, std::string_view key, char& into) {
        std::string text = fields.text(key, std::string_view(&into, 1));
        bool plain = text.size() == 1 && text[0] > 0 && text[0] < 0x7F && text[0] != '\r' && text[0] != '\n';
        if (!plain || std::isalnum(static_cast<unsigned char>(text[0])) || text[0] == '-')
            fields.fault(key, "must be one ASCII character, no letter, digit, '-' or line end");
        else
            into = text[0];
    }

    // `record`, `file`, or `{ by: order, with: [customer, date] }`
    void read_message(const SourceNode& node, CsvLayout& out) {
        if (node.is_scalar() && (node.text == "file" || node.text == "record")) {
            out.message = node.text == "file" ? CsvLayout::Message::file : CsvLayout::Message::record;
            return;
        }
        if (!node.is_mapping())
            return diagnostics_.error(file_.mark(node), "a message is the file, a record, or the records of one key",
                                      "message: record, or message: { by: order, with: [customer] }");
        Fields fields(file_, node, "message", diagnostics_);
        out.message = CsvLayout::Message::key;
        out.head = fields.texts("by");
        out.keys = out.head.size();
        if (out.keys == 0) fields.fault("by", "is missing", "by: order");
        for (auto& column : fields.texts("with")) out.head.push_back(std::move(column));
        std::vector<std::string_view> columns;
        for (const auto& column : out.shape.children) columns.push_back(column.name);
        for (std::size_t i = 0; i < out.head.size(); ++i) {
            const std::string& name = out.head[i];
            const char* key = i < out.keys ? "by" : "with";
            if (std::count(out.head.begin(), out.head.end(), name) > 1)
                fields.fault(key, "names the column '" + name + "' twice");
            else if (name == "row")
                fields.fault(key, "can't be 'row', by which a message calls its records");
            else if (!out.shape.child(name)) {
                auto near = nearest(name, columns);
                fields.fault(key, "names '" + name + "', which is no column",
                             near.empty() ? "" : "did you mean '" + near + "'?");
            }
        }
        if (out.head.size() == columns.size()) fields.fault("with", "leaves no column to the records");
        fields.finish();
    }

    void read_columns(const SourceNode& node, LegacyNode& record) {
        record.repeated = true;
        if (!node.is_mapping() || node.entries.empty() || node.entries.size() > most_columns)
            return diagnostics_.error(file_.mark(node),
                                      "1 to " + std::to_string(most_columns) + " columns are expected here",
                                      "columns: { sku: char(18), onHand: int }");
        for (const auto& entry : node.entries) {
            std::string problem;
            auto column = parse_column(entry.key, entry.value.text, problem);
            if (entry.key.empty()) problem = "a column needs a name";
            if (!problem.empty())
                diagnostics_.error(file_.mark(entry), problem,
                                   "char(n) varchar(n) text int decimal(p,s) date timestamp, ? where it may be empty");
            else
                record.children.push_back(std::move(*column));
        }
    }

    const SourceFile& file_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::vector<std::string_view> tolerance_words(const CsvLayout& layout) {
    return {"bom", layout.crlf ? "lf" : "crlf", "blank-lines"};
}

bool set_tolerance(CsvLayout& layout, std::string_view word, bool tolerated) {
    auto words = tolerance_words(layout);
    if (word == words[0]) return layout.tolerates_bom = tolerated, true;
    if (word == words[1]) return layout.tolerates_other_line_end = tolerated, true;
    if (word != words[2] || layout.shape.children.size() == 1) return false;  // there they are records
    layout.tolerates_blank_lines = tolerated;
    return true;
}

std::shared_ptr<CsvLayout> csv_layout(const SourceFile& file, Diagnostics& diagnostics) {
    Diagnostics own;
    auto layout = std::make_shared<CsvLayout>();
    layout->path = file.path;
    if (file.root().is_mapping())
        LayoutReader(file, own).read(*layout);
    else
        own.error(file.mark(file.root()), "a layout is a mapping", "layout: csv");
    diagnostics.add(own);
    return own.has_errors() ? nullptr : layout;
}

std::shared_ptr<const CsvLayout> load_csv_layout(const std::string& path, Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    return file ? csv_layout(*file, diagnostics) : nullptr;
}

}  // namespace headgate
