// Reads the HTTP/1 corpus (Markdown: a `<!-- meta={...} -->` line, an ```http block, a ```log block of expected
// events).
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace headgate {

struct CorpusCase {
    std::string name;   // <file>: <heading>
    std::string type;   // request, request-lenient-..., request-finish
    std::string bytes;  // as on the wire
    int completed = 0;  // messages that the log says are complete
    int error = 0;      // the log's error code; 0: none
};

// $HEADGATE_CORPORA or ../shared/corpora beside the project.
inline std::filesystem::path corpora_root(const char* source_dir) {
    if (const char* set = std::getenv("HEADGATE_CORPORA")) return set;
    return std::filesystem::path(source_dir) / ".." / "shared" / "corpora";
}

// The corpus writes line ends as LF and other bytes as escapes; a backslash at a line's end joins lines.
inline std::string corpus_bytes(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            out += "\r\n";
            continue;
        }
        char next = i + 1 < text.size() ? text[i + 1] : ' ';
        if (text[i] != '\\') {
            out += text[i];
        } else if (next == '\n') {
            ++i;
        } else if (next == 'r' || next == 'n' || next == 't' || next == 'f') {
            out += next == 'r' ? '\r' : next == 'n' ? '\n' : next == 't' ? '\t' : '\f';
            ++i;
        } else if (next == 'x') {
            std::size_t used = 0;
            out += static_cast<char>(std::stoi(text.substr(i + 2, 2), &used, 16));
            i += 1 + used;
        } else {
            out += text[i];
        }
    }
    return out;
}

inline std::vector<CorpusCase> read_llhttp_corpus(const std::filesystem::path& folder) {
    std::vector<CorpusCase> cases;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".md") continue;
        std::ifstream file(entry.path());
        std::string line, heading, block;
        CorpusCase current;
        enum { outside, http, log } at = outside;
        while (std::getline(file, line)) {
            if (at == outside && line.starts_with("##"))
                heading = line.substr(line.find_first_not_of("# "));
            else if (at == outside && line.starts_with("<!-- meta=")) {
                current = {};
                current.name = entry.path().filename().string() + ": " + heading;
                auto begin = line.find('"', line.find(':', line.find("\"type\"")));
                current.type = line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
            } else if (at == outside && line == "```http" && !current.type.empty()) {
                at = http;
                block.clear();
            } else if (at == outside && line == "```log" && !current.type.empty()) {
                at = log;
            } else if (line == "```") {
                if (at == http) current.bytes = corpus_bytes(block);
                if (at == log) {
                    cases.push_back(current);
                    current = {};
                }
                at = outside;
            } else if (at == http) {
                block += line + "\n";
            } else if (at == log) {
                if (line.find(" message complete") != std::string::npos) ++current.completed;
                if (auto code = line.find("error code="); code != std::string::npos)
                    current.error = std::stoi(line.substr(code + 11));
            }
        }
    }
    return cases;
}

}  // namespace headgate
