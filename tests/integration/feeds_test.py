"""What the warehouse drops is read once, whatever its habits; shipments are told from it, and its 997s reach the orders."""
import json
import pathlib
import signal
import time
import unittest

from api import call
from estate import ROOT, STOREFRONT, get, wait_for
from retailer import control, in_stock, order, place, stock_rows
from running import RunningEstate

ADVICE = ROOT / "mappings/catalog/files/945-000002.945"
QUIRKS = json.loads((ROOT / "tests/golden/warehouse_quirks.json").read_text())
NONE = {name: False for name in ("cp850", "slow_files", "bare_files", "double_files", "number_gaps")}


class FeedsEstate(RunningEstate):
    simulator_arguments = ("--ship-after", "300", "--acknowledge-after", "200", "--return-after", "-1")

    def feeds(self):
        return json.loads(self.estate.command("feed", "list", "-o", "json").stdout)

    def count(self, feed, what):
        return next(one[what] for one in self.feeds()["feeds"] if one["feed"] == feed)

    def order(self, key, quantity=1):
        taken = place(self.estate, order(in_stock(self.estate), quantity), key)
        self.assertEqual(taken.status, 201, taken.body)
        return taken.json

    def shipments(self, order_id):
        answer = call(self.estate.api, "GET", f"/fulfilment/v1/orders/{order_id}/shipments", None, STOREFRONT)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json["items"]

    def shipped(self, order_id):
        return wait_for("the advice of " + order_id, lambda: self.shipments(order_id), 30)

    def step(self, order_id):
        shown = json.loads(self.estate.command("order", "show", order_id, "-o", "json").stdout)
        return next(step for step in shown["steps"] if step["step"] == "warehouse.940")

    def out(self, *names):
        return pathlib.Path(self.estate.parts["warehouse_outbox"], *names)

    def put(self, name, data):
        """As a partner does: whole, under its name."""
        self.out("." + name).write_bytes(data)
        self.out("." + name).rename(self.out(name))


