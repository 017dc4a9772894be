// Golden cases of a format of files: folders under tests/golden/formats/NAME with a layout.yaml and a cases.yaml; each
// case is bytes and the document that they are, or the error. What is read is read whole and in pieces, and written
// back.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/fields.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/drift.hpp"
#include "tests/support/escapes.hpp"

namespace headgate {

struct FormatCase {
    std::string place;  // file:line: name
    std::string charset;
    bool has_input = false;
    std::string input;  // bytes to read
    std::string reads;  // the document, as JSON
    std::string back;   // bytes when that is written again
    std::string back_fails;
    std::string writes, output;  // else: a document to be written, and its bytes
    std::string fails;           // a part of the error's detail
    std::vector<std::string> drift;
};

// Text outcomes: a document as JSON, or 'error: ' and its detail.
struct FormatUnderTest {
    // The bytes in pieces that end at each of `cuts`.
    std::function<std::string(const FormatCase&, const std::vector<std::size_t>& cuts, DriftLog&)> read;
    std::function<std::string(const FormatCase&, const Value&)> write;
};

// Bytes from hexadecimal digits, blanks between them left aside.
inline std::string from_hex(std::string_view text) {
    std::string digits, out;
    for (char c : text)
        if (c != ' ' && c != '\n') digits += c;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    return out;
}

inline std::vector<FormatCase> read_format_cases(const std::filesystem::path& path) {
    Diagnostics diagnostics;
    std::vector<FormatCase> out;
    auto file = read_source(path.string(), diagnostics);
    if (file) {
        Fields head(*file, file->root(), "cases", diagnostics);
        std::string charset = head.text("charset", "UTF-8");
        const SourceNode* cases = head.node("cases");
        head.finish();
        for (std::size_t i = 0; cases && i < cases->items.size(); ++i) {
            const SourceNode& node = cases->items[i];
            Fields fields(*file, node, "case", diagnostics);
            FormatCase one;
            one.place = path.parent_path().filename().string() + "/cases.yaml:" + std::to_string(node.line) + ": " +
                        fields.required_text("name");
            one.charset = fields.text("charset", charset);
            // Text with escapes, or hexadecimal.
            auto bytes = [&](const char* text, const char* hex, const std::string& otherwise) {
                std::string escaped = fields.text(text), digits = fields.text(hex);
                return node.find(hex) ? from_hex(digits) : node.find(text) ? unescape(escaped) : otherwise;
            };
            one.has_input = node.find("input") || node.find("input-hex");
            one.input = bytes("input", "input-hex", "");
            one.reads = fields.text("reads");
            one.back = bytes("back", "back-hex", one.input);
            one.back_fails = fields.text("back-fails");
            one.writes = fields.text("writes");
            one.output = bytes("output", "output-hex", "");
            one.fails = fields.text("fails");
            one.drift = fields.texts("drift");
            fields.finish();
            out.push_back(std::move(one));
        }
    }
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_FALSE(out.empty()) << path;
    return out;
}

inline std::vector<std::string> told(const DriftLog& log) {
    std::vector<std::string> out;
    for (const Drift& drift : log.all())
        out.push_back(drift.kind + " '" + drift.name + "' at " + drift.place + ", " + std::to_string(drift.count) +
                      "x");
    return out;
}

inline void check_reading(const FormatCase& one, const FormatUnderTest& format) {
    DriftLog drift;
    std::string whole = format.read(one, {}, drift);
    if (!one.fails.empty()) {
        EXPECT_TRUE(whole.starts_with("error: ")) << whole;
        EXPECT_NE(whole.find(one.fails), std::string::npos) << whole;
    } else {
        EXPECT_EQ(whole, one.reads);
        EXPECT_EQ(told(drift), one.drift);
    }
    auto in_pieces = [&](const std::vector<std::size_t>& cuts) {
        DriftLog again;
        EXPECT_EQ(format.read(one, cuts, again), whole);
        EXPECT_EQ(told(again), told(drift));
    };
    for (std::size_t cut = 0; cut <= one.input.size(); ++cut) in_pieces({cut});
    std::vector<std::size_t> bytes;
    for (std::size_t cut = 1; cut < one.input.size(); ++cut) bytes.push_back(cut);
    in_pieces(bytes);
}

inline void check_writing(const FormatCase& one, const FormatUnderTest& format, const std::string& json,
                          const std::string& output, const std::string& fails) {
    Arena arena;
    Builder builder(arena);
    JsonLimits limits;
    limits.nul = true;
    auto document = read_json(json, builder, limits);
    ASSERT_TRUE(document) << json;
    std::string written = format.write(one, *document);
    if (fails.empty()) {
        EXPECT_EQ(testing::PrintToString(written), testing::PrintToString(output));
    } else {
        EXPECT_TRUE(written.starts_with("error: ")) << written;
        EXPECT_NE(written.find(fails), std::string::npos) << written;
    }
}

// Every case of one folder.
inline void check_format_cases(const std::filesystem::path& folder, const FormatUnderTest& format) {
    for (const FormatCase& one : read_format_cases(folder / "cases.yaml")) {
        SCOPED_TRACE(one.place);
        if (!one.has_input) {
            check_writing(one, format, one.writes, one.output, one.fails);
            continue;
        }
        check_reading(one, format);
        if (one.fails.empty()) check_writing(one, format, one.reads, one.back, one.back_fails);
    }
}

// faults.yaml: layouts that must be refused; `load` gives the diagnostics' text.
inline int check_layout_faults(const std::filesystem::path& path,
                               const std::function<std::string(const SourceFile&)>& load) {
    Diagnostics diagnostics;
    auto file = read_source(path.string(), diagnostics);
    EXPECT_TRUE(file) << diagnostics.text();
    int seen = 0;
    for (std::size_t i = 0; file && i < file->root().items.size(); ++i) {
        const SourceNode& node = file->root().items[i];
        Fields fields(*file, node, "fault", diagnostics);
        SCOPED_TRACE(path.filename().string() + ":" + std::to_string(node.line));
        std::string text = fields.required_text("layout"), said = fields.required_text("said");
        fields.finish();
        Diagnostics own;
        auto layout = parse_source("layout.yaml", text, own);
        EXPECT_TRUE(layout) << own.text();
        if (!layout) continue;
        std::string all = load(*layout);
        EXPECT_NE(all.find(said), std::string::npos) << all;
        ++seen;
    }
    EXPECT_EQ(diagnostics.text(), "");
    return seen;
}

}  // namespace headgate
