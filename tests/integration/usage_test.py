"""Who calls which version from which build, and with which fields: over admin API, command line and metrics; durable."""
import datetime
import json
import pathlib
import shutil
import signal
import tempfile
import time
import unittest

from api import call
from estate import MIGRATION, ROOT, STOREFRONT, VIEWER, Estate, get, wait_for

V1, V2 = "/inventory/v1/availability", "/inventory/v2/availability"
SUNSET = (datetime.date.today() + datetime.timedelta(days=100)).isoformat()


class TwoVersions(Estate):
    """The demo, and beside inventory.v2 the same contract as a deprecated inventory.v1, mapped to the stock as well."""

    def config(self):
        path = super().config()
        text = path.read_text()
        for kind, file in (("contracts", "inventory.v2.yaml"), ("mappings", "inventory-stock.map.yaml")):
            copy = self.directory / kind
            shutil.copytree(ROOT / kind / "catalog", copy, dirs_exist_ok=True)
            older = (copy / file).read_text().replace("inventory.v2", "inventory.v1").replace("/inventory/v2/", "/inventory/v1/")
            older = older.replace("stock.bySku", "stock.bySkuOfV1")
            older = older.replace("version: 2.0.0", "version: 1.4.0").replace(
                "  x-contract: inventory.v1", "  x-contract: inventory.v1\n  x-lifecycle: { state: deprecated, "
                f"deprecated: 2026-01-15, sunset: {SUNSET}, successor: inventory.v2 }}")
            (copy / file.replace("inventory.v2", "inventory.v1").replace("inventory-stock", "inventory-stock-v1")).write_text(older)
            text = text.replace(f"{ROOT}/{kind}/catalog", str(copy))
        path.write_text(text + "  - { operation: inventory.v1/getAvailability, legacy: stock }\n")
        return path


