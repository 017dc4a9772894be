"""./dev bench mapping: microseconds to read, map and write the shop's prices of 20 lines (a SOAP envelope of 5 KB to the
contract's JSON) and an order of three lines (JSON to the shop's envelope), by the catalog's mappings; beside libxslt with
an equivalent stylesheet and JSONata with an equivalent expression, in one run.

The peers are given the easier end: their times are of one known offset, where ours go by the zone's rules; libxslt reads
the order as XML; JSONata begins and ends with JSON, without an envelope. Each must make the same message before it is
measured. Rounds alternate between them; the median of the rounds is told, and of the ratios round by round."""
import argparse
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent / "mapping"
DOCUMENTS = HERE / "documents"  # the same message for each peer, in what it reads
BENCH = ROOT / "build/release/headgate-mapping-bench"
XSLT = ROOT / "build/release/headgate-xslt-bench"
FOLDER = ROOT / "build/bench-mapping"
PEERS = ("headgate", "libxslt", "jsonata")


def out_of(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, cwd=FOLDER)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout


def as_xml(name, value):
    if isinstance(value, list):
        return "".join(as_xml(name, item) for item in value)
    if not isinstance(value, dict):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return f"<{name}>{escape(text)}</{name}>"
    attributes = "".join(f' {key[1:]}="{escape(text)}"' for key, text in value.items() if key.startswith("@"))
    inner = "".join(as_xml(key, item) for key, item in value.items() if not key.startswith("@"))
    return f"<{name}{attributes}>{inner}</{name}>"


def prepare():
    """JSONata, under build/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    out_of("npm", "ci", "--no-audit", "--no-fund")


def command(peer, what):
    if peer == "headgate":
        return [BENCH, what], DOCUMENTS / ("reply.xml" if what == "reply" else "order.json")
    stem = "prices" if what == "reply" else "order"
    if peer == "libxslt":
        return [XSLT, HERE / f"{stem}.xslt"], DOCUMENTS / f"{what}.xml"
    return ["node", HERE / "jsonata_bench.cjs", HERE / f"{stem}.jsonata"], DOCUMENTS / f"{what}.json"


def made_by(peer, what):
    words, file = command(peer, what)
    out = out_of(*words, "print", file)
    if what == "reply" or peer == "jsonata":
        return json.loads(out)
    # Envelopes differ in prefixes and blanks alone.
    text = out.decode("iso-8859-15")
    body = re.search(r"<(?:\w+:)?auftragAnlegen.*</(?:\w+:)?auftragAnlegen>", text, re.S).group(0)
    return re.sub(r">\s+<", "><", re.sub(r"(</?)\w+:", r"\1", re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", body)))


def check_equal_results():
    for what in ("reply", "order"):
        ours = made_by("headgate", what)
        for peer in PEERS[1:]:
            theirs = made_by(peer, what)
            if what == "order" and peer == "jsonata":
                theirs = as_xml("auftragAnlegen", theirs)
            if ours != theirs:
                raise RuntimeError(f"{peer} makes another {what}:\n{theirs}\nnot\n{ours}")


def main():
    parser = argparse.ArgumentParser(prog="./dev bench mapping", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.9)
    options = parser.parse_args()
    prepare()
    check_equal_results()
    samples = {(peer, what): [] for what in ("reply", "order") for peer in PEERS}
    for _ in range(options.rounds):
        for (peer, what), kept in samples.items():
            words, file = command(peer, what)
            kept.append([float(ns) / 1000 for ns in out_of(*words, "run", file, options.seconds).split()])
    figures = {"reply_bytes": (DOCUMENTS / "reply.xml").stat().st_size}
    for what in ("reply", "order"):
        for peer in PEERS:
            for i, step in enumerate(("read", "map", "write")):
                figures[f"{what}_{peer}_{step}_us"] = round(statistics.median(row[i] for row in samples[peer, what]), 2)
        for peer in PEERS[1:]:
            # After reading: what is mapped and written, by either.
            pairs = zip(samples["headgate", what], samples[peer, what])
            figures[f"{what}_ratio_{peer}"] = round(statistics.median(sum(a[1:]) / sum(b[1:]) for a, b in pairs), 3)
    if options.json:
        print(json.dumps(figures))
        return 0
    print(f"us a message, {options.rounds} rounds of {options.seconds} s    read     map   write")
    for what, title in (("reply", f"prices of 20 lines, {figures['reply_bytes']} B of SOAP, to JSON"), ("order", "an order to SOAP")):
        print(f"  {title}")
        for peer in PEERS:
            row = "".join(f"{figures[f'{what}_{peer}_{step}_us']:8.2f}" for step in ("read", "map", "write"))
            print(f"    {peer:32}{row}")
        for peer in PEERS[1:]:
            print(f"    map and write, headgate / {peer}: {figures[f'{what}_ratio_{peer}']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
