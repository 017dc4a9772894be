"""A second, different estate, a bicycle dealer's in French: served from configuration, contracts and mappings alone."""
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from api import call
from databases import Postgres
from estate import ROOT, Estate, free_port, get, wait_for

VELO = ROOT / "tests/estates/velo"
ORDERS = "/bike-orders/v1/orders"


def order(*lines):
    return {"customerName": "Zoé Lefèvre", "phone": "+33140000000", "lines": [
        {"lineNumber": i, "articleId": article, "depotId": depot, "quantity": pieces,
         "price": {"centAmount": 58410, "currencyCode": "EUR"}} for i, (article, depot, pieces) in enumerate(lines, 1)]}


class Velo(unittest.TestCase):
    stock_server = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-velo-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.estate = Estate(self.folder, "dev")
        self.dealer = subprocess.Popen([sys.executable, VELO / "velo.py", "--dir", self.folder], stdin=subprocess.DEVNULL)
        self.addCleanup(self.estate.stop, self.dealer, signal.SIGTERM)
        self.addCleanup(lambda: self.estate.stop(self.estate.gateway))
        port = wait_for("the dealer", lambda: (self.folder / "port").exists() and (self.folder / "port").read_text(),
                        process=self.dealer)
        api, admin = free_port(), free_port()
        config = (VELO / "headgate.yaml").read_text()
        for written, here in (("127.0.0.1:8080", f"127.0.0.1:{api}"), ("127.0.0.1:9900", f"127.0.0.1:{admin}"), ("127.0.0.1:7001", f"127.0.0.1:{port}"),
                              ("[contracts]", f"[{VELO}/contracts]"), ("[mappings]", f"[{VELO}/mappings]"),
                              ("Driver=SQLite3;Database=stock.db;Timeout=2000;NoCreat=1;", self.connection())):
            self.assertIn(written, config)
            config = config.replace(written, here)
        (self.folder / "headgate.yaml").write_text(config)
        self.api = f"http://127.0.0.1:{api}"
        self.estate.gateway = self.estate.start("headgate", "serve", "-c", self.folder / "headgate.yaml", log="headgate.log")
        wait_for("the gateway", lambda: get(f"http://127.0.0.1:{admin}/readyz")[0] == 200, process=self.estate.gateway)

    def connection(self):
        return f"Driver=SQLite3;Database={self.folder}/stock.db;Timeout=2000;NoCreat=1;"

    def reserved(self, article, depot):
        with sqlite3.connect(f"file:{self.folder}/stock.db?mode=ro", uri=True) as db:
            return db.execute("SELECT RESERVE FROM ARTICLE_STOCK WHERE trim(REF) = ? AND DEPOT = ?", (article, depot)).fetchone()[0]

    def place(self, key, *lines):
        return call(self.api, "POST", ORDERS, order(*lines), headers={"Idempotency-Key": key})

    def test_prices_come_from_the_dealers_service(self):
        query = {"shop": "PAR", "currencyCode": "EUR", "lines": [{"articleId": "VM-1042", "quantity": 1}, {"articleId": "VM-7777", "quantity": 2}]}
        answer = call(self.api, "POST", "/bike-prices/v1/query", query)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json, {
            "asOf": "2026-11-23T09:15:00Z",
            "prices": [{"articleId": "VM-1042", "name": "Vélo de ville « Canal »", "listPrice": {"centAmount": 64900, "currencyCode": "EUR"},
                        "price": {"centAmount": 58410, "currencyCode": "EUR"}, "discount": {"centAmount": 6490, "reason": "sale"},
                        "validFrom": "2026-11-01", "validTo": "2026-12-31"}],
            "unknown": ["VM-7777"]})

    def test_what_the_dealer_refuses_is_told_in_the_contracts_terms(self):
        query = {"shop": "PAR", "currencyCode": "CHF", "lines": [{"articleId": "VM-1042", "quantity": 1}]}
        refused = call(self.api, "POST", "/bike-prices/v1/query", query)
        self.assertEqual((refused.status, refused.json["type"]), (409, "urn:headgate:problem:currency-not-sold"), refused.body)
        self.assertEqual(refused.json["errors"][0]["pointer"], "/currencyCode")
        self.assertNotIn("devise", refused.body)
        query["shop"], query["currencyCode"] = "XXX", "EUR"
        self.assertEqual(call(self.api, "POST", "/bike-prices/v1/query", query).status, 503)

    def test_stock_comes_from_the_dealers_table(self):
        answer = call(self.api, "GET", "/bike-stock/v1/stock?articleIds=VM-1042,VM-9000,VM-7777")
        self.assertEqual(answer.status, 200, answer.body)
        articles = {one["articleId"]: one for one in answer.json["articles"]}
        depots = {one["depotId"]: one for one in articles["VM-1042"]["depots"]}
        self.assertEqual(depots["depot-par"], {"depotId": "depot-par", "onHand": 7, "reserved": 2, "available": 5, "state": "sellable",
                                               "weightGrams": 12500, "asOf": "2026-11-23T09:15:00Z"})
        self.assertEqual(depots["depot-lyo"]["asOf"], "2026-06-30T22:15:00Z")
        self.assertEqual(articles["VM-9000"]["depots"][0]["state"], "end-of-line")
        self.assertNotIn("weightGrams", articles["VM-9000"]["depots"][0])
        self.assertEqual(articles["VM-7777"], {"articleId": "VM-7777", "known": False, "depots": []})

    def test_an_order_reserves_once_and_reaches_the_workshop_as_csv(self):
        before = self.reserved("VM-1042", "PAR")
        answers = [self.place("counter-1-0001", ("VM-1042", "depot-par", 1), ("VM-2001", "depot-par", 2)) for _ in range(2)]
        self.assertEqual([a.status for a in answers], [201, 201], answers[0].body)
        order_id = answers[0].json["orderId"]
        self.assertEqual(order_id, answers[1].json["orderId"])
        self.assertEqual(self.reserved("VM-1042", "PAR"), before + 1)
        dropped = wait_for("the workshop's file", lambda: list((self.folder / "atelier").glob("commande-*.csv")))
        lines = dropped[0].read_bytes().decode("iso-8859-15").split("\r\n")
        self.assertEqual(dropped[0].name, f"commande-{order_id}.csv")
        self.assertEqual(lines[0], "NUMERO;DATE;CLIENT;TELEPHONE;LIGNE;REF;DEPOT;QTE;PRIX")
        self.assertEqual([line.split(";")[2:] for line in lines[1:3]],
                         [["Zoé Lefèvre", "+33140000000", "1", "VM-1042", "PAR", "1", "584,10"],
                          ["Zoé Lefèvre", "+33140000000", "2", "VM-2001", "PAR", "2", "584,10"]])

    def test_more_than_there_is_is_refused_at_its_line_and_nothing_is_reserved(self):
        before = self.reserved("VM-1042", "PAR")
        refused = self.place("counter-1-0002", ("VM-1042", "depot-par", 1), ("VM-2001", "depot-par", 9))
        self.assertEqual((refused.status, refused.json["type"]), (409, "urn:headgate:problem:out-of-stock"), refused.body)
        self.assertEqual(refused.json["errors"][0]["pointer"], "/lines/1")
        self.assertEqual(self.reserved("VM-1042", "PAR"), before)
        self.assertEqual(list((self.folder / "atelier").glob("*.csv")), [])


class Mappings(unittest.TestCase):
    def test_hold_with_their_cases_and_laws(self):
        headgate = Estate(tempfile.gettempdir(), "dev").bin / "headgate"
        checked = subprocess.run([headgate, "mapping", "check", VELO / "contracts", VELO / "mappings"], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertEqual(checked.stdout.count("-> ok"), 5, checked.stdout)


class VeloOnPostgres(Velo):
    """The dealer moves its table to another database; nothing but the connection changes."""

    @classmethod
    def setUpClass(cls):
        cls.server = Postgres()
        cls.server.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def connection(self):
        self.server.run("DROP TABLE IF EXISTS ARTICLE_STOCK, RESA, RESA_LIGNE;" + (VELO / "stock.sql").read_text())
        return self.server.connection

    def reserved(self, article, depot):
        return int(self.server.query(f"SELECT RESERVE FROM ARTICLE_STOCK WHERE REF = '{article}' AND DEPOT = '{depot}'"))


if __name__ == "__main__":
    unittest.main()
