// The stages, one maker each; their order is in pipeline.cpp.
#pragma once

#include "gateway/pipeline/services.hpp"
#include "gateway/pipeline/stage.hpp"

namespace headgate {

// `first`: the side that counts until another one is picked.
std::unique_ptr<Stage> make_evidence(Essentials& services, Side first = Side::legacy);
std::unique_ptr<Stage> make_match_operation();
std::unique_ptr<Stage> make_identify_caller();
std::unique_ptr<Stage> make_admit(Essentials& services);
std::unique_ptr<Stage> make_count_usage(Services& services);
std::unique_ptr<Stage> make_read_message();
std::unique_ptr<Stage> make_cross_bridge();
std::unique_ptr<Stage> make_pick_side();
std::unique_ptr<Stage> make_mirror_copy(Services& services);
std::unique_ptr<Stage> make_check_answer();
std::unique_ptr<Stage> make_capture_order(Services& services);
std::unique_ptr<Stage> make_write_once(Services& services);
std::unique_ptr<Stage> make_answer(Services& services);
std::unique_ptr<Stage> make_mock_answer();

}  // namespace headgate
