"""A mapping whose steps are of two systems: articles in one database, stock in another, one answer of both."""
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

from api import call
from estate import Estate, free_port, get, wait_for

CONTRACT = """openapi: 3.1.0
info: { title: Offers, version: 1.0.0, x-contract: offers.v1 }
security: [{ bearer: [] }]
paths:
  /offers/v1/offer:
    get:
      operationId: getOffer
      summary: An article and where it lies
      parameters: [{ name: sku, in: query, required: true, schema: { type: string, maxLength: 10 } }]
      responses:
        "200": { description: The offer., content: { application/json: { schema: { $ref: "#/components/schemas/Offer" } } } }
        default: { description: A problem., content: { application/problem+json: { schema: { type: object } } } }
  /offers/v1/offers:
    get:
      operationId: listOffers
      summary: Articles of a depot and where they lie
      parameters: [{ name: depot, in: query, required: true, schema: { type: string, maxLength: 3 } }]
      responses:
        "200": { description: The offers., content: { application/json: { schema: { $ref: "#/components/schemas/Offers" } } } }
        default: { description: A problem., content: { application/problem+json: { schema: { type: object } } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    Offers:
      type: object
      additionalProperties: false
      properties:
        skus: { type: array, items: { type: object, additionalProperties: false, required: [sku], properties: { sku: { type: string, maxLength: 10 } } } }
        stock: { type: array, items: { type: object, additionalProperties: false, required: [sku, onHand], properties: { sku: { type: string, maxLength: 10 }, onHand: { type: integer } } } }
    Offer:
      type: object
      additionalProperties: false
      properties:
        articles: { type: array, items: { type: object, additionalProperties: false, required: [sku, name], properties: { sku: { type: string, maxLength: 10 }, name: { type: string, maxLength: 40 } } } }
        stock: { type: array, items: { type: object, additionalProperties: false, required: [onHand], properties: { onHand: { type: integer } } } }
"""
MAPPING = """map: offers.v1/getOffer <- shop.offer
legacy: { charset: UTF-8 }
steps:
  - step: article
    legacy:
      sql: "SELECT REF,NAME,DEPOT FROM ARTICLE WHERE REF = :ref"
      columns: { REF: varchar(10), NAME: varchar(40), DEPOT: varchar(3) }
    in: [ "sku -> :ref" ]
    keep: [ "depot <- DEPOT | text(3)" ]
  - step: pieces
    system: stock
    when: article.depot present
    legacy:
      sql: "SELECT QTY FROM STOCK WHERE REF = :ref AND DEPOT = :depot"
      columns: { QTY: int }
    in: [ "sku -> :ref", "article.depot -> :depot" ]
out:
  - each: articles <- article
    rules: [ "sku <- REF | text(10)", "name <- NAME | text(40)" ]
  - each: stock <- pieces
    rules: [ "onHand <- QTY" ]
---
map: offers.v1/listOffers <- shop.offers
legacy: { charset: UTF-8 }
steps:
  - step: articles
    legacy:
      sql: "SELECT REF FROM ARTICLE WHERE DEPOT = :depot ORDER BY REF"
      columns: { REF: varchar(10) }
    in: [ "depot -> :depot" ]
    keep: [ "refs[] <- REF[] | text(10)" ]
  - step: pieces
    system: stock
    when: articles.refs present
    legacy:
      sql: "SELECT REF,QTY FROM STOCK WHERE REF IN (:refs) ORDER BY REF,DEPOT"
      columns: { REF: varchar(10), QTY: int }
    in: [ "articles.refs[] -> :refs[]" ]
out:
  - each: skus <- articles
    rules: [ "sku <- REF | text(10)" ]
  - each: stock <- pieces
    rules: [ "sku <- REF | text(10)", "onHand <- QTY" ]
"""


