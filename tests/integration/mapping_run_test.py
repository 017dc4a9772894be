"""`headgate mapping run`: one message through one mapping; the result on stdout, diagnostics on stderr; 0, 1 does not fit, 2 unusable."""
import json
import os
import pathlib
import selectors
import shutil
import signal
import subprocess
import tempfile
import unittest

from estate import ROOT

HEADGATE = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate"
CONTRACTS, MAPPINGS = ROOT / "contracts/catalog", ROOT / "mappings/catalog"
PRICE_QUERY = {"channel": "web", "currencyCode": "EUR", "lines": [{"sku": "HG-100", "quantity": 2}]}
ORDER = {"orderId": "HO1A2B3C4D5E6F7G8H9J", "placedAt": "2026-11-23T10:15:00+01:00", "acceptedAt": "2026-11-23T09:15:01Z",
         "channel": "web", "status": "accepted",
         "customer": {"customerId": "C-1", "firstName": "Zoë", "lastName": "Müller", "email": "z@example.org"},
         "delivery": {"method": "home", "address": {"name": "Zoë Müller", "street": "Lindenstr. 4", "postalCode": "10969",
                                                    "city": "Berlin", "countryCode": "DE"}},
         "lines": [{"lineId": "1", "sku": "HG-100", "quantity": 2, "locationId": "ST-0007",
                    "unitPrice": {"centAmount": 1999, "currencyCode": "EUR"}}],
         "total": {"centAmount": 3998, "currencyCode": "EUR"}}
ENVELOPE = ('<?xml version="1.0" encoding="ISO-8859-15"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
            "{}</e:Body></e:Envelope>")
PRICES = ENVELOPE.format(
    '<preisAntwort xmlns="urn:handelshaus:shop:v3"><mandant>100</mandant><stand>23.11.2026 10:15:00</stand><pos><artnr>HG-100</artnr>'
    "<listPreis>{}</listPreis><aktPreis>17.99</aktPreis><waehr>EUR</waehr><aktion nr=\"A17\"><bez>Für Ö</bez></aktion>"
    "<gueltVon>01.11.2026 00:00:00</gueltVon></pos></preisAntwort>")
FAULT = ENVELOPE.format("<e:Fault><faultcode>e:Server</faultcode><faultstring>belegt</faultstring><detail>"
                        '<fehler xmlns="urn:handelshaus:shop:v3"><code>E9001</code><text>x</text></fehler></detail></e:Fault>')


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-mapping-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, content, encoding="utf-8"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((content if isinstance(content, str) else json.dumps(content)).encode(encoding))
        return path