class Feeds(FeedsEstate):
    def test_a_shipment_is_told_once_the_warehouse_has_told_it(self):
        taken = self.order("shipped-1", 2)
        (shipment,) = self.shipped(taken["orderId"])
        self.assertEqual((shipment["orderId"], shipment["status"]), (taken["orderId"], "shipped"))
        self.assertEqual([line["lineId"] for line in shipment["lines"]], ["1"])
        one = call(self.estate.api, "GET", f"/fulfilment/v1/shipments/{shipment['shipmentId']}", None, STOREFRONT)
        self.assertEqual(one.status, 200, one.body)
        self.assertEqual(one.json["shipment"], shipment)
        self.assertEqual(one.json["delivery"], taken["delivery"])
        self.assertEqual([event["kind"] for event in one.json["events"]], ["shipped"])

    def test_an_order_of_which_nothing_has_left_has_no_shipments_and_an_unknown_one_is_not_found(self):
        control(self.estate, "/faults/warehouse", {"hang": True})
        try:
            self.assertEqual(self.shipments(self.order("not-shipped-1")["orderId"]), [])
        finally:
            control(self.estate, "/faults/warehouse", {})
        for path in ("orders/HO00000000000000000Z/shipments", "shipments/S1"):
            answer = call(self.estate.api, "GET", "/fulfilment/v1/" + path, None, STOREFRONT)
            self.assertProblem(answer, 404, "not-found")

    def test_an_advice_is_answered_by_a_997_that_the_partner_can_read(self):
        self.shipped(self.order("answered-1")["orderId"])
        answers = list(pathlib.Path(self.estate.parts["warehouse_inbox"]).glob("*.945.997"))
        self.assertTrue(answers)
        text = answers[0].read_text()
        self.assertIn("*ZZ*HEADGATE       *ZZ*WAREHOUSE      *", text)
        self.assertIn("AK5*A", text)

    def test_a_bad_file_is_kept_aside_with_its_reason_and_read_again_when_somebody_says_so(self):
        order_id = self.order("bad-file-1")["orderId"]
        self.shipped(order_id)
        bad = ADVICE.read_bytes().replace(b"000000002", b"000900001").replace(b"*2*X*", b"*900001*X*").replace(
            b"GE*1*2~", b"GE*1*900001~").replace(b"HO01JD3W5Z8K2M4P6R7T", b"PO-OF-SOMEBODY-ELSE1")
        before = self.count("shipments", "refused")
        self.put("945-900001.945", bad)
        wait_for("the refusal", lambda: self.count("shipments", "refused") == before + 1)
        wait_for("its place", lambda: self.out("bad", "945-900001.945").exists())
        self.assertEqual(self.out("bad", "945-900001.945").read_bytes(), bad)
        reason = self.out("bad", "945-900001.945.reason").read_text()
        self.assertIn("fulfilment.v1/ShipmentAdvice /orderId: must match ^HO[0-9A-Z]{18}$", reason)
        listed = self.estate.command("feed", "list")
        self.assertEqual(listed.returncode, 1)
        self.assertRegex(listed.stdout, r"945-900001.945 +shipments +refused +.*ShipmentAdvice /orderId")
        log = self.folder / "headgate.log"
        wait_for("the log", lambda: '"event":"feed-file-bad"' in log.read_text())
        self.assertEqual(self.estate.command("feed", "retry", "945-900002.945", "--why", "there is none").returncode, 2)
        again = self.estate.command("feed", "retry", "945-900001.945", "--why", "the mapping was mended")
        self.assertEqual((again.returncode, again.stdout), (0, "945-900001.945 is read again\n"), again.stderr)
        wait_for("the second refusal", lambda: self.count("shipments", "refused") == before + 2)

    def test_metrics_tell_files_by_outcome_and_how_old_the_oldest_unread_one_is(self):
        self.shipped(self.order("metrics-1")["orderId"])
        text = get(self.estate.admin + "/metrics")[1]
        self.assertRegex(text, r'headgate_feed_files_total\{feed="shipments",outcome="read"\} [1-9]')
        self.assertRegex(text, r'headgate_feed_messages_total\{feed="shipments"\} [1-9]')
        self.assertIn('headgate_feed_oldest_unread_seconds{system="warehouse"}', text)

    def test_it_takes_a_viewer_to_look_and_an_operator_to_try_again(self):
        self.assertEqual(get(self.estate.admin + "/api/v1/feeds")[0], 401)
        self.assertEqual(get(self.estate.admin + "/api/v1/feeds", STOREFRONT)[0], 403)

    def test_an_order_whose_file_is_refused_is_held_with_the_reason(self):
        order_id = self.order("refused-1")["orderId"]
        wait_for("the file", lambda: self.step(order_id)["state"] == "done")
        self.shipped(order_id)
        picked = next(pathlib.Path(self.estate.directory, "wms", "done").glob(f"pick-{order_id}.940")).read_text()
        number = next(line for line in picked.replace("\n", "").split("~") if line.startswith("GS*")).split("*")[6]
        refusal = ("ISA*00*          *00*          *ZZ*WAREHOUSE      *ZZ*HEADGATE       *261127*1405*U*00401*000900010*0*P*:~"
                   "GS*FA*WAREHOUSE*HEADGATE*20261127*1405*900010*X*004010~ST*997*0001~"
                   f"AK1*OW*{number}~AK2*940*0001~AK5*R*5~AK9*R*1*1*0~SE*6*0001~GE*1*900010~IEA*1*000900010~")
        self.put("997-900010.997", refusal.encode())
        wait_for("the refusal", lambda: self.step(order_id)["state"] == "held")
        self.assertEqual(self.step(order_id)["note"], "the system has refused the file: AK5 R 5")
        self.assertIn("has refused the file", self.estate.command("order", "show", order_id).stdout)
        retried = self.estate.command("order", "retry", order_id, "--why", "the warehouse has mended it")
        self.assertEqual(retried.returncode, 0, retried.stderr)
        wait_for("the step", lambda: self.step(order_id)["state"] == "done")


class Quirks(FeedsEstate):
    """Each habit of the warehouse alone: what a caller sees, what is counted, what is kept (tests/golden/warehouse_quirks.json)."""

    def test_each_quirk_ends_as_it_is_written(self):
        for quirk, expected in QUIRKS.items():
            with self.subTest(quirk):
                before = {one["feed"]: one for one in self.feeds()["feeds"]}
                control(self.estate, "/quirks", {**NONE, **{one: True for one in quirk.split("+")}})
                try:
                    orders = [self.order(f"{quirk.replace('+', '-')}-{i:04}")["orderId"] for i in range(expected["orders"])]
                    seen = [len(self.shipped(order_id)) for order_id in orders]
                    wait_for("what is counted", lambda: self.count("shipments", "repeated") - before["shipments"]["repeated"]
                             == expected["repeated"], 20)
                    wait_for("the acknowledgements", lambda: self.count("acknowledgements", "read")
                             - before["acknowledgements"]["read"] == expected["orders"], 20)
                finally:
                    control(self.estate, "/quirks", NONE)
                self.assertEqual(seen, [1] * expected["orders"])
                after = {one["feed"]: one for one in self.feeds()["feeds"]}
                counted = {what: after["shipments"][what] - before["shipments"][what]
                           for what in ("read", "partly", "refused", "messages")}
                self.assertEqual(counted, expected["counted"])
                self.assertEqual(bool(self.feeds()["missing"]), expected["missing"])
                wait_for("the folder to be empty", lambda: not [path for path in self.out().iterdir() if path.is_file()], 20)
                self.assertFalse(self.out("bad").exists() and list(self.out("bad").iterdir()))
                log = (self.folder / "headgate.log").read_text()
                for event in expected["logged"]:
                    self.assertIn(f'"event":"{event}"', log)