class StepsOfTwoSystems(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-steps-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.estate = Estate(self.folder, "dev")
        self.addCleanup(lambda: self.estate.stop(self.estate.gateway))
        for name, statements in (("shop", "CREATE TABLE ARTICLE(REF VARCHAR(10) NOT NULL, NAME VARCHAR(40) NOT NULL, DEPOT VARCHAR(3) NOT NULL);"
                                          "INSERT INTO ARTICLE VALUES('B-1','bell','PAR'),('B-3','chain','PAR'),('B-3','chain, long','PAR');"),
                                 ("stock", "CREATE TABLE STOCK(REF VARCHAR(10) NOT NULL, DEPOT VARCHAR(3) NOT NULL, QTY INTEGER NOT NULL);"
                                           "INSERT INTO STOCK VALUES('B-1','PAR',7),('B-1','LYO',9),('B-3','PAR',2),('B-4','PAR',5);")):
            with sqlite3.connect(self.folder / f"{name}.db") as db:
                db.executescript(statements)
        for folder, name, text in (("contracts", "offers.v1.yaml", CONTRACT), ("mappings", "offers.map.yaml", MAPPING)):
            (self.folder / folder).mkdir()
            (self.folder / folder / name).write_text(text)

    def config(self, stock="stock"):
        self.api, self.admin = free_port(), free_port()
        database = "{{ adapter: odbc, connection: \"Driver=SQLite3;Database={0};Timeout=2000;NoCreat=1;\" }}"
        path = self.folder / "headgate.yaml"
        path.write_text(f"listen: {{ api: 127.0.0.1:{self.api}, admin: 127.0.0.1:{self.admin} }}\nstate: headgate.db\n"
                        "contracts: [contracts]\nmappings: [mappings]\nanonymous: true\nsystems:\n"
                        f"  shop: {database.format(self.folder / 'shop.db')}\n  {stock}: {database.format(self.folder / 'stock.db')}\n"
                        "routes:\n  - { operation: offers.v1/getOffer, legacy: shop }\n  - { operation: offers.v1/listOffers, legacy: shop }\n")
        return path

    def headgate(self, *words):
        return subprocess.run([self.estate.bin / "headgate", *words], capture_output=True, text=True, timeout=60)

    def offer(self, sku):
        return call(f"http://127.0.0.1:{self.api}", "GET", f"/offers/v1/offer?sku={sku}")

    def serve(self):
        self.estate.gateway = self.estate.start("headgate", "serve", "-c", self.config(), log="headgate.log")
        wait_for("the gateway", lambda: get(f"http://127.0.0.1:{self.admin}/readyz")[0] == 200, process=self.estate.gateway)

    def logged(self, *words):
        wait_for(f"a line of the log with {words}", lambda: any(all(word in line for word in words)
                 for line in (self.folder / "headgate.log").read_text().splitlines()), seconds=5)

    def test_each_step_is_asked_of_its_own_system_and_measured_there(self):
        self.serve()
        answer = self.offer("B-1")
        self.assertEqual((answer.status, answer.json), (200, {"articles": [{"sku": "B-1", "name": "bell"}], "stock": [{"onHand": 7}]}))
        # Without an article nobody asks for its stock.
        answer = self.offer("B-2")
        self.assertEqual((answer.status, answer.json), (200, {}))
        metrics = get(f"http://127.0.0.1:{self.admin}/metrics")[1]
        counts = {system: sum(float(line.rsplit(" ", 1)[1]) for line in metrics.splitlines()
                              if line.startswith("headgate_system_call_seconds_count{") and f'system="{system}"' in line
                              and 'for="serving"' in line) for system in ("shop", "stock")}
        self.assertEqual(counts, {"shop": 2, "stock": 1})

    def offers(self, depot):
        return call(f"http://127.0.0.1:{self.api}", "GET", f"/offers/v1/offers?depot={depot}")

    def test_what_all_rows_of_a_step_say_is_asked_at_once_in_the_next(self):
        self.serve()
        answer = self.offers("PAR")
        self.assertEqual(answer.json, {"skus": [{"sku": "B-1"}, {"sku": "B-3"}, {"sku": "B-3"}],
                                       "stock": [{"sku": "B-1", "onHand": 9}, {"sku": "B-1", "onHand": 7}, {"sku": "B-3", "onHand": 2}]})
        self.assertEqual(self.offers("NIL").json, {})

    def test_more_values_than_can_be_asked_at_once_are_an_error_of_the_system(self):
        with sqlite3.connect(self.folder / "shop.db") as db:
            db.executemany("INSERT INTO ARTICLE VALUES(?, 'x', 'BIG')", [(f"N-{i}",) for i in range(1001)])
        self.serve()
        answer = self.offers("BIG")
        self.assertEqual(answer.status, 502, answer.body)
        self.logged("more than 1000 values of 'refs' to keep")

    def test_the_system_that_fails_is_the_one_that_is_told(self):
        with sqlite3.connect(self.folder / "stock.db") as db:
            db.execute("DROP TABLE STOCK")
        self.serve()
        answer = self.offer("B-1")
        self.assertEqual(answer.status, 502, answer.body)
        self.logged("step 'pieces'", '"stock"')

    def test_a_step_of_a_system_that_is_not_configured_is_refused_at_load(self):
        done = self.headgate("check", "-c", self.config(stock="stocks"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("step 'pieces': there is no system 'stock'", done.stderr)

    def test_probe_holds_each_step_against_its_own_system(self):
        config = self.config()
        self.assertIn("same", self.headgate("system", "probe", "stock", "-c", config).stdout)
        with sqlite3.connect(self.folder / "stock.db") as db:
            db.execute("ALTER TABLE STOCK RENAME COLUMN QTY TO PIECES")
        shop, stock = (self.headgate("system", "probe", name, "-c", config) for name in ("shop", "stock"))
        self.assertEqual((shop.returncode, stock.returncode), (0, 1), shop.stderr + stock.stdout)


if __name__ == "__main__":
    unittest.main()
