"""Two versions of one contract, served side by side: the same stock at the same time, the first told that it ends."""
import json
import re
import shutil
import signal
import subprocess
import unittest

from api import call
from estate import ROOT, STOREFRONT, wait_for
from retailer import availability, control, stock_rows
from running import RunningEstate

FIRST = "/inventory/v1/availability"


def told(estate, articles, stores=(), **headers):
    query = "articles=" + ",".join(articles) + ("&stores=" + ",".join(stores) if stores else "")
    return call(estate.api, "GET", f"{FIRST}?{query}", None, STOREFRONT, {"X-Customer": "c-1", **headers})


def as_first(second):
    """The second version's answer in the first one's words, told apart from the bridge."""
    states = {"sellable": "open", "blocked": "closed", "discontinued": "closed"}
    articles = []
    for item in second["items"]:
        stores = []
        for place in item["locations"]:
            store = {"storeId": place["locationId"], "quantity": place["available"], "saleState": states[place["status"]]}
            if "nextReceiptDate" in place:
                store["nextDelivery"] = place["nextReceiptDate"]
            store["updatedAt"] = place["asOf"]
            stores.append(store)
        articles.append({"articleNumber": item["sku"], "found": item["known"],
                         "quantity": sum(store["quantity"] for store in stores), "stores": stores})
    return {"articles": articles}


