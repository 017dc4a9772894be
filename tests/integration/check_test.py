"""`headgate check` names each fault with file:line:column, the offending key and a hint; `serve` refuses to start with it."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT, Estate

# Each case: what is replaced in the configuration by what, and what the message must say at the replaced place.
CONFIG_FAULTS = [
    ("an unknown key with the nearest known one", "sticky: [header", "stiky: [header", "stiky", "did you mean 'sticky'?"),
    ("an unknown system", "legacy: stock", "legacy: stok", "stok", "did you mean 'stock'?"),
    ("an unknown operation", "inventory.v2/getAvailability", "inventory.v2/getAvailabilty", "getAvailabilty",
     "did you mean 'inventory.v2/getAvailability'?"),
    ("an unknown adapter", "adapter: soap", "adapter: sap", "sap", "soap"),
    ("an unknown setting of a system", "connections: 4", "conections: 4", "conections", "connections"),
    ("a number that is none", "deadline_ms: 1500", "deadline_ms: soon", "soon", "whole number"),
    ("a share that is none", "sample: 100%", "sample: 200%", "200%", "0% to 100%"),
    ("a token in clear", 'token: "sha256:', 'token: "md5:', "md5", "sha256"),
    ("a URL that is none", "adapter: http, url: \"http", "adapter: http, url: \"htp", "htp", "http://"),
    ("an unknown role", "role: caller", "role: boss", "boss", "caller, viewer, reviewer, operator"),
    ("a build's header that is none", "app_build: header:X-App-Build", "app_build: X-App-Build", "app_build: X", "header:X-App-Build"),
    ("a duplicate key", "workers: 1", "workers: 1\nworkers: 2", "workers: 2", "workers"),
    ("an anchor", "callers:", "callers: &x", "&x", "anchor"),
    ("an address that is none", 'admin: "127.0.0.1:', 'admin: "127.0.0.1:x', "1:x", "for example 127.0.0.1:8080"),
    ("a step that is there twice", "steps: [shop, warehouse]", "steps: [shop, shop]", "steps: [shop, shop]", ""),
    ("a bridge to an unknown operation", "bridge: inventory.v2/getAvailability", "bridge: inventory.v2/getAvailabilty",
     "bridge: inventory.v2/getAvailabilty", "did you mean 'inventory.v2/getAvailability'?"),
    ("a bridge that nobody wrote", "bridge: inventory.v2/getAvailability", "bridge: pricing.v1/getPrices",
     "bridge: pricing.v1/getPrices", "add one to the mappings folders"),
    ("a bridge beside a system", "bridge: inventory.v2/getAvailability }", "bridge: inventory.v2/getAvailability, legacy: stock }",
     "legacy: stock }", "it is said by the route it leads to"),
    ("a system with the name of the order log", "  warehouse: {", "  orders: {", "orders: {", "reserved"),
    ("a source that has no mapping", "operation: orders.v1/getOrder, legacy: orders", "operation: orders.v1/getOrder, legacy: stock",
     "legacy: stock }", "orders.v1/getOrder <- stock"),
    ("a system with the name of the read model", "  warehouse: {", "  read-model: {", "read-model: {", "reserved"),
    ("a feed of an unknown system", "system: warehouse", "system: warehause", "system: warehause", "there is no system 'warehause'"),
    ("a feed of a system without files", "system: warehouse", "system: shop", "system: shop", "one of the adapter files"),
    ("a feed of names that are none", 'files: "945-*.945"', 'files: "945-*-*.945"', "945-*-*", "more than one part that is open"),
    ("a feed that no mapping reads", "mapping: fulfilment.v1/ShipmentAdvice", "mapping: fulfilment.v1/Shipment",
     "mapping: fulfilment.v1/Shipment", "map: fulfilment.v1/Shipment <- warehouse"),
    ("a feed whose key may be absent", "key: shipmentId, by", "key: nobody, by", "key: nobody", "is no single value"),
    ("a read model that no feed keeps so", "by: [orderId]", "by: []", "legacy: read-model", "no feed keeps"),
    ("acknowledgements of what is not dropped", 'call: "940"', 'call: "945"', 'call: "945"', "no mapping drops files"),
    ("acknowledgements by another guide", "legacy/997.guide.yaml", "legacy/945.guide.yaml", "legacy/945.guide.yaml", "a guide of the 997"),
    ("a mapping that is missing", "legacy: shop", "legacy: warehouse", "legacy: warehouse", "mapping"),
]


class Check(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-check-"))
        cls.estate = Estate(cls.folder, "dev")
        (cls.folder / "in").mkdir()
        cls.estate.parts = {"shop": "http://127.0.0.1:7001/shop", "stock_connection": "Driver=SQLite3;Database=none.db",
                            "warehouse_inbox": cls.folder / "in", "warehouse_outbox": cls.folder / "in",
                            "inventory": "http://127.0.0.1:7101", "pricing": "http://127.0.0.1:7102", "storefront": "http://127.0.0.1:7103/api"}
        cls.good = cls.estate.config().read_text()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def run_with(self, verb, config):
        path = self.folder / "headgate.yaml"
        path.write_text(config)
        return subprocess.run([self.estate.bin / "headgate", verb, "-c", path], capture_output=True, text=True, timeout=60)

    def test_a_good_configuration_is_ok(self):
        done = self.run_with("check", self.good)
        self.assertEqual(done.returncode, 0, done.stderr)
        # Contracts that no route serves are as good.
        operations = sum(path.read_text().count("operationId: ") for path in (ROOT / "contracts/catalog").glob("*.v*.yaml"))
        self.assertIn(f"ok, {operations} operations", done.stdout)

    def test_each_fault_is_named_at_its_line(self):
        for name, find, put, needle, hint in CONFIG_FAULTS:
            with self.subTest(name):
                self.assertIn(find, self.good)
                config = self.good.replace(find, put, 1)
                line = next(i for i, text in enumerate(config.splitlines(), 1) if needle in text)
                done = self.run_with("check", config)
                self.assertEqual(done.returncode, 2, done.stdout)
                told = [text for text in done.stderr.splitlines() if re.match(rf".*headgate\.yaml:{line}:\d+: error", text)]
                self.assertTrue(told, done.stderr)
                self.assertTrue(any(hint in text for text in told), done.stderr)

    def test_serve_refuses_to_start_with_the_same_words(self):
        done = self.run_with("serve", self.good.replace("legacy: stock", "legacy: stok"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("did you mean 'stock'?", done.stderr)

    def test_faults_of_contracts_and_mappings_are_named_in_their_files(self):
        for kind, file, find, put, expect in (
                ("contracts", "inventory.v2.yaml", "operationId: getAvailability", "operationIdd: getAvailability", "operationIdd"),
                ("mappings", None, "<- BEST", "<- BESTT", "BESTT")):
            with self.subTest(kind):
                copy = self.folder / kind
                shutil.copytree(ROOT / kind / "catalog", copy, dirs_exist_ok=True)
                path = copy / file if file else next(p for p in copy.glob("*.map.yaml") if find in p.read_text())
                text = path.read_text().replace(find, put, 1)
                self.assertIn(put, text)
                path.write_text(text)
                line = next(i for i, l in enumerate(text.splitlines(), 1) if put in l)
                done = self.run_with("check", self.good.replace(f"{ROOT}/{kind}/catalog", str(copy)))
                self.assertEqual(done.returncode, 2)
                told = [t for t in done.stderr.splitlines() if re.search(rf"{path.name}:{line}:\d+: error", t)]
                self.assertTrue(any(expect in t for t in told), done.stderr)

    def test_drafts_are_refused_unless_they_are_allowed(self):
        copy = self.folder / "drafts"
        shutil.copytree(ROOT / "mappings" / "catalog", copy)
        path = copy / "pricing-shop.map.yaml"
        gap = "  - drop: { legacy: mandant, why: the client is always 100 }\n"
        text = path.read_text().replace("legacy:", "draft: true\nlegacy:", 1)
        self.assertIn(gap, text)
        path.write_text(text.replace(gap, ""))
        config = self.good.replace(f"{ROOT}/mappings/catalog", str(copy))
        done = self.run_with("check", config)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"pricing-shop\.map\.yaml:2:6: error: this mapping is a draft, and drafts are refused")
        self.assertRegex(done.stderr, r"pricing-shop\.map\.yaml:\d+:3: warning: shop\.priceQuery answers 'mandant'")
        self.assertEqual(self.run_with("serve", config).returncode, 2)
        done = self.run_with("check", config + "drafts: allow\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("answers 'mandant', and no rule carries it", done.stderr)

    def test_a_drop_that_is_past_is_a_warning(self):
        copy = self.folder / "past"
        shutil.copytree(ROOT / "mappings" / "catalog", copy)
        path = copy / "pricing-shop.map.yaml"
        path.write_text(path.read_text().replace("why: the client is always 100 }", "why: x, until: 2020-02 }"))
        done = self.run_with("check", self.good.replace(f"{ROOT}/mappings/catalog", str(copy)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"pricing-shop\.map\.yaml:\d+:\d+: warning: 'mandant' was to be dropped until 2020-02 alone")

    def test_what_a_caller_relies_on_is_held_against_the_contracts(self):
        declared = ROOT / "tests/demo/callers/storefront.yaml"
        copy = self.folder / "storefront.yaml"
        copy.write_text(declared.read_text().replace("known: { type: boolean }", "known: { type: string }"))
        line = next(i for i, text in enumerate(copy.read_text().splitlines(), 1) if "known: {" in text)
        done = self.run_with("check", self.good.replace(str(declared), str(copy)))
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, rf"storefront\.yaml:{line}:\d+: error: inventory\.v2/getAvailability: '/items/\*/known' is "
                                      "boolean in the contract, but string here")

    def test_a_missing_file_is_told(self):
        done = subprocess.run([self.estate.bin / "headgate", "check", "-c", "/nowhere/headgate.yaml"], capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nowhere/headgate.yaml", done.stderr)

    def test_wrong_usage_is_exit_code_2_and_no_server_is_3(self):
        headgate = self.estate.bin / "headgate"
        self.assertEqual(subprocess.run([headgate, "rout"], capture_output=True).returncode, 2)
        self.assertEqual(subprocess.run([headgate, "route", "list", "--server", "http://127.0.0.1:1"],
                                        capture_output=True).returncode, 3)


if __name__ == "__main__":
    unittest.main()
