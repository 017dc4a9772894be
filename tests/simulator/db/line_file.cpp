// One write a line.
#include "tests/simulator/db/line_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace simulator {

LineFile::LineFile(const std::string& path) : path_(path) {
    file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0) throw std::runtime_error("cannot write " + path);
    const auto end = lseek(file_, 0, SEEK_END);
    std::ifstream tail(path);
    if (end > 0 && tail.seekg(end - 1) && tail.get() != '\n') append({});
}

LineFile::~LineFile() {
    if (file_ >= 0) close(file_);
}

void LineFile::append(std::string line) {
    line += '\n';
    if (write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("cannot write " + path_);
}

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(std::move(line));
    return lines;
}

}  // namespace simulator
