"""What marketplaces have sold becomes orders, captured as all others: durable, once, never oversold."""
import json
import sqlite3
import unittest

from api import call
from estate import STOREFRONT, wait_for
from retailer import in_stock, stock_rows
from running import RunningEstate


def sold(sku, number, quantity=1, **more):
    price = {"centAmount": 1999, "currencyCode": "EUR"}
    return {"marketplaceOrderId": number, "placedAt": "2026-11-23T08:41:10Z",
            "buyer": {"name": "Jördis Weiß", "email": "k7w2m9@relay.example.com"},
            "shipTo": {"name": "Jördis Weiß", "street": "Lange Straße 12", "postalCode": "10243", "city": "Berlin", "countryCode": "DE"},
            "shipBy": "2026-11-25",
            "lines": [{"lineId": "1", "marketplaceLineId": "88120547", "sku": sku, "quantity": quantity, "unitPrice": price,
                       "fee": {"centAmount": 300, "currencyCode": "EUR"}}],
            "deliveryCharge": {"centAmount": 495, "currencyCode": "EUR"},
            "total": {"centAmount": 1999 * quantity + 495, "currencyCode": "EUR"}, **more}


class Marketplace(RunningEstate):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sku = next(row["sku"] for row in stock_rows(cls.estate, "KZ IN ('A','',' ') AND LAG = 1")
                       if row["BEST"] - row["RES"] - row["SICH"] >= 20 and row["sku"] != "HG-104711")

    def imported(self, body, key, marketplace="bazaar-de"):
        return call(self.estate.api, "POST", f"/marketplace/v1/marketplaces/{marketplace}/orders", body, STOREFRONT,
                    {"Idempotency-Key": key})

    def read(self, number, marketplace="bazaar-de"):
        return call(self.estate.api, "GET", f"/marketplace/v1/marketplaces/{marketplace}/orders/{number}", None, STOREFRONT)

    def reserved(self, order_id):
        with sqlite3.connect(f"file:{self.folder}/stock.db?mode=ro", uri=True, timeout=5) as db:
            return db.execute("SELECT count(*) FROM RESKOPF WHERE trim(RESNR)=? AND STATUS='A'", (order_id,)).fetchone()[0]

    def test_an_order_is_taken_reserved_and_carried_on_to_shop_and_warehouse(self):
        taken = self.imported(sold(self.sku, "304-1187742-5590731"), "import-00001")
        self.assertEqual(taken.status, 201, taken.body)
        self.assertEqual(taken.headers["location"], "/marketplace/v1/marketplaces/bazaar-de/orders/304-1187742-5590731")
        self.assertEqual({key: taken.json[key] for key in ("marketplaceId", "marketplaceOrderId", "status", "lines")},
                         {"marketplaceId": "bazaar-de", "marketplaceOrderId": "304-1187742-5590731", "status": "accepted",
                          "lines": [{"lineId": "1", "marketplaceLineId": "88120547", "sku": self.sku, "quantity": 1}]})
        order_id = taken.json["orderId"]
        self.assertEqual(self.reserved(order_id), 1)
        self.assertEqual(self.read("304-1187742-5590731").json, taken.json)

        def steps():
            shown = json.loads(self.estate.command("order", "show", order_id, "-o", "json").stdout)
            return {step["step"]: step["state"] for step in shown["steps"]}

        wait_for("shop and warehouse", lambda: set(steps().values()) == {"done"}, 30)
        self.assertEqual(set(steps()), {"shop.orderCreate", "warehouse.940"})
        order = call(self.estate.api, "GET", f"/orders/v1/orders/{order_id}", None, STOREFRONT).json
        self.assertEqual((order["channel"], order["marketplace"]),
                         ("marketplace", {"marketplaceId": "bazaar-de", "marketplaceOrderId": "304-1187742-5590731"}))

    def test_the_same_order_again_is_answered_as_at_first_whatever_its_key(self):
        body = sold(self.sku, "MP-20261123-0007")
        first = self.imported(body, "import-00002")
        self.assertEqual(first.status, 201, first.body)
        for key in ("import-00002", "another-key-1"):
            again = self.imported(body, key)
            self.assertEqual((again.status, again.json), (201, first.json))
            self.assertEqual(again.headers["idempotency-replayed"], "true")
            self.assertEqual(again.headers["location"], first.headers["location"])
        self.assertEqual(self.reserved(first.json["orderId"]), 1)

    def test_one_number_of_two_marketplaces_is_two_orders(self):
        orders = {self.imported(sold(self.sku, "SAME-1"), "import-00003", marketplace).json["orderId"]
                  for marketplace in ("bazaar-de", "bazaar-at")}
        self.assertEqual(len(orders), 2)

    def test_another_order_under_a_known_number_is_refused(self):
        self.assertEqual(self.imported(sold(self.sku, "KNOWN-1"), "import-00004").status, 201)
        self.assertProblem(self.imported(sold(self.sku, "KNOWN-1", 2), "import-00005"), 422, "idempotency-key-reused")

    def test_what_is_out_of_stock_is_refused_at_its_line_and_nothing_is_reserved(self):
        answer = self.imported(sold(self.sku, "TOO-MUCH-1", 9999), "import-00006")
        self.assertProblem(answer, 409, "out-of-stock", "/lines/0")
        self.assertProblem(self.read("TOO-MUCH-1"), 404, "not-found")

    def test_a_buyer_of_whom_the_marketplace_tells_no_address_can_buy(self):
        answer = self.imported(sold(self.sku, "NO-MAIL-1", buyer={"name": "Ana Kovač"}), "import-00007")
        self.assertEqual(answer.status, 201, answer.body)

    def test_what_the_contract_does_not_allow_is_refused_with_its_pointer(self):
        body = sold(self.sku, "BAD-1")
        body["lines"][0]["quantity"] = 0
        self.assertProblem(self.imported(body, "import-00008"), 400, "invalid-message", "/lines/0/quantity")
        self.assertProblem(self.imported(sold(self.sku, "BAD-2", buyer={"name": "A" * 61}), "import-00009"), 400, "invalid-message",
                           "/buyer/name")

    def test_an_order_that_was_never_there_is_not_found(self):
        self.assertProblem(self.read("NOBODY-1"), 404, "not-found")


if __name__ == "__main__":
    unittest.main()
