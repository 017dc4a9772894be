"""A day of web, app, store and marketplace while tests/simulator/timelines/chaos.yaml is played: whatever breaks meanwhile, each
acknowledged order is at stock, shop and warehouse once in the end, and nothing is oversold."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT, Estate, get, wait_for


class Chaos(unittest.TestCase):
    def test_nothing_is_lost_doubled_or_oversold(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
        self.addCleanup(shutil.rmtree, folder, True)
        with Estate(folder, "dev", workers=2) as estate:
            estate.start_simulator("--timeline", ROOT / "tests/simulator/timelines/chaos.yaml")
            estate.start_gateway()
            traffic = estate.traffic(30, 20, "--journeys", "web,app,store,marketplace,checkout=5", "--think-ms", 100,
                                     "--campaign", "6:4:2")
            self.assertEqual(traffic.wait(90), 0)

            def played():
                timeline = json.loads(get(estate.parts["control"] + "/")[1])["timeline"]
                return timeline["played"] == timeline["steps"] > 0

            wait_for("the end of the timeline", played, 30)

            def quiet():
                listed = json.loads(estate.command("order", "list", "-o", "json").stdout)
                return listed["openSteps"] == 0 and listed["openIntents"] == 0 and listed["openReleases"] == 0

            wait_for("the order log and the sweeper to finish", quiet, 120)

            def checked():
                return subprocess.run([estate.bin / "headgate-simulator", "check", "--dir", folder, "--orders",
                                       folder / "orders.jsonl"], capture_output=True, text=True)

            try:
                wait_for("the last files at the warehouse", lambda: checked().returncode == 0, 15)
            except RuntimeError:
                self.fail(checked().stdout[-4000:])
            report = json.loads((folder / "traffic.json").read_text())
            self.assertGreater(report["orders_acknowledged"], 30)
            self.assertEqual(report["duplicate_order_ids"], [])


if __name__ == "__main__":
    unittest.main()
