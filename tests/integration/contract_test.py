"""A contract with everything that callers see of OpenAPI: styles, media types, statuses and security, spoken to a system."""
import hashlib
import http.server
import json
import pathlib
import shutil
import tempfile
import threading
import unittest

from api import call
from estate import Estate, get, wait_for

CONTRACT = """
openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: shop.v1}
servers: [{url: /shop/v1}]
security: [{bearer: []}]
paths:
  /colors/{id}:
    get:
      operationId: read
      security: [{key: []}, {key: [], bearer: []}]
      parameters:
        - {name: id, in: path, required: true, style: matrix, schema: {type: array, items: {type: string}}}
        - {name: rgb, in: query, style: deepObject, explode: true, schema: {type: object, additionalProperties: {type: integer}}}
        - {name: where, in: query, content: {application/json: {schema: {type: object}}}}
      responses:
        2XX: {description: d, content: {application/json: {schema: {type: object}}, application/vnd.shop+json: {schema: {type: object}}}}
        4XX: {description: d, content: {application/problem+json: {schema: {type: object}}}}
    patch:
      operationId: change
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object, additionalProperties: false, properties: {a: {type: integer}}}}
          application/merge-patch+json: {schema: {type: object, properties: {a: {type: [integer, "null"]}}}}
      responses: {"200": {description: d, content: {application/json: {schema: {type: object}}}}}
  /open:
    get: {operationId: open, security: [], responses: {"200": {description: d, content: {application/json: {schema: {type: object}}}}}}
  /either:
    get: {operationId: either, security: [{bearer: []}, {}], responses: {"200": {description: d, content: {application/json: {schema: {type: object}}}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Api-Key}
"""


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers what it was asked."""
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        out = json.dumps({"target": self.path, "body": body, "type": self.headers.get("Content-Type") or ""}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    do_GET = do_PATCH = answer

    def log_message(self, *_):
        pass


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-contract-"))
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.estate = Estate(cls.folder, "dev")
        for name in ("contracts", "mappings"):
            (cls.folder / name).mkdir()
        (cls.folder / "contracts/shop.v1.yaml").write_text(CONTRACT)
        digest = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("one", "two")}
        operations = "".join(f"  - {{operation: shop.v1/{name}, legacy: shop}}\n" for name in ("read", "change", "open", "either"))
        config = cls.folder / "headgate.yaml"
        config.write_text(
            f'listen: {{api: "127.0.0.1:{cls.estate.api_port}", admin: "127.0.0.1:{cls.estate.admin_port}"}}\n'
            f"workers: 1\nstate: {cls.folder}/headgate.db\ncontracts: [contracts]\nmappings: [mappings]\n"
            + "callers:\n" + "".join(f'  - {{name: {n}, token: "sha256:{d}", role: caller}}\n' for n, d in digest.items())
            + f'systems: {{shop: {{adapter: http, url: "http://127.0.0.1:{cls.server.server_port}"}}}}\nroutes:\n' + operations)
        cls.estate.gateway = cls.estate.start("headgate", "serve", "-c", config, log="headgate.log")
        try:
            wait_for("the gateway", lambda: get(cls.estate.admin + "/readyz")[0] == 200, process=cls.estate.gateway)
        except Exception:
            print((cls.folder / "headgate.log").read_text())
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.estate.__exit__()
        cls.server.shutdown()
        cls.server.server_close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def ask(self, method, path, body=None, **headers):
        return call(self.estate.api, method, "/shop/v1" + path, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def test_parameters_are_told_on_in_their_styles(self):
        answer = self.ask("GET", "/colors/;id=a%2Cb,c?rgb[R]=1&rgb%5BG%5D=2&where=%7B%22x%22:1%7D", X_Api_Key="one")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json["target"],
                         "/shop/v1/colors/;id=a%2Cb,c?rgb%5BR%5D=1&rgb%5BG%5D=2&where=%7B%22x%22%3A1%7D")
        wrong = self.ask("GET", "/colors/a?rgb[R]=x", X_Api_Key="one")
        self.assertEqual(wrong.status, 400)
        self.assertEqual([e["pointer"] for e in wrong.json["errors"]], ["/id", "/rgb/R"])

    def test_the_content_type_picks_the_schema(self):
        auth = {"Authorization": "Bearer one"}
        patch = self.ask("PATCH", "/colors/7", '{"a":null}', Content_Type="application/merge-patch+json", **auth)
        self.assertEqual((patch.status, patch.json["type"]), (200, "application/merge-patch+json"), patch.body)
        self.assertEqual(self.ask("PATCH", "/colors/7", '{"a":null}', Content_Type="application/json", **auth).status, 400)
        other = self.ask("PATCH", "/colors/7", "<a/>", Content_Type="application/xml", **auth)
        self.assertEqual(other.status, 415)
        self.assertIn("application/json or application/merge-patch+json", other.json["detail"])

    def test_accept_picks_the_media_type(self):
        for accept, status, media in (("*/*", 200, "application/json"), ("application/vnd.shop+json", 200, "application/vnd.shop+json"),
                                      ("application/json;q=0.1, application/vnd.shop+json", 200, "application/vnd.shop+json"),
                                      ("text/html", 406, "application/problem+json")):
            answer = self.ask("GET", "/colors/;id=a", X_Api_Key="one", Accept=accept)
            self.assertEqual((answer.status, answer.headers["content-type"]), (status, media), accept)

    def test_security_is_what_the_operation_says(self):
        for path, headers, status in (
                ("/open", {}, 200), ("/open", {"Authorization": "Bearer wrong"}, 200),
                ("/either", {}, 200), ("/either", {"Authorization": "Bearer one"}, 200), ("/either", {"Authorization": "Bearer wrong"}, 401),
                ("/colors/;id=a", {}, 401), ("/colors/;id=a", {"Authorization": "Bearer one"}, 401),
                ("/colors/;id=a", {"X-Api-Key": "wrong"}, 401), ("/colors/;id=a", {"X-Api-Key": "two"}, 200)):
            answer = call(self.estate.api, "GET", "/shop/v1" + path, headers=headers)
            self.assertEqual(answer.status, status, (path, headers, answer.body))
        nobody = self.ask("GET", "/colors/;id=a")
        self.assertIn("X-Api-Key", nobody.json["detail"])
        self.assertEqual(nobody.headers["www-authenticate"], 'ApiKey header="X-Api-Key", Bearer')


if __name__ == "__main__":
    unittest.main()
