"""The gate before a release: the contracts against those of the newest tag, or of the one before where they are that
tag's own, and that it closes when something breaks."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"


def run(*command, folder, **environment):
    return subprocess.run([str(c) for c in command], cwd=folder, text=True, capture_output=True, timeout=120,
                          env={**os.environ, **environment})


class Gate(unittest.TestCase):
    """`./dev contracts` in a repository of the test's own, whose only tag holds the catalog as it is now."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        for part in ("contracts/catalog", "mappings/catalog"):
            shutil.copytree(ROOT / part, self.folder / part)
        shutil.copy(ROOT / "dev", self.folder / "dev")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "released")

    def git(self, *arguments):
        done = run("git", "-c", "user.name=test", "-c", "user.email=test@example.com", *arguments, folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def gate(self):
        return run("./dev", "contracts", folder=self.folder, HEADGATE=str(HEADGATE))

    def change(self, contract, old, new):
        path = self.folder / "contracts/catalog" / f"{contract}.yaml"
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))

    def shorten(self):
        self.change("inventory.v2", "required: [locationId, onHand, reserved, safetyStock, available, status, asOf]",
                    "required: [locationId, onHand, reserved, safetyStock, available, asOf]")

    def test_without_a_release_there_is_nothing_to_break(self):
        done = self.gate()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no tag yet", done.stderr)

    def release(self, tag):
        self.git("add", "-A")
        self.git("commit", "--allow-empty", "-qm", tag)
        self.git("tag", tag)

    def test_what_has_not_changed_passes(self):
        self.git("tag", "v0.1.0")
        self.git("commit", "--allow-empty", "-qm", "other work")
        done = self.gate()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("v0.1.0", done.stderr)

    def test_a_compatible_change_passes(self):
        self.git("tag", "v0.1.0")
        self.change("inventory.v2", "version: 2.", "version: 2.9")
        self.change("inventory.v2", "maxItems: 50\n", "maxItems: 60\n")
        done = self.gate()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("request-limit-loosened", done.stdout)

    def test_a_break_within_a_major_version_stops_and_names_rule_place_and_mapping(self):
        self.git("tag", "v0.1.0")
        self.change("inventory.v2", "enum: [sellable, blocked, discontinued]", "enum: [sellable, blocked]")
        self.shorten()
        done = self.gate()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for word in ("breaking", "response-property-became-optional", "/items/*/locations/*/status", "inventory.v2.yaml:",
                     "inventory-stock.map.yaml:", "KZ"):
            self.assertIn(word, done.stdout)

    def test_a_contract_that_is_gone_stops(self):
        self.git("tag", "v0.1.0")
        (self.folder / "contracts/catalog/pricing.v1.yaml").unlink()
        done = self.gate()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("contract-removed", done.stdout)

    def test_the_newest_tag_counts(self):
        self.git("tag", "v0.1.0")
        self.shorten()
        self.release("v0.2.0")
        self.git("commit", "--allow-empty", "-qm", "other work")
        done = self.gate()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("those of v0.2.0", done.stderr)

    def test_a_release_is_compared_with_the_one_before_it(self):
        self.git("tag", "v0.9.0")
        self.shorten()
        self.release("v0.10.0")
        self.git("tag", "-a", "-m", "the same", "v0.10.0-rc.1")
        done = self.gate()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("those of v0.9.0", done.stderr)
        self.assertIn("response-property-became-optional", done.stdout)

    def test_the_first_release_has_none_before_it(self):
        self.git("tag", "v0.1.0")
        done = self.gate()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("no tag before this one", done.stderr)

    def test_a_release_that_was_changed_again_is_compared_with_itself(self):
        self.git("tag", "v0.1.0")
        self.release("v0.2.0")
        self.shorten()
        self.assertEqual(self.gate().returncode, 1)
        self.assertIn("those of v0.2.0", self.gate().stderr)
        self.git("checkout", "-q", ".")
        shutil.copy(self.folder / "contracts/catalog/common.yaml", self.folder / "contracts/catalog/another.yaml")
        self.assertIn("those of v0.2.0", self.gate().stderr)


class Released(unittest.TestCase):
    def test_this_tree_breaks_no_released_contract(self):
        done = run("./dev", "contracts", folder=ROOT, HEADGATE=str(HEADGATE))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        if "no tag" in done.stderr:
            self.skipTest("no tag yet: nothing is released that could be broken")


if __name__ == "__main__":
    unittest.main()