class Versions(RunningEstate):
    def log(self):
        return (self.folder / "headgate.log").read_text()

    def reload(self):
        self.estate.gateway.send_signal(signal.SIGHUP)

    def test_both_tell_the_same_stock_at_the_same_time(self):
        skus = sorted({row["sku"] for row in stock_rows(self.estate)})
        discontinued = {row["sku"] for row in stock_rows(self.estate, "KZ='L'")}
        self.assertTrue(discontinued, "the simulated stock has discontinued articles")
        compared = 0
        for begin in range(0, 200, 40):
            asked = skus[begin:begin + 40] + sorted(discontinued)[begin // 40:begin // 40 + 1] + ["HG-NOSUCH"]
            asked = list(dict.fromkeys(asked))
            first, second = told(self.estate, asked), availability(self.estate, asked)
            self.assertEqual((first.status, second.status), (200, 200), first.body)
            self.assertEqual(first.json, as_first(second.json))
            compared += len(first.json["articles"])
        self.assertGreater(compared, 150)

    def test_stores_are_the_locations_of_the_other(self):
        sku = stock_rows(self.estate)[0]["sku"]
        first = told(self.estate, [sku], ["ST-0001"])
        self.assertEqual([s["storeId"] for s in first.json["articles"][0]["stores"]], ["ST-0001"])

    def test_every_answer_of_the_first_says_that_it_ends_and_what_follows(self):
        sku = stock_rows(self.estate)[0]["sku"]
        for answer, status in ((told(self.estate, [sku]), 200), (told(self.estate, ["bad"]), 400),
                               (call(self.estate.api, "GET", f"{FIRST}?articles={sku}"), 401)):
            self.assertEqual(answer.status, status, answer.body)
            self.assertEqual(answer.headers["deprecation"], "@1790812800")
            self.assertEqual(answer.headers["sunset"], "Thu, 30 Sep 2027 00:00:00 GMT")
            self.assertEqual(answer.headers["link"], '</inventory/v2/availability>; rel="successor-version"')
        for header in ("deprecation", "sunset", "link"):
            self.assertNotIn(header, availability(self.estate, [sku]).headers)

    def test_faults_are_told_in_the_words_of_the_first(self):
        self.assertProblem(told(self.estate, ["HG-1", "lower"]), 400, "invalid-message", "/articles/1")
        self.assertProblem(call(self.estate.api, "GET", f"{FIRST}?skus=HG-1", token=STOREFRONT), 400, "invalid-message", "/skus")

    def test_a_system_that_is_down_is_told_as_such_and_still_says_that_the_version_ends(self):
        control(self.estate, "/faults/stock", {"stopped": True})
        try:
            answer = told(self.estate, ["HG-100001"])
            self.assertIn(answer.status, (502, 503, 504), answer.body)
            self.assertIn("deprecation", answer.headers)
        finally:
            control(self.estate, "/faults/stock", {"stopped": False})
        wait_for("the stock system", lambda: told(self.estate, ["HG-100001"]).status == 200)

    def test_calls_are_counted_by_the_version_that_was_asked_for_and_mirrored_as_the_other(self):
        def asked(version):
            metrics = call(self.estate.admin, "GET", "/metrics").body
            return sum(int(n) for n in re.findall(
                rf'headgate_requests_total{{operation="inventory.{version}/getAvailability"[^}}]*}} (\d+)', metrics))

        def tally():
            report = json.loads(self.estate.command("report", "-o", "json").stdout)
            return {o["operation"]: o["tally"] for o in report["operations"]}
        sku = stock_rows(self.estate)[0]["sku"]
        availability(self.estate, [sku])
        wait_for("the mirror", lambda: tally()["inventory.v2/getAvailability"]["inFlight"] == 0)
        before, first, second = tally()["inventory.v2/getAvailability"]["eligible"], asked("v1"), asked("v2")
        for _ in range(3):
            self.assertEqual(told(self.estate, [sku]).status, 200)
        self.assertEqual((asked("v1") - first, asked("v2") - second), (3, 0))
        wait_for("the mirror", lambda: tally()["inventory.v2/getAvailability"]["eligible"] == before + 3)
        self.assertNotIn("inventory.v1/getAvailability", tally())

    def test_the_route_says_where_it_leads_and_takes_no_share(self):
        shown = json.loads(self.estate.command("route", "get", "inventory.v1/getAvailability", "-o", "json").stdout)
        self.assertEqual(shown["bridge"], "inventory.v2/getAvailability")
        self.assertIn("bridge to inventory.v2/getAvailability", self.estate.command("route", "list").stdout)
        refused = self.estate.command("route", "set", "inventory.v1/getAvailability", "--share", "10%", "--why", "trying")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("inventory.v2/getAvailability", refused.stderr)

    def test_a_word_that_the_bridge_does_not_declare_is_refused_at_load_and_nothing_changes(self):
        config = self.folder / "headgate.yaml"
        good = config.read_text()
        changed = good
        for kind in ("contracts", "mappings"):
            shutil.copytree(ROOT / kind / "catalog", self.folder / kind, dirs_exist_ok=True)
            changed = changed.replace(f"{ROOT}/{kind}/catalog", str(self.folder / kind))
        config.write_text(changed)
        self.reload()
        wait_for("the reload", lambda: '"event":"reloaded"' in self.log())
        contract = self.folder / "contracts/inventory.v2.yaml"
        text = contract.read_text()
        contract.write_text(text.replace("enum: [sellable, blocked, discontinued]",
                                         "enum: [sellable, blocked, discontinued, recalled]"))
        checked = subprocess.run([self.estate.bin / "headgate", "check", "-c", config], capture_output=True, text=True, timeout=60)
        self.assertEqual(checked.returncode, 2)
        self.assertRegex(checked.stderr, r"inventory-v1\.map\.yaml:\d+:\d+: error: .*'recalled'")
        sku = stock_rows(self.estate)[0]["sku"]
        before = told(self.estate, [sku]).json
        self.reload()
        wait_for("the refusal", lambda: "reload-refused" in self.log())
        self.assertIn("recalled", self.log())
        self.assertEqual(told(self.estate, [sku]).json, before)
        self.assertEqual(availability(self.estate, [sku]).status, 200)
        contract.write_text(text)
        config.write_text(good)
        reloads = self.log().count('"event":"reloaded"')
        self.reload()
        wait_for("the reload", lambda: self.log().count('"event":"reloaded"') > reloads)


if __name__ == "__main__":
    unittest.main()
