"""`headgate serve --mock`: every operation answers from its examples, with no system, no configuration and no file."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
from urllib.parse import quote, urlencode

from api import call
from estate import ROOT, free_port, get, wait_for

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"


class Mock:
    """One mock in a folder of its own; `arguments` may hold {api} and {admin}."""

    def __init__(self, *arguments):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-mock-"))
        self.addresses = {"api": f"127.0.0.1:{free_port()}", "admin": f"127.0.0.1:{free_port()}"}
        self.api, self.admin = (f"http://{self.addresses[name]}" for name in ("api", "admin"))
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([HEADGATE, "serve", "--mock", *(str(a).format(**self.addresses) for a in arguments)],
                                        cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        try:
            wait_for("the mock", lambda: get(self.admin + "/readyz")[0] == 200, process=self.process)
        except RuntimeError as failure:
            raise RuntimeError(self.end()) from failure

    def told(self):
        self.log.seek(0)
        return self.log.read()

    def end(self):
        """SIGTERM; the exit code, and what was logged."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        told = self.told()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode, told


CONTRACTS = sorted(path.stem for path in (ROOT / "contracts/catalog").glob("*.v*.yaml"))
CATALOG = ("--contracts", ROOT / "contracts/catalog", "--api", "{api}", "--admin", "{admin}")


class Contract:
    """A contract as the mock's admin port tells it: one document, references inside it alone."""

    def __init__(self, mock, name):
        status, text = get(f"{mock.admin}/contracts/{name}.json")
        assert status == 200, text
        self.text, self.document = text, json.loads(text)

    def at(self, node, pointer):
        """The node and its pointer, with a reference followed."""
        while "$ref" in node:
            pointer = node["$ref"]
            node = self.document
            for token in pointer[2:].split("/"):
                node = node[token.replace("~1", "/").replace("~0", "~")]
        return node, pointer

    def operations(self):
        for path, item in self.document["paths"].items():
            for method in ("get", "put", "post", "delete", "patch"):
                if method in item:
                    yield method.upper(), path, item[method], f"#/paths/{path.replace('/', '~1')}/{method}"


def first_example(holder):
    if "example" in holder:
        return holder["example"]
    return next(iter(holder["examples"].values()))["value"] if holder.get("examples") else None


def request_of(contract, path, operation):
    """The operation's own example of a request: target, headers, body."""
    query, headers, body = [], {}, None
    for node in operation.get("parameters", []):
        parameter, _ = contract.at(node, "")
        value = first_example(parameter)
        if value is None:
            continue
        text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", quote(text))
        elif parameter["in"] == "query":
            query.append((parameter["name"], text))
        else:
            headers[parameter["name"]] = text
    if "requestBody" in operation:
        body = first_example(contract.at(operation["requestBody"], "")[0]["content"]["application/json"])
    return path + ("?" + urlencode(query, safe=",") if query else ""), headers, body


