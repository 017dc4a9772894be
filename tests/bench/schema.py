"""./dev bench schema: microseconds to validate the createOrder request example and an availability response of 20 lines,
by Headgate's compiled schema and by ajv 8's compiled standalone validator in Node, on the same parsed documents and the
same contracts, formats asserted, in one run.

Rounds alternate between the two; a round is a process of its own that warms up, times batches of about a millisecond and
tells their median; the median of the rounds is told, and of the ratios round by round."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent / "schema"
CATALOG = ROOT / "contracts/catalog"
BENCH = ROOT / "build/release/headgate-schema-bench"
FOLDER = ROOT / "build/bench-schema"
FILES = ("common.yaml", "orders.v1.yaml", "inventory.v2.yaml")
SCHEMAS = {"order": "orders.v1.yaml#/components/schemas/NewOrder",
           "availability": "inventory.v2.yaml#/components/schemas/Availability"}


def out_of(*command, cwd=None):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=cwd)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def prepare():
    """Contracts as JSON, both documents, and ajv's validators as modules; all under build/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    out_of("npm", "ci", "--no-audit", "--no-fund", cwd=FOLDER)
    contracts = {}
    for name in FILES:
        text = out_of(BENCH, "export", CATALOG / name)
        (FOLDER / f"{name}.json").write_text(text)
        contracts[name] = json.loads(text)
    post = contracts["orders.v1.yaml"]["paths"]["/orders/v1/orders"]["post"]
    example = post["requestBody"]["content"]["application/json"]["examples"]["home"]["value"]
    if json.loads((HERE / "documents/order.json").read_text()) != example:
        raise RuntimeError("tests/bench/schema/documents/order.json is no longer the contract's example")
    for name in SCHEMAS:
        shutil.copy(HERE / f"documents/{name}.json", FOLDER / f"{name}.json")
        out_of("node", HERE / "ajv_bench.cjs", "compile", SCHEMAS[name], f"{name}.cjs",
               *(f"{file}={file}.json" for file in FILES), cwd=FOLDER)


def refuses(peer, name, broken):
    """A peer that lets a broken document pass measures something else."""
    file = FOLDER / f"{name}-broken.json"
    file.write_text(json.dumps(broken, ensure_ascii=False))
    command = [BENCH, "run", f"{CATALOG}/{SCHEMAS[name]}"] if peer == "headgate" else [
        "node", HERE / "ajv_bench.cjs", "run", f"{name}.cjs"]
    return subprocess.run([*map(str, command), str(file), "0.1"], capture_output=True, cwd=FOLDER).returncode != 0


def check_equal_judgement():
    for name, place in (("order", ("placedAt",)), ("order", ("customer", "email")), ("order", ("lines", 0, "sku")),
                        ("order", ("delivery", "address", "countryCode")),
                        ("availability", ("items", 19, "locations", 0, "asOf")),
                        ("availability", ("items", 19, "locations", 0, "status"))):
        broken = json.loads((FOLDER / f"{name}.json").read_text())
        at = broken
        for step in place[:-1]:
            at = at[step]
        at[place[-1]] = "no such thing"
        for peer in ("headgate", "ajv"):
            if not refuses(peer, name, broken):
                raise RuntimeError(f"{peer} accepts {name} with a wrong {'/'.join(map(str, place))}")


def measure(peer, name, seconds):
    document = FOLDER / f"{name}.json"
    if peer == "headgate":
        return float(out_of(BENCH, "run", f"{CATALOG}/{SCHEMAS[name]}", document, seconds)) / 1000
    return float(out_of("node", HERE / "ajv_bench.cjs", "run", f"{name}.cjs", document, seconds, cwd=FOLDER)) / 1000


def main():
    parser = argparse.ArgumentParser(prog="./dev bench schema", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    options = parser.parse_args()
    prepare()
    check_equal_judgement()
    samples = {(peer, name): [] for name in SCHEMAS for peer in ("headgate", "ajv")}
    for _ in range(options.rounds):
        for (peer, name), kept in samples.items():
            kept.append(measure(peer, name, options.seconds))
    figures = {}
    for name in SCHEMAS:
        ours, theirs = samples["headgate", name], samples["ajv", name]
        figures[f"{name}_bytes"] = (FOLDER / f"{name}.json").stat().st_size
        figures[f"{name}_headgate_us"] = round(statistics.median(ours), 3)
        figures[f"{name}_ajv_us"] = round(statistics.median(theirs), 3)
        figures[f"{name}_ratio"] = round(statistics.median(a / b for a, b in zip(ours, theirs)), 2)
    if options.json:
        print(json.dumps(figures))
        return 0
    print(f"us a validation, {options.rounds} rounds of {options.seconds} s")
    for name in SCHEMAS:
        print(f"  {name}, {figures[f'{name}_bytes']} B of JSON")
        for peer in ("headgate", "ajv"):
            kept = samples[peer, name]
            print(f"    {peer:9} median {statistics.median(kept):7.3f}   min {min(kept):7.3f}   max {max(kept):7.3f}")
        print(f"    headgate / ajv, round by round: median {figures[f'{name}_ratio']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
