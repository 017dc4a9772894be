// The measured side of `./dev bench mapping`: how long reading, mapping and writing one message take, apart.
//   headgate-mapping-bench reply|order print FILE          what is made of the message
//   headgate-mapping-bench reply|order run FILE SECONDS    nanoseconds: read, map, write
//   headgate-mapping-bench reply|order repeat FILE COUNT   maps COUNT times and says nothing: for callgrind
// `reply` makes the contract's JSON of the shop's envelope, `order` the shop's envelope of an order's JSON; by the
// catalog's own mappings.
#include <functional>
#include <iostream>

#include "contracts/document/json.hpp"
#include "mappings/formats/soap/soap.hpp"
#include "mappings/plan/plan.hpp"
#include "tests/bench/stopwatch.hpp"

namespace {

using namespace headgate;

// One direction: what is made of bytes, step by step; each step's result is the next one's input.
struct Translation {
    std::function<Result<Value>(Arena&)> read;
    std::function<Result<Value>(const Value&, Builder&)> map;
    std::function<Result<std::string>(const Value&)> write;
};

Translation reply(const Plan& plan, const std::string& bytes) {
    const auto& call = std::get<SoapCall>(plan.call());
    return {[&bytes, &call](Arena& arena) -> Result<Value> {
                auto answer = read_soap(bytes, {}, call.response, arena);
                if (!answer) return answer.error();
                return answer->content;
            },
            [&plan](const Value& read, Builder& builder) { return plan.to_contract(read, Value(), builder); },
            [](const Value& made) -> Result<std::string> { return to_json(made); }};
}

Translation order(const Plan& plan, const std::string& bytes) {
    const auto& call = std::get<SoapCall>(plan.call());
    return {[&bytes](Arena& arena) {
                Builder builder(arena);
                return read_json(bytes, builder);
            },
            [&plan](const Value& read, Builder& builder) { return plan.to_legacy(read, builder); },
            [&call](const Value& made) { return write_soap(call.version, call.request, made, call.charset); }};
}

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message << " " << result.error().pointer << " " << result.error().detail << "\n";
    std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3 || (words[0] != "reply" && words[0] != "order") ||
        (words.size() == 3) != (words[1] == "print"))
        return std::cerr
                   << "usage: headgate-mapping-bench reply|order print FILE | run FILE SECONDS | repeat FILE COUNT\n",
               2;
    Diagnostics diagnostics;
    auto contracts = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    auto plans = contracts ? load_mappings({HEADGATE_SOURCE_DIR "/mappings/catalog"}, contracts, diagnostics) : nullptr;
    std::cerr << diagnostics.text();
    if (!plans) return 2;
    const std::string bytes = bench::content(words[2]);
    const Plan* plan = plans->find_call("shop", words[0] == "reply" ? "priceQuery" : "orderCreate");
    const Translation steps = words[0] == "reply" ? reply(*plan, bytes) : order(*plan, bytes);

    Arena kept;
    static char lent[256 * 1024];  // as a worker lends one to each exchange
    const Value read = must(steps.read(kept));
    Builder builder(kept);
    const Value made = must(steps.map(read, builder));
    auto map = [&] {
        Arena arena(lent, sizeof lent);
        Builder out(arena);
        must(steps.map(read, out));
    };
    if (words[1] == "print") {
        std::cout << must(steps.write(made)) << "\n";
    } else if (words[1] == "repeat") {
        for (auto left = std::stoul(words[3]); left > 0; --left) map();
    } else {
        const double seconds = std::stod(words[3]) / 3;
        auto read_once = [&] {
            Arena arena(lent, sizeof lent);
            must(steps.read(arena));
        };
        std::cout << bench::median_ns(seconds, read_once) << " " << bench::median_ns(seconds, map) << " "
                  << bench::median_ns(seconds, [&] { must(steps.write(made)); }) << "\n";
    }
    return 0;
}
