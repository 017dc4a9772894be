"""Contracts are served through mapping documents over SOAP, ODBC and files; bad input gets a clear problem document."""
import unittest

from api import call
from estate import MIGRATION, STOREFRONT
from retailer import AVAILABILITY, ORDERS, PRICES, availability, in_stock, order, place, prices, stock_rows
from running import RunningEstate


class Served(RunningEstate):
    def test_availability_is_what_the_stock_database_says(self):
        rows = stock_rows(self.estate)
        sku = rows[0]["sku"]
        answer = availability(self.estate, [sku])
        self.assertEqual(answer.status, 200, answer.body)
        item = answer.json["items"][0]
        self.assertEqual((item["sku"], item["known"]), (sku, True))
        expected = {f"ST-{r['LAG']:04}": max(0, int(r["BEST"] - r["RES"] - r["SICH"])) for r in rows if r["sku"] == sku}
        self.assertEqual({l["locationId"]: l["available"] for l in item["locations"]}, expected)

    def test_an_article_without_a_row_is_unknown_not_sold_out(self):
        answer = availability(self.estate, ["HG-NOSUCH"])
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json["items"], [{"sku": "HG-NOSUCH", "known": False, "locations": []}])

    def test_prices_come_from_the_shop_in_minor_units(self):
        sku = stock_rows(self.estate)[0]["sku"]
        answer = prices(self.estate, [sku, "HG-NOSUCH"])
        self.assertEqual(answer.status, 200, answer.body)
        price = answer.json["prices"][0]
        self.assertEqual(price["sku"], sku)
        self.assertEqual(price["listPrice"]["currencyCode"], "EUR")
        self.assertIsInstance(price["listPrice"]["centAmount"], int)
        self.assertGreaterEqual(price["listPrice"]["centAmount"], price["effectivePrice"]["centAmount"])
        self.assertEqual(answer.json["unknownSkus"], ["HG-NOSUCH"])

    def test_an_order_is_accepted_once_however_often_it_is_sent(self):
        row = in_stock(self.estate)
        first = place(self.estate, order(row, 2), "test-key-once-0001")
        self.assertEqual(first.status, 201, first.body)
        self.assertEqual(first.headers["location"], f"{ORDERS}/{first.json['orderId']}")
        again = place(self.estate, order(row, 2), "test-key-once-0001")
        self.assertEqual((again.status, again.body), (201, first.body))
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        after = next(r for r in stock_rows(self.estate) if (r["sku"], r["LAG"]) == (row["sku"], row["LAG"]))
        self.assertEqual(after["RES"], row["RES"] + 2)

    def test_a_key_used_for_another_order_is_422(self):
        row = in_stock(self.estate)
        self.assertEqual(place(self.estate, order(row), "test-key-reused-01").status, 201)
        answer = place(self.estate, order(row, 2), "test-key-reused-01")
        self.assertProblem(answer, 422, "idempotency-key-reused")

    def test_more_than_there_is_is_out_of_stock_at_its_line(self):
        row = in_stock(self.estate)
        answer = place(self.estate, order(row, 9999), "test-key-too-many")
        self.assertProblem(answer, 409, "out-of-stock", "/lines/0")
        after = next(r for r in stock_rows(self.estate) if (r["sku"], r["LAG"]) == (row["sku"], row["LAG"]))
        self.assertEqual(after["RES"], row["RES"])

    def test_an_order_that_a_system_can_not_be_told_is_refused_before_anything_is_reserved(self):
        row = in_stock(self.estate)
        for number, (change, pointer) in enumerate([
                (lambda o: o["delivery"]["address"].update(street="\u041b" * 20), None),  # no way to write it in an X12 file
                (lambda o: o["customer"].update(lastName="Kovac, jun."), "/customer"),  # the shop's name is 'last, first'
                (lambda o: o["lines"].append(dict(o["lines"][0])), "/lines/1/lineId"),  # two lines, one identity
                (lambda o: o["total"].update(currencyCode="USD"), "/total/currencyCode")]):
            body = order(row)
            change(body)
            answer = place(self.estate, body, f"can-not-be-told-{number}")
            self.assertProblem(answer, 400, "invalid-message")
            if pointer:
                self.assertTrue(any(e["pointer"].startswith(pointer) for e in answer.json["errors"]), answer.body)
        after = next(r for r in stock_rows(self.estate) if (r["sku"], r["LAG"]) == (row["sku"], row["LAG"]))
        self.assertEqual(after["RES"], row["RES"])
        self.assertNotIn("Kovac, jun.", (self.folder / "headgate.log").read_text())

    def test_the_trace_goes_through(self):
        trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        answer = availability(self.estate, ["HG-100001"], traceparent=f"00-{trace}-00f067aa0ba902b7-01")
        self.assertTrue(answer.headers["traceparent"].startswith(f"00-{trace}-"))


