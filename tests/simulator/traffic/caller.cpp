// libcurl's multi interface behind a callback.
#include "tests/simulator/traffic/caller.hpp"

#include <curl/curl.h>

#include <cstdio>

namespace simulator {
namespace {

constexpr std::size_t answer_limit = 4 << 20;
constexpr long call_timeout_ms = 10000;

std::size_t keep_body(char* data, std::size_t, std::size_t size, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size > answer_limit) return 0;
    body.append(data, size);
    return size;
}

}  // namespace

struct Caller::UnderWay {
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    std::string body, answer;
    Answered answered;
};

Caller::Caller(std::string target, std::string token) : target_(std::move(target)), token_(std::move(token)) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 512L);
}

Caller::~Caller() {
    for (auto& [easy, request] : under_way_) release(*request);
    for (auto* easy : idle_) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi_);
}

void Caller::send(const Call& call, int customer, Answered answered) {
    if (idle_.empty()) idle_.push_back(curl_easy_init());
    auto request = std::make_unique<UnderWay>();
    auto* easy = request->easy = idle_.back();
    idle_.pop_back();
    curl_easy_reset(easy);
    const auto header = [&](const std::string& line) {
        request->headers = curl_slist_append(request->headers, line.c_str());
    };
    char name[32];
    std::snprintf(name, sizeof name, "X-Customer: c-%06d", customer);
    header(name);
    // A tenth of the customers has the newest build of the app.
    header(customer % 10 == 0 ? "X-App-Build: 3.2.0" : "X-App-Build: 3.1.4");
    header("Expect:");
    if (!token_.empty()) header("Authorization: Bearer " + token_);
    if (!call.app_build.empty()) header("X-App-Build: " + call.app_build);
    if (!call.session.empty()) header("X-Session: " + call.session);
    if (!call.idempotency_key.empty()) header("Idempotency-Key: " + call.idempotency_key);
    curl_easy_setopt(easy, CURLOPT_URL, (target_ + call.path).c_str());
    if (call.method == "POST") {
        request->body = call.body;
        header("Content-Type: application/json");
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request->body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, call_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keep_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &request->answer);
    request->answered = std::move(answered);
    under_way_[easy] = std::move(request);
    curl_multi_add_handle(multi_, easy);
}

void Caller::progress(int wait_ms) {
    int count = 0;
    curl_multi_perform(multi_, &count);
    while (auto* message = curl_multi_info_read(multi_, &count)) {
        if (message->msg != CURLMSG_DONE) continue;
        const auto found = under_way_.find(message->easy_handle);
        const auto request = std::move(found->second);
        under_way_.erase(found);
        Reply reply;
        std::string side;
        curl_header* header = nullptr;
        if (message->data.result == CURLE_OK) {
            long status = 0;
            curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
            reply = {static_cast<int>(status), std::move(request->answer)};
            if (curl_easy_header(request->easy, "headgate-side", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
                side = header->value;
        }
        release(*request);
        request->answered(reply, side);
    }
    curl_multi_poll(multi_, nullptr, 0, wait_ms, nullptr);
}

void Caller::release(UnderWay& request) {
    curl_multi_remove_handle(multi_, request.easy);
    curl_slist_free_all(request.headers);
    idle_.push_back(request.easy);
}

}  // namespace simulator
