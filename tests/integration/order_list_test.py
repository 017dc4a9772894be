"""Orders are listed by customer and by time out of our own log, page by page, and cancelled at the shop."""
import json
import unittest

from api import call
from estate import STOREFRONT, wait_for
from retailer import control, in_stock, order, place
from running import RunningEstate

ORDERS = "/orders/v1/orders"


class Orders(RunningEstate):
    def get(self, path):
        return call(self.estate.api, "GET", path, None, STOREFRONT)

    def ok(self, path):
        answer = self.get(path)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def take(self, name, customer="C-20418", lines=1):
        body = order(in_stock(self.estate))
        body["customer"]["customerId"] = customer
        if lines > 1:
            body["lines"] = [{**body["lines"][0], "lineId": str(i + 1)} for i in range(lines)]
            body["total"]["centAmount"] = 1999 * lines
        taken = place(self.estate, body, name)
        self.assertEqual(taken.status, 201, taken.body)
        return taken.json

    def cancel(self, order_id, body, key):
        return call(self.estate.api, "POST", f"{ORDERS}/{order_id}/cancellation", body, STOREFRONT, {"Idempotency-Key": key})

    def registered(self, name, **more):
        taken = self.take(name, **more)
        wait_for("the shop to hear of it", lambda: next(
            s["state"] for s in self.ok(f"{ORDERS}/{taken['orderId']}")["stages"] if s["stage"] == "registration") == "done")
        return taken["orderId"]


class Listing(Orders):
    def ids(self, query, limit=2):
        ids, cursor = [], ""
        while cursor is not None:
            page = self.ok(f"{ORDERS}?limit={limit}&{query}" + ("&cursor=" + cursor if cursor else ""))
            self.assertLessEqual(len(page["items"]), limit)
            ids += [item["orderId"] for item in page["items"]]
            cursor = page.get("nextCursor")
        return ids

    def test_orders_are_listed_the_newest_first_of_a_customer_and_of_a_time(self):
        mine = [self.take(f"list-mine-{i:04}", "C-list-1") for i in range(5)]
        others = [self.take(f"list-others-{i:04}", "C-list-2") for i in range(2)]
        wanted = [o["orderId"] for o in reversed(mine)]
        for limit in (1, 2, 5, 500):
            self.assertEqual(self.ids("customerId=C-list-1", limit), wanted)
        everybody = self.ids("", 3)
        self.assertEqual(everybody[:7], [o["orderId"] for o in reversed(others)] + wanted)
        since, before = mine[1]["acceptedAt"], mine[3]["acceptedAt"]
        self.assertEqual(self.ids(f"customerId=C-list-1&acceptedSince={since}&acceptedBefore={before}"), wanted[2:4])
        self.assertEqual(self.ids("customerId=C-list-1&acceptedSince=2099-01-01T00:00:00Z"), [])
        self.assertEqual(self.ids("customerId=C-nobody"), [])
        one = self.ok(f"{ORDERS}?customerId=C-list-1&limit=1")["items"][0]
        self.assertEqual({n: one[n] for n in ("channel", "customerId", "total")},
                         {"channel": "web", "customerId": "C-list-1", "total": mine[4]["total"]})
        self.assertIn(one["progress"], ("underWay", "done"))

    def test_orders_that_come_meanwhile_move_nothing(self):
        wanted = [self.take(f"list-moving-{i:04}", "C-list-3")["orderId"] for i in range(4)][::-1]
        first = self.ok(f"{ORDERS}?customerId=C-list-3&limit=2")
        self.take("list-moving-late", "C-list-3")
        second = self.ok(f"{ORDERS}?customerId=C-list-3&limit=2&cursor={first['nextCursor']}")
        self.assertEqual([i["orderId"] for i in first["items"] + second["items"]], wanted)

    def test_cursors_hold_for_their_own_query(self):
        for i in range(2):
            self.take(f"list-cursor-{i:04}", "C-list-4")
        cursor = self.ok(f"{ORDERS}?customerId=C-list-4&limit=1")["nextCursor"]
        for wrong in (f"customerId=C-list-5&cursor={cursor}", f"cursor={cursor}", "customerId=C-list-4&cursor=SEctMTAwMjMy"):
            self.assertProblem(self.get(f"{ORDERS}?{wrong}"), 400, "invalid-message", "/cursor")
        self.assertProblem(self.get(f"{ORDERS}?limit=501"), 400, "invalid-message", "/limit")

    def test_they_are_listed_after_a_restart(self):
        wanted = [self.take(f"list-restart-{i:04}", "C-list-6")["orderId"] for i in range(3)][::-1]
        self.estate.stop(self.estate.gateway)
        self.estate.start_gateway()
        self.assertEqual(self.ids("customerId=C-list-6", 2), wanted)


