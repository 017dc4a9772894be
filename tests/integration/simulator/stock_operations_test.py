"""What the stock system answers, through the gateway: places, reservations, pickups and returns; the same on SQLite, PostgreSQL, MariaDB."""
import datetime
import itertools
import json
import sqlite3
import unittest
from contextlib import closing

from api import call
from databases import MariaDb, Postgres
from estate import STOREFRONT, wait_for
from retailer import ORDERS, order, stock_rows
from running import RunningEstate

keys = (f"stock-operations-{number:04}" for number in itertools.count())


class OnSqlite(RunningEstate):
    def execute(self, sql):
        with closing(sqlite3.connect(f"{self.folder}/stock.db", timeout=10)) as db, db:
            return db.execute(sql).fetchone()

    def value(self, sql):
        return str(self.execute(sql)[0]).strip()

    def count(self, sql):
        return round(float(self.value(sql)))

    def get(self, path):
        return call(self.estate.api, "GET", path, token=STOREFRONT)

    def send(self, method, path, body, key=None):
        return call(self.estate.api, method, path, body, STOREFRONT, {"Idempotency-Key": key or next(keys)})

    def again(self, method, path, body, key, first):
        """Under the key the answer stands: the same again, and none for another request."""
        repeated = self.send(method, path, body, key)
        self.assertEqual((repeated.status, repeated.body), (first.status, first.body))
        self.assertEqual(repeated.headers["idempotency-replayed"], "true")
        self.assertProblem(self.send(method, path, self.another(body), key), 422, "idempotency-key-reused")

    @staticmethod
    def another(body):
        changed = json.loads(json.dumps(body))
        for number in [lines for lines in changed.values() if isinstance(lines, list)][:1]:
            number[0][next(name for name in number[0] if "uantity" in name)] += 1
            return changed
        if "reason" in changed:
            changed["reason"] = "customerWish" if changed["reason"] == "notCollected" else "notCollected"
        else:
            changed["proof"] = {"kind": "code", "pickupCode": "ZZZZ99"}
        return changed

    rows = None  # seeded rows with pieces enough, each for one test

    def row(self):
        if type(self).rows is None:
            type(self).rows = iter([r for r in stock_rows(self.estate, "KZ IN ('A','',' ') AND LAG = 1") if r["sku"] != "HG-104711"])
        return next(type(self).rows)

    def ordered(self, *pieces, pickup=None):
        """An order of so many pieces of different articles: its id and its rows."""
        rows = [self.row() for _ in pieces]
        body = order(rows[0], pieces[0])
        body["lines"] = [dict(order(row, count)["lines"][0], lineId=str(number)) for number, (row, count) in enumerate(zip(rows, pieces), 1)]
        body["total"]["centAmount"] = 1999 * sum(pieces)
        if pickup:
            body["delivery"] = {"method": "pickup", "locationId": pickup}
        answer = self.send("POST", ORDERS, body)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json["orderId"], rows

    def reserved(self, row):
        return self.count(f"SELECT COALESCE(RES,0) FROM LAGBST WHERE ARTNR = '{row['sku']:<18}' AND LAG = {row['LAG']}")

    def on_hand(self, row, place=None):
        return self.count(f"SELECT BEST FROM LAGBST WHERE ARTNR = '{row['sku']:<18}' AND LAG = {place or row['LAG']}")

    def assertRecent(self, moment):
        self.assertTrue(moment.endswith("Z"))
        at = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))
        self.assertLess(abs((datetime.datetime.now(datetime.timezone.utc) - at).total_seconds()), 120, moment)

    # Places and reservations

    def test_a_store_is_told_with_where_it_is_and_what_can_be_done_there(self):
        answer = self.get("/inventory/v2/locations/ST-0002")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json, {
            "locationId": "ST-0002", "kind": "store", "name": "FILIALE KOELN SUED", "gln": "4012345000023",
            "address": {"street": "BONNER STRASSE 211", "postalCode": "50968", "city": "KOELN", "countryCode": "DE"},
            "timeZone": "Europe/Berlin", "services": ["pickup", "returns"]})
        linz, osnabrueck = self.get("/inventory/v2/locations/ST-0006").json, self.get("/inventory/v2/locations/ST-0004").json
        self.assertEqual((linz["timeZone"], linz["address"]["countryCode"]), ("Europe/Vienna", "AT"))
        self.assertNotIn("gln", osnabrueck)
        self.assertEqual(self.get("/inventory/v2/locations/ST-0001").json["kind"], "warehouse")

    def test_a_place_that_is_closed_for_good_has_no_services(self):
        self.execute("UPDATE FILADR SET ZU = 20250131 WHERE LAG = 5")
        answer = self.get("/inventory/v2/locations/ST-0005")
        self.assertEqual((answer.status, answer.json["services"]), (200, []), answer.body)

    def test_a_place_that_nobody_knows_is_404(self):
        self.assertProblem(self.get("/inventory/v2/locations/ST-0099"), 404, "not-found")

    def test_a_reservation_has_the_lines_of_its_order(self):
        order_id, rows = self.ordered(2, 1)
        answer = self.get(f"/inventory/v2/reservations/{order_id}")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual((answer.json["orderId"], answer.json["status"]), (order_id, "active"))
        self.assertEqual(answer.json["lines"], [
            {"lineId": str(number), "sku": row["sku"], "locationId": "ST-0001", "quantity": quantity}
            for number, (row, quantity) in enumerate(zip(rows, (2, 1)), 1)])
        self.assertRecent(answer.json["reservedAt"])

    def test_an_order_without_a_reservation_is_404(self):
        self.assertProblem(self.get("/inventory/v2/reservations/HO000000000000000000"), 404, "not-found")

    # Lists

    def pages(self, path, limit=2):
        """All items, page by page; each page but the last is full, or names the next."""
        items, cursor = [], ""
        for _ in range(1000):
            answer = self.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{cursor}")
            self.assertEqual(answer.status, 200, answer.body)
            self.assertLessEqual(len(answer.json["items"]), limit)
            items += answer.json["items"]
            if "nextCursor" not in answer.json:
                return items
            cursor = f"&cursor={answer.json['nextCursor']}"
        raise AssertionError("pages without end")

    def test_places_are_listed_page_by_page(self):
        self.execute("UPDATE FILADR SET ZU = 20250131 WHERE LAG = 5")
        path = "/inventory/v2/locations"
        everywhere = self.pages(path)
        self.assertEqual([place["locationId"] for place in everywhere], ["ST-0001", "ST-0002", "ST-0003", "ST-0004", "ST-0006"])
        self.assertEqual(everywhere[1], self.get(path + "/ST-0002").json)
        self.assertEqual([place["kind"] for place in self.pages(path + "?kind=warehouse")], ["warehouse"])
        self.assertEqual(len(self.pages(path + "?service=pickup", 3)), 4)
        self.assertEqual(self.pages(path + "?kind=warehouse&service=pickup"), [])
        first = self.get(path + "?limit=2").json["nextCursor"]
        self.assertProblem(self.get(f"{path}?limit=2&kind=store&cursor={first}"), 400, "invalid-message", "/cursor")

    def test_what_lies_at_a_place_is_listed_by_article(self):
        path = "/inventory/v2/locations/ST-0003/stock"
        rows = [row for row in stock_rows(self.estate) if row["LAG"] == 3]
        items = self.pages(path, 100)
        self.assertEqual([item["sku"] for item in items], sorted(row["sku"] for row in rows))
        states = {"": "sellable", "A": "sellable", "S": "blocked", "Q": "blocked", "L": "discontinued"}
        self.assertEqual([item["status"] for item in items], [states[row["KZ"].strip()] for row in sorted(rows, key=lambda row: row["sku"])])
        one = next(item for item in items if item["status"] == "sellable")
        told = self.get(f"/inventory/v2/availability?skus={one['sku']}&locationIds=ST-0003").json["items"][0]["locations"][0]
        self.assertEqual({**one, "locationId": "ST-0003"}, {**told, "sku": one["sku"]})
        blocked = self.pages(path + "?status=blocked", 50)
        self.assertEqual(blocked, [item for item in items if item["status"] == "blocked"])
        changed = self.pages(path + "?changedSince=2026-11-01T00:00:00Z", 100)
        self.assertEqual(changed, [item for item in items if item["asOf"] >= "2026-11-01T00:00:00Z"])
        self.assertEqual(self.pages(path + "?changedSince=2030-01-01T00:00:00Z"), [])
        self.assertProblem(self.get("/inventory/v2/locations/ST-0099/stock"), 404, "not-found")

    # Pickups

    def test_pickups_are_listed_for_their_order_and_their_store(self):
        first, order_id, _ = self.pickup(1, 2)
        second, _, _ = self.pickup(1)
        of_order = self.pages(f"/fulfilment/v1/orders/{order_id}/pickups")
        self.assertEqual(of_order, [self.get(first).json])
        self.assertEqual(self.pages("/fulfilment/v1/orders/HO000000000000000000/pickups"), [])
        self.assertEqual(self.send("POST", second + "/ready", self.picked(1)).status, 200)
        path = "/fulfilment/v1/locations/ST-0002/pickups"
        items = self.pages(path)
        ids = [item["pickupId"] for item in items]
        self.assertEqual(len(ids), self.count("SELECT COUNT(*) FROM ABHOLUNG WHERE LAG = 2"))
        self.assertEqual(len(set(ids)), len(ids))
        self.assertEqual([item["requestedAt"] for item in items], sorted(item["requestedAt"] for item in items))
        ready = [item["pickupId"] for item in self.pages(path + "?states=ready")]
        self.assertIn(second.split("/")[-1], ready)
        self.assertNotIn(first.split("/")[-1], ready)
        self.assertIn(first.split("/")[-1], [item["pickupId"] for item in self.pages(path + "?states=requested,ready")])
        self.execute(f"UPDATE ABHOLUNG SET BIS = 20260102 WHERE ABHNR = '{second.split('/')[-1]}'")
        self.assertEqual([item["pickupId"] for item in self.pages(path + "?keptUntil=2026-01-02&states=ready")], [second.split("/")[-1]])
        self.assertEqual(self.pages("/fulfilment/v1/locations/ST-0006/pickups"), [])

    def pickup(self, *pieces):
        order_id, rows = self.ordered(*pieces, pickup="ST-0002")
        one, = wait_for("the pickup at the store", lambda: self.get(f"/fulfilment/v1/orders/{order_id}/pickups").json["items"])
        return f"/fulfilment/v1/pickups/{one['pickupId']}", order_id, rows

    @staticmethod
    def picked(*quantities):
        return {"storagePlace": "R2-14",
                "pickedLines": [{"lineId": str(number), "quantity": quantity} for number, quantity in enumerate(quantities, 1)]}

    def code(self, path):
        return self.value(f"SELECT CODE FROM ABHOLUNG WHERE ABHNR = '{path.split('/')[-1]}'")

    def test_a_pickup_is_requested_then_ready_then_collected(self):
        path, order_id, rows = self.pickup(2)
        requested = self.get(path).json
        self.assertEqual(requested, {
            "pickupId": path.split("/")[-1], "orderId": order_id, "locationId": "ST-0002", "state": "requested", "customerName": "Ana Kovac",
            "lines": [{"lineId": "1", "sku": rows[0]["sku"], "quantity": 2}], "requestedAt": requested["requestedAt"]})
        self.assertRecent(requested["requestedAt"])

        key = next(keys)
        ready = self.send("POST", path + "/ready", self.picked(2), key)
        self.assertEqual(ready.status, 200, ready.body)
        self.assertEqual((ready.json["state"], ready.json["storagePlace"]), ("ready", "R2-14"))
        self.assertEqual(ready.json["lines"], [{"lineId": "1", "sku": rows[0]["sku"], "quantity": 2, "pickedQuantity": 2}])
        self.assertRecent(ready.json["readyAt"])
        self.assertRegex(ready.json["keptUntil"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(self.get(path).body, ready.body)
        self.again("POST", path + "/ready", self.picked(2), key, ready)
        self.assertProblem(self.send("POST", path + "/ready", self.picked(2)), 409, "pickup-in-other-state")

        key, proof = next(keys), {"proof": {"kind": "code", "pickupCode": self.code(path)}}
        self.assertProblem(self.send("POST", path + "/collected", {"proof": {"kind": "code", "pickupCode": "ZZZZ99"}}), 409,
                           "wrong-pickup-code", "/proof/pickupCode")
        collected = self.send("POST", path + "/collected", proof, key)
        self.assertEqual(collected.status, 200, collected.body)
        self.assertEqual(collected.json["state"], "collected")
        self.assertEqual(collected.json["lines"][0]["collectedQuantity"], 2)
        self.assertNotIn("customerName", collected.json)
        self.assertRecent(collected.json["collectedAt"])
        self.again("POST", path + "/collected", proof, key, collected)
        self.assertProblem(self.send("POST", path + "/expired", {"reason": "customerWish"}), 409, "pickup-in-other-state")

    def test_what_a_store_does_not_find_can_be_sold_again(self):
        path, _, rows = self.pickup(3, 1)
        before = [self.reserved(row) for row in rows]
        ready = self.send("POST", path + "/ready", self.picked(2, 0))
        self.assertEqual([line["pickedQuantity"] for line in ready.json["lines"]], [2, 0], ready.body)
        self.assertEqual([self.reserved(row) for row in rows], [before[0] - 1, before[1] - 1])
        collected = self.send("POST", path + "/collected", {
            "proof": {"kind": "document"}, "collectedLines": [{"lineId": "1", "quantity": 1}, {"lineId": "2", "quantity": 0}]})
        self.assertEqual([line["collectedQuantity"] for line in collected.json["lines"]], [1, 0], collected.body)
        self.assertEqual([self.reserved(row) for row in rows], [before[0] - 2, before[1] - 1])

    def test_what_can_not_be_picked_or_handed_over_changes_nothing(self):
        path, _, rows = self.pickup(1, 1)
        before = self.get(path).body
        self.assertProblem(self.send("POST", path + "/ready", self.picked(1, 2)), 409, "more-than-ordered", "/pickedLines/1")
        self.assertProblem(self.send("POST", path + "/ready", self.picked(1)), 409, "lines-missing", "/pickedLines")
        self.assertProblem(self.send("POST", path + "/ready", self.picked(1, 1, 1)), 409, "more-than-ordered", "/pickedLines/2")
        self.assertProblem(self.send("POST", path + "/collected", {"proof": {"kind": "document"}}), 409, "pickup-in-other-state")
        self.assertEqual(self.get(path).body, before)
        ready = self.send("POST", path + "/ready", self.picked(1, 1))
        self.assertEqual(ready.status, 200, ready.body)
        for lines, word, pointer in (([("1", 2), ("2", 1)], "more-than-ready", "/collectedLines/0"), ([("1", 1)], "lines-missing", "/collectedLines")):
            refused = self.send("POST", path + "/collected", {
                "proof": {"kind": "document"}, "collectedLines": [{"lineId": line, "quantity": count} for line, count in lines]})
            self.assertProblem(refused, 409, word, pointer)
        self.assertEqual(self.get(path).body, ready.body)

    def test_a_pickup_expires_when_its_day_is_over_or_the_customer_wishes(self):
        path, _, rows = self.pickup(2)
        reserved = self.reserved(rows[0])
        self.assertProblem(self.send("POST", path + "/expired", {"reason": "notCollected"}), 409, "pickup-still-kept", "/reason")
        self.assertEqual(self.send("POST", path + "/ready", self.picked(2)).status, 200)
        self.execute(f"UPDATE ABHOLUNG SET BIS = 20260101 WHERE ABHNR = '{path.split('/')[-1]}'")
        key = next(keys)
        expired = self.send("POST", path + "/expired", {"reason": "notCollected"}, key)
        self.assertEqual((expired.status, expired.json["state"], expired.json["keptUntil"]), (200, "expired", "2026-01-01"), expired.body)
        self.assertEqual(expired.json["lines"][0]["collectedQuantity"], 0)
        self.assertEqual(self.reserved(rows[0]), reserved - 2)
        self.again("POST", path + "/expired", {"reason": "notCollected"}, key, expired)
        other, _, _ = self.pickup(1)
        self.assertEqual(self.send("POST", other + "/expired", {"reason": "customerWish"}).json["state"], "expired")

    def test_a_pickup_that_nobody_knows_is_404(self):
        path = "/fulfilment/v1/pickups/PU-0002-NOBODY"
        self.assertProblem(self.get(path), 404, "not-found")
        self.assertProblem(self.send("POST", path + "/ready", self.picked(1)), 404, "not-found")
        self.assertProblem(self.send("POST", path + "/collected", {"proof": {"kind": "document"}}), 404, "not-found")
        self.assertProblem(self.send("POST", path + "/expired", {"reason": "customerWish"}), 404, "not-found")

    # Returns

    RETURNS = "/returns/v1/returns"

    def announced(self, order_id, *quantities, way=None, key=None):
        body = {"orderId": order_id, "way": way or {"method": "post", "countryCode": "DE"},
                "lines": [{"lineId": str(number), "quantity": quantity, "reason": "wrongSize"} for number, quantity in enumerate(quantities, 1)]}
        return body, self.send("POST", self.RETURNS, body, key)

    @staticmethod
    def receipt(*lines, place="ST-0001"):
        return {"locationId": place, "receivedLines": [
            {"lineId": str(number), "receivedQuantity": quantity, "condition": condition} for number, (quantity, condition) in enumerate(lines, 1)]}

    @staticmethod
    def fate(**quantities):
        return {"dispositions": [{"disposition": word, "quantity": quantity} for word, quantity in quantities.items()]}

    def test_a_return_by_post_is_announced_received_judged_and_put_back(self):
        order_id, rows = self.ordered(2, 1)
        key = next(keys)
        body, created = self.announced(order_id, 2, 1, key=key)
        self.assertEqual(created.status, 201, created.body)
        told = created.json
        path = created.headers["location"]
        self.assertEqual(path, f"{self.RETURNS}/{told['rma']}")
        self.assertEqual((told["status"], told["way"]), ("announced", {"method": "post", "countryCode": "DE"}))
        self.assertEqual(told["lines"], [{"lineId": str(number), "sku": row["sku"], "quantity": quantity, "reason": "wrongSize"}
                                         for number, (row, quantity) in enumerate(zip(rows, (2, 1)), 1)])
        self.assertRecent(told["announcedAt"])
        self.assertEqual(self.get(path).body, created.body)
        self.again("POST", self.RETURNS, body, key, created)

        self.assertProblem(self.send("PUT", path + "/lines/1/disposition", self.fate(restock=2)), 409, "return-in-other-status")
        key, receipt = next(keys), self.receipt((2, "asNew"), (0, "missing"))
        received = self.send("PUT", path + "/receipt", receipt, key)
        self.assertEqual(received.status, 200, received.body)
        self.assertEqual((received.json["status"], received.json["receivedLocationId"]), ("received", "ST-0001"))
        self.assertEqual([(line["receivedQuantity"], line["condition"]) for line in received.json["lines"]], [(2, "asNew"), (0, "missing")])
        self.assertRecent(received.json["receivedAt"])
        self.again("PUT", path + "/receipt", receipt, key, received)

        on_hand = self.on_hand(rows[0])
        self.assertProblem(self.send("PUT", path + "/lines/1/disposition", self.fate(restock=1)), 409, "other-than-received", "/dispositions")
        self.assertEqual(self.on_hand(rows[0]), on_hand)
        key, fate = next(keys), self.fate(restock=1, scrap=1)
        judged = self.send("PUT", path + "/lines/1/disposition", fate, key)
        self.assertEqual((judged.status, judged.json["status"]), (200, "judged"), judged.body)
        self.assertEqual(judged.json["lines"][0]["dispositions"], [{"disposition": "restock", "quantity": 1, "locationId": "ST-0001"},
                                                                   {"disposition": "scrap", "quantity": 1, "locationId": "ST-0001"}])
        self.assertNotIn("dispositions", judged.json["lines"][1])
        self.assertEqual(self.on_hand(rows[0]), on_hand + 1)
        self.again("PUT", path + "/lines/1/disposition", fate, key, judged)
        self.assertEqual(self.on_hand(rows[0]), on_hand + 1)
        self.assertProblem(self.send("PUT", path + "/receipt", receipt), 409, "return-in-other-status")

        # Judged anew, what was put back is taken out again.
        again = self.send("PUT", path + "/lines/1/disposition", {"dispositions": [{"disposition": "restock", "quantity": 2, "locationId": "ST-0003"}]})
        self.assertEqual(again.json["lines"][0]["dispositions"], [{"disposition": "restock", "quantity": 2, "locationId": "ST-0003"}], again.body)
        self.assertEqual(self.on_hand(rows[0]), on_hand)

    def test_a_return_is_brought_to_a_store(self):
        order_id, _ = self.ordered(1)
        _, created = self.announced(order_id, 1, way={"method": "store", "locationId": "ST-0002"})
        self.assertEqual((created.status, created.json["way"]), (201, {"method": "store", "locationId": "ST-0002"}), created.body)
        received = self.send("PUT", created.headers["location"] + "/receipt", self.receipt((1, "used"), place="ST-0003"))
        self.assertEqual((received.json["status"], received.json["receivedLocationId"]), ("received", "ST-0003"), received.body)

    def test_no_more_comes_back_than_was_ordered(self):
        order_id, _ = self.ordered(2)
        self.assertProblem(self.announced(order_id, 3)[1], 409, "not-returnable", "/lines/0")
        self.assertProblem(self.announced(order_id, 1, 1)[1], 409, "not-returnable", "/lines/1")
        self.assertEqual(self.announced(order_id, 1)[1].status, 201)
        self.assertProblem(self.announced(order_id, 2)[1], 409, "not-returnable", "/lines/0")
        second = self.announced(order_id, 1)[1]
        self.assertEqual(second.status, 201, second.body)
        receipt = self.send("PUT", second.headers["location"] + "/receipt", self.receipt((2, "asNew")))
        self.assertProblem(receipt, 409, "not-returnable", "/receivedLines/0")

    def test_what_nobody_knows_is_told(self):
        self.assertProblem(self.announced("HO000000000000000000", 1)[1], 409, "unknown-order", "/orderId")
        path = self.RETURNS + "/no-such-return"
        self.assertProblem(self.get(path), 404, "not-found")
        self.assertProblem(self.send("PUT", path + "/receipt", self.receipt((1, "asNew"))), 404, "not-found")
        self.assertProblem(self.send("PUT", path + "/lines/1/disposition", self.fate(scrap=1)), 404, "not-found")

    def test_the_returns_of_an_order_are_listed_the_oldest_first(self):
        order_id, _ = self.ordered(3, 2)
        created = [self.announced(order_id, 1, 1)[1], self.announced(order_id, 1)[1], self.announced(order_id, 1, 1)[1]]
        path = created[0].headers["location"]
        self.assertEqual(self.send("PUT", path + "/receipt", self.receipt((1, "opened"), (1, "asNew"))).status, 200)
        judged = self.send("PUT", path + "/lines/2/disposition", self.fate(refurbish=1))
        self.assertEqual(judged.status, 200, judged.body)
        items = self.pages(f"/returns/v1/orders/{order_id}/returns")
        self.assertEqual(items, [judged.json, created[1].json, created[2].json])
        self.assertEqual(self.pages("/returns/v1/orders/HO000000000000000000/returns"), [])

    # Last, by its name: after all of these the stock system's accounts are right.

    def test_z_nothing_is_oversold_and_every_piece_is_accounted_for(self):
        self.assertEqual(call(self.estate.parts["control"], "GET", "/check").json["problems"], [])


class Elsewhere:
    """Mixed in before OnSqlite: the same on another database."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.kind().__enter__()
        cls.simulator_arguments = ("--stock", cls.server.kind, "--stock-connection", cls.server.connection)
        try:
            super().setUpClass()
        except Exception:
            cls.server.__exit__()
            raise

    @classmethod
    def tearDownClass(cls):
        try:
            super().tearDownClass()
        finally:
            cls.server.__exit__()

    def execute(self, sql):
        self.server.run(sql + ";")

    def value(self, sql):
        return self.server.query(sql)


class OnPostgres(Elsewhere, OnSqlite):
    kind, rows = Postgres, None


class OnMariaDb(Elsewhere, OnSqlite):
    kind, rows = MariaDb, None


if __name__ == "__main__":
    unittest.main()
