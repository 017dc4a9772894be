"""Every operation of basket.v1 through the real gateway, over the storefront's own JSON API."""
import itertools
import re
import subprocess
import unittest

from api import call
from estate import STOREFRONT, get
from retailer import SOLD_OUT_AT_THE_SHOP, control
from running import RunningEstate

BASKETS = "/basket/v1/baskets"
ADDRESS = {"name": "Jördis Weiß", "street": "Lange Straße 12", "postalCode": "10243", "city": "Berlin", "countryCode": "DE"}
NOWHERE = "0123456789abcdef0123456789abcdef"
keys = (f"basket-key-{number:05}" for number in itertools.count(1))


class Baskets(RunningEstate):
    def send(self, method, path="", body=None, key=None):
        headers = {} if method == "GET" else {"Idempotency-Key": key or next(keys)}
        return call(self.estate.api, method, BASKETS + path, body, STOREFRONT, headers)

    def opened(self, lines=(("1", "HG-120017", 2),), **more):
        body = {"channel": "web", "currencyCode": "EUR",
                "lines": [{"lineId": line, "sku": sku, "quantity": pieces} for line, sku, pieces in lines], **more}
        answer = self.send("POST", body=body)
        self.assertEqual(answer.status, 201, answer.body)
        return "/" + answer.json["basketId"], answer

    def told(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def setUp(self):
        super().setUp()
        self.addCleanup(control, self.estate, "/faults/storefront", {})
        self.addCleanup(control, self.estate, "/quirks", {"one_or_list": False, "unknown_element": False})

    def test_a_basket_is_begun_and_read(self):
        path, answer = self.opened((("1", "HG-120017", 2), ("7", "HG-120103", 1)), customerId="C-20417")
        self.assertEqual(answer.headers["location"], BASKETS + path)
        basket = answer.json
        self.assertEqual([(line["lineId"], line["sku"], line["quantity"]) for line in basket["lines"]],
                         [("1", "HG-120017", 2), ("7", "HG-120103", 1)])
        self.assertEqual((basket["status"], basket["channel"], basket["customerId"]), ("open", "web", "C-20417"))
        self.assertTrue(basket["createdAt"].endswith("Z"))
        self.assertFalse({"orderId", "couponCodes", "delivery", "deliveryOptionId"} & set(basket))
        self.assertEqual(self.told(self.send("GET", path)), basket)

    def test_an_empty_basket_has_an_empty_list(self):
        path, answer = self.opened(())
        self.assertEqual(answer.json["lines"], [])
        self.assertEqual(self.told(self.send("GET", path))["lines"], [])

    def test_a_line_is_put_changed_and_removed(self):
        path, _ = self.opened()
        basket = self.told(self.send("PUT", path + "/lines/2", {"sku": "HG-120103", "quantity": 3, "giftWrap": True}))
        self.assertEqual(basket["lines"][1], {"lineId": "2", "sku": "HG-120103", "quantity": 3, "giftWrap": True})
        basket = self.told(self.send("PUT", path + "/lines/2", {"sku": "HG-120103", "quantity": 1}))
        self.assertEqual(basket["lines"][1]["quantity"], 1)
        basket = self.told(self.send("DELETE", path + "/lines/1"))
        self.assertEqual([line["lineId"] for line in basket["lines"]], ["2"])
        self.assertProblem(self.send("DELETE", path + "/lines/1"), 404, "not-found")

    def test_coupons_replace_each_other(self):
        path, _ = self.opened()
        self.assertEqual(self.told(self.send("PUT", path + "/coupons", {"couponCodes": ["FUENF-EURO", "SOMMER-2024"]}))
                         ["couponCodes"], ["FUENF-EURO", "SOMMER-2024"])
        self.assertNotIn("couponCodes", self.told(self.send("PUT", path + "/coupons", {"couponCodes": []})))

    def test_delivery_options_come_page_by_page_the_cheapest_first(self):
        path, _ = self.opened()
        whole = self.told(self.send("GET", path + "/delivery-options?locationIds=ST-0001,ST-0002"))
        self.assertEqual([one["deliveryOptionId"] for one in whole["items"]],
                         ["store-0001", "store-0002", "home-standard", "home-express"])
        self.assertEqual(whole["items"][2]["charge"], {"centAmount": 495, "currencyCode": "EUR"})
        self.assertEqual(whole["items"][0]["locationId"], "ST-0001")
        self.assertNotIn("nextCursor", whole)
        first = self.told(self.send("GET", path + "/delivery-options?locationIds=ST-0001,ST-0002&limit=3"))
        second = self.told(self.send("GET", path + "/delivery-options?locationIds=ST-0001,ST-0002&limit=3&cursor="
                                     + first["nextCursor"]))
        self.assertEqual(first["items"] + second["items"], whole["items"])
        abroad = self.told(self.send("GET", path + "/delivery-options?countryCode=FR"))
        self.assertEqual({one["method"] for one in abroad["items"]}, {"pickup"})

    def test_a_delivery_is_chosen_at_home_or_at_a_store(self):
        path, _ = self.opened()
        home = {"deliveryOptionId": "home-standard", "delivery": {"method": "home", "address": ADDRESS}}
        basket = self.told(self.send("PUT", path + "/delivery", home))
        self.assertEqual((basket["delivery"], basket["deliveryOptionId"]), (home["delivery"], "home-standard"))
        store = {"deliveryOptionId": "store-0001", "delivery": {"method": "pickup", "locationId": "ST-0001"}}
        self.assertEqual(self.told(self.send("PUT", path + "/delivery", store))["delivery"], store["delivery"])
        gone = self.send("PUT", path + "/delivery", {**store, "deliveryOptionId": "store-0009"})
        self.assertProblem(gone, 409, "delivery-not-possible", "/deliveryOptionId")

    def test_a_total_adds_up_in_cents(self):
        path, _ = self.opened((("1", "HG-120017", 2), ("2", "HG-120103", 3)))
        self.send("PUT", path + "/coupons", {"couponCodes": ["FUENF-EURO", "SOMMER-2024"]})
        self.send("PUT", path + "/delivery", {"deliveryOptionId": "home-standard",
                                              "delivery": {"method": "home", "address": ADDRESS}})
        total = self.told(self.send("GET", path + "/total"))
        price = total["price"]
        cents = lambda money: money["centAmount"]
        for line in price["lines"]:
            self.assertEqual(cents(line["lineTotal"]), cents(line["effectivePrice"]) * line["quantity"])
        self.assertEqual(cents(price["subtotal"]), sum(cents(line["lineTotal"]) for line in price["lines"]))
        taken = sum(cents(one["amount"]) for one in price.get("discounts", []))
        self.assertEqual(cents(price["total"]), cents(price["subtotal"]) - taken + cents(price["deliveryCharge"]))
        tax = price["includedTaxes"][0]
        self.assertEqual((tax["rateBasisPoints"], cents(tax["net"]) + cents(tax["tax"])), (1900, cents(price["total"])))
        self.assertIn({"couponCode": "SOMMER-2024", "reason": "expired"}, total["rejectedCoupons"])

    def test_what_is_not_sold_is_refused(self):
        path, _ = self.opened(channel="marketplace")
        for sku in ("HG-999999", SOLD_OUT_AT_THE_SHOP):
            answer = self.send("PUT", path + "/lines/2", {"sku": sku, "quantity": 1})
            self.assertProblem(answer, 409, "article-not-for-sale", "/sku")
        body = {"channel": "web", "currencyCode": "EUR", "lines": [{"lineId": "1", "sku": "HG-999999", "quantity": 1}]}
        self.assertProblem(self.send("POST", body=body), 409, "article-not-for-sale", "/lines")

    def test_a_basket_that_is_unknown_is_not_found_by_any_operation(self):
        path = "/" + NOWHERE
        content = {"sku": "HG-120017", "quantity": 1}
        delivery = {"deliveryOptionId": "store-0001", "delivery": {"method": "pickup", "locationId": "ST-0001"}}
        for method, rest, body in (("GET", "", None), ("GET", "/total", None), ("GET", "/delivery-options", None),
                                   ("PUT", "/lines/1", content), ("DELETE", "/lines/1", None),
                                   ("PUT", "/coupons", {"couponCodes": []}), ("PUT", "/delivery", delivery)):
            self.assertProblem(self.send(method, path + rest, body), 404, "not-found")

    def test_a_repeated_key_has_the_same_answer_and_one_effect(self):
        body, key = {"channel": "web", "currencyCode": "EUR"}, next(keys)
        first, again = self.send("POST", body=body, key=key), self.send("POST", body=body, key=key)
        self.assertEqual((first.status, first.body), (again.status, again.body))
        self.assertProblem(self.send("POST", body={**body, "channel": "app"}, key=key), 422, "idempotency-key-reused")

    def test_a_lost_answer_is_asked_for_again_under_its_key(self):
        for number, fault in enumerate(("hang", "half_answer", "reset")):
            path, _ = self.opened()
            key, content = f"lost-answer-{number}", {"sku": "HG-120103", "quantity": 3}
            control(self.estate, "/faults/storefront", {fault: True})
            self.assertProblem(self.send("PUT", path + "/lines/2", content, key), 503, "outcome-unknown")
            control(self.estate, "/faults/storefront", {})
            basket = self.told(self.send("PUT", path + "/lines/2", content, key))
            self.assertEqual([line["quantity"] for line in basket["lines"]], [2, 3])

    def test_quirks_are_served_and_told(self):
        path, _ = self.opened()
        before = self.told(self.send("GET", path))
        control(self.estate, "/quirks", {"one_or_list": True, "unknown_element": True})
        for _ in range(6):
            self.assertEqual(self.told(self.send("GET", path)), before)
        self.assertIn("abTest", self.estate.command("drift", "list").stdout)

    def test_faults_of_the_storefront_are_the_contracts_problems(self):
        path, _ = self.opened()
        for faults, status in (({"error_share": 1.0}, 503), ({"stopped": True}, 503), ({"hang": True}, 504), ({"half_answer": True}, 502)):
            control(self.estate, "/faults/storefront", faults)
            answer = self.send("GET", path)
            self.assertIn(answer.status, (status, 503), (faults, answer.body))
            self.assertFalse(re.search("errorCode|OVERLOADED|cartId|127.0.0.1", answer.body), answer.body)

    def test_nothing_of_the_storefront_leaks(self):
        path, answer = self.opened()
        for text in (answer.body, self.send("GET", path + "/total").body, self.send("GET", "/" + NOWHERE).body):
            self.assertFalse(re.search("cartId|lineItems|articleNumber|errorCode|CART_", text), text)

    def test_the_storefront_is_still_what_the_mappings_were_made_for(self):
        done = self.probe("storefront")
        self.assertEqual((done.returncode, done.stdout.count("same")), (0, 8), done.stdout + done.stderr)

    def probe(self, system):
        return subprocess.run([self.estate.bin / "headgate", "system", "probe", system, "-c", self.folder / "headgate.yaml"],
                              capture_output=True, text=True, timeout=60)


if __name__ == "__main__":
    unittest.main()
