"""The stock system's database on PostgreSQL and MariaDB: one schema file, filled by the simulator through unixODBC."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

from databases import MariaDb, Postgres
from estate import wait_for

SIMULATOR = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate-simulator"


class Filled(unittest.TestCase):
    def check(self, server):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-simulator-"))
        self.addCleanup(shutil.rmtree, folder, True)
        for _ in range(2):  # the second run finds the database filled
            self.serve(server, folder)
        query = server.query
        self.assertEqual(query("SELECT COUNT(*) FROM FIL"), "6")
        self.assertEqual(query("SELECT COUNT(*) - (SELECT COUNT(*) FROM LAGSNAP) FROM LAGBST"), "0")
        self.assertGreater(int(query("SELECT COUNT(*) FROM LAGBST WHERE RES IS NULL")), 50)
        # Keys are padded; both compare them without caring, and decimals keep their three places.
        self.assertEqual(query("SELECT COUNT(*) FROM LAGBST WHERE ARTNR = 'HG-104711'"), "6")
        self.assertTrue(query("SELECT BEST FROM LAGBST WHERE ARTNR = 'HG-104711' AND LAG = 1").endswith(".000"))
        # A return, booked as one transaction.
        query("BEGIN; INSERT INTO RUECK VALUES ('R1','O1','01','B','2026-11-23 11:00:00'); "
              "INSERT INTO RUECKPOS VALUES ('R1','001','HG-104711',1,2.000,'A'); "
              "UPDATE LAGBST SET BEST = BEST + 2.000, UPD = '2026-11-23 11:00:00' WHERE ARTNR = 'HG-104711' AND LAG = 1; COMMIT")
        self.assertEqual(query("SELECT L.BEST - S.BEST FROM LAGBST L JOIN SIM_SEED S ON S.ARTNR = L.ARTNR AND S.LAG = L.LAG "
                               "WHERE L.ARTNR = 'HG-104711' AND L.LAG = 1"), "2.000")
        # The check reads that very database: a return that is not back in stock is found.
        self.assertEqual(self.verdict(folder, server)["problems"], [])
        query("UPDATE RUECK SET STATUS = 'S'")
        self.assertIn("came back", self.verdict(folder, server)["problems"][0])

    def serve(self, server, folder):
        ready = folder / "simulator.json"
        ready.unlink(missing_ok=True)
        process = subprocess.Popen([SIMULATOR, "serve", "--dir", folder, "--stock", server.kind, "--stock-connection",
                                    server.connection], stdout=subprocess.DEVNULL)
        try:
            wait_for("the simulator", ready.exists, 60, process)
            addresses = json.loads(ready.read_text())
            self.assertEqual(addresses["stock_connection"], server.connection)
            with urllib.request.urlopen(urllib.request.Request(addresses["control"] + "/night", method="POST")) as answer:
                self.assertEqual(answer.status, 200)
            self.assertEqual(self.available(addresses["inventory"]), int(float(server.query(
                "SELECT BEST FROM LAGBST WHERE ARTNR = 'HG-104711' AND LAG = 1"))))
        finally:
            process.terminate()
            self.assertEqual(process.wait(20), 0)

    def verdict(self, folder, server):
        checked = subprocess.run([SIMULATOR, "check", "--dir", folder, "--stock-connection", server.connection],
                                 capture_output=True, text=True)
        self.assertIn(checked.returncode, (0, 1), checked.stderr)
        return json.loads(checked.stdout)

    def available(self, inventory):
        with urllib.request.urlopen(inventory + "/inventory/v2/availability?skus=HG-104711&locationIds=ST-0001") as answer:
            return json.loads(answer.read())["items"][0]["locations"][0]["onHand"]

    def test_postgresql(self):
        with Postgres() as server:
            self.check(server)

    def test_mariadb(self):
        with MariaDb() as server:
            self.check(server)


if __name__ == "__main__":
    unittest.main()
