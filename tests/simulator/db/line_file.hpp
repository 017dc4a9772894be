// A file to which whole lines are appended, durable against a kill of the process: how the parts remember.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulator {

// One process owns the file; one thread at a time. Throws std::runtime_error when it can't be written.
class LineFile {
  public:
    explicit LineFile(const std::string& path);  // ends a torn last line, so that it doesn't swallow the next one
    ~LineFile();
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;
    void append(std::string line);  // without its line end; one write

  private:
    std::string path_;
    int file_ = -1;
};

std::vector<std::string> lines_of(const std::string& path);  // none when there is no such file

}  // namespace simulator