class Usage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-usage-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.estate = TwoVersions(self.folder, "dev", workers=2)
        self.addCleanup(self.estate.__exit__)
        self.estate.start_simulator()
        self.estate.start_gateway()

    def ask(self, path, query="skus=HG-100001", token=STOREFRONT, build=None, **headers):
        if build:
            headers["X-App-Build"] = build
        return call(self.estate.api, "GET", f"{path}?{query}", None, token, headers)

    def usage(self, query="", token=VIEWER):
        status, body = get(f"{self.estate.admin}/api/v1/usage{query}", token)
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def counts(self, query=""):
        return {(row["operation"].split("/")[0], row["caller"], row["build"]): (row["calls"], row["refused"])
                for row in self.usage(query)["callers"] if row["calls"]}

    def test_tells_who_still_calls_a_deprecated_version(self):
        for build, times in (("3.1.4", 3), ("3.2.0", 2), (None, 1)):
            for _ in range(times):
                self.assertEqual(self.ask(V1, build=build).status, 200)
        self.assertEqual(self.ask(V2, token=MIGRATION, build="nightly (x64)").status, 200)
        self.assertEqual(self.ask(V1, "skus=lower", build="3.2.0").status, 400)
        self.assertEqual(call(self.estate.api, "GET", V1, None, "wrong").status, 401)
        mirrored = self.ask(V1, build="9.9.9", **{"Headgate-Shadow": "1"})
        self.assertEqual(mirrored.status, 200)
        self.assertEqual(self.counts(), {
            ("inventory.v1", "storefront", "3.1.4"): (3, 0), ("inventory.v1", "storefront", "3.2.0"): (3, 1),
            ("inventory.v1", "storefront", "unknown"): (1, 0), ("inventory.v2", "migration-lead", "nightly"): (1, 0)})
        self.assertEqual(set(self.counts("?contract=inventory.v2")), {("inventory.v2", "migration-lead", "nightly")})
        told = {c["contract"]: c for c in self.usage()["contracts"]}
        self.assertEqual((told["inventory.v1"]["state"], told["inventory.v1"]["successor"]), ("deprecated", "inventory.v2"))
        self.assertIn(told["inventory.v1"]["daysToSunset"], (99, 100))
        self.assertEqual((told["inventory.v1"]["calls"], told["inventory.v1"]["callers"]), (7, 1))
        self.assertEqual((told["pricing.v1"]["calls"], told["pricing.v1"]["state"]), (0, "active"))

        done = self.estate.command("contract", "usage")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"inventory\.v1 +storefront +3\.1\.4 +getAvailability +3 +0 ")
        self.assertRegex(done.stdout, rf"inventory\.v1 is deprecated since 2026-01-15; its sunset is {SUNSET}, in (99|100) days; "
                                      "go to inventory.v2; called by storefront\n")
        metrics = get(self.estate.admin + "/metrics")[1]
        self.assertIn('headgate_contract_calls_total{build="3.1.4",caller="storefront",contract="inventory.v1"} 3\n', metrics)
        self.assertNotIn("9.9.9", metrics)

    def test_tells_which_fields_each_caller_sends_and_relies_on(self):
        for _ in range(4):
            self.ask(V2, build="3.1.4")
        self.ask(V2, "skus=HG-100001,HG-100002&locationIds=ST-0001", build="3.2.0")
        self.ask(V2, "skus=HG-100001", token=MIGRATION)
        rows = self.usage("?operation=inventory.v2/getAvailability&caller=storefront")["callers"]
        fields = {row["build"]: {f["path"]: f["calls"] for f in row["requestFields"]} for row in rows}
        self.assertEqual(fields, {"3.1.4": {"/skus": 4, "/skus/*": 4},
                                  "3.2.0": {"/skus": 1, "/skus/*": 1, "/locationIds": 1, "/locationIds/*": 1}})
        for row in rows:
            self.assertIn("/items/*/locations/*/available", row["responseFields"])
            self.assertNotIn("/items/*/locations/*/onHand", row["responseFields"])
            self.assertLessEqual(row["firstSeen"], row["lastSeen"])
            self.assertRegex(row["lastSeen"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        others = self.usage("?operation=inventory.v2/getAvailability&caller=migration-lead")["callers"]
        self.assertEqual([(r["declared"], r["responseFields"]) for r in others], [(False, [])])
        # Declared and never called: what a change would break all the same.
        declared = self.usage("?operation=pricing.v1/getPrices")["callers"]
        self.assertEqual([(r["caller"], r["calls"]) for r in declared], [("storefront", 0)])
        self.assertIn("/prices/*/effectivePrice/centAmount", declared[0]["responseFields"])

        done = self.estate.command("contract", "usage", "inventory.v2/getAvailability")
        self.assertRegex(done.stdout, r"/locationIds +storefront +1 +20%")
        self.assertRegex(done.stdout, r"/skus +migration-lead +1 +100%")
        self.assertRegex(done.stdout, r"/items/\*/sku +storefront")
        self.assertIn("what migration-lead reads of the answers is not declared\n", done.stdout)
        as_json = json.loads(self.estate.command("contract", "usage", "-o", "json", "--caller", "storefront").stdout)
        self.assertEqual({row["caller"] for row in as_json["callers"]}, {"storefront"})

    def test_a_name_that_nobody_has_is_told_with_the_nearest(self):
        for arguments, hint in ((["inventory.v3"], "inventory.v"), (["inventory.v2/getAvailabilty"], "getAvailability'"),
                                (["--caller", "storfront"], "did you mean 'storefront'?")):
            done = self.estate.command("contract", "usage", *arguments)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn(hint, done.stderr)
        self.assertEqual(get(self.estate.admin + "/api/v1/usage", "wrong")[0], 401)
        self.assertEqual(get(self.estate.admin + "/api/v1/usage", STOREFRONT)[0], 403)

    def test_counts_survive_an_orderly_end_whole_and_a_kill_up_to_the_last_save(self):
        for _ in range(5):
            self.ask(V1, build="3.1.4")
        self.estate.stop(self.estate.gateway)
        self.estate.start_gateway()
        key = ("inventory.v1", "storefront", "3.1.4")
        self.assertEqual(self.counts()[key], (5, 0))
        # The counter of the metrics begins anew, as counters do.
        self.assertNotIn("headgate_contract_calls_total{", get(self.estate.admin + "/metrics")[1])
        for _ in range(5):
            self.ask(V1, build="3.1.4")
        time.sleep(3)  # more than the 2 s between two saves: these are kept
        for _ in range(3):
            self.ask(V1, build="3.1.4")
        self.assertEqual(self.counts()[key], (13, 0))
        self.estate.gateway.send_signal(signal.SIGKILL)
        self.estate.gateway.wait()
        self.estate.start_gateway()
        kept = self.counts()[key][0]
        self.assertGreaterEqual(kept, 10)
        self.assertLessEqual(kept, 13)
        self.ask(V1, build="3.1.4")
        self.assertEqual(self.counts()[key][0], kept + 1)

    def test_a_reload_keeps_the_counts_of_fields_that_still_exist(self):
        self.ask(V1, "skus=HG-100001&locationIds=ST-0001", build="3.1.4")
        for file in ("contracts/inventory.v1.yaml", "mappings/inventory-stock-v1.map.yaml"):
            path = self.folder / file
            path.write_text(path.read_text().replace("locationIds", "places"))
        self.estate.gateway.send_signal(signal.SIGHUP)
        log = self.folder / "headgate.log"
        wait_for("the reload", lambda: '"event":"reloaded"' in log.read_text() or "reload-refused" in log.read_text())
        self.assertNotIn("reload-refused", log.read_text())
        fields = {f["path"]: f["calls"] for row in self.usage("?contract=inventory.v1")["callers"] for f in row["requestFields"]}
        self.assertEqual(fields, {"/skus": 1, "/skus/*": 1})

    def test_builds_that_are_no_text_to_keep_are_made_safe(self):
        self.ask(V2, build="<b>" + "x" * 500)
        self.ask(V2, build="\u00fc")
        builds = {build for _, caller, build in self.counts() if caller == "storefront"}
        self.assertIn("_b_" + "x" * 37, builds)
        self.assertEqual(len(builds), 2)
        for build in builds:
            self.assertRegex(build, r"^[A-Za-z0-9._+:/~-]{1,40}$")


if __name__ == "__main__":
    unittest.main()
