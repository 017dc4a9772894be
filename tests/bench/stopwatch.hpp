// What the benches share: a file's bytes, and the median time of a piece of work.
#pragma once

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace headgate::bench {

inline std::string content(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Nanoseconds of one `work()`: the median of batches of about a millisecond.
template <class Work>
double median_ns(double seconds, Work&& work) {
    using Clock = std::chrono::steady_clock;
    std::size_t batch = 1;
    auto spent = [&] {
        auto begin = Clock::now();
        for (std::size_t i = 0; i < batch; ++i) work();
        return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    };
    while (spent() < 1e6) batch *= 2;
    std::vector<double> each;
    for (auto end = Clock::now() + std::chrono::duration<double>(seconds); Clock::now() < end;)
        each.push_back(spent() / static_cast<double>(batch));
    std::nth_element(each.begin(), each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2), each.end());
    return each[each.size() / 2];
}

}  // namespace headgate::bench
