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
        code, out, err = self.headgate("contract", "init", "--legacy", STOCKROOM)
        self.assertEqual(code, 1)
        line = next(i for i, text in enumerate(STOCKROOM.read_text().splitlines(), 1) if 'name="forget"><input' in text)
        self.assertIn(f"stockroom.wsdl:{line}:1: error: no output: one-way operations are not supported", err)
        self.assertIn("operationId: findShelf", out)
        code, out, _ = self.headgate("contract", "init", "--legacy", STOCKROOM, "--operation", "ping", "--name", "room.v2")
        self.assertEqual(code, 0)
        self.assertIn("x-contract: room.v2", out)
        self.assertIn("/room/v2/ping:", out)
        self.assertNotIn("findShelf", out)
        self.write("contracts/room.v2.yaml", out)
        self.assertEqual(self.check()[0], 0)

    def test_what_cannot_be_drafted_is_exit_code_2(self):
        for words, told in (((SHOP, "--operation", "priceQery"), "did you mean 'priceQuery'?"), (("none.wsdl",), "none.wsdl"),
                            ((SHOP, "--name", "Shop"), "is no name of a contract"),
                            ((self.write("x.wsdl", "<a/>"),), "not a WSDL 1.1 document")):
            code, out, err = self.headgate("contract", "init", "--legacy", *words)
            self.assertEqual((code, out), (2, ""), err)
            self.assertIn(told, err)


if __name__ == "__main__":
    unittest.main()
