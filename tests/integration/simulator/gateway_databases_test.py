"""A gateway before a stock system on PostgreSQL and MariaDB: browsing answers, orders reserve once, nothing is oversold."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from databases import MariaDb, Postgres
from estate import Estate, wait_for


class Sold(unittest.TestCase):
    def sell(self, server):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
        self.addCleanup(shutil.rmtree, folder, True)
        with Estate(folder, "dev", workers=2) as estate:
            estate.start_simulator("--stock", server.kind, "--stock-connection", server.connection)
            estate.start_gateway()
            # Few articles and many buyers: most of them meet at the same rows.
            traffic = estate.traffic(40, 6, "--checkout-share", "0.6", "--hot-share", "0.9")
            self.assertEqual(traffic.wait(60), 0)
            wait_for("the order log to drain", lambda: json.loads(
                estate.command("order", "list", "-o", "json").stdout)["openSteps"] == 0, 60)

            def checked():
                return subprocess.run([estate.bin / "headgate-simulator", "check", "--dir", folder, "--orders",
                                       folder / "orders.jsonl", "--stock-connection", server.connection],
                                      capture_output=True, text=True)

            try:
                wait_for("the last files at the warehouse", lambda: checked().returncode == 0, 15)
            except RuntimeError:
                self.fail(checked().stdout[-4000:])
            report = json.loads((folder / "traffic.json").read_text())
            self.assertEqual(set(report["operations"]["getAvailability"]["statuses"]), {"200"})
            self.assertGreater(report["orders_acknowledged"], 50)
            self.assertEqual(int(server.query("SELECT COUNT(*) FROM RESKOPF WHERE STATUS = 'A'")), report["orders_acknowledged"])

    def test_postgresql(self):
        with Postgres() as server:
            self.sell(server)

    def test_mariadb(self):
        with MariaDb() as server:
            self.sell(server)


if __name__ == "__main__":
    unittest.main()
