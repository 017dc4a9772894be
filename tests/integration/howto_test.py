"""The pages that take a newcomer by the hand: their commands are run as they are written, with this test's addresses and folder."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

from estate import ROOT, free_port, get, wait_for

BIN = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"])


class Page(unittest.TestCase):
    """A page whose blocks are run in its folder; `page` and `written`, its own name for that folder, are a subclass's."""
    page = written = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-howto-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.running = []
        self.addCleanup(self.stop)
        self.shop, self.api, self.admin = free_port(), free_port(), free_port()
        page = (ROOT / "docs/how-to" / self.page).read_text()
        for written, here in ((self.written, str(self.folder)), ("$PWD/build/release", str(BIN)), ("7001", str(self.shop)),
                              ("8080", str(self.api)), ("9900", str(self.admin))):
            page = page.replace(written, here)
        self.blocks = re.findall(r"```sh\n(.*?)```", page, re.S)

    def stop(self):
        for process in reversed(self.running):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def serve(self, line, ready):
        log = open(self.folder / "served.log", "ab")
        self.addCleanup(log.close)
        self.running.append(subprocess.Popen(["bash", "-c", "exec " + line], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=log, env=dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}")))
        wait_for(line, ready, process=self.running[-1])

    def run_blocks(self):
        serving = {"python3 dealer/velo.py": lambda: (self.folder / "estate/port").exists(),
                   "headgate-simulator serve": lambda: (self.folder / "retailer/simulator.json").exists(),
                   "headgate serve": lambda: get(f"http://127.0.0.1:{self.admin}/readyz")[0] == 200}
        told, self.errors = [], []
        for number, block in enumerate(self.blocks):
            line = block.strip()
            ready = next((r for words, r in serving.items() if line.startswith(words)), None)
            if ready:
                self.serve(line, ready)
                continue
            # The first block begins in the project's folder and leads to the page's own.
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=ROOT if number == 0 else self.folder, capture_output=True,
                                  text=True, timeout=60, env=dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}"))
            self.assertEqual(done.returncode, 0, block + done.stdout + done.stderr)
            told.append(done.stdout)
            self.errors.append(done.stderr)
        return told


class FromWsdlToOperation(Page):
    page, written = "from-wsdl-to-operation.md", "/tmp/first"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        everything = "".join(told)
        # The draft found the renamed fields, the trace names rules, check is content.
        for line in ("  - currencyCode <-> waehr | text(3)", "  - each: lines <-> pos", "      - sku <-> artnr | text(18)",
                     '"EUR"  |  text(3): "EUR"', "headgate.yaml: ok, 1 operations, 1 mappings, 1 systems, 1 routes"):
            self.assertIn(line, everything)
        self.assertIn("<waehr>EUR</waehr>", (self.folder / "request.xml").read_text())
        # What the gateway answers is what the mapping read of the shop's answer.
        read = json.loads(told[-3])
        answered, end = json.JSONDecoder().raw_decode(told[-1])
        refused = json.loads(told[-1][end:])
        self.assertEqual(answered["lines"], read["lines"])
        self.assertEqual(answered["lines"][0]["sku"], "HG-120017")
        self.assertEqual(refused["status"], 400)
        self.assertIn("/channel", [error["pointer"] for error in refused["errors"]])


class YourFirstOperation(Page):
    page, written = "your-first-operation.md", "/tmp/velo"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        everything = "".join(told)
        self.assertIn("draft: true", told[1])
        self.assertIn("1 operations, 1 mappings, 1 systems, 1 routes", told[2])
        self.assertEqual([told[i].count("-> ok") for i in (3, 5, 6)], [1, 2, 5], everything)
        self.assertIn("3 operations, 5 mappings, 3 systems, 3 routes", told[7])
        answers = told[8]
        prices, end = json.JSONDecoder().raw_decode(answers)
        stock, end = json.JSONDecoder().raw_decode(answers, end)
        order, end = json.JSONDecoder().raw_decode(answers, end)
        self.assertEqual(prices["prices"][0]["price"], {"centAmount": 58410, "currencyCode": "EUR"})
        self.assertEqual([article["known"] for article in stock["articles"]], [True, False])
        self.assertEqual(order["status"], "accepted")
        self.assertIn(f"{order['orderId']};", answers[end:])
        self.assertIn("VM-1042;PAR;1;584,10", answers[end:])


