#include "contracts/document/source_write.hpp"

#include "base/ascii.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/number.hpp"
#include "contracts/document/source_value.hpp"

namespace headgate {
namespace {

bool is_word(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '/' || c == '.' ||
           c == '-' || c == '$' || c == '(' || c == ')' || c == ';' || static_cast<unsigned char>(c) >= 0x80;
}

// What no YAML reader, of 1.1 or 1.2, takes for anything but a text.
bool is_plain_text(std::string_view text) {
    if (text.empty() || text.back() == ' ') return false;
    char first = text.front();
    bool begins = (first | 32) >= 'a' && (first | 32) <= 'z';
    if (!begins && first != '_' && first != '/' && first != '$' && static_cast<unsigned char>(first) < 0x80)
        return false;
    if (text.starts_with("\xEF\xBB\xBF")) return false;
    for (char c : text)
        if (!is_word(c) && c != ' ' && c != ',' && c != '\'') return false;
    if (text.size() > 5) return true;
    const std::string lower = to_lower(text);
    for (const char* taken : {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"})
        if (lower == taken) return false;
    return true;
}

// Lines that a literal block keeps as they are.
bool fits_block(std::string_view text) {
    if (text.find('\n') == std::string_view::npos || text.front() == ' ' || text.front() == '\n') return false;
    if (text.find(" \n") != std::string_view::npos || text.back() == ' ' || text.ends_with("\n\n")) return false;
    for (char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) return false;
    return true;
}

class YamlWriter {
  public:
    // At the end of `key:` or `-`; ends with a line break.
    void write(const SourceNode& node, std::size_t level) {
        switch (node.kind) {
            case SourceKind::null: out_ += " null\n"; break;
            case SourceKind::scalar: scalar(node, level); break;
            case SourceKind::sequence:
                if (node.items.empty()) {
                    out_ += " []\n";
                    break;
                }
                if (!out_.empty()) out_ += '\n';
                items(node, level);
                break;
            case SourceKind::mapping:
                if (node.entries.empty()) {
                    out_ += " {}\n";
                    break;
                }
                if (!out_.empty()) out_ += '\n';
                members(node, level, false);
                break;
        }
    }
    std::string take() { return std::move(out_); }

  private:
    void indent(std::size_t level) { out_.append(2 * level, ' '); }

    void items(const SourceNode& node, std::size_t level) {
        for (const SourceNode& item : node.items) {
            indent(level);
            out_ += '-';
            if (item.is_mapping() && !item.entries.empty()) {
                out_ += ' ';
                members(item, level + 1, true);
            } else {
                write(item, level + 1);
            }
        }
    }

    // `begun`: the first member stands behind `- `.
    void members(const SourceNode& node, std::size_t level, bool begun) {
        for (const auto& entry : node.entries) {
            if (!std::exchange(begun, false)) indent(level);
            text(entry.key);
            out_ += ':';
            write(entry.value, level + 1);
        }
    }

    void scalar(const SourceNode& node, std::size_t level) {
        out_ += ' ';
        if (!node.quoted && !node.text.empty()) {
            // Plain where it was read, so plain here; a text only where a reader of YAML 1.1 would take it for a flag.
            bool value = boolean_of(node) || is_json_number(node.text);
            value ? void(out_ += node.text) : text(node.text);
            out_ += '\n';
        } else if (fits_block(node.text)) {
            out_ += node.text.back() == '\n' ? "|\n" : "|-\n";
            std::string_view rest = node.text;
            while (!rest.empty()) {
                auto end = rest.find('\n');
                if (end != 0) indent(level);
                out_ += rest.substr(0, end);
                out_ += '\n';
                rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            }
        } else {
            text(node.text);
            out_ += '\n';
        }
    }

    // A JSON string is a double-quoted YAML scalar.
    void text(std::string_view text) {
        if (is_plain_text(text)) {
            out_ += text;
        } else {
            write_json(Value::string(text), out_);
        }
    }

    std::string out_;
};

void write_pretty(const SourceNode& node, std::size_t level, std::string& out) {
    auto line = [&](std::size_t at) {
        out += '\n';
        out.append(2 * at, ' ');
    };
    auto text = [&](std::string_view of) { write_json(of.empty() ? Value::string({"", 0}) : Value::string(of), out); };
    switch (node.kind) {
        case SourceKind::null: out += "null"; return;
        case SourceKind::scalar:
            if (auto flag = boolean_of(node))
                out += *flag ? "true" : "false";
            else if (!node.quoted && is_json_number(node.text))
                out += node.text;
            else
                text(node.text);
            return;
        case SourceKind::sequence: {
            out += '[';
            for (const SourceNode& item : node.items) {
                if (&item != &node.items.front()) out += ',';
                line(level + 1);
                write_pretty(item, level + 1, out);
            }
            if (!node.items.empty()) line(level);
            out += ']';
            return;
        }
        case SourceKind::mapping: {
            out += '{';
            for (const auto& entry : node.entries) {
                if (&entry != &node.entries.front()) out += ',';
                line(level + 1);
                text(entry.key);
                out += ": ";
                write_pretty(entry.value, level + 1, out);
            }
            if (!node.entries.empty()) line(level);
            out += '}';
        }
    }
}

}  // namespace

std::string to_pretty_json(const SourceNode& node) {
    std::string out;
    write_pretty(node, 0, out);
    out += '\n';
    return out;
}

std::string to_yaml(const SourceNode& node) {
    YamlWriter writer;
    writer.write(node, 0);
    return writer.take();
}

}  // namespace headgate
