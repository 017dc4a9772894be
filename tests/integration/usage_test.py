"""Who calls which version from which build, and with which fields: over admin API, command line and metrics; durable."""
import datetime
import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from api import call
from estate import MIGRATION, ROOT, STOREFRONT, VIEWER, Estate, get, wait_for

V1, V2 = "/inventory/v1/availability?articles=HG-100001", "/inventory/v2/availability?skus=HG-100001"
SUNSET = datetime.date(2027, 9, 30)  # of inventory.v1


class OwnCatalogs(Estate):
    """The demo over copies of its contracts and mappings, which a test may change."""

    def config(self):
        path = super().config()
        text = path.read_text()
        for kind in ("contracts", "mappings"):
            if not (self.directory / kind).exists():
                shutil.copytree(ROOT / kind / "catalog", self.directory / kind)
            text = text.replace(f"{ROOT}/{kind}/catalog", str(self.directory / kind))
        path.write_text(text)
        return path


class Usage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-usage-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.estate = OwnCatalogs(self.folder, "dev", workers=2)
        self.addCleanup(self.estate.__exit__)
        self.estate.start_simulator()
        self.estate.start_gateway()

    def ask(self, target, token=STOREFRONT, build=None, **headers):
        if build:
            headers["X-App-Build"] = build
        return call(self.estate.api, "GET", target, None, token, headers)

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
        self.assertEqual(self.ask(V1.replace("HG", "hg"), build="3.2.0").status, 400)
        self.assertEqual(self.ask(V1, token="wrong").status, 401)
        mirrored = self.ask(V1, build="9.9.9", **{"Headgate-Shadow": "1"})
        self.assertEqual(mirrored.status, 200)
        self.assertEqual(self.counts(), {
            ("inventory.v1", "storefront", "3.1.4"): (3, 0), ("inventory.v1", "storefront", "3.2.0"): (3, 1),
            ("inventory.v1", "storefront", "unknown"): (1, 0), ("inventory.v2", "migration-lead", "nightly"): (1, 0)})
        self.assertEqual(set(self.counts("?contract=inventory.v2")), {("inventory.v2", "migration-lead", "nightly")})
        told = {c["contract"]: c for c in self.usage()["contracts"]}
        self.assertEqual((told["inventory.v1"]["state"], told["inventory.v1"]["successor"]), ("deprecated", "inventory.v2"))
        left = (SUNSET - datetime.datetime.now(datetime.timezone.utc).date()).days
        self.assertIn(told["inventory.v1"]["daysToSunset"], (left - 1, left))
        self.assertEqual((told["inventory.v1"]["calls"], told["inventory.v1"]["callers"]), (7, 1))
        self.assertEqual((told["pricing.v1"]["calls"], told["pricing.v1"]["state"]), (0, "active"))

        done = self.estate.command("contract", "usage")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"inventory\.v1 +storefront +3\.1\.4 +getAvailability +3 +0 ")
        self.assertRegex(done.stdout, rf"inventory\.v1 is deprecated since 2026-10-01; its sunset is {SUNSET}, in ({left - 1}|{left}) days; "
                                      "go to inventory.v2; called by storefront\n")
        metrics = get(self.estate.admin + "/metrics")[1]
        self.assertIn('headgate_contract_calls_total{build="3.1.4",caller="storefront",contract="inventory.v1"} 3\n', metrics)
        self.assertNotIn("9.9.9", metrics)

    def test_tells_which_fields_each_caller_sends_and_relies_on(self):
        for _ in range(4):
            self.ask(V2, build="3.1.4")
        self.ask(V2 + ",HG-100002&locationIds=ST-0001", build="3.2.0")
        self.ask(V2, token=MIGRATION)
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

    def hit_by(self, find, put):
        """Who is hit when inventory.v2 changes like this, by `contract diff` with the usage as it stands."""
        old, new, usage = ROOT / "contracts/catalog", self.folder / "changed", self.folder / "usage.json"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
        text = (new / "inventory.v2.yaml").read_text()
        self.assertIn(find, text)
        (new / "inventory.v2.yaml").write_text(text.replace(find, put))
        usage.write_text(self.estate.command("contract", "usage", "-o", "json").stdout)
        done = subprocess.run([self.estate.bin / "headgate", "contract", "diff", old, new, "--usage", usage, "-o", "json",
                               "--fail-on", "never"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        breaks = [c for c in json.loads(done.stdout)["changes"] if c["level"] == "breaking"]
        self.assertTrue(breaks, done.stdout)
        return {caller for change in breaks for caller in change["callers"]}

    def test_a_diff_names_the_callers_that_a_break_hits(self):
        self.ask(V2 + "&locationIds=ST-0001", build="3.1.4")
        no_longer = ("required: [locationId, onHand, reserved, safetyStock, available, status, asOf]",
                     "required: [locationId, onHand, reserved, available, status, asOf]")
        self.assertEqual(self.hit_by(*no_longer), set(), "the storefront does not read it")
        self.assertEqual(self.hit_by("        available:\n          type: integer", "        available:\n          type: string"),
                         {"storefront"})
        places = ("        - name: locationIds", "        - name: places")
        self.assertEqual(self.hit_by(*places), {"storefront"})
        self.ask(V2, token=MIGRATION)
        self.assertEqual(self.hit_by(*places), {"storefront"}, "who calls, but does not send it, is not hit")
        self.assertEqual(self.hit_by(*no_longer), {"migration-lead"}, "what it reads is not declared")

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
        self.ask(V1 + "&stores=ST-0001", build="3.1.4")
        fields = {"/articles": 1, "/articles/*": 1, "/stores": 1, "/stores/*": 1}
        self.assertEqual(self.fields_of_v1(), fields, "as they were asked for, not as the bridge asks on")
        for file, find, put in (("contracts/inventory.v1.yaml", "- name: stores", "- name: places"),
                                ("mappings/inventory-v1.map.yaml", "- stores[] ->", "- places[] ->")):
            path = self.folder / file
            self.assertIn(find, path.read_text())
            path.write_text(path.read_text().replace(find, put))
        self.estate.gateway.send_signal(signal.SIGHUP)
        log = self.folder / "headgate.log"
        wait_for("the reload", lambda: '"event":"reloaded"' in log.read_text() or "reload-refused" in log.read_text())
        self.assertNotIn("reload-refused", log.read_text())
        self.assertEqual(self.fields_of_v1(), {"/articles": 1, "/articles/*": 1})

    def fields_of_v1(self):
        rows = self.usage("?contract=inventory.v1")["callers"]
        return {field["path"]: field["calls"] for row in rows for field in row["requestFields"]}

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
