#include "contracts/document/source.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "base/file.hpp"
#include "contracts/document/source_builder.hpp"
#include "contracts/document/source_format.hpp"
#include "contracts/document/utf8.hpp"

namespace headgate {

const SourceNode* SourceNode::find(std::string_view key) const {
    for (const auto& entry : entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

namespace {

// yaml-cpp's marks are zero-based.
class YamlEvents final : public YAML::EventHandler {
  public:
    explicit YamlEvents(SourceBuilder& builder) : builder_(builder) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        builder_.null(mark.line + 1, mark.column + 1);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        throw SourceFault{mark.line + 1, mark.column + 1, "aliases ('*name') are not read", "write the value out"};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        // "?" is a plain scalar, "!" one in quotes or a block.
        if (!tag.empty() && tag != "?" && tag != "!") refuse_tag(mark, tag);
        if (tag == "!") last_quoted_ = mark;
        builder_.scalar(mark.line + 1, mark.column + 1, value, tag == "!");
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, SourceKind::sequence);
    }
    void OnSequenceEnd() override { builder_.end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, SourceKind::mapping);
    }
    void OnMapEnd() override { builder_.end(); }

    const YAML::Mark& last_quoted() const { return last_quoted_; }

  private:
    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, SourceKind kind) {
        refuse_anchor(mark, anchor);
        if (!tag.empty() && tag != "?") refuse_tag(mark, tag);
        builder_.begin(mark.line + 1, mark.column + 1, kind);
    }
    static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor)
            throw SourceFault{mark.line + 1, mark.column + 1, "anchors ('&name') are not read", "write the value out"};
    }
    [[noreturn]] static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        throw SourceFault{mark.line + 1, mark.column + 1, "tags are not read: '" + tag + "'",
                          "quote what is meant as text"};
    }
    SourceBuilder& builder_;
    YAML::Mark last_quoted_ = YAML::Mark::null_mark();
};

// yaml-cpp takes the end of the file for the end of a quoted scalar; only the last one can be open.
bool is_closed(std::string_view text, const YAML::Mark& mark) {
    std::size_t at = 0;
    for (int line = 0; line < mark.line; ++line) at = text.find('\n', at) + 1;
    at += static_cast<std::size_t>(mark.column);
    if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return true;  // a block scalar
    char quote = text[at++];
    for (; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] == quote && quote == '\'' && text.substr(at + 1, 1) == "'")
            ++at;
        else if (text[at] == quote)
            return true;
    }
    return false;
}

void read_yaml(std::string_view text, SourceBuilder& builder) {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    YamlEvents events(builder);
    while (parser.HandleNextDocument(events)) {
    }
    const YAML::Mark& last = events.last_quoted();
    if (!last.is_null() && !is_closed(text, last))
        throw SourceFault{last.line + 1, last.column + 1, "not well-formed YAML: the quote is not closed", ""};
}

// What an author most likely overlooked in the line where reading stopped.
std::string hint_for_line(std::string_view text, const YAML::Mark& mark) {
    if (mark.is_null()) return {};
    std::size_t at = 0;
    for (int line = 0; line < mark.line && at != std::string_view::npos; ++line)
        if (at = text.find('\n', at); at != std::string_view::npos) ++at;
    if (at == std::string_view::npos) return {};
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    std::string_view indent = line.substr(0, line.find_first_not_of(" \t"));
    return indent.find('\t') == std::string_view::npos ? "" : "YAML is indented with blanks, not tabs";
}

}  // namespace

std::shared_ptr<const SourceFile> parse_source(std::string path, std::string_view text, Diagnostics& diagnostics) {
    auto file = std::make_shared<SourceFile>();
    file->path = std::move(path);
    SourceLimits limits;
    if (text.size() > limits.bytes) {
        diagnostics.error({file->path, 0, 0}, "is larger than " + std::to_string(limits.bytes >> 20) + " MiB");
        return nullptr;
    }
    auto fault_at = [&](std::size_t offset, const char* message) {
        TextPlace place = place_of(text, offset);
        diagnostics.error({file->path, place.line, place.column}, message);
        return nullptr;
    };
    if (text.starts_with("\xEF\xBB\xBF")) return fault_at(0, "begins with a byte order mark");
    if (auto bad = find_invalid_utf8(text); bad != std::string_view::npos) return fault_at(bad, "is not valid UTF-8");
    if (auto nul = text.find('\0'); nul != std::string_view::npos) return fault_at(nul, "holds a NUL byte");

    std::size_t errors_before = diagnostics.errors();
    SourceBuilder builder(*file, diagnostics, limits);
    try {
        if (source_format(file->path) == SourceFormat::json)
            read_json_source(text, builder);
        else
            read_yaml(text, builder);
    } catch (const SourceFault& fault) {
        diagnostics.error({file->path, fault.line, fault.column}, fault.message, fault.hint);
        return nullptr;
    } catch (const YAML::Exception& fault) {
        bool placed = !fault.mark.is_null();
        diagnostics.error({file->path, placed ? fault.mark.line + 1 : 0, placed ? fault.mark.column + 1 : 0},
                          "not well-formed YAML: " + fault.msg, hint_for_line(text, fault.mark));
        return nullptr;
    }
    if (diagnostics.errors() != errors_before) return nullptr;
    if (file->documents.empty()) {
        diagnostics.error({file->path, 0, 0}, "is empty");
        return nullptr;
    }
    return file;
}

std::shared_ptr<const SourceFile> read_source(const std::string& path, Diagnostics& diagnostics) {
    auto text = read_file(path, SourceLimits().bytes);
    if (text) return parse_source(path, *text, diagnostics);
    diagnostics.error({path, 0, 0}, text.error().message);
    return nullptr;
}

std::shared_ptr<const SourceFile> read_single_source(const std::string& path, Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    if (!file || file->documents.size() == 1) return file;
    diagnostics.error(file->mark(file->documents[1]), "a second document in one file", "one file, one document");
    return nullptr;
}

}  // namespace headgate