class Run(InAFolder):
    def words(self, mapping, file, *more):
        mapping = mapping if isinstance(mapping, pathlib.Path) else f"{MAPPINGS}/{mapping}"
        return [str(w) for w in (HEADGATE, "mapping", "run", mapping, "--in", file, "--contracts", CONTRACTS, *more)]

    def run_it(self, mapping, file, *more):
        done = subprocess.run(self.words(mapping, file, *more), capture_output=True, cwd=self.folder, timeout=60)
        return done.returncode, done.stdout, done.stderr.decode()

    def test_of_several_calls_those_are_written_that_the_answers_lead_to(self):
        faults = ROOT / "tests/golden/mappings/faults"
        asked = self.write("asked.json", {"email": "a@example.org"})
        answers = self.write("answers.json", {"customer": {"kunde": {"nr": "K-1", "name": "Ana"}}})

        def written(*more):
            done = subprocess.run([HEADGATE, "mapping", "run", f"{faults}/good/steps.map.yaml#shop.purchasesOf", "--in", asked,
                                   "--contracts", faults / "contracts", "-o", "json", "--trace", *more],
                                  capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout)

        self.assertEqual(written()["document"], {"customer": {"mail": "a@example.org"}})
        told = written("--answers", answers)
        self.assertEqual(told["document"], {"customer": {"mail": "a@example.org"}, "orders": {"kdnr": "K-1"}})
        self.assertIn("orders/kdnr", [rule["legacy"] for rule in told["trace"]])
        unknown = self.write("unknown.json", {"custommer": {}})
        done = subprocess.run([HEADGATE, "mapping", "run", f"{faults}/good/steps.map.yaml#shop.purchasesOf", "--in", asked,
                               "--contracts", faults / "contracts", "--answers", unknown],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("no step is named 'custommer' (did you mean 'customer'?)", done.stderr)

    def json(self, mapping, file, *more, code=0):
        done, out, err = self.run_it(mapping, file, *more, "-o", "json")
        self.assertEqual(done, code, err)
        return json.loads(out)

    def test_a_message_becomes_the_bytes_that_the_shop_would_get(self):
        code, out, err = self.run_it("order-shop.map.yaml", self.write("order.json", ORDER), "-o", "bytes")
        self.assertEqual((code, err), (0, ""))
        text = out.decode("iso-8859-15")
        self.assertTrue(text.startswith('<?xml version="1.0" encoding="ISO-8859-15"?>'))
        self.assertIn("<kunde><kdnr>C-1</kdnr><name>Müller, Zoë</name>", text)
        self.assertIn('<pos nr="001"><artnr>HG-100</artnr>', text)
        shown = self.json("order-shop.map.yaml", self.folder / "order.json")
        self.assertEqual((shown["format"], shown["charset"], shown["bytes"]), ("soap", "ISO-8859-15", text))
        self.assertEqual(shown["document"]["ord"]["pos"][0]["menge"], "2.0000")

    def test_statements_are_shown_with_their_parameters_as_they_are_bound(self):
        shown = self.json("inventory-stock.map.yaml", self.write("asked.yaml", "skus: [HG-1, HG-2, HG-3]\n"))
        (query,) = shown["statements"]
        self.assertIn("WHERE ARTNR IN (?,?,?,?)", query["sql"])
        self.assertEqual(query["parameters"][:4], ["HG-1".ljust(18), "HG-2".ljust(18), "HG-3".ljust(18), "HG-3".ljust(18)])
        shown = self.json("order-stock.map.yaml#stock.reserve", self.write("order.json", ORDER))
        self.assertEqual([len(s["parameters"]) for s in shown["statements"]], [2, 5, 5])
        self.assertEqual(shown["statements"][0]["parameters"], ["HO1A2B3C4D5E6F7G8H9J", "2026-11-23 10:15:01"])

    def test_a_file_is_shown_with_its_name(self):
        shown = self.json("order-warehouse.map.yaml", self.write("order.json", ORDER))
        self.assertEqual((shown["format"], shown["name"]), ("x12", "pick-HO1A2B3C4D5E6F7G8H9J.940"))
        self.assertIn("\nW05*N*HO1A2B3C4D5E6F7G8H9J~\n", shown["bytes"])

    def test_a_bridge_shows_the_other_versions_message(self):
        shown = self.json("inventory-v1.map.yaml", self.write("asked.json", {"articles": ["HG-1"]}))
        self.assertEqual(shown["document"], {"skus": ["HG-1"]})
        self.assertNotIn("bytes", shown)

    def test_an_answers_bytes_become_the_contracts_message(self):
        answer = self.write("answer.xml", PRICES.format("19.99"), "iso-8859-15")
        code, out, err = self.run_it("pricing-shop.map.yaml", answer, "--reverse")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(json.loads(out)["prices"], [
            {"sku": "HG-100", "listPrice": {"centAmount": 1999, "currencyCode": "EUR"},
             "effectivePrice": {"centAmount": 1799, "currencyCode": "EUR"}, "promotion": {"promotionId": "A17", "name": "Für Ö"},
             "validFrom": "2026-10-31T23:00:00Z"}])
        # The neutral document says the same.
        document = {"stand": "23.11.2026 10:15:00", "pos": {"artnr": "HG-100", "listPreis": 19.99, "aktPreis": "17.99", "waehr": "EUR",
                    "aktion": {"@nr": "A17", "bez": "Für Ö"}, "gueltVon": "01.11.2026 00:00:00"}}
        self.assertEqual(self.run_it("pricing-shop.map.yaml", self.write("answer.json", document), "--reverse")[1], out)

    def test_what_an_answer_holds_beyond_the_mapping_is_told(self):
        more = PRICES.format("19.99").replace("<artnr>", "<neu><x>1</x></neu><artnr>")
        code, out, err = self.run_it("pricing-shop.map.yaml", self.write("answer.xml", more, "iso-8859-15"), "--reverse")
        self.assertEqual((code, err), (0, "drift: element pos/neu, first at pos[1]/neu\n"))
        self.assertEqual(json.loads(out)["prices"][0]["sku"], "HG-100")
        for trace in ((), ("--trace",)):
            shown = self.json("pricing-shop.map.yaml", self.folder / "answer.xml", "--reverse", *trace)
            self.assertEqual(shown["drift"], [{"kind": "element", "path": "pos/neu", "place": "pos[1]/neu", "count": 1}])
        row = {"ARTNR": "HG-1", "LAG": "7", "BEST": "5", "RES": None, "SICH": None, "KZ": "A", "ME": "ST", "WE_DAT": "0",
               "UPD": "2026-11-23 10:15:00", "FARBE": "rot"}
        shown = self.json("inventory-stock.map.yaml", self.write("rows.json", [row, row]), "--reverse")
        self.assertEqual([(d["kind"], d["path"], d["count"]) for d in shown["drift"]], [("column", "FARBE", 1)])

    def test_a_fault_is_told_with_what_the_mapping_makes_of_it(self):
        shown = self.json("pricing-shop.map.yaml", self.write("fault.xml", FAULT), "--reverse")
        self.assertEqual((shown["fault"], shown["means"]), ("soap:Server/E9001: belegt", "retry"))

    def test_rows_are_read_with_what_was_asked(self):
        row = {"artnr": "HG-1", "lag": 7, "best": "5.000", "res": None, "sich": "1.000", "kz": "A", "me": "ST", "we_dat": "0",
               "upd": "2026-11-23 10:15:00"}
        rows, asked = self.write("rows.json", [row]), self.write("asked.json", {"skus": ["HG-1", "HG-2"]})
        shown = self.json("inventory-stock.map.yaml", rows, "--reverse", "--request", asked)
        self.assertEqual([(i["sku"], i["known"]) for i in shown["document"]["items"]], [("HG-1", True), ("HG-2", False)])
        self.assertEqual(shown["document"]["items"][0]["locations"][0]["available"], 4)
        del row["kz"]
        shown = self.json("inventory-stock.map.yaml", self.write("rows.json", [row]), "--reverse", code=1)
        self.assertIn("the column KZ is missing", shown["problems"][0]["message"])

    def test_what_does_not_fit_names_pointer_legacy_place_and_the_mappings_line(self):
        answer = self.write("answer.xml", PRICES.format("19,99"), "iso-8859-15")
        code, out, err = self.run_it("pricing-shop.map.yaml", answer, "--reverse", "--trace")
        self.assertEqual(code, 1)
        lines = (MAPPINGS / "pricing-shop.map.yaml").read_text().splitlines()
        line = next(i for i, text in enumerate(lines, 1) if "<- listPreis" in text)
        self.assertRegex(err, rf"at '/prices/0/listPrice/centAmount': .*pos\[1\]/listPreis: .*'19,99' \(.*pricing-shop\.map\.yaml:{line}:\d+\)")
        self.assertIn('"19,99"  |  decimal(2): refused, expected a decimal with no more places\n', out.decode())
        # What came out is held against the contract, too.
        order = dict(PRICE_QUERY, lines=[{"sku": "HG-100", "quantity": 0}])
        shown = self.json("pricing-shop.map.yaml", self.write("query.json", order), code=1)
        self.assertEqual([p["pointer"] for p in shown["problems"]], ["/lines/0/quantity"])
        self.assertTrue(shown["problems"][0]["schema"]["file"].endswith("pricing.v1.yaml"))

    def test_a_trace_names_the_rule_of_each_field_and_the_value_after_each_codec(self):
        shown = self.json("order-shop.map.yaml", self.write("order.json", ORDER), "--trace")
        lines = (MAPPINGS / "order-shop.map.yaml").read_text().splitlines()
        for rule in shown["trace"]:
            self.assertEqual(" ".join(lines[rule["line"] - 1].split("#")[0].split()).removeprefix("- "), rule["rule"])
        (price,) = [r for r in shown["trace"] if r["contract"] == "/lines/0/unitPrice/centAmount"]
        self.assertEqual((price["legacy"], price["source"]), ("ord/pos[1]/preis", 1999))
        self.assertEqual([(s["by"], s["value"]) for s in price["stages"]],
                         [("minor-units(unitPrice.currencyCode)", 19.99), ("decimal(2)", "19.99")])
        self.assertTrue([r for r in shown["trace"] if r.get("skipped") and r["contract"] == "/delivery/locationId"])
        made = {r["legacy"] for r in shown["trace"] if r.get("value") is not None}
        self.assertLessEqual({"ord/@extId", "ord/mandant", "ord/kunde/name", "ord/pos[1]/@nr", "ord/lief/plz"}, made)

    def test_what_cannot_be_used_is_exit_code_2_with_its_place(self):
        query = self.write("query.json", PRICE_QUERY)
        text = (MAPPINGS / "pricing-shop.map.yaml").read_text().replace("legacy/shop.wsdl", f"{MAPPINGS}/legacy/shop.wsdl")
        broken = self.write("broken.map.yaml", text.replace("- currencyCode <->", "- curencyCode <->"))
        line = next(i for i, text in enumerate(broken.read_text().splitlines(), 1) if "curencyCode" in text)
        for mapping, file, told in ((broken, query, f"broken.map.yaml:{line}:5: error: the contract has no field 'curencyCode'"),
                                    ("order-stock.map.yaml", query, "name one: orders.v1/Order -> stock.reserve"),
                                    ("order-stock.map.yaml#stock.none", query, "no mapping is called 'stock.none'"),
                                    ("none.map.yaml", query, "none.map.yaml"), ("pricing-shop.map.yaml", "none.json", "none.json"),
                                    ("pricing-shop.map.yaml", self.write("bad.json", "{"), "bad.json")):
            code, out, err = self.run_it(mapping, file)
            self.assertEqual(code, 2, err)
            self.assertIn(told, err)
        done = subprocess.run([HEADGATE, "mapping", "run", MAPPINGS / "pricing-shop.map.yaml", "--in", query], cwd=self.folder,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--contracts", done.stderr)

    def test_a_configuration_beside_says_where_the_contracts_are(self):
        self.write("headgate.yaml", f"contracts: [{CONTRACTS}]\n")
        done = subprocess.run([HEADGATE, "mapping", "run", MAPPINGS / "order-stock.map.yaml", "--map", "stock.release", "--in",
                               self.write("order.json", ORDER), "-o", "json"], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["mapping"], "orders.v1/Order -> stock.release")


class Watched:
    """A run with --watch, its results read one by one."""

    def __init__(self, words, folder):
        self.process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.rest = b""

    def result(self):
        """The next result, waited for."""
        while b"\n" not in self.rest:
            if not self.selector.select(60):
                raise AssertionError("no result")
            read = os.read(self.process.stdout.fileno(), 1 << 16)
            if not read:
                raise AssertionError(f"the watch ended with {self.process.wait()}")
            self.rest += read
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def until(self, holds):
        """A save may be seen in two steps: the last result counts."""
        while True:
            result = self.result()
            if holds(result):
                return result

    def end(self, with_signal=signal.SIGINT):
        self.process.send_signal(with_signal)
        code = self.process.wait(20)
        self.selector.close()
        self.process.stdout.close()
        return code


class Watch(InAFolder):
    def setUp(self):
        super().setUp()
        for part in ("contracts/catalog", "mappings/catalog"):
            shutil.copytree(ROOT / part, self.folder / part)
        self.write("query.json", PRICE_QUERY)
        self.watched = Watched([HEADGATE, "mapping", "run", "mappings/catalog/pricing-shop.map.yaml", "--in", "query.json", "--contracts",
                                "contracts/catalog", "--watch", "-o", "json"], self.folder)
        self.addCleanup(self.stop)

    def stop(self):
        if self.watched.process.poll() is None:
            self.watched.end(signal.SIGKILL)

    def change(self, name, old, new, replace=False):
        path = self.folder / name
        text = path.read_text()
        self.assertIn(old, text)
        if replace:  # as most editors save
            other = path.with_name("." + path.name + ".tmp")
            other.write_text(text.replace(old, new))
            other.rename(path)
        else:
            path.write_text(text.replace(old, new))

    def test_each_save_of_mapping_input_contract_and_schema_gives_a_result_until_sigint(self):
        first = self.watched.result()
        self.assertEqual((first["ok"], first["document"]["pos"][0]["menge"]), (True, "2.0000"))
        self.change("query.json", '"quantity": 2', '"quantity": 3', replace=True)
        self.watched.until(lambda r: r.get("document", {}).get("pos", [{}])[0].get("menge") == "3.0000")
        self.change("mappings/catalog/pricing-shop.map.yaml", 'value: "100"', 'value: "200"', replace=True)
        self.watched.until(lambda r: r.get("document", {}).get("mandant") == "200")
        self.change("mappings/catalog/pricing-shop.map.yaml", "channel      <-> vkweg", "chanel      <-> vkweg")
        broken = self.watched.until(lambda r: not r["ok"] and r["diagnostics"])
        self.assertIn("chanel", broken["diagnostics"][0]["message"])
        self.change("mappings/catalog/pricing-shop.map.yaml", "chanel      <-> vkweg", "channel      <-> vkweg")
        self.watched.until(lambda r: r["ok"])
        self.change("contracts/catalog/pricing.v1.yaml", "maximum: 9999\n", "maximum: 2\n")
        refused = self.watched.until(lambda r: r["problems"])
        self.assertEqual(refused["problems"][0]["pointer"], "/lines/0/quantity")
        self.change("query.json", "EUR", "USD")
        self.watched.until(lambda r: r.get("document", {}).get("waehr") == "USD")
        self.change("contracts/catalog/common.yaml", "^[A-Z]{3}$\n", "^EUR$\n")
        self.watched.until(lambda r: len(r["problems"]) == 2)
        self.change("mappings/catalog/legacy/shop.wsdl", '<xsd:element name="vkweg" type="tns:text3"/>\n        <xsd:element name="waehr" type="tns:text3"/>\n        <xsd:element name="pos" type="tns:PreisAnfragePos"',
                    '<xsd:element name="weg" type="tns:text3"/>\n        <xsd:element name="waehr" type="tns:text3"/>\n        <xsd:element name="pos" type="tns:PreisAnfragePos"')
        moved = self.watched.until(lambda r: r["diagnostics"])
        self.assertIn("vkweg", moved["diagnostics"][0]["message"])
        self.assertEqual(self.watched.end(), 0)

    def test_files_beside_that_do_not_count_give_no_result_and_sigterm_ends_too(self):
        self.watched.result()
        self.write(".query.json.swp", "x")
        self.write("mappings/catalog/notes.txt", "x")
        self.write("query.json", dict(PRICE_QUERY, channel="store"))
        self.assertEqual(self.watched.until(lambda r: r["ok"])["document"]["vkweg"], "02")
        self.assertEqual(self.watched.end(signal.SIGTERM), 0)


if __name__ == "__main__":
    unittest.main()
