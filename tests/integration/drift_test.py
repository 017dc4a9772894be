"""Answers that hold more than their mapping knows are served, counted for whom they were, and shown with their first example."""
import http.server
import json
import pathlib
import shutil
import sqlite3
import tempfile
import threading
import unittest
import urllib.request

from api import call
from estate import MIGRATION, ROOT, STOREFRONT, VIEWER, Estate, get, wait_for
from retailer import availability, prices, stock_rows

PRICES = "pricing.v1/getPrices"


class NewerShop(http.server.BaseHTTPRequestHandler):
    """The shop after an update that nobody told of: each position has an element and an attribute more."""

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in ("Content-Type", "SOAPAction")}
        with urllib.request.urlopen(urllib.request.Request(self.server.shop, sent, headers)) as answer:
            body = answer.read().replace(b"<pos>", b'<pos quelle="neu"><bonus><punkte>7</punkte></bonus>')
            # Of other specifications: no drift.
            body = body.replace(b"<preisAntwort ", b'<preisAntwort soap:encodingStyle="" xsi:noNamespaceSchemaLocation="x" ')
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class DriftedEstate(Estate):
    """The newer shop between gateway and simulator, and a mapping of the stock that can live without a bad row."""

    def config(self):
        path = super().config()
        mappings = self.directory / "mappings"
        if not mappings.exists():
            shutil.copytree(ROOT / "mappings/catalog", mappings)
            stock = mappings / "inventory-stock.map.yaml"
            text = stock.read_text()
            key = "        key: locationId\n"
            assert key in text
            stock.write_text(text.replace(key, key + "        bad-item: omit\n"))
            self.shop = http.server.ThreadingHTTPServer(("127.0.0.1", 0), NewerShop)
            self.shop.shop = self.parts["shop"]
            threading.Thread(target=self.shop.serve_forever, daemon=True).start()
        path.write_text(path.read_text().replace(f"{ROOT}/mappings/catalog", str(mappings))
                        .replace(self.parts["shop"], f"http://127.0.0.1:{self.shop.server_port}/shop"))
        return path

    def __exit__(self, *_):
        super().__exit__()
        if hasattr(self, "shop"):
            self.shop.shutdown()
            self.shop.server_close()


class Drift(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-drift-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.estate = DriftedEstate(self.folder, "dev", seed=7)
        self.addCleanup(self.estate.__exit__)
        self.estate.start_simulator()
        self.estate.start_gateway()

    def drift(self, query=""):
        status, body = get(f"{self.estate.admin}/api/v1/drift{query}", VIEWER)
        self.assertEqual(status, 200, body)
        return json.loads(body)["drift"]

    def metric(self, **labels):
        lines = get(self.estate.admin + "/metrics")[1].splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("headgate_drift_total{")
                   and all(f'{name}="{value}"' in line for name, value in labels.items()))

    def some_skus(self, count):
        return sorted({row["sku"] for row in stock_rows(self.estate)})[:count]

    def test_nothing_is_drift_before_anything_was_seen(self):
        listed = self.estate.command("drift", "list")
        self.assertEqual((listed.returncode, len(listed.stdout.splitlines())), (0, 1), listed.stdout + listed.stderr)
        self.assertEqual(self.metric(), 0)

    def test_an_unknown_element_is_served_counted_and_shown_with_its_first_example(self):
        skus = self.some_skus(3)
        answer = prices(self.estate, skus)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual([price["sku"] for price in answer.json["prices"]], skus)
        self.assertNotIn("bonus", answer.body)
        self.assertEqual(prices(self.estate, skus[:1]).status, 200)

        seen = {entry["path"]: entry for entry in self.drift("?system=shop")}
        self.assertEqual(sorted(seen), ["pos/@quelle", "pos/bonus"])
        bonus = seen["pos/bonus"]
        self.assertEqual((bonus["system"], bonus["call"], bonus["kind"], bonus["place"]),
                         ("shop", "priceQuery", "element", "pos[1]/bonus"))
        self.assertEqual((bonus["count"], bonus["counts"]), (4, {"serving": 4}))
        self.assertLessEqual(bonus["firstSeen"], bonus["lastSeen"])
        self.assertIn("pricing-shop.map.yaml:", bonus["mapping"])
        self.assertEqual(self.drift("?system=stock"), [])
        self.assertEqual(self.metric(system="shop", call="priceQuery", kind="element"), 8)

        listed = self.estate.command("drift", "list", "--system", "shop")
        self.assertEqual(listed.returncode, 1, listed.stderr)
        self.assertRegex(listed.stdout, r"shop +priceQuery +element +pos/bonus +4 ")
        shown = json.loads(self.estate.command("drift", "list", "-o", "json").stdout)
        self.assertEqual(shown, {"drift": self.drift(), "leftOut": {}})
        # One line in the log for each, not for each sighting.
        log = self.folder / "headgate.log"
        wait_for("the log", lambda: log.read_text().count('"event":"drift"') == 2)

    def test_the_shadow_sides_answers_are_counted_as_such(self):
        moved = call(self.estate.admin, "PUT", f"/api/v1/routes/{PRICES}/share", {"share": "100%", "why": "test"}, MIGRATION)
        self.assertEqual(moved.status, 200, moved.body)
        self.assertEqual(prices(self.estate, self.some_skus(2)).status, 200)
        wait_for("the mirror", lambda: self.drift())
        self.assertEqual({tuple(entry["counts"].items()) for entry in self.drift()}, {(("shadow", 2),)})

    def test_a_bad_row_fails_alone_where_the_mapping_says_so(self):
        sku = self.some_skus(1)[0]
        rows = [row for row in stock_rows(self.estate) if row["sku"] == sku]
        self.assertGreater(len(rows), 1)
        self.change(sku, rows[0]["LAG"], "Z")
        answer = availability(self.estate, [sku])
        self.assertEqual(answer.status, 200, answer.body)
        told = {place["locationId"] for place in answer.json["items"][0]["locations"]}
        self.assertEqual(told, {f"ST-{row['LAG']:04}" for row in rows[1:]})
        (entry,) = self.drift("?system=stock")
        self.assertEqual((entry["kind"], entry["path"], entry["call"]), ("item", "KZ", "bySku"))
        self.assertRegex(entry["place"], rf"^ARTNR='{sku} *', row \d+, column KZ$")
        self.assertIn("expected a code of the table", entry["example"])
        self.assertEqual(self.metric(system="stock", kind="item"), 1)
        # All of them bad: then the answer is.
        for row in rows:
            self.change(sku, row["LAG"], "Z")
        self.assertEqual(availability(self.estate, [sku]).status, 502)

    def change(self, sku, place, code):
        with sqlite3.connect(self.folder / "stock.db", timeout=5) as db:
            changed = db.execute("UPDATE LAGBST SET KZ=? WHERE trim(ARTNR)=? AND LAG=?", (code, sku, place)).rowcount
        db.close()
        self.assertEqual(changed, 1)

    def test_it_takes_a_viewer_and_a_system_that_there_is(self):
        self.assertEqual(get(f"{self.estate.admin}/api/v1/drift")[0], 401)
        self.assertEqual(get(f"{self.estate.admin}/api/v1/drift", STOREFRONT)[0], 403)
        misspelt = self.estate.command("drift", "list", "--system", "shap")
        self.assertNotEqual(misspelt.returncode, 0)
        self.assertIn("did you mean 'shop'?", misspelt.stderr)


if __name__ == "__main__":
    unittest.main()
