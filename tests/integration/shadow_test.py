"""Mirrored, compared, moved by percent: one finding for one defect, a tally that adds up, and no harm to the caller."""
import json
import unittest

from estate import wait_for
from retailer import availability, control, prices, stock_rows
from running import RunningEstate

PRICES, AVAILABILITY = "pricing.v1/getPrices", "inventory.v2/getAvailability"


class Shadow(RunningEstate):
    workers = 2

    def report(self, operation):
        shown = json.loads(self.estate.command("report", operation, "-o", "json").stdout)
        return shown["operations"][0]

    def settled(self, operation, at_least):
        def done():
            tally = self.report(operation)["tally"]
            return tally["inFlight"] == 0 and tally["eligible"] >= at_least
        wait_for("the mirror", done)
        return self.report(operation)

    def test_a_rounding_error_is_one_finding_with_its_path_and_both_values(self):
        skus = sorted({row["sku"] for row in stock_rows(self.estate)})
        for i in range(0, 100, 20):
            self.assertEqual(prices(self.estate, skus[i:i + 20]).status, 200)
        report = self.settled(PRICES, 5)
        self.assertTrue(report["tally"]["addsUp"])
        found = [f for f in report["findings"] if f["kind"] == "value"]
        self.assertEqual([f["path"] for f in found], ["/prices[]/effectivePrice/centAmount"], report["findings"])
        example = found[0]["last"]
        self.assertEqual(abs(int(example["legacy"]) - int(example["candidate"])), 1)

    def test_reordered_lists_are_no_difference(self):
        skus = sorted({row["sku"] for row in stock_rows(self.estate)})[:10]
        availability(self.estate, skus)
        report = self.settled(AVAILABILITY, 1)
        self.assertEqual([f for f in report["findings"] if f["kind"] == "order"], [])

    def test_a_candidate_that_fails_or_hangs_changes_no_answer_and_is_counted(self):
        sku = stock_rows(self.estate)[0]["sku"]
        expected = availability(self.estate, [sku]).json
        before = self.settled(AVAILABILITY, 1)["tally"]
        for number, fault in enumerate(({"hang": True}, {"reset": True}, {"stopped": True}, {"error_share": 1.0}), 1):
            control(self.estate, "/faults/inventory", fault)
            answer = availability(self.estate, [sku])
            self.assertEqual((answer.status, answer.json), (200, expected))
            report = self.settled(AVAILABILITY, before["eligible"] + number)
            control(self.estate, "/faults/inventory", {key: 0.0 if key == "error_share" else False for key in fault})
        self.assertTrue(report["tally"]["addsUp"])
        self.assertEqual(report["tally"]["failed"]["shadow"], before["failed"]["shadow"] + 3)
        kinds = {(finding["kind"], finding["valueClass"]) for finding in report["findings"]}
        self.assertIn(("status", "200->503"), kinds)
        self.assertIn(("failed", "candidate: deadline-exceeded"), kinds)

    def test_customers_move_one_way_while_the_share_grows(self):
        sku = stock_rows(self.estate)[0]["sku"]
        moved = set()
        for share in ("0%", "10%", "50%", "100%"):
            done = self.estate.command("route", "set", AVAILABILITY, "--share", share, "--why", "growing")
            self.assertEqual(done.returncode, 0, done.stderr)
            now = {c for c in range(40) if availability(self.estate, [sku], f"c-{c}").headers["headgate-side"] == "candidate"}
            self.assertLessEqual(moved, now)
            moved = now
        self.assertEqual(len(moved), 40)
        self.estate.command("route", "set", AVAILABILITY, "--share", "0%", "--why", "back")


if __name__ == "__main__":
    unittest.main()
