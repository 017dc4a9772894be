"""Each habit of the shop alone (tests/golden/quirks): a caller doesn't notice, and what no schema has is counted as drift."""
import json
import unittest

import yaml

from api import call
from estate import ROOT, STOREFRONT, VIEWER, get, wait_for
from retailer import PRICES, control, in_stock, order, place
from running import RunningEstate

BASKET = "/pricing/v1/baskets/price"
MOMENTS = {"pricedAt", "traceId"}


def without_moments(value):
    if isinstance(value, dict):
        return {name: without_moments(inner) for name, inner in value.items() if name not in MOMENTS}
    return [without_moments(inner) for inner in value] if isinstance(value, list) else value


class Quirks(RunningEstate):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = call(cls.estate.api, "GET", "/catalogue/v1/products?limit=50", None, STOREFRONT).json["items"]
        # One with a promotion, one without; one of which nobody knows since when it is sold.
        cls.skus = [item["sku"] for item in products[:20]]
        cls.orders = 0

    def get(self, path):
        return call(self.estate.api, "GET", path, None, STOREFRONT)

    def post(self, path, body, headers=None):
        return call(self.estate.api, "POST", path, body, STOREFRONT, headers)

    def cancel(self, order_id, key):
        return self.post(f"/orders/v1/orders/{order_id}/cancellation", {"reason": "customerWish"}, {"Idempotency-Key": key})

    def registered(self):
        """An order that the shop has heard of."""
        type(self).orders += 1
        key = f"quirks-{self.orders:06}"
        taken = place(self.estate, order(in_stock(self.estate)), key)
        self.assertEqual(taken.status, 201, taken.body)
        where = taken.headers["location"]
        wait_for("the shop to hear of it", lambda: {"stage": "registration", "state": "done"}.items() <= next(
            s for s in self.get(where).json["stages"] if s["stage"] == "registration").items())
        return taken.json["orderId"], key

    def ask(self, what):
        lines = [{"sku": sku, "quantity": 3} for sku in self.skus]
        query = {"channel": "web", "currencyCode": "EUR", "lines": lines}
        if "cancellation" in what:
            order_id, key = self.registered()
            answer = self.cancel(order_id, key)
            return self.cancel(order_id, key + "-again") if what == "second cancellation" else answer
        if what == "prices":
            return self.post(PRICES, query)
        if what == "basket":
            return self.post(BASKET, {**query, "lines": [{**line, "lineId": str(i + 1)} for i, line in enumerate(lines)]})
        if what == "product":
            return [self.get(f"/catalogue/v1/products/{sku}") for sku in self.skus][-1]
        return self.get({"products": "/catalogue/v1/products?limit=50", "media": f"/catalogue/v1/products/{self.skus[0]}/media",
                         "categories": "/catalogue/v1/categories", "category": "/catalogue/v1/categories/010100",
                         "promotions": "/pricing/v1/promotions", "promotion": "/pricing/v1/promotions/A17",
                         "unknown product": "/catalogue/v1/products/HG-999999",
                         "unknown category": "/catalogue/v1/categories/123456",
                         "unknown promotion": "/pricing/v1/promotions/Z9"}[what])

    def drift(self):
        return json.loads(get(f"{self.estate.admin}/api/v1/drift?system=shop", VIEWER)[1])["drift"]

    def counted(self, wanted):
        return sum(entry["count"] for entry in self.drift() if wanted.items() <= entry.items())

    def held(self, case):
        same = case["caller"] == "same"
        before = {what: self.ask(what) for what in case["asks"]} if same else {}
        all_drift, drift = self.counted({}), self.counted(case.get("drift", {}))
        control(self.estate, "/quirks", {case["quirk"]: True})
        try:
            for _ in range(case.get("times", 1)):
                for what in case["asks"]:
                    answer = self.ask(what)
                    if same:
                        self.assertEqual(answer.status, before[what].status, answer.body)
                        self.assertEqual(without_moments(answer.json), without_moments(before[what].json), what)
                    elif answer.status >= 400:
                        self.assertProblem(answer, case["caller"]["status"], case["caller"].get("type", "none is expected"))
                    else:
                        self.assertEqual(answer.status, case["caller"]["status"], answer.body)
                        self.assertLessEqual(case["caller"]["body"].items(), answer.json.items(), answer.body)
        finally:
            control(self.estate, "/quirks", {case["quirk"]: False})
        if "drift" in case:
            self.assertGreater(self.counted(case["drift"]), drift, self.drift())
            self.assertEqual(self.counted({}) - all_drift, self.counted(case["drift"]) - drift, "nothing else is drift")
        else:
            self.assertEqual(self.counted({}), all_drift, self.drift())

    def test_of_the_shop(self):
        cases = yaml.safe_load((ROOT / "tests/golden/quirks/shop.yaml").read_text())
        for case in cases:
            with self.subTest(case["name"]):
                self.held(case)

    def test_there_is_a_case_for_each_of_them(self):
        cases = yaml.safe_load((ROOT / "tests/golden/quirks/shop.yaml").read_text())
        rows = [line.split("|") for line in (ROOT / "tests/simulator/README.md").read_text().splitlines()]
        listed = {row[1].strip().strip("`") for row in rows if len(row) > 3 and row[2].strip().startswith("shop")
                  and row[1].strip().startswith("`") and "_" in row[1]}
        self.assertEqual({case["quirk"] for case in cases}, listed)


if __name__ == "__main__":
    unittest.main()
