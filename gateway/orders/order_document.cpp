// Building the Order document.
#include "gateway/orders/order_document.hpp"

#include "base/timestamp.hpp"

namespace headgate::orders {

Value make_order(const Operation& operation, const Value& message, std::string_view order_id, WallTime accepted_at,
                 Builder& builder) {
    const Member given[] = {{"orderId", Value::string(builder.arena().copy(order_id))},
                            {"status", Value::string("accepted")},
                            {"acceptedAt", Value::string(builder.arena().copy(rfc3339(accepted_at)))}};
    builder.begin_object();
    for (const auto& member : given) {
        builder.key(member.key);
        builder.value(member.value);
    }
    for (const auto& member : message.members()) {
        const bool ours = std::any_of(std::begin(given), std::end(given), [&](auto& g) { return g.key == member.key; });
        if (ours || operation.parameter(member.key)) continue;
        builder.key(member.key);
        builder.value(member.value);
    }
    builder.end_object();
    return builder.take();
}

}  // namespace headgate::orders