class Cancelling(Orders):
    def test_an_order_is_cancelled_once_and_the_same_key_is_answered_alike(self):
        order_id = self.registered("cancel-whole-1", lines=2)
        answer = self.cancel(order_id, {"reason": "customerWish"}, "cancel-whole-key")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual({n: answer.json[n] for n in ("orderId", "extent", "lines")},
                         {"orderId": order_id, "extent": "whole", "lines": ["1", "2"]})
        self.assertEqual(self.cancel(order_id, {"reason": "customerWish"}, "cancel-whole-key").json, answer.json)
        self.assertProblem(self.cancel(order_id, {"reason": "fraud"}, "cancel-whole-key"), 422, "idempotency-key-reused")
        self.assertProblem(self.cancel(order_id, {"reason": "customerWish"}, "cancel-whole-other"), 409, "order-not-cancellable")

    def test_a_line_is_cancelled_alone_and_not_twice(self):
        order_id = self.registered("cancel-part-1", lines=3)
        answer = self.cancel(order_id, {"reason": "outOfStock", "lines": ["2"]}, "cancel-part-key-1")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual((answer.json["extent"], answer.json["lines"]), ("part", ["2"]))
        self.assertProblem(self.cancel(order_id, {"reason": "outOfStock", "lines": ["2", "3"]}, "cancel-part-key-2"), 409,
                           "order-not-cancellable")
        rest = self.cancel(order_id, {"reason": "paymentFailed", "lines": ["1", "3"]}, "cancel-part-key-3")
        self.assertEqual((rest.json["extent"], rest.json["lines"]), ("whole", ["1", "3"]), rest.body)

    def test_what_is_not_there_is_not_found(self):
        self.assertProblem(self.cancel("HO" + "0" * 18, {"reason": "fraud"}, "cancel-none-1"), 404, "not-found")
        order_id = self.registered("cancel-none-2")
        self.assertProblem(self.cancel(order_id, {"reason": "fraud", "lines": ["7"]}, "cancel-none-3"), 404, "not-found", "/lines")
        self.assertProblem(self.cancel(order_id, {"reason": "boredom"}, "cancel-none-4"), 400, "invalid-message", "/reason")

    def test_what_is_shipped_cannot_be_cancelled(self):
        order_id = self.registered("cancel-shipped-1")
        events = self.folder / "shop-orders.jsonl.events"
        wait_for("the shipment", lambda: events.exists() and any(
            json.loads(line).get("state") in ("VS", "TV") and order_id in line for line in events.read_text().splitlines()), 60)
        self.assertProblem(self.cancel(order_id, {"reason": "customerWish"}, "cancel-shipped-key"), 409, "order-not-cancellable")

    def test_while_the_shop_is_down_nothing_is_cancelled_and_the_same_key_does_it_later(self):
        order_id = self.registered("cancel-down-1")
        control(self.estate, "/faults/shop", {"stopped": True})
        try:
            self.assertProblem(self.cancel(order_id, {"reason": "fraud"}, "cancel-down-key"), 503, "system-unavailable")
        finally:
            control(self.estate, "/faults/shop", {})
        answer = wait_for("the cancellation", lambda: next(
            (a for a in [self.cancel(order_id, {"reason": "fraud"}, "cancel-down-key")] if a.status == 200), None))
        self.assertEqual(answer.json["extent"], "whole")


if __name__ == "__main__":
    unittest.main()
