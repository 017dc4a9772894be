// Outbox: the folder into which a system drops files for us. What was read lies in its folder `read` afterwards, what
// could not be in `bad`.
#pragma once

#include <string>

#include "adapters/incoming_files.hpp"

namespace headgate {

class Outbox final : public IncomingFiles {
  public:
    // `inbox`: where answers are dropped.
    Outbox(std::string folder, std::string inbox) : folder_(std::move(folder)), inbox_(std::move(inbox)) {}

    Result<IncomingLook> look(std::size_t at_most, const std::function<bool(const std::string&)>& wanted) override;
    Result<std::string> read(const IncomingFile& file) override;
    Result<std::string> put_away(const std::string& name, Place place, const std::string& otherwise,
                                 const std::string& reason) override;
    Result<Done> bring_back(const std::string& lies, const std::string& name) override;
    Result<Done> answer(const std::string& name, const std::string& bytes) override;

  private:
    const std::string folder_, inbox_;
};

}  // namespace headgate
