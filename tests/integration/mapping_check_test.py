"""`headgate mapping check`: what each mapping accounts for, its laws, its cases; 0 all hold, 1 something doesn't, 2 usage."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
CONTRACTS = ROOT / "contracts/catalog"


class MappingCheck(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-mapping-check-"))
        self.mappings = self.folder / "mappings"
        shutil.copytree(ROOT / "mappings/catalog", self.mappings)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def change(self, name, find, put):
        path = self.mappings / name
        text = path.read_text()
        self.assertIn(find, text)
        path.write_text(text.replace(find, put, 1))

    def run_it(self, *words):
        done = subprocess.run([str(HEADGATE), "mapping", "check", *map(str, words)], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def check(self, *words):
        return self.run_it(CONTRACTS, self.mappings, *words)

    def test_the_retailers_mappings_are_accounted_for_and_keep_their_laws(self):
        code, out, err = self.check("--documents", 50)
        self.assertEqual((code, err), (0, ""), out)
        block = out[out.index("orders.v1/Order -> shop.orderCreate"):].split("\n")[:5]
        self.assertRegex(block[0], r"contract (\d+)/\1 accounted \(\d+ mapped, \d+ computed, \d+ dropped\)  legacy (\d+)/\2 "
                                   r"accounted \(\d+ mapped, 1 set, 1 dropped\) -> ok")
        self.assertRegex(block[1], r"  laws: \d+ exact, \d+ normalising, 1 updating")
        self.assertRegex(block[2], r"  cases: 10 of 10 hold")
        self.assertRegex(block[3], r"  documents: 50 written \(\d+ refused\), 50 read \(\d+ refused\), laws hold")

    def test_gaps_are_listed_with_their_place_and_fail(self):
        self.change("pricing-shop.map.yaml", "  - drop: { legacy: mandant, why: the client is always 100 }\n", "")
        code, out, err = self.check()
        self.assertEqual((code, err), (1, ""))
        self.assertRegex(out, r"pricing\.v1/getPrices <-> shop\.priceQuery  contract (\d+)/\1 accounted .*  legacy 15/16 accounted .* -> FAIL\n"
                              r"  pricing-shop\.map\.yaml:\d+:3  shop\.priceQuery answers 'mandant', and no rule carries it \(a rule, as "
                              r"'fehlend' has in line \d+, or drop: \{ legacy: mandant, why: \.\.\. \}\)\n"
                              r"  unmapped legacy: mandant\n  laws: ")
        self.assertIn("orders.v1/Order -> shop.orderCreate", out)
        self.assertNotIn("cases: 0", out)

    def test_a_draft_passes_with_its_gaps(self):
        self.change("pricing-shop.map.yaml", "  - drop: { legacy: mandant, why: the client is always 100 }\n", "")
        self.change("pricing-shop.map.yaml", "legacy:", "draft: true\nlegacy:")
        code, out, err = self.check()
        self.assertEqual((code, err), (0, ""), out)
        self.assertRegex(out, r"shop\.priceQuery  .* -> draft\n  pricing-shop\.map\.yaml:\d+:3  warning: shop\.priceQuery answers 'mandant'")

    def test_a_case_that_fails_is_told_at_its_place(self):
        self.change("pricing-shop.cases.yaml", 'vkweg: "01"', 'vkweg: "02"')
        code, out, err = self.check("--documents", 0)
        self.assertEqual((code, err), (1, ""))
        self.assertRegex(out, r"cases: 11 of 12 hold")
        self.assertRegex(out, r"pricing-shop\.cases\.yaml:\d+:\d+: error: case 'a query in the schema's order, quantities with four places'")
        self.assertNotIn("documents:", out)

    def test_a_seed_is_a_whole_number(self):
        code, out, err = self.check("--seed", "-1")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("'-1' is no whole number from 0 on", err)

    def test_json_tells_rules_drops_and_diagnostics(self):
        self.change("pricing-shop.map.yaml", "why: the client is always 100 }", "why: x, until: 2026-10 }")
        code, out, err = self.check("-o", "json", "--today", "2026-11-01", "--documents", 20)
        self.assertEqual((code, err), (0, ""))
        told = json.loads(out)
        self.assertTrue(told["good"])
        prices = next(one for one in told["mappings"] if one["mapping"] == "pricing.v1/getPrices <-> shop.priceQuery")
        self.assertEqual(prices["contract"]["accounted"], prices["contract"]["total"])
        self.assertEqual(prices["legacy"]["unmapped"], [])
        self.assertIn({"legacy": "mandant", "why": "x", "until": "2026-10"},
                      [{key: drop[key] for key in ("legacy", "why", "until") if key in drop} for drop in prices["drops"]])
        self.assertEqual([(d["severity"], d["message"]) for d in prices["diagnostics"]],
                         [("warning", "'mandant' was to be dropped until 2026-10 alone")])
        channel = next(rule for rule in prices["rules"] if rule["rule"] == "channel <-> vkweg")
        self.assertEqual((channel["law"], channel["section"]), ("exact", "request"))
        self.assertEqual(prices["laws"]["exact"] + prices["laws"]["normalising"] + prices["laws"]["updating"], len(prices["rules"]))
        self.assertEqual(prices["documents"]["request"]["documents"], 20)
        self.assertEqual(prices["cases"], {"run": 12, "failed": 0})

    def test_a_configuration_names_the_folders(self):
        config = self.folder / "headgate.yaml"
        config.write_text(f"contracts: [{CONTRACTS}]\nmappings: [mappings]\n")
        code, out, err = self.run_it("-c", config)
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("warehouse.940", out)

    def test_a_file_that_is_no_mapping_is_told_by_its_name(self):
        self.change("pricing-shop.map.yaml", "request:", "reqest:")
        code, out, err = self.check()
        self.assertEqual((code, err), (1, ""))
        self.assertRegex(out, r"pricing-shop\.map\.yaml -> FAIL\n  pricing-shop\.map\.yaml:\d+:1  unknown key 'reqest' in a mapping \(did you mean 'request'\?\)")

    def test_wrong_usage_is_2(self):
        for words in ([CONTRACTS], [self.mappings], ["/nowhere", self.mappings], ["-c", "/nowhere/headgate.yaml"],
                      [CONTRACTS, self.mappings, "-o", "xml"], [CONTRACTS, self.mappings, "--documents", "-1"]):
            code, out, err = self.run_it(*words)
            self.assertEqual((code, out), (2, ""), words)
            self.assertNotEqual(err, "")


if __name__ == "__main__":
    unittest.main()