class Full(FeedsEstate):
    def test_a_full_disk_of_the_partner_keeps_the_answer_waiting_and_nothing_else(self):
        order_id = self.order("full-disk-1")["orderId"]
        self.shipped(order_id)
        second = ADVICE.read_bytes().replace(b"000000002", b"000900020").replace(b"*2*X*", b"*900020*X*").replace(
            b"GE*1*2~", b"GE*1*900020~").replace(b"HO01JD3W5Z8K2M4P6R7T", order_id.encode())
        control(self.estate, "/faults/warehouse", {"disk_full": True})
        try:
            self.put("945-900020.945", second)
            wait_for("what it tells", lambda: len(self.shipments(order_id)) == 2)
            log = self.folder / "headgate.log"
            wait_for("the log", lambda: '"event":"feed-answer-waits"' in log.read_text())
            self.assertTrue(self.out("945-900020.945").exists())
            waiting, = [file for file in self.feeds()["files"] if file["file"] == "945-900020.945"]
            self.assertEqual((waiting["outcome"], waiting["away"]), ("read", False))
            self.assertEqual(log.read_text().count('"event":"feed-answer-waits"'), 1)  # told once, however often it is tried
        finally:
            control(self.estate, "/faults/warehouse", {})
        wait_for("its place", lambda: self.out("read", "945-900020.945").exists())
        wait_for("its answer", lambda: pathlib.Path(self.estate.parts["warehouse_inbox"], "945-900020.945.997").exists())
        self.assertEqual(len(self.shipments(order_id)), 2)
        self.assertEqual(self.count("shipments", "repeated"), 0)


class Sheets(FeedsEstate):
    """CSV and fixed-width records: return receipts in one charset or another, and the nightly list of the stock."""
    simulator_arguments = ("--ship-after", "300", "--acknowledge-after", "200", "--return-after", "300", "--return-share", "1")

    def test_return_receipts_are_kept_whatever_their_charset(self):
        for number, quirks in enumerate((NONE, {**NONE, "cp850": True})):
            control(self.estate, "/quirks", quirks)
            for i in range(4):
                self.order(f"returned-{number}-{i}")
            wait_for("the receipts", lambda: self.count("return-receipts", "read") == 4 * (number + 1), 30)
        control(self.estate, "/quirks", NONE)
        receipts = next(one for one in self.feeds()["feeds"] if one["feed"] == "return-receipts")
        self.assertEqual((receipts["messages"], receipts["partly"], receipts["refused"]), (8, 0, 0))

    def test_the_nightly_list_is_kept_article_by_article(self):
        self.assertEqual(call(self.estate.parts["control"], "POST", "/night").status // 100, 2)
        wait_for("the list", lambda: self.count("stock-lists", "read") == 1, 30)
        lists = next(one for one in self.feeds()["feeds"] if one["feed"] == "stock-lists")
        self.assertEqual(lists["messages"], len(stock_rows(self.estate)))
        self.assertEqual(self.feeds()["missing"], [])


class Killed(FeedsEstate):
    def test_kills_at_any_moment_lose_and_double_nothing(self):
        orders = []
        for round_number in range(8):
            orders += [self.order(f"kill-{round_number}-{i}")["orderId"] for i in range(3)]
            time.sleep(0.4 + 0.15 * round_number)
            self.estate.gateway.send_signal(signal.SIGKILL)
            self.estate.gateway.wait(10)
            self.estate.start_gateway()
        for order_id in orders:
            self.assertEqual(len(self.shipped(order_id)), 1)
        wait_for("the folder to be empty", lambda: not [path for path in self.out().iterdir() if path.is_file()], 30)
        shipments = next(one for one in self.feeds()["feeds"] if one["feed"] == "shipments")
        self.assertEqual((shipments["read"], shipments["messages"], shipments["repeated"]), (len(orders), len(orders), 0))
        self.assertEqual([file for file in self.feeds()["files"] if file["outcome"] != "read" or file.get("away") is False], [])


class Old(FeedsEstate):
    def test_what_is_older_than_it_may_be_is_not_told_and_files_wait_until_they_can_be_read(self):
        config = self.estate.config().read_text()
        short = config.replace("stale_ms: 900000", "stale_ms: 1500")
        self.assertNotEqual(short, config)
        order_id = self.order("too-old-1")["orderId"]
        self.shipped(order_id)
        (self.folder / "headgate.yaml").write_text(short)
        self.estate.gateway.send_signal(signal.SIGHUP)
        path = f"/fulfilment/v1/orders/{order_id}/shipments"
        away = self.out().with_name("out-of-reach")
        self.out().rename(away)
        try:
            answer = wait_for("the read model to be old",
                              lambda: (a := call(self.estate.api, "GET", path, None, STOREFRONT)).status == 503 and a, 20)
            self.assertProblem(answer, 503, "system-unavailable")
        finally:
            away.rename(self.out())
        wait_for("the read model to be new", lambda: call(self.estate.api, "GET", path, None, STOREFRONT).status == 200, 20)


if __name__ == "__main__":
    unittest.main()
