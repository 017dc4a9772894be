"""`headgate contract init` and `headgate mapping init`: drafts on stdout that load as they are; what they lack on stderr."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
SHOP, STOCKROOM = ROOT / "mappings/catalog/legacy/shop.wsdl", ROOT / "tests/golden/drafts/stockroom.wsdl"


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-init-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def headgate(self, *words):
        done = subprocess.run([str(w) for w in (HEADGATE, *words)], capture_output=True, text=True, cwd=self.folder, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def check(self):
        """`headgate check` of a configuration that has nothing but contracts and mappings."""
        (self.folder / "mappings").mkdir(exist_ok=True)
        self.write("headgate.yaml", "contracts: [contracts]\nmappings: [mappings]\nstate: var/h.db\n")
        return self.headgate("check", "-c", "headgate.yaml")


class Contract(InAFolder):
    def test_a_drafted_contract_passes_the_check(self):
        for wsdl, name in ((SHOP, "shop.v1"), (STOCKROOM, "stockroom.v1")):
            with self.subTest(name):
                code, out, err = self.headgate("contract", "init", "--legacy", wsdl)
                self.assertIn(code, (0, 1), err)
                self.write(f"contracts/{name}.yaml", out)
                code, out, err = self.check()
                self.assertEqual((code, err), (0, ""), out)
                shutil.rmtree(self.folder / "contracts")

    def test_what_is_left_out_is_told_and_what_is_named_is_taken_alone(self):
        encoded = '<input><soap:body use="encoded"/></input></operation>'
        lines = STOCKROOM.read_text().splitlines()
        line = next(i for i, text in enumerate(lines, 1) if '"urn:forget"' in text)
        lines[line - 1] = lines[line - 1].replace('<input><soap:body use="literal"/></input></operation>', encoded)
        self.assertIn(encoded, lines[line - 1])
        code, out, err = self.headgate("contract", "init", "--legacy", self.write("stockroom.wsdl", "\n".join(lines)))
        self.assertEqual(code, 1)
        self.assertIn(f"stockroom.wsdl:{line}:", err)
        self.assertIn("encoded", err)
        self.assertIn("operationId: findShelf", out)
        code, out, _ = self.headgate("contract", "init", "--legacy", STOCKROOM, "--operation", "ping", "--name", "room.v2")
        self.assertEqual(code, 0)
        self.assertIn("x-contract: room.v2", out)
        self.assertIn("/room/v2/ping:", out)
        self.assertNotIn("findShelf", out)
        self.write("contracts/room.v2.yaml", out)
        self.assertEqual(self.check()[0], 0)

    def test_a_message_that_is_a_single_value_is_left_out_and_told(self):
        text = STOCKROOM.read_text().replace('<x:element name="Ping"><x:complexType><x:sequence/></x:complexType></x:element>',
                                             '<x:element name="Ping" type="x:string"/>')
        code, out, err = self.headgate("contract", "init", "--legacy", self.write("room.wsdl", text))
        self.assertEqual(code, 1)
        self.assertIn("a message of 'ping' is a single value", err)
        self.assertNotIn("ping", out)

    def test_a_layout_becomes_an_operation_that_takes_what_is_dropped(self):
        layout = ROOT / "tests/estates/velo/mappings/legacy/atelier.layout.yaml"
        code, out, err = self.headgate("contract", "init", "--legacy", layout, "--operation", "sendToWorkshop", "--name", "workshop.v1")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("/workshop/v1/sendToWorkshop:\n    post:\n", out)
        self.write("contracts/workshop.v1.yaml", out)
        self.assertEqual(self.check()[0], 0)

    def test_what_cannot_be_drafted_is_exit_code_2(self):
        for words, told in (((SHOP, "--operation", "priceQery"), "did you mean 'priceQuery'?"), (("none.wsdl",), "none.wsdl"),
                            (("none.yaml", "--operation", "a", "--operation", "b"), "what is no WSDL has one operation"),
                            (("none.yaml",), "none.yaml"), ((self.write("c.yaml", "REF: chr(1)"),), "c.yaml:1:1:"),
                            ((SHOP, "--name", "Shop"), "is no name of a contract"),
                            ((self.write("x.wsdl", "<a/>"),), "not a WSDL 1.1 document")):
            code, out, err = self.headgate("contract", "init", "--legacy", *words)
            self.assertEqual((code, out), (2, ""), err)
            self.assertIn(told, err)


class Mapping(InAFolder):
    def test_a_draft_goes_to_stdout_and_what_it_lacks_to_stderr(self):
        code, out, err = self.headgate("mapping", "init", "--contract", "pricing.v1/getPrices", "--legacy", f"{SHOP}#priceQuery",
                                       "--contracts", ROOT / "contracts/catalog", "--folder", ROOT / "mappings/catalog")
        self.assertEqual(code, 0, err)
        self.assertRegex(err, r"^pricing\.v1/getPrices: 14 rules, \d+ unsure, 0 that do not fit, 3 gaps\n$")
        for line in ("map: pricing.v1/getPrices <-> shop.priceQuery", "draft: true", '  wsdl: "legacy/shop.wsdl"',
                     "  - channel <-> vkweg | table(channel)  # unsure: the codes",
                     "      - listPrice.centAmount <- listPreis | decimal(2) | minor-units(listPrice.currencyCode)"):
            self.assertIn(line + "\n", out)

    def test_columns_become_a_query_and_a_guide_a_file(self):
        columns = self.write("lagbst.yaml", "ARTNR: char(18)\nLAG: int\nBEST: decimal(9,3)\nUPD: timestamp\n")
        words = ("--contracts", ROOT / "contracts/catalog", "--contract")
        code, out, err = self.headgate("mapping", "init", *words, "inventory.v2/getAvailability", "--legacy", columns, "--system", "stock",
                                       "--call", "bySku")
        self.assertEqual(code, 0, err)
        self.assertIn("map: inventory.v2/getAvailability <- stock.bySku\n", out)
        self.assertIn('sql: "SELECT ARTNR,LAG,BEST,UPD FROM LAGBST WHERE ARTNR IN (:skus)', out)
        self.assertIn("  - skus[] -> :skus[] | padded(18,' ',right)\n", out)
        self.assertIn("  - each: items <- group(ARTNR)\n    key: sku\n", out)
        code, out, err = self.headgate("mapping", "init", *words, "orders.v1/Order", "--legacy",
                                       ROOT / "mappings/catalog/legacy/940.guide.yaml")
        self.assertEqual(code, 0, err)
        self.assertIn('file: "out-{W05/02}.940"\n', out)
        self.assertIn("- orderId -> W05/02", out)

    def test_contract_and_mapping_drafted_of_one_wsdl_pass_the_check_and_carry_a_message(self):
        self.write("contracts/shop.v1.yaml", self.headgate("contract", "init", "--legacy", SHOP)[1])
        shutil.copytree(SHOP.parent, self.folder / "mappings/legacy")
        for operation in ("priceQuery", "orderCreate", "orderStatus"):
            code, out, err = self.headgate("mapping", "init", "--contract", f"shop.v1/{operation}", "--legacy",
                                           f"mappings/legacy/shop.wsdl#{operation}", "--contracts", "contracts", "--folder", "mappings")
            self.assertEqual(code, 0, err)
            self.assertIn("0 that do not fit, 0 gaps", err)
            self.write(f"mappings/{operation}.map.yaml", out.replace("draft: true\n", ""))
        code, out, err = self.check()
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("17 operations, 3 mappings", out)
        self.write("query.yaml", 'mandant: "100"\nvkweg: "01"\nwaehr: EUR\npos: [{ artnr: HG-1, menge: 2.5 }]\n')
        code, out, err = self.headgate("mapping", "run", "mappings/priceQuery.map.yaml", "--in", "query.yaml", "-o", "bytes")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("<pos><artnr>HG-1</artnr><menge>2.5000</menge></pos>", out)

    def test_what_cannot_be_drafted_is_exit_code_2(self):
        words = ("--contracts", ROOT / "contracts/catalog", "--contract")
        for more, told in (((*words, "pricing.v1/getPrice", "--legacy", f"{SHOP}#priceQuery"), "did you mean 'pricing.v1/getPrices'?"),
                           ((*words, "pricing.v1/getPrices", "--legacy", SHOP), "which operation?"),
                           ((*words, "pricing.v1/getPrices", "--legacy", "none.yaml"), "none.yaml"),
                           (("--contract", "pricing.v1/getPrices", "--legacy", f"{SHOP}#priceQuery"), "--contracts DIR")):
            code, out, err = self.headgate("mapping", "init", *more)
            self.assertEqual((code, out), (2, ""), err)
            self.assertIn(told, err)


if __name__ == "__main__":
    unittest.main()
