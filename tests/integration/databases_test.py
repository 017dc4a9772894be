"""The stock system on PostgreSQL and on MariaDB: the same mappings, the same answers, the same reservations as on SQLite."""
import concurrent.futures
import json
import sqlite3
import subprocess
import unittest

from databases import MariaDb, Postgres
from estate import ROOT, wait_for
from retailer import availability, in_stock, order, place, stock_rows
from running import RunningEstate


def literal(value):
    return "NULL" if value is None else str(value) if isinstance(value, (int, float)) else "'" + value.replace("'", "''") + "'"


def copy_of(path):
    """The simulated stock as statements that any of the databases takes."""
    statements = [(ROOT / "tests/simulator/stock.sql").read_text()]
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        for table in ("LAGBST", "RESKOPF", "RESPOS"):
            rows = db.execute(f"SELECT * FROM {table}").fetchall()
            for start in range(0, len(rows), 500):
                values = ",\n".join("(" + ",".join(map(literal, row)) + ")" for row in rows[start:start + 500])
                statements.append(f"INSERT INTO {table} VALUES\n{values};")
    return "\n".join(statements)


class OnADatabase:
    """What holds on each; mixed into the classes below, which say on which."""
    server_class = None

    @classmethod
    def setUpClass(cls):
        cls.server = cls.server_class()
        cls.server.__enter__()
        try:
            super().setUpClass()
        except Exception:
            cls.server.__exit__()
            raise

    @classmethod
    def before_the_gateway(cls):
        cls.server.run(copy_of(cls.folder / "stock.db"))
        cls.estate.parts["stock_connection"] = cls.server.connection

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.server.__exit__()

    def rows(self, sql):
        return [line.replace("|", "\t").split("\t") for line in self.server.run(sql + ";").splitlines()]

    def reserved(self, row):
        told = self.rows(f"SELECT COALESCE(RES,0) FROM LAGBST WHERE ARTNR = '{row['sku']:18}' AND LAG = {row['LAG']}")
        return float(told[0][0])

    def stock_of(self, skus):
        names = ",".join(f"'{sku:18}'" for sku in skus)
        return {(row[0].strip(), f"ST-{int(row[1]):04}"): [*map(float, row[2:5]), row[5]] for row in self.rows(
            f"SELECT ARTNR, LAG, BEST, COALESCE(RES,0), COALESCE(SICH,0), UPD FROM LAGBST WHERE ARTNR IN ({names})")}

    def test_availability_and_its_moments_are_those_of_the_table(self):
        skus = sorted({row["sku"] for row in stock_rows(self.estate)})[:10]
        answer = availability(self.estate, [*skus, "HG-NOBODY"])
        self.assertEqual(answer.status, 200, answer.body)
        told = {(item["sku"], place["locationId"]): place for item in answer.json["items"] for place in item["locations"]}
        for place, (have, reserved, safety, changed) in self.stock_of(skus).items():
            self.assertEqual(told[place]["onHand"], have)
            self.assertEqual(told[place]["available"], max(0, have - reserved - safety))
            hours = 2 if "-07-" in changed else 1  # Berlin, in summer and winter
            self.assertEqual((int(changed[11:13]) - int(told.pop(place)["asOf"][11:13])) % 24, hours, changed)
        self.assertEqual(told, {})
        self.assertIn({"sku": "HG-NOBODY", "known": False, "locations": []}, answer.json["items"])

    def test_an_order_reserves_once_whatever_is_repeated(self):
        row = in_stock(self.estate, at_least=10)
        before = self.reserved(row)
        answers = [place(self.estate, order(row, 2), f"once-{self.server.name}-1") for _ in range(3)]
        self.assertEqual([a.status for a in answers], [201] * 3, answers[0].body)
        self.assertEqual({a.json["orderId"] for a in answers}, {answers[0].json["orderId"]})
        self.assertEqual(self.reserved(row), before + 2)
        positions = self.rows(f"SELECT POS, MENGE FROM RESPOS WHERE RESNR = '{answers[0].json['orderId']}'")
        self.assertEqual([(p[0], float(p[1])) for p in positions], [("001", 2.0)])

    def test_the_last_pieces_go_to_as_many_as_there_are(self):
        row = next(r for r in stock_rows(self.estate, "KZ IN ('A','',' ') AND LAG <> 1")
                   if 3 <= r["BEST"] - r["RES"] - r["SICH"] <= 12)
        left = int(row["BEST"] - row["RES"] - row["SICH"])
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda i: place(self.estate, order(row), f"last-{self.server.name}-{i:03}"), range(left + 6)))
        refused = [a for a in answers if a.status != 201]
        self.assertEqual(sum(a.status == 201 for a in answers), left, [a.body for a in refused][:2])
        self.assertEqual({a.status for a in refused}, {409}, [a.body for a in refused][:2])
        self.assertProblem(refused[0], 409, "out-of-stock", "/lines/0")
        self.assertEqual(self.reserved(row), row["RES"] + left)

    def test_a_lock_that_is_held_is_a_late_answer_and_loses_nothing(self):
        row = in_stock(self.estate, at_least=10)
        before = self.reserved(row)
        where = f"ARTNR = '{row['sku']:18}' AND LAG = {row['LAG']}"
        holder = self.server.hold(f"UPDATE LAGBST SET UPD = UPD WHERE {where}")
        try:
            late = place(self.estate, order(row), f"locked-{self.server.name}-1")
            self.assertIn(late.status, (503, 504), late.body)
        finally:
            holder.give_back()
        taken = wait_for("the order to be taken", lambda: next(
            (a for a in [place(self.estate, order(row), f"locked-{self.server.name}-1")] if a.status == 201), None), 30)
        wait_for("releases to end", lambda: json.loads(
            self.estate.command("order", "list", "-o", "json").stdout)["openReleases"] == 0, 60)
        self.assertEqual(taken.status, 201)
        self.assertEqual(self.reserved(row), before + 1)

    def test_the_database_may_go_and_come_back(self):
        row = stock_rows(self.estate)[0]
        self.server.stop()
        try:
            gone = availability(self.estate, [row["sku"]])
            self.assertEqual(gone.status, 503, gone.body)
        finally:
            self.server.start_again()
        back = wait_for("answers", lambda: next((a for a in [availability(self.estate, [row["sku"]])] if a.status == 200), None), 30)
        self.assertTrue(back.json["items"][0]["known"])


class OnPostgres(OnADatabase, RunningEstate):
    server_class = Postgres


class OnMariaDb(OnADatabase, RunningEstate):
    server_class = MariaDb


if __name__ == "__main__":
    unittest.main()
