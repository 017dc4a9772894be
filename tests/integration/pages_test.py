"""The contracts' documents and reference pages on the admin port, as programs, the command line and a browser see them."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

from estate import MIGRATION, ROOT
from running import RunningEstate

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
CHROMIUM = shutil.which("chromium")
CONTRACTS = sorted(p.stem for p in (ROOT / "contracts/catalog").glob("*.v*.yaml"))


class Pages(RunningEstate):
    def fetch(self, path, **headers):
        request = urllib.request.Request(self.estate.admin + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def headgate(self, *arguments):
        environment = {**os.environ, "HEADGATE_TOKEN": MIGRATION}
        return subprocess.run([HEADGATE, *arguments, "--server", self.estate.admin], env=environment, text=True,
                              capture_output=True, timeout=60)

    def test_each_contract_is_one_document_without_references_to_others(self):
        for name in CONTRACTS:
            status, headers, body = self.fetch(f"/contracts/{name}.json")
            self.assertEqual((status, headers["content-type"]), (200, "application/json"))
            document = json.loads(body)
            self.assertEqual(document["info"]["x-contract"], name)
            self.assertNotIn("common.yaml", body.decode())
            status, headers, yaml = self.fetch(f"/contracts/{name}.yaml")
            self.assertEqual((status, headers["content-type"]), (200, "application/yaml"))
            # The one is loaded as what the other says: every schema inside it can be asked for.
            folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
            try:
                for ending, text in (("yaml", yaml), ("json", body)):
                    (folder / f"problem.{ending}").write_bytes(text)
                    (folder / "bad.json").write_text('{"type": 1}')
                    judged = subprocess.run([HEADGATE, "contract", "validate",
                                             f"{folder}/problem.{ending}#/components/schemas/Problem", folder / "bad.json"],
                                            text=True, capture_output=True, timeout=60)
                    self.assertEqual(judged.returncode, 1, judged.stdout + judged.stderr)
                    self.assertIn("/type", judged.stdout)
            finally:
                shutil.rmtree(folder)

    def test_an_unknown_contract_is_told_with_the_nearest_name(self):
        status, _, body = self.fetch("/contracts/inventory.v3")
        self.assertEqual(status, 404)
        self.assertIn("did you mean 'inventory.v", json.loads(body)["detail"])

    def test_what_is_known_already_is_not_sent_again(self):
        for path in ("/contracts", f"/contracts/{CONTRACTS[0]}", f"/contracts/{CONTRACTS[0]}.json",
                     "/contracts/assets/redoc.js"):
            _, headers, body = self.fetch(path)
            status, again, nothing = self.fetch(path, **{"If-None-Match": headers["etag"]})
            self.assertEqual((status, nothing, again["etag"]), (304, b"", headers["etag"]), path)
            self.assertEqual(self.fetch(path, **{"If-None-Match": '"other"'})[2], body)

    def test_the_script_is_sent_packed_to_who_takes_it_and_plain_to_others(self):
        _, headers, packed = self.fetch("/contracts/assets/redoc.js", **{"Accept-Encoding": "br, gzip"})
        self.assertEqual((headers["content-encoding"], headers["vary"]), ("gzip", "Accept-Encoding"))
        _, headers, plain = self.fetch("/contracts/assets/redoc.js", **{"Accept-Encoding": "identity"})
        self.assertIsNone(headers["content-encoding"])
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertIn(b"redoc", plain)
        for accepted, packs in (("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.000, *", False),
                                ("br", False), ("notgzip", False), ("", False)):
            _, headers, _ = self.fetch("/contracts/assets/redoc.js", **{"Accept-Encoding": accepted})
            self.assertEqual(headers["content-encoding"] == "gzip", packs, accepted)

    def test_pages_say_how_long_a_contract_lives_and_where_to_go(self):
        for path in ("/contracts", "/contracts/inventory.v1"):
            page = self.fetch(path)[2].decode()
            self.assertRegex(page, r'deprecated since 2026-10-01, sunset [0-9-]{10}, go to <a href="/contracts/inventory\.v2">')

    def test_pages_may_load_from_their_own_origin_alone(self):
        for path in ("/contracts", f"/contracts/{CONTRACTS[0]}"):
            status, headers, body = self.fetch(path)
            self.assertEqual(status, 200)
            self.assertTrue(headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';"))
            self.assertNotIn(b"http://", body)
            self.assertNotIn(b"https://", body)

    @unittest.skipUnless(CHROMIUM, "chromium is not installed: ./dev install browser")
    def test_a_browser_shows_every_operation_and_asks_nobody_else(self):
        for name in CONTRACTS:
            folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
            try:
                shown = subprocess.run(
                    [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                     "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                     f"--log-net-log={folder}/net.json", "--net-log-capture-mode=Everything",
                     "--virtual-time-budget=20000", "--dump-dom", f"{self.estate.admin}/contracts/{name}"],
                    text=True, capture_output=True, timeout=120)
                document = json.loads(self.fetch(f"/contracts/{name}.json")[2])
                for methods in document["paths"].values():
                    for method, operation in methods.items():
                        if method in ("get", "put", "post", "delete", "patch"):
                            self.assertIn(operation["summary"], shown.stdout, shown.stderr[-2000:])
                asked = asked_by_pages(folder / "net.json")
                self.assertTrue(any(url.endswith(f"/contracts/{name}.json") for url in asked), asked)
                self.assertEqual([url for url in asked if not url.startswith((self.estate.admin + "/", "data:", "blob:"))], [])
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def test_the_command_line_lists_and_shows_contracts(self):
        listed = self.headgate("contract", "list")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        for name in CONTRACTS:
            self.assertIn(name, listed.stdout)
        self.assertIn("deprecated since 2026-10-01", listed.stdout)
        contracts = json.loads(self.headgate("contract", "list", "-o", "json").stdout)
        self.assertEqual([c["contract"] for c in contracts], CONTRACTS)
        routed = set(re.findall(r"operation: ([\w.]+/\w+)", (ROOT / "tests/demo/headgate.yaml.in").read_text()))
        self.assertEqual({o["operation"] for c in contracts for o in c["operations"] if o["served"]}, routed)
        shown = self.headgate("contract", "show", "inventory.v2/getAvailability")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        for line in (r"query +skus +yes", r"200 +/items/\*/locations/\*/status +string +yes +sellable blocked discontinued",
                     "example 'mixed' of 200"):
            self.assertRegex(shown.stdout, line)
        whole = self.headgate("contract", "show", "orders.v1")
        self.assertIn("orders.v1/createOrder  POST", whole.stdout)
        yaml = self.headgate("contract", "show", "orders.v1", "-o", "yaml")
        self.assertEqual(yaml.stdout.encode(), self.fetch("/contracts/orders.v1.yaml")[2])
        wrong = self.headgate("contract", "show", "orders.v1/createOder")
        self.assertEqual((wrong.returncode, wrong.stdout), (2, ""))
        self.assertIn("did you mean 'orders.v1/createOrder'?", wrong.stderr)


def asked_by_pages(log):
    """The addresses that pages asked for, or tried to; what the browser asks of its own accord has no page behind it."""
    text = log.read_text()
    try:
        events = json.loads(text)["events"]
    except json.JSONDecodeError:  # the browser ended before it closed the list
        events = json.loads(text.rstrip().rstrip(",") + "]}")["events"]
    asked = []
    for event in events:
        parameters = event.get("params", {})
        if "url" in parameters and str(parameters.get("initiator", "")).startswith(("http://", "null")):
            asked.append(parameters["url"])
    return asked


if __name__ == "__main__":
    unittest.main()