class ServeATableAndAFile(Page):
    page, written = "serve-a-table-and-a-file.md", "/tmp/drafts"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        self.assertIn("  - refs[] -> :refs[] | padded(10,' ',right)\n", told[1])
        self.assertIn("      - PRIX <-> PRIX | decimal(2)\n", told[2])
        self.assertIn("2 operations, 2 mappings, 2 systems, 2 routes", told[3])
        stock, end = json.JSONDecoder().raw_decode(told[4])
        self.assertTrue(stock["rows"])
        self.assertEqual({row["ref"] for row in stock["rows"]}, {"VM-1042"})
        self.assertIn("HO1;27/11/2026;Zoé;;1;VM-1042;PAR;1;584,10", told[4][end:])


class PutAContractBeforeAJsonApi(Page):
    page, written = "put-a-contract-before-a-json-api.md", "/tmp/carts"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        self.assertIn("map: carts.v1/getCart <-> storefront.readCart", told[2])
        self.assertIn("-> ok", told[3])
        self.assertIn("rejected not-found", told[4])
        self.assertIn("  same\n", told[5])
        cart, end = json.JSONDecoder().raw_decode(told[6])
        self.assertEqual((cart["open"], cart["lines"]), (True, [{"number": 1, "sku": "HG-120017", "quantity": 2}]))
        self.assertEqual(json.loads(told[6][end:])["status"], 404)


class WhenALegacySystemChanges(Page):
    page, written = "when-a-legacy-system-changes.md", "/tmp/probe"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        same, differs = told[1], told[2]
        self.assertNotIn("difference", same)
        self.assertGreaterEqual(same.count("  same\n"), 15, same)
        self.assertIn("answer pos/aktion/bez is wider: was text(3), is text(80)  (pricing-shop.map.yaml:", differs)
        self.assertIn("answer KZ is narrower: was text(2), is text(1)  (inventory-stock.map.yaml:", differs)
        probed = json.loads((self.folder / "probe.json").read_text())
        self.assertFalse(probed["same"])
        differences = [one for mapping in probed["mappings"] for one in mapping["differences"]]
        self.assertEqual({(one["kind"], one["was"], one["path"].rsplit("/", 1)[-1]) for one in differences},
                         {("wider", "text(3)", "bez")})
        difference, = [one for one in differences if one["path"] == "pos/aktion/bez"]
        self.assertEqual({word: difference[word] for word in ("kind", "in", "path", "was", "is")},
                         {"kind": "wider", "in": "answer", "path": "pos/aktion/bez", "was": "text(3)", "is": "text(80)"})
        file, line = difference["rules"][0].rsplit(":", 1)
        self.assertIn("aktion/bez", (self.folder / file).read_text().splitlines()[int(line) - 1])
        self.assertIn("request is refused: segment 9 (NTE) at offset 245: the guide does not know this segment", told[3])
        self.assertNotIn("difference", told[4])


class ReadAPartnersFile(Page):
    page, written = "read-a-partners-file.md", "/tmp/partner"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        self.assertIn("accounted", told[1])
        self.assertIn("-> ok", told[1])
        place, _, rest = told[2].partition("\n")
        self.assertEqual(place, "segment 3 (ST) at offset 157")
        message, end = json.JSONDecoder().raw_decode(rest)
        self.assertEqual([line["status"] for line in message["lines"]], ["shipped", "backordered"])
        self.assertIn("AK9*A*1*1*1~", rest[end:])
        self.assertIn("says '33' segments, and there are 12", self.errors[3])
        self.assertIn("AK9*R*1*1*0~", told[3])
        self.assertIn("cases: 2 of 2 hold", told[4])
        self.assertIn("layout: \"legacy/stock.layout.yaml\"", told[5])
        self.assertIn("artikel;bestand;preis\nHG-1;5;9,99\n", told[6])
        self.assertIn('"onHand": 5', told[6])


class ReadWhatAPartnerDrops(Page):
    page, written = "read-what-a-partner-drops.md", "/tmp/drops"

    def test_the_page_works_as_written(self):
        told = self.run_blocks()
        self.assertEqual(told[1].count("-> ok"), 2, told[1])
        self.assertIn("1 operations, 2 mappings, 1 systems, 1 routes", told[2])
        self.assertEqual(json.loads(told[3]), {"sku": "HG-1", "onHand": 5})
        reason, answer, listed = told[4].split("\n", 1)[0], told[4].split("\n")[1], told[4]
        self.assertEqual(reason, "record 2: supply.v1/StockLevel /sku: must match ^[A-Z0-9-]{3,12}$")
        self.assertIn('{"sku":"HG-1","onHand":4}', answer)
        self.assertRegex(listed, r"levels-3.csv +levels +partly")
        self.assertIn("never came from supplier, levels: 2", listed)
        self.assertIn("levels-3.csv is read again", told[5])
        self.assertIn('{"sku":"HG-2","onHand":7}', told[5])


if __name__ == "__main__":
    unittest.main()