class Catalog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock(*CATALOG)

    @classmethod
    def tearDownClass(cls):
        left = sorted(path.name for path in cls.mock.folder.rglob("*"))
        code, told = cls.mock.end()
        assert code == 0, told
        assert left == [], left
        for fatal in ("AddressSanitizer", "ThreadSanitizer", "runtime error:", '"event":"bug"', "Assertion"):
            assert fatal not in told, told[-6000:]

    def ask(self, method, target, body=None, **headers):
        return call(self.mock.api, method, target, body, None, headers)

    def test_every_response_of_every_operation_is_given_and_valid(self):
        given = 0
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in CONTRACTS:
                contract = Contract(self.mock, name)
                (folder / f"{name}.json").write_text(contract.text)
                for method, path, operation, place in contract.operations():
                    target, headers, body = request_of(contract, path, operation)
                    success = min(s for s in operation["responses"] if s.startswith("2"))
                    for status, node in operation["responses"].items():
                        code = "418" if status == "default" else status
                        preference = {} if status == success else {"Prefer": f"code={code}"}
                        answer = self.ask(method, target, body, **headers, **preference)
                        what = f"{method} {target} {status}: {answer.body}"
                        self.assertEqual(answer.status, int(code), what)
                        self.assertEqual(answer.headers.get("preference-applied"), preference.get("Prefer"), what)
                        self.assertIn("headgate-mock", answer.headers, what)
                        response, at = contract.at(node, f"{place}/responses/{status}")
                        for header in response.get("headers", {}):
                            self.assertIn(header.lower(), answer.headers, what)
                        media = answer.headers["content-type"]
                        self.assertIn(media, response["content"], what)
                        if media == "application/problem+json":
                            self.assertEqual(answer.json["status"], answer.status, what)
                        (folder / "answer.json").write_text(answer.body)
                        schema = f"{folder}/{name}.json{at}/content/{media.replace('/', '~1')}/schema"
                        judged = subprocess.run([HEADGATE, "contract", "validate", "--assert-format", schema,
                                                 str(folder / "answer.json")], capture_output=True, text=True, timeout=60)
                        self.assertEqual(judged.returncode, 0, what + judged.stdout + judged.stderr)
                        given += 1
        self.assertGreater(given, 20)

    def test_each_example_of_a_body_gets_the_answer_of_its_name(self):
        given = 0
        for name in CONTRACTS:
            contract = Contract(self.mock, name)
            for method, path, operation, _ in contract.operations():
                if "requestBody" not in operation:
                    continue
                target, headers, _ = request_of(contract, path, operation)
                success = operation["responses"][min(s for s in operation["responses"] if s.startswith("2"))]
                answers = contract.at(success, "")[0]["content"]["application/json"]["examples"]
                for example, told in contract.at(operation["requestBody"], "")[0]["content"]["application/json"]["examples"].items():
                    answer = self.ask(method, target, told["value"], **headers)
                    self.assertLess(answer.status, 300, f"{method} {target} {example}: {answer.body}")
                    expected = example if example in answers else next(iter(answers))
                    self.assertEqual(answer.headers["headgate-mock"], expected, f"{method} {target} {example}")
                    given += 1
        self.assertGreater(given, 20)

    def test_the_request_of_an_example_gets_its_answer_and_prefer_any_other(self):
        body = {"channel": "web", "currencyCode": "EUR", "lines": [{"sku": "HG-100234", "quantity": 1}]}
        target = "/pricing/v1/prices/query"
        self.assertEqual(self.ask("POST", target, body).headers["headgate-mock"], "promotion")
        answer = self.ask("POST", target, body, Prefer="code=200, example=plain")
        self.assertEqual((answer.status, answer.headers["headgate-mock"]), (200, "plain"))
        self.assertEqual(answer.headers["preference-applied"], "code=200, example=plain")
        answer = self.ask("POST", target, body, Prefer="example=none")
        self.assertEqual(answer.status, 400)
        self.assertIn("promotion, plain", answer.json["detail"])

    def test_a_bad_request_names_its_places(self):
        answer = self.ask("GET", "/inventory/v2/availability?skus=nonsense&limit=1")
        self.assertEqual((answer.status, answer.headers["content-type"]), (400, "application/problem+json"))
        self.assertEqual({error["pointer"] for error in answer.json["errors"]}, {"/skus/0", "/limit"})
        answer = self.ask("GET", "/inventory/v9/availability")
        self.assertEqual(answer.status, 404)
        self.assertIn("v2", answer.json["detail"])

    def test_a_version_that_ends_says_so(self):
        answer = self.ask("GET", "/inventory/v1/availability?articles=HG-100234")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertIn("/inventory/v2/availability", answer.headers["link"])
        self.assertRegex(answer.headers["deprecation"], r"^@\d+$")
        self.assertIn("sunset", answer.headers)

    def headgate(self, *arguments):
        done = subprocess.run([HEADGATE, *arguments, "--server", self.mock.admin], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return done.stdout

    def test_its_contracts_are_told_to_programs_and_on_the_command_line_without_a_token(self):
        listed = json.loads(get(self.mock.admin + "/api/v1/contracts")[1])
        self.assertEqual([contract["contract"] for contract in listed], CONTRACTS)
        self.assertTrue(all(operation["served"] for contract in listed for operation in contract["operations"]))
        table = self.headgate("contract", "list")
        self.assertRegex(table, r"(?m)^inventory\.v1 .* deprecated since .*go to inventory\.v2")
        self.assertRegex(table, r"(?m)^orders\.v1 ")
        self.assertIn("orders.v1/createOrder", self.headgate("contract", "show", "orders.v1"))
        operation = self.headgate("contract", "show", "pricing.v1/getPrices")
        self.assertIn("; served", operation)
        self.assertIn("example 'promotion' of 200", operation)
        self.assertEqual(self.headgate("contract", "show", "orders.v1", "-o", "json"), get(self.mock.admin + "/contracts/orders.v1.json")[1])
        # A token is as good as none; what a mock can't know it doesn't have.
        self.assertEqual(call(self.mock.admin, "GET", "/api/v1/contracts/orders.v1", token="whatever").status, 200)
        self.assertEqual(call(self.mock.admin, "GET", "/api/v1/contracts/order.v1").status, 404)
        self.assertEqual(call(self.mock.admin, "GET", "/api/v1/usage").status, 404)

    def test_the_how_to_works_as_written(self):
        blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs/how-to/mock-a-contract.md").read_text(), re.S)
        serve, asked = (block.replace("\\\n", " ").strip().splitlines() for block in blocks)
        # The mock that runs was started by the page's own words, and this test's addresses.
        self.assertEqual(serve, ["build/release/headgate serve --mock --contracts contracts/catalog"])
        statuses = []
        for line in asked:
            line = line.replace("http://127.0.0.1:8080", self.mock.api).replace("http://127.0.0.1:9900", self.mock.admin)
            done = subprocess.run(line + " -sS -w '\\n%{http_code}'", shell=True, capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 0, line + done.stderr)
            statuses.append(int(done.stdout.splitlines()[-1]))
        self.assertEqual(statuses, [200, 503, 200, 400, 200, 200])


class Statuses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock("--contracts", ROOT / "tests/golden/mock", "--api", "{api}", "--admin", "{admin}")

    @classmethod
    def tearDownClass(cls):
        code, told = cls.mock.end()
        assert code == 0, told

    def ask(self, operation, preference):
        return call(self.mock.api, "GET", "/faults/v1/" + operation, headers={"Prefer": preference})

    def test_a_problem_says_the_status_that_it_is_sent_with(self):
        for code in (400, 404, 418, 599):
            answer = self.ask("any", f"code={code}")
            self.assertEqual((answer.status, answer.json["status"]), (code, code), answer.body)
        answer = self.ask("narrow", "code=503")
        self.assertEqual((answer.status, answer.json["status"]), (501, 501), answer.body)
        self.assertIn("at /status, 503 is not allowed (faults.v1.yaml:", answer.json["detail"])

    def test_a_status_without_content_has_none_on_the_wire(self):
        for code in (204, 205, 304):
            answer = self.ask("bodiless", f"code={code}")
            self.assertEqual((answer.status, answer.body), (code, ""))
            self.assertNotIn("content-type", answer.headers)
            self.assertEqual(answer.headers.get("content-length"), "0" if code == 205 else None)

    def test_a_default_that_is_a_problem_is_no_success(self):
        for code in (201, 204, 304):
            answer = self.ask("any", f"code={code}")
            self.assertEqual(answer.status, 400, answer.body)
            self.assertIn("default (any other from 400 to 599)", answer.json["detail"])


CONTRACT = """openapi: 3.1.0
info: {{ title: Shop, version: 1.0.0, x-contract: shop.v1 }}
security: []
paths:
  /shop/v1/word:
    get:
      operationId: getWord
      responses:
        "200":
          description: A word.
          content:
            application/json: {{ schema: {{ type: string }}, example: {word} }}
"""


class Alone(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-mock-"))
        (self.folder / "contracts").mkdir()
        self.write("first")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write(self, word):
        (self.folder / "contracts/shop.v1.yaml").write_text(CONTRACT.format(word=word))

    def test_a_configuration_says_where_and_the_rest_may_be_wrong(self):
        config = self.folder / "headgate.yaml"
        api, admin = free_port(), free_port()
        config.write_text(f"listen: {{ api: 127.0.0.1:{api}, admin: 127.0.0.1:{admin} }}\ncontracts: [contracts]\nstate: var/state.db\n"
                          "mappings: [nowhere]\nsystems: { shop: { adapter: smoke } }\nroutes: [{ operation: none/such, legacy: shop }]\n")
        process = subprocess.Popen([HEADGATE, "serve", "--mock", "-c", config], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for("the mock", lambda: get(f"http://127.0.0.1:{admin}/readyz")[0] == 200, process=process)
            self.assertEqual(get(f"http://127.0.0.1:{api}/shop/v1/word"), (200, '"first"'))
        finally:
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(20), 0)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["contracts", "headgate.yaml"])

    def test_a_reload_takes_the_new_contracts_whole_or_not_at_all(self):
        mock = Mock("--contracts", self.folder / "contracts", "--api", "{api}", "--admin", "{admin}")
        try:
            word = lambda: get(mock.api + "/shop/v1/word")[1]
            self.assertEqual(word(), '"first"')
            self.write("second")
            mock.process.send_signal(signal.SIGHUP)
            wait_for("the second word", lambda: word() == '"second"', process=mock.process)
            self.write("[no, string]")
            mock.process.send_signal(signal.SIGHUP)
            wait_for("the refusal", lambda: "reload-refused" in mock.told(), process=mock.process)
            self.assertEqual(word(), '"second"')
        finally:
            code, told = mock.end()
        self.assertEqual(code, 0, told)

    def test_faults_and_misuse_are_told_and_end_with_2(self):
        self.write("[no, string]")
        for arguments, told in ((["--contracts", "contracts"], "shop.v1.yaml:12:"), (["--contracts", "nowhere"], "nowhere"),
                                (["--contracts", "contracts", "--api", "everywhere"], "--api"), ([], "headgate.yaml"),
                                (["--contracts", "contracts", "-c", "headgate.yaml"], "excludes"), (["--api", "127.0.0.1:0"], "--contracts")):
            done = subprocess.run([HEADGATE, "serve", "--mock", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(told, done.stderr, arguments)
        done = subprocess.run([HEADGATE, "serve", "--contracts", "contracts"], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--mock", done.stderr)


if __name__ == "__main__":
    unittest.main()
