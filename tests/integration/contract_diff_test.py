"""`headgate contract diff` as people and programs call it: outputs, exit codes, whom a change hits."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
GOLDEN = ROOT / "tests/golden/evolution"
STOCK_STATUS = "    StockStatus:\n      type: string\n      enum: [sellable, blocked"
AVAILABILITY = "inventory.v2/getAvailability"


def diff(old, new, *options, today="2026-11-26"):
    return subprocess.run([HEADGATE, "contract", "diff", old, new, "--today", today, *options], cwd=ROOT,
                          capture_output=True, text=True, timeout=120)


def case(name):
    return GOLDEN / name / "old.yaml", GOLDEN / name / "new.yaml"


class Outputs(unittest.TestCase):
    def test_the_exit_code_is_the_gates(self):
        breaking, risky, compatible = (case(name) for name in
                                       ("request-type-changed", "request-personal-changed", "operation-added"))
        for sides, fail_on, expected in [(breaking, "breaking", 1), (breaking, "risky", 1), (breaking, "never", 0),
                                         (risky, "breaking", 0), (risky, "risky", 1), (compatible, "risky", 0)]:
            for output in ("table", "json", "sarif"):
                done = diff(*sides, "--fail-on", fail_on, "-o", output)
                self.assertEqual(done.returncode, expected, (sides, fail_on, output, done.stderr))
                self.assertEqual(done.stderr, "")
                self.assertTrue(done.stdout)

    def test_the_default_fails_on_breaks(self):
        self.assertEqual(diff(*case("request-type-changed")).returncode, 1)
        self.assertEqual(diff(*case("request-personal-changed")).returncode, 0)

    def test_unusable_input_is_told_on_stderr_alone(self):
        old, _ = case("request-type-changed")
        with tempfile.TemporaryDirectory(prefix="headgate-diff-") as folder:
            broken = pathlib.Path(folder) / "broken.yaml"
            broken.write_text("openapi: 3.1.0\npaths:\n  /a: { $ref: 'none.yaml#/a' }\n")
            for new in (broken, folder + "/none.yaml", folder):
                done = diff(old, new)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertEqual(done.stdout, "")
                self.assertIn("error", done.stderr)
            self.assertRegex(diff(old, broken).stderr, r"broken\.yaml:3:\d+: error: .*leads nowhere")
            self.assertEqual(diff(old, old, "--mappings", folder + "/none").returncode, 2)
        self.assertEqual(diff(old, old, "--fail-on", "sometimes").returncode, 2)

    def test_a_document_in_a_folder_below_does_not_go_unseen(self):
        old, new = case("request-type-changed")
        with tempfile.TemporaryDirectory(prefix="headgate-diff-") as folder:
            for side, file in (("old", old), ("new", new)):
                (pathlib.Path(folder) / side / "below").mkdir(parents=True)
                shutil.copy(old, pathlib.Path(folder) / side / "api.yaml")
                shutil.copy(file, pathlib.Path(folder) / side / "below/api.yaml")
            done = diff(folder + "/old", folder + "/new")
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertRegex(done.stderr, r"below/api\.yaml:1:1: error: a document in a folder below is not compared")
            # What is referred to is no document of its own.
            for side in ("old", "new"):
                (pathlib.Path(folder) / side / "below/api.yaml").write_text("Text: { type: string }\n")
            self.assertEqual(diff(folder + "/old", folder + "/new").returncode, 0)

    def test_a_day_that_does_not_exist_is_refused(self):
        old, _ = case("request-type-changed")
        for day in ("soon", "2026-02-30", "2025-02-29", "2026-13-01", "2026-11-00", "2026-1-1", "2026-02-3x"):
            done = diff(old, old, today=day)
            self.assertEqual((done.returncode, done.stdout), (2, ""), day)
            self.assertIn(f"'{day}' is no day of the calendar", done.stderr)
        self.assertEqual(diff(old, old, today="2028-02-29").returncode, 0)

    def test_help_shows_an_example(self):
        done = subprocess.run([HEADGATE, "contract", "diff", "--help"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("example:\n  headgate contract diff ", done.stdout)

    def test_the_table_groups_by_level_and_names_both_places(self):
        done = diff(*case("response-enum-value-added-by-discriminator"))
        self.assertLess(done.stdout.index("breaking\n"), done.stdout.index("compatible\n"))
        self.assertRegex(done.stdout, r"old\.yaml:\d+:\d+ -> \S+new\.yaml:\d+:\d+\n")
        self.assertIn("\n3 breaking, 0 risky, 2 compatible\n", done.stdout)
        self.assertEqual(diff(*case("same-inlined")).stdout, "no changes\n")

    def test_no_control_character_reaches_the_terminal(self):
        with tempfile.TemporaryDirectory(prefix="headgate-diff-") as folder:
            old, new = pathlib.Path(folder) / "old.json", pathlib.Path(folder) / "new.json"
            document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "x-a": 1}
            old.write_text(json.dumps(document))
            new.write_text(json.dumps({**document, "x-\u001b[2J": 2}))
            told = diff(old, new).stdout
            self.assertIn("x-?[2J", told)
            self.assertNotIn("\u001b", told)

    def test_sarif_is_complete(self):
        for name in ("request-type-changed", "request-body-added", "response-enum-value-added-by-discriminator"):
            log = json.loads(diff(*case(name), "-o", "sarif").stdout)
            self.assertEqual(log["version"], "2.1.0")
            run, = log["runs"]
            rules = run["tool"]["driver"]["rules"]
            self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
            self.assertEqual(run["tool"]["driver"]["name"], "headgate")
            self.assertTrue(run["results"])
            for result in run["results"]:
                self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
                self.assertIn(result["level"], ("error", "warning", "note"))
                self.assertTrue(result["message"]["text"])
                related = result.get("relatedLocations", [])
                for location in result["locations"] + related:
                    physical = location["physicalLocation"]
                    self.assertRegex(physical["artifactLocation"]["uri"], r"^[A-Za-z0-9._~/%:-]+$")
                    self.assertGreaterEqual(physical["region"]["startLine"], 1)
                    self.assertGreaterEqual(physical["region"]["startColumn"], 1)
                self.assertEqual([one["id"] for one in related], list(range(1, len(related) + 1)))

    def test_json_tells_both_places_and_sums_up(self):
        report = json.loads(diff(*case("request-type-changed"), "-o", "json").stdout)
        self.assertEqual(report["summary"], {"breaking": 1, "risky": 0, "compatible": 0, "failed": True})
        change, = report["changes"]
        self.assertEqual((change["rule"], change["level"], change["direction"], change["operation"], change["path"]),
                         ("request-type-changed", "breaking", "request", "doThing", "/kind"))
        for side, name in (("before", "old.yaml"), ("after", "new.yaml")):
            self.assertTrue(change[side]["file"].endswith(name))
            self.assertGreater(change[side]["line"], 1)


class Hits(unittest.TestCase):
    """Mappings and callers, over the catalog with one place changed."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="headgate-diff-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "contracts/catalog", self.catalog)

    def change(self, name, old, new):
        path = self.catalog / name
        text = path.read_text()
        self.assertEqual(text.count(old), 1, f"{name}: {old}")
        path.write_text(text.replace(old, new))

    def record(self, *callers):
        usage = self.folder / "usage.json"
        usage.write_text(json.dumps({"callers": list(callers)}))
        return usage

    def changes(self, *options):
        done = diff("contracts/catalog", self.catalog, "-o", "json", "--fail-on", "never", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["changes"]

    def one(self, changes, rule, operation, path):
        found = [c for c in changes if (c["rule"], c["operation"], c["path"]) == (rule, operation, path)]
        self.assertEqual(len(found), 1, [(c["rule"], c["operation"], c["path"]) for c in changes])
        return found[0]

    def mapped(self, change):
        return sorted({(m["mapping"], m["legacy"]) for m in change.get("mappings", [])})

    def test_the_catalog_does_not_differ_from_itself(self):
        done = diff("contracts/catalog", self.catalog, "--mappings", "mappings/catalog")
        self.assertEqual((done.returncode, done.stdout), (0, "no changes\n"))

    def test_names_the_legacy_field_behind_a_reply(self):
        self.change("inventory.v2.yaml", f"{STOCK_STATUS}, discontinued]", f"{STOCK_STATUS}]")
        change = self.one(self.changes("--mappings", "mappings/catalog"), "response-enum-value-removed", AVAILABILITY,
                          "/items/*/locations/*/status")
        self.assertIn((AVAILABILITY + " <- stock.bySku", "KZ"), self.mapped(change))
        self.assertNotIn((AVAILABILITY + " <- stock.bySku", "ARTNR"), self.mapped(change))  # the list around it
        mark = next(m for m in change["mappings"] if m["legacy"] == "KZ")
        self.assertIn("status", (ROOT / mark["file"]).read_text().splitlines()[mark["line"] - 1])

    def test_names_the_legacy_field_behind_a_parameter(self):
        self.change("inventory.v2.yaml", "            maxItems: 50\n", "            maxItems: 40\n")
        change = self.one(self.changes("--mappings", "mappings/catalog"), "request-limit-tightened", AVAILABILITY,
                          "/locationIds")
        self.assertIn((AVAILABILITY + " <- stock.bySku", ":lags[]"), self.mapped(change))

    def test_names_the_mappings_of_a_component_of_the_message(self):
        self.change("orders.v1.yaml", "lineId:\n          type: string", "lineId:\n          type: string\n          maxLength: 1")
        changes = self.changes("--mappings", "mappings/catalog")
        mapped = dict(self.mapped(self.one(changes, "response-limit-tightened", "orders.v1/createOrder", "/lines/*/lineId")))
        self.assertEqual(mapped["orders.v1/Order -> shop.orderCreate"], "ord/pos/@nr")
        self.assertEqual(mapped["orders.v1/Order -> stock.reserve"], ":lines/:pos")

    def test_says_who_is_hit_and_when_nobody_is(self):
        self.change("inventory.v2.yaml", f"{STOCK_STATUS}, discontinued]", f"{STOCK_STATUS}, discontinued, recalled]")
        self.change("inventory.v2.yaml", "    ReceiptDate:\n      type: string\n",
                    "    ReceiptDate:\n      type: [string, \"null\"]\n")
        usage = self.record(
            {"caller": "storefront", "operation": AVAILABILITY, "requestFields": ["/skus"],
             "responseFields": ["/items/*/sku", "/items/*/locations/*/status"]},
            {"caller": "app", "operation": AVAILABILITY, "requestFields": ["/skus/*"], "responseFields": ["/items/*/sku"]},
            {"caller": "till", "operation": "orders.v1/createOrder"})
        changes = self.changes("--usage", usage)
        callers = lambda rule, path: self.one(changes, rule, AVAILABILITY, path)["callers"]
        self.assertEqual(callers("response-enum-value-added", "/items/*/locations/*/status"), ["storefront"])
        self.assertEqual(callers("response-nullable-added", "/items/*/locations/*/nextReceiptDate"), [])
        done = diff("contracts/catalog", self.catalog, "--usage", usage)
        self.assertEqual(done.returncode, 1)  # still a break
        self.assertIn("breaking, but no caller uses it", done.stdout)
        self.assertIn("callers: storefront\n", done.stdout)

    def test_what_hits_everybody_is_not_told_as_unused(self):
        self.change("inventory.v2.yaml", "          description: Only these locations, separated by commas; all when absent.\n",
                    "          description: Only these locations.\n          required: true\n")
        usage = self.record({"caller": "storefront", "operation": AVAILABILITY, "requestFields": ["/skus"]})
        change = self.one(self.changes("--usage", usage), "request-parameter-became-required", AVAILABILITY, "/locationIds")
        self.assertEqual(change["callers"], ["storefront"])  # who doesn't send it yet

    def test_a_break_in_a_recursive_message_hits_who_reads_it_at_any_depth(self):
        tree = json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1.0.0", "x-contract": "tree.v1"}, "paths": {
            "/tree": {"get": {"operationId": "getTree", "responses": {"200": {"description": "d", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}}}}}},
            "components": {"schemas": {"Node": {"type": "object", "properties": {
                "name": {"type": "string"},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}}}}})
        old, new = self.folder / "old.json", self.folder / "new.json"
        old.write_text(tree)
        new.write_text(tree.replace('"name": {"type": "string"}', '"name": {"type": ["string", "null"]}'))
        usage = self.record({"caller": "storefront", "operation": "tree.v1/getTree", "requestFields": [],
                             "responseFields": ["/children/*/children/*/name"]})
        report = json.loads(diff(old, new, "-o", "json", "--usage", usage).stdout)
        change, = [c for c in report["changes"] if c["rule"] == "response-nullable-added"]
        self.assertEqual((change["path"], change["elsewhere"], change["callers"]), ("/name", True, ["storefront"]))

    def test_a_record_of_usage_that_is_none_is_refused(self):
        usage = self.folder / "usage.json"
        for text in ("", "[]", '{"callers": {}}', '{"callers": [{"caller": 1}]}',
                     '{"callers": [{"caller": "a", "operation": "b", "requestFields": [1]}]}'):
            usage.write_text(text)
            done = diff("contracts/catalog", self.catalog, "--usage", usage)
            self.assertEqual(done.returncode, 2, text)
            self.assertIn("usage.json", done.stderr)


if __name__ == "__main__":
    unittest.main()
