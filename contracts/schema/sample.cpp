#include "contracts/schema/sample.hpp"

#include "contracts/schema/compiled_schema.hpp"
#include "contracts/schema/sampler.hpp"

namespace headgate::schema {

Result<Value> sample(const Schema& schema, Arena& arena, const Member* given) {
    const auto* compiled = dynamic_cast<const CompiledSchema*>(&schema);
    if (!compiled) return Error{ErrorKind::internal, "the schema is none that a compiler made"};
    Sampler sampler(compiled->program(), arena, given);
    auto made = sampler.make(compiled->root());
    if (!made || !schema.validate(*made)) return sampler.refusal();
    return *made;
}

}  // namespace headgate::schema