class Refused(RunningEstate):
    def post(self, body, **headers):
        return call(self.estate.api, "POST", PRICES, body, STOREFRONT, {"Content-Type": "application/json", **headers})

    def test_an_unknown_path(self):
        self.assertProblem(call(self.estate.api, "GET", "/nothing", token=STOREFRONT), 404, "unknown-operation")

    def test_an_unknown_version_names_those_there_are(self):
        answer = call(self.estate.api, "GET", "/inventory/v9/availability?skus=A", token=STOREFRONT)
        self.assertProblem(answer, 404, "unknown-operation")
        self.assertIn("v2", answer.json["detail"])

    def test_a_wrong_method_is_told_the_right_ones(self):
        answer = call(self.estate.api, "DELETE", PRICES, token=STOREFRONT)
        self.assertProblem(answer, 405, "method-not-allowed")
        self.assertIn("POST", answer.headers["allow"])

    def test_a_wrong_media_type(self):
        self.assertProblem(self.post("<x/>", **{"Content-Type": "text/xml"}), 415, "unsupported-media-type")

    def test_an_accept_that_json_does_not_satisfy(self):
        self.assertProblem(call(self.estate.api, "GET", AVAILABILITY + "?skus=ABC", token=STOREFRONT,
                                headers={"Accept": "text/html"}), 406, "not-acceptable")

    def test_malformed_json_names_the_place(self):
        answer = self.post('{"channel": "web",\n  "lines": [}')
        self.assertProblem(answer, 400, "invalid-message")
        self.assertIn("2", answer.json["detail"] + str(answer.json.get("errors")))

    def test_hostile_json_is_refused(self):
        for body in ('{"channel":"web","channel":"app"}', "[" * 100, '{"a":"\\ud800"}', '{"a":"\x00"}', "{}{}", "", "1e99999"):
            self.assertProblem(self.post(body), 400, "invalid-message")

    def test_every_fault_of_a_message_is_named_by_its_pointer(self):
        answer = self.post({"channel": "smoke", "currencyCode": "EUR", "lines": [{"sku": "HG-100001", "quantity": 0}, {}]})
        self.assertProblem(answer, 400, "invalid-message")
        pointers = [error["pointer"] for error in answer.json["errors"]]
        for pointer in ("/channel", "/lines/0/quantity"):
            self.assertIn(pointer, pointers)

    def test_a_wrong_parameter_is_named(self):
        answer = call(self.estate.api, "GET", AVAILABILITY + "?skus=lower&page=1", token=STOREFRONT)
        self.assertProblem(answer, 400, "invalid-message")
        self.assertIn("/page", [error["pointer"] for error in answer.json["errors"]])

    def test_a_missing_idempotency_key_is_named(self):
        answer = call(self.estate.api, "POST", ORDERS, order(in_stock(self.estate)), STOREFRONT)
        self.assertProblem(answer, 400, "invalid-message", "/Idempotency-Key")

    def test_no_token_and_a_wrong_one(self):
        for token in (None, "wrong"):
            answer = call(self.estate.api, "GET", AVAILABILITY + "?skus=HG-100001", token=token)
            self.assertProblem(answer, 401, "unauthenticated")
            self.assertEqual(answer.headers["www-authenticate"], "Bearer")

    def test_a_viewer_does_not_place_orders(self):
        answer = call(self.estate.api, "POST", ORDERS, order(in_stock(self.estate)), "viewer-demo-token",
                      {"Idempotency-Key": "a-viewers-order"})
        self.assertProblem(answer, 403, "forbidden")

    def test_a_long_unknown_name_makes_no_long_answer(self):
        answer = self.post('{"' + "k" * 500_000 + '": 1}')
        self.assertProblem(answer, 400, "invalid-message")
        self.assertLess(len(answer.body), 20_000)

    def test_a_body_over_the_bound(self):
        self.assertProblem(self.post('{"a":"' + "x" * 2_000_000 + '"}'), 413, "too-large")

    def test_the_admin_api_needs_the_role(self):
        target = "/api/v1/routes/inventory.v2/getAvailability/share"
        for token, status in ((None, 401), (STOREFRONT, 403), ("viewer-demo-token", 403)):
            answer = call(self.estate.admin, "PUT", target, {"share": "10%", "why": "x"}, token)
            self.assertEqual(answer.status, status, answer.body)
        answer = call(self.estate.admin, "PUT", target, {"share": "110%", "why": "x"}, MIGRATION)
        self.assertProblem(answer, 400, "invalid-message", "/share")


if __name__ == "__main__":
    unittest.main()
