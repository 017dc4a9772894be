"""Each fault of each system alone (tests/golden/faults): what the caller sees, what is counted and logged, what is kept, and that
everything is as it should be once the fault is over."""
import json
import unittest

import yaml

from estate import ROOT, get, wait_for
from metrics import samples
from retailer import availability, control, in_stock, order, place, prices
from running import RunningEstate


class Faults(RunningEstate):
    def setUp(self):
        self.row = in_stock(self.estate)
        self.orders = 0

    def ask(self, what):
        """The answer, and what asks the same again."""
        if what == "order":
            self.orders += 1
            body, key = order(self.row), f"{self.id()}-{self.orders}"[-60:]
            return lambda: place(self.estate, body, key)
        return lambda: {"prices": prices, "availability": availability}[what](self.estate, [self.row["sku"]])

    def counts(self):
        told = {}
        for labels, value in samples(get(self.estate.admin + "/metrics")[1], "headgate_system_calls_total"):
            key = labels["system"], labels["outcome"]
            told[key] = told.get(key, 0) + value
        return told

    def log_since(self, position):
        text = (self.folder / "headgate.log").read_bytes()[position:].decode()
        return [json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")]

    def findings(self):
        told = json.loads(self.estate.command("report", "-o", "json").stdout)
        counts = {}
        for finding in (f for o in told["operations"] for f in o["findings"]):
            kind = finding["kind"], finding["valueClass"]
            counts[kind] = counts.get(kind, 0) + finding["count"]
        return counts

    def steps(self, order_id):
        shown = json.loads(self.estate.command("order", "show", order_id, "-o", "json").stdout)
        return {step["step"]: step["state"] for step in shown["steps"]}

    def held(self, case, part):
        ask, before, known = self.ask(case["ask"]), self.counts(), self.findings()
        position = (self.folder / "headgate.log").stat().st_size
        control(self.estate, f"/faults/{part}", case["faults"])
        try:
            answer, wanted = ask(), dict(case["caller"])
            self.assertEqual(answer.status, wanted.pop("status"), answer.body)
            if "type" in wanted:
                self.assertProblem(answer, answer.status, wanted.pop("type"))
                self.assertEqual(answer.json["detail"], wanted.pop("detail"))
                self.assertEqual({name: answer.headers.get(name) for name in wanted}, wanted)
            for system, outcome in case["counted"].items():
                wait_for(f"a call of {system} that is {outcome}",
                         lambda: self.counts().get((system, outcome), 0) > before.get((system, outcome), 0))
            if "logged" in case:
                wait_for(f"a line of the log with {case['logged']}", lambda: any(
                    case["logged"].items() <= line.items() for line in self.log_since(position)))
            else:
                failed = [line for line in self.log_since(position) if line["event"] == "request-failed"]
                self.assertEqual(failed, [])
            if "finding" in case:
                kind = case["finding"]["kind"], case["finding"]["valueClass"]
                wait_for(f"the finding {kind}", lambda: self.findings().get(kind, 0) > known.get(kind, 0))
            if "kept" in case:
                wait_for(f"the steps {case['kept']}", lambda: self.steps(answer.json["orderId"]) == case["kept"])
        finally:
            control(self.estate, f"/faults/{part}", {})
        if "again" in case:
            def taken():
                again = ask()
                return again if again.status == case["again"]["status"] else None

            answer = wait_for("the same request to be answered", taken)
        if case["ask"] == "order":
            wait_for("all steps", lambda: set(self.steps(answer.json["orderId"]).values()) == {"done"})
        else:
            self.assertEqual(ask().status, 200)

    def all_of(self, part):
        cases = yaml.safe_load((ROOT / f"tests/golden/faults/{part}.yaml").read_text())
        self.assertGreater(len(cases), 3)
        for case in cases:
            with self.subTest(case["name"]):
                self.held(case, part)

    def test_of_the_shop(self):
        self.all_of("shop")

    def test_of_the_stock_database(self):
        self.all_of("stock")

    def test_of_the_warehouse(self):
        self.all_of("warehouse")

    def test_of_the_new_pricing_service(self):
        self.all_of("pricing")

    def test_of_the_new_inventory_service(self):
        self.all_of("inventory")

    def test_zz_nothing_was_lost_or_doubled(self):
        def whole():
            told = json.loads(get(self.estate.parts["control"] + "/check")[1])
            return told["ok"] and not told["orphans"]

        wait_for("the sweeper, and the warehouse to read its files", whole, 60)


if __name__ == "__main__":
    unittest.main()
