"""Vélos Mercier, a bicycle dealer: a price service over SOAP, a stock table in SQLite, and a workshop that reads dropped files.

    python3 tests/estates/velo/velo.py --dir /tmp/velo --port 7001

It shares nothing with Headgate nor with the simulated retailer: the standard library alone. It ends with SIGTERM."""
import argparse
import http.server
import pathlib
import signal
import sqlite3
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
TARIFS = "{http://velos-mercier.example/tarifs}"
# reference: label, list price, discount and its reason
ARTICLES = {"VM-1042": ("Vélo de ville « Canal »", Decimal("649.00"), Decimal("64.90"), "SOLDE"),
            "VM-2001": ("Antivol en U", Decimal("39.90"), None, None),
            "VM-9000": ("Tandem", Decimal("1899.00"), Decimal("379.80"), "FDS")}


class Refused(Exception):
    def __init__(self, code, message, who="Client"):
        super().__init__(message)
        self.code, self.message, self.who = code, message, who


def text_of(parent, name):
    found = parent.find(name)
    if found is None or not found.text:
        raise Refused("REQUETE", f"élément {name} manquant")
    return found.text


def prices(body):
    """The answer to <demandeTarif>, strictly: a shop that takes anything would hide what a mapping does wrong."""
    demand = ET.fromstring(body).find(f"{ENVELOPE}Body/{TARIFS}demandeTarif")
    if demand is None or [child.tag for child in demand][:2] != ["magasin", "devise"]:
        raise Refused("REQUETE", "demandeTarif attendue, avec magasin, devise, article")
    if text_of(demand, "devise") != "EUR":
        raise Refused("DEVISE", "devise non tenue")
    if text_of(demand, "magasin") == "XXX":
        raise Refused("OCCUPE", "service occupé", "Server")
    lines, unknown = [], []
    for article in demand.findall("article"):
        reference, quantity = article.get("reference"), int(article.get("quantite", "0"))
        if quantity < 1:
            raise Refused("QUANTITE", "quantité invalide")
        if reference not in ARTICLES:
            unknown.append(f"<inconnu>{escape(reference)}</inconnu>")
            continue
        label, price, discount, reason = ARTICLES[reference]
        lines.append(f'<ligne reference="{reference}"><libelle>{escape(label)}</libelle><prixCatalogue>{price}</prixCatalogue>'
                     f"<prixTTC>{price - (discount or 0)}</prixTTC>"
                     + (f'<remise motif="{reason}">{discount}</remise>' if discount else "")
                     + "<valableDu>2026-11-01</valableDu>" + ("<valableAu>2026-12-31</valableAu>" if discount else "")
                     + "<codeInterne>T7</codeInterne></ligne>")
    return (f'<t:reponseTarif xmlns:t="{TARIFS[1:-1]}"><etabliLe>2026-11-23T10:15:00+01:00</etabliLe>{"".join(lines)}'
            f'{"".join(unknown)}</t:reponseTarif>')


def fault(error):
    return (f"<s:Fault><faultcode>s:{error.who}</faultcode><faultstring>{escape(error.message)}</faultstring><detail>"
            f'<t:erreur xmlns:t="{TARIFS[1:-1]}"><code>{error.code}</code><message>{escape(error.message)}</message></t:erreur>'
            "</detail></s:Fault>")


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, (HERE / "mappings/legacy/tarifs.wsdl").read_text() if self.path.endswith("?wsdl") else "ok")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            status, told = 200, prices(body)
        except Refused as error:
            status, told = 500, fault(error)
        except (ET.ParseError, ValueError) as error:
            status, told = 500, fault(Refused("REQUETE", str(error)))
        self.answer(status, f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{ENVELOPE[1:-1]}"><s:Body>{told}</s:Body></s:Envelope>')

    def answer(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--dir", required=True, type=pathlib.Path)
    options.add_argument("--port", type=int, default=0)
    options = options.parse_args()
    (options.dir / "atelier").mkdir(parents=True, exist_ok=True)
    if not (options.dir / "stock.db").exists():
        with sqlite3.connect(options.dir / "stock.db") as db:
            db.executescript((HERE / "stock.sql").read_text())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Service)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    (options.dir / "port").write_text(str(server.server_port))
    server.serve_forever()


if __name__ == "__main__":
    main()
