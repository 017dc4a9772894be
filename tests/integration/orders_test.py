"""Orders are taken while shop or warehouse are down, and survive kill -9: nothing missing, doubled or oversold."""
import json
import random
import signal
import subprocess
import time
import unittest

from api import call
from estate import STOREFRONT, wait_for
from retailer import SOLD_OUT_AT_THE_SHOP, control, in_stock, order, place
from running import RunningEstate


class Downstream(RunningEstate):
    def open_steps(self):
        return json.loads(self.estate.command("order", "list", "-o", "json").stdout)["openSteps"]

    def steps(self, order_id):
        shown = json.loads(self.estate.command("order", "show", order_id, "-o", "json").stdout)
        return {step["step"]: step["state"] for step in shown["steps"]}

    def stopped_and_back(self, part, step):
        control(self.estate, f"/faults/{part}", {"stopped": True})
        try:
            answers = [place(self.estate, order(in_stock(self.estate)), f"{part}-down-{i:04}") for i in range(5)]
            self.assertEqual([a.status for a in answers], [201] * 5)
            ids = [a.json["orderId"] for a in answers]
            wait_for("an attempt", lambda: self.steps(ids[0])[step] == "ready")
        finally:
            control(self.estate, f"/faults/{part}", {"stopped": False})
        wait_for("the order log to drain", lambda: self.open_steps() == 0, 60)
        for order_id in ids:
            self.assertEqual(set(self.steps(order_id).values()), {"done"}, self.estate.command("order", "show", order_id).stdout)

    def test_orders_are_taken_while_the_shop_is_down_and_drain_when_it_returns(self):
        self.stopped_and_back("shop", "shop.orderCreate")

    def test_orders_are_taken_while_the_warehouse_is_down_and_drain_when_it_returns(self):
        self.stopped_and_back("warehouse", "warehouse.940")

    def test_an_order_knows_its_number_at_the_shop(self):
        order_id = place(self.estate, order(in_stock(self.estate)), "cross-reference-1").json["orderId"]
        wait_for("the order log to drain", lambda: self.open_steps() == 0, 30)
        shown = json.loads(self.estate.command("order", "show", order_id, "-o", "json").stdout)
        self.assertIn("shop", shown["crossReferences"])

    def test_an_order_is_read_where_location_says_and_its_stages_are_seen_to_end(self):
        control(self.estate, "/faults/warehouse", {"stopped": True})
        try:
            taken = place(self.estate, order(in_stock(self.estate)), "read-it-back-1")
            self.assertEqual(taken.status, 201, taken.body)
            where = taken.headers["location"]
            self.assertEqual(where, "/orders/v1/orders/" + taken.json["orderId"])

            def seen():
                answer = call(self.estate.api, "GET", where, None, STOREFRONT)
                self.assertEqual(answer.status, 200, answer.body)
                return answer.json

            first = seen()
            self.assertEqual({key: first[key] for key in taken.json}, taken.json)
            self.assertEqual(first["progress"], "underWay")

            def state(stage):
                return {one["stage"]: one["state"] for one in seen()["stages"]}[stage]

            wait_for("the shop", lambda: state("registration") == "done")
            self.assertEqual(state("picking"), "underWay")
        finally:
            control(self.estate, "/faults/warehouse", {"stopped": False})
        wait_for("the warehouse", lambda: state("picking") == "done", 60)
        self.assertEqual(seen()["progress"], "done")
        self.assertNotIn("orderCreate", json.dumps(seen()))

    def test_an_order_that_is_not_there_is_a_problem_of_the_contract(self):
        answer = call(self.estate.api, "GET", "/orders/v1/orders/HO00000000000000000Z", None, STOREFRONT)
        self.assertProblem(answer, 404, "not-found")
        answer = call(self.estate.api, "GET", "/orders/v1/orders/HO1", None, STOREFRONT)
        self.assertEqual(answer.status, 400, answer.body)

    def test_a_step_that_the_shop_refuses_is_held_with_its_reason_and_can_be_tried_again(self):
        row = in_stock(self.estate, sku=SOLD_OUT_AT_THE_SHOP)
        order_id = place(self.estate, order(row), "held-by-the-shop-1").json["orderId"]
        wait_for("the refusal", lambda: self.steps(order_id)["shop.orderCreate"] == "held")
        shown = self.estate.command("order", "show", order_id).stdout
        self.assertIn("out-of-stock", shown)
        self.assertNotIn("Artikel", shown)  # the legacy text stays in the log
        retried = self.estate.command("order", "retry", order_id, "--why", "the test asks again")
        self.assertEqual(retried.returncode, 0, retried.stderr)
        wait_for("the second refusal", lambda: '"attempts": 2' in self.estate.command("order", "show", order_id, "-o", "json").stdout
                 or self.steps(order_id)["shop.orderCreate"] == "held")


class Killed(RunningEstate):
    def test_ten_kills_at_random_points_lose_double_and_oversell_nothing(self):
        dice = random.Random(7)
        traffic = self.estate.traffic(60, 25, "--journeys", "checkout")
        for _ in range(10):
            time.sleep(dice.uniform(0.3, 1.8))
            self.estate.gateway.send_signal(signal.SIGKILL)
            self.estate.gateway.wait(10)
            self.estate.start_gateway()
        traffic.wait(60)

        def quiet():
            listed = json.loads(self.estate.command("order", "list", "-o", "json").stdout)
            return listed["openSteps"] == 0 and listed["openIntents"] == 0 and listed["openReleases"] == 0

        wait_for("the order log and the sweeper to finish", quiet, 120)
        acknowledged = (self.folder / "orders.jsonl").read_text().splitlines()
        self.assertGreater(len(acknowledged), 50)

        def checked():
            return subprocess.run([self.estate.bin / "headgate-simulator", "check", "--dir", self.folder, "--orders",
                                   self.folder / "orders.jsonl"], capture_output=True, text=True)

        def kept():  # the warehouse takes the last files within its polling time
            return checked().returncode == 0

        try:
            wait_for("the last files at the warehouse", kept, 15)
        except RuntimeError:
            self.fail(checked().stdout[-4000:])


if __name__ == "__main__":
    unittest.main()
