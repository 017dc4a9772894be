// A mock's pipeline over the contracts of tests/golden/mock, asked without a socket.
#pragma once

#include <gtest/gtest.h>

#include "gateway/config/mock_snapshot.hpp"
#include "gateway/pipeline/pipeline.hpp"
#include "tests/support/await.hpp"

namespace headgate::test {

class Mocked : public ::testing::Test {
  protected:
    void SetUp() override {
        MockSettings settings;
        settings.contracts = {HEADGATE_SOURCE_DIR "/tests/golden/mock"};
        Diagnostics diagnostics;
        auto snapshot = load_mock_snapshot(settings, nullptr, diagnostics);
        ASSERT_TRUE(snapshot) << diagnostics.text();
        pipeline_.publish(std::make_shared<WorkerView>(snapshot, metrics_));
    }
    OutgoingResponse send(std::string method, std::string target, std::string body = {},
                          std::vector<IncomingRequest::HeaderView> headers = {}) {
        auto question = target.find('?');
        IncomingRequest request{method, target, std::string_view(target).substr(0, question), {}, body, headers};
        if (question != std::string::npos) request.query = std::string_view(target).substr(question + 1);
        if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
        OutgoingResponse response;
        await_done(io_, pipeline_.handle(request, response));
        return response;
    }
    OutgoingResponse prefer(std::string target, std::string_view preference) {
        return send("GET", std::move(target), {}, {{"Prefer", preference}});
    }
    static std::string header(const OutgoingResponse& response, std::string_view name) {
        for (const auto& one : response.headers)
            if (one.name == name) return one.value;
        return "none";
    }

    asio::io_context io_;
    Metrics metrics_;
    Essentials services_{system_clock(), metrics_};
    Pipeline pipeline_{services_, make_mock_stages(services_)};
};

}  // namespace headgate::test
