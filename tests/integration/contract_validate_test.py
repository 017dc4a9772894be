"""`headgate contract validate`: data on stdout, diagnostics on stderr; 0 valid, 1 invalid, 2 usage or unreadable."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from estate import ROOT

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
ORDER = f"{ROOT}/contracts/catalog/orders.v1.yaml#/components/schemas/OrderAmount"


class Validate(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-validate-"))

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write(self, name, text):
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text)
        return self.folder / name

    def run_it(self, *words):
        done = subprocess.run([str(HEADGATE), "contract", "validate", *map(str, words)], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def test_a_schema_inside_a_contract_judges_json_and_yaml(self):
        good = self.write("good.json", '{"centAmount": 1, "currencyCode": "EUR"}')
        yaml = self.write("good.yaml", "centAmount: 1\ncurrencyCode: EUR\n")
        self.assertEqual(self.run_it(ORDER, good, yaml), (0, f"{good}: valid\n{yaml}: valid\n", ""))

    def test_yaml_has_the_booleans_and_nulls_of_its_core_schema(self):
        schema = self.write("s.yaml", "properties: {flag: {type: boolean}, none: {type: 'null'}, text: {type: string}}\n")
        good = self.write("good.yaml", "flag: True\nnone: Null\ntext: yes\n")
        bad = self.write("bad.yaml", "flag: yes\ntext: FALSE\n")
        code, out, err = self.run_it(schema, good, bad)
        self.assertEqual((code, err), (1, ""))
        self.assertIn(f"{good}: valid\n{bad}: invalid\n  at '/flag': must be a boolean\n", out)
        self.assertIn("at '/text': must be a string", out)

    def test_every_issue_names_document_schema_and_expectation(self):
        bad = self.write("bad.json", '{"centAmount": -1, "currencyCode": "DM"}')
        code, out, err = self.run_it(ORDER, bad, "-o", "json")
        self.assertEqual((code, err), (1, ""))
        errors = json.loads(out)["documents"][0]["errors"]
        self.assertEqual([(e["pointer"], e["keyword"], e["message"]) for e in errors],
                         [("/centAmount", "minimum", "must be at least 0"),
                          ("/currencyCode", "enum", 'must be "EUR"')])
        self.assertEqual(errors[0]["schema"]["pointer"],
                         "/components/schemas/OrderAmount/properties/centAmount/minimum")
        self.assertTrue(errors[0]["schema"]["file"].endswith("orders.v1.yaml") and errors[0]["schema"]["line"] > 1)

    def test_format_is_an_annotation_unless_asked_for(self):
        schema = self.write("s.yaml", "format: date\n")
        day = self.write("day.json", '"no day"')
        self.assertEqual(self.run_it(schema, day)[0], 0)
        self.assertEqual(self.run_it(schema, day, "--assert-format")[0], 1)

    def test_what_cannot_be_read_is_exit_code_2(self):
        schema = self.write("s.yaml", "type: object\n")
        broken = self.write("broken.json", "{")
        for words in ((schema, self.folder / "none.json"), (schema, broken), (self.folder / "none.yaml", broken), (schema,),
                      ("--suite", self.folder / "none"), (schema, broken, "--nonsense"),
                      (self.write("f.yaml", "type: strng\n"), broken)):
            code, out, err = self.run_it(*words)
            self.assertEqual(code, 2, words)
            self.assertTrue(err, words)
        self.assertIn("f.yaml:1:7: error: unknown type 'strng'", err)

    def test_a_folder_a_device_and_a_pipe_are_said_to_be_no_file(self):
        schema = self.write("s.yaml", "type: object\n")
        good = self.write("good.json", "{}")
        os.mkfifo(self.folder / "pipe.yaml")
        for path, why in ((self.folder, "is a directory, not a file"), ("/dev/zero", "is a pipe or a device, not a file"),
                          (self.folder / "pipe.yaml", "is a pipe or a device, not a file")):
            self.assertEqual(self.run_it(schema, path), (2, "", f"{path}: error: {why}\n"))
            self.assertEqual(self.run_it(path, good), (2, "", f"{path}: error: {why}\n"))

    def test_a_suite_tells_passed_failed_and_each_failure(self):
        self.write("suite/a.json", json.dumps([{"description": "numbers", "schema": {"$ref": "http://localhost:1234/i.json"},
                                                "tests": [{"description": "one", "data": 1, "valid": True},
                                                          {"description": "text", "data": "x", "valid": True}]}]))
        self.write("remotes/i.json", '{"type": "integer"}')
        code, out, err = self.run_it("--suite", self.folder / "suite", "--remotes", self.folder / "remotes", "-o", "json")
        result = json.loads(out)
        self.assertEqual((code, err, result["passed"], result["failed"]), (1, "", 1, 1))
        self.assertEqual((result["failures"][0]["group"], result["failures"][0]["case"]), ("numbers", "text"))
        code, out, _ = self.run_it("--suite", self.folder / "suite")
        self.assertEqual(code, 1)
        self.assertIn("0 passed, 2 failed, of 2 cases in 1 files", out)

    def test_help_shows_an_example(self):
        code, out, _ = self.run_it("--help")
        self.assertEqual(code, 0)
        self.assertIn("example:\n  headgate contract validate", out)


if __name__ == "__main__":
    unittest.main()
