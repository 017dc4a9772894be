// split("sep"): one legacy text holds several fields of the contract; the rule's braces name them in their order.
// The plan carries the parts (mappings/plan/run/steps.cpp); here are its type rule and its place in the table.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Split : public Codec {
  public:
    bool read(Value&, CodecRun&) const override { return true; }
    bool write(Value&, CodecRun&) const override { return true; }
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    if (setup.call.arguments[0].text.empty()) return setup.fail("split needs a separator", "split(\", \")");
    setup.type.kind = ChainType::Kind::text;
    setup.type.raw = false;
    return std::make_unique<Split>();
}

}  // namespace

CodecDefinition split_codec() {
    return {"split",
            "split(\", \")",
            "one legacy text holds the fields in the rule's braces, e.g. customer.{last,first}",
            false,
            make,
            {}};
}

}  // namespace headgate::mappings
