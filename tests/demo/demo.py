"""./dev demo: a simulated retailer behind Headgate; real requests are translated, mirrored, compared and moved by percent."""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support", "python"))
from estate import MIGRATION, STOREFRONT, Estate, get, wait_for  # noqa: E402
from retailer import stock_rows  # noqa: E402

AVAILABILITY, PRICES = "inventory.v2/getAvailability", "pricing.v1/getPrices"


def system_calls(estate, adapter, outcome="ok"):
    """Calls that served callers or carried orders on, by adapter, from /metrics."""
    total = 0
    for line in get(estate.admin + "/metrics")[1].splitlines():
        if line.startswith("headgate_system_calls_total{") and f'adapter="{adapter}"' in line and \
                f'outcome="{outcome}"' in line and 'for="shadow"' not in line:
            total += float(line.rsplit(" ", 1)[1])
    return int(total)


def intro(estate):
    skus = sorted({row["sku"] for row in stock_rows(estate)})[1:3]
    print(f"""
Headgate is up, in front of a simulated retailer (seed {estate.seed}):
  API      {estate.api}      (Authorization: Bearer {STOREFRONT})
  admin    {estate.admin}      (Authorization: Bearer {MIGRATION})
  read     {estate.admin}/contracts      (the contracts, in a browser)
  logs     {estate.directory}/headgate.log

Try, in another terminal:
  curl -H 'Authorization: Bearer {STOREFRONT}' '{estate.api}/inventory/v2/availability?skus={','.join(skus)}'
  export HEADGATE_TOKEN={MIGRATION}
  build/release/headgate route list --server {estate.admin}
  build/release/headgate route set {AVAILABILITY} --share 25% --why 'trying it' --server {estate.admin}
  build/release/headgate report --server {estate.admin}
  build/release/headgate order list --server {estate.admin}
  build/release/headgate contract usage --server {estate.admin}
  curl {estate.admin}/metrics
""", flush=True)


def raise_share(estate):
    done = estate.command("route", "set", AVAILABILITY, "--share", "10%", "--why", "the demo's first step")
    print(f"share of {AVAILABILITY}: 0% -> 10%" if done.returncode == 0 else done.stderr, flush=True)
    return done.returncode == 0


def summary(estate):
    """Prints what happened and returns the promises that were not kept."""
    broken = []

    def expect(kept, text):
        print(("  ok   " if kept else "  FAIL ") + text)
        if not kept:
            broken.append(text)

    traffic = json.loads((estate.directory / "traffic.json").read_text())
    report = json.loads(estate.command("report", "-o", "json").stdout)
    print("\n== Summary ==")
    counts = {word: system_calls(estate, word) for word in ("soap", "odbc", "files")}
    expect(all(counts.values()), "requests served over " + ", ".join(f"{k.upper()}: {v}" for k, v in counts.items()))
    findings = [dict(f, operation=o["operation"]) for o in report["operations"] for f in o["findings"]]
    rounding = [f for f in findings if f["path"].endswith("/effectivePrice/centAmount")]
    for finding in findings:
        print(f"  finding {finding['operation']} {finding['kind']} {finding['path']} x{finding['count']}: "
              f"legacy {finding['last']['legacy']} candidate {finding['last']['candidate']}")
    expect(len(rounding) == 1, "the rounding error is one finding, with its field path and both values")
    for operation in report["operations"]:
        tally = operation["tally"]
        expect(tally["addsUp"] and tally["eligible"] > 0,
               f"the tally of {operation['operation']} adds up: {tally['eligible']} eligible, {tally['compared']} compared")
    moved, back = traffic["customers_on_candidate"], traffic["customers_that_went_back"]
    expect(moved > 0 and back == 0, f"share raised from 0% to 10%: {moved} of {traffic['customers_seen']} customers moved, "
                                    f"{back} went back from candidate to legacy")
    check = checked(estate)
    orders = len((estate.directory / "orders.jsonl").read_text().splitlines())
    expect(check.returncode == 0 and orders > 0, f"{orders} orders acknowledged, each once at stock, shop and warehouse")
    if check.returncode != 0:
        print(check.stdout[:2000])
    return broken


def checked(estate):
    """Every acknowledged order exactly once at stock, shop and warehouse, as the simulator saw it."""
    return subprocess.run([estate.bin / "headgate-simulator", "check", "--dir", estate.directory, "--orders",
                           estate.directory / "orders.jsonl"], capture_output=True, text=True)


def drained(estate):
    listed = estate.command("order", "list", "-o", "json")
    if listed.returncode != 0:
        return False
    return json.loads(listed.stdout)["openSteps"] == 0 and checked(estate).returncode == 0


def main():
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--exit-after", type=int, metavar="SECONDS", help="ends by itself with a summary; else Ctrl-C ends it")
    parser.add_argument("--rate", type=int, default=40, help="journeys a second")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and state")
    parser.add_argument("--preset", default="release")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="headgate-demo-")
    status = 0

    def interrupted(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
    api, admin = (8080, 9900) if not options.exit_after else (None, None)
    try:
        with Estate(folder, options.preset, options.seed, workers=1, api_port=api, admin_port=admin) as estate:
            estate.start_simulator()
            estate.start_gateway()
            intro(estate)
            seconds = max(options.exit_after - 5, 5) if options.exit_after else 24 * 3600
            traffic = estate.traffic(options.rate, seconds)
            try:
                if options.exit_after:
                    time.sleep(seconds / 3)
                    raise_share(estate)
                    traffic.wait(seconds + 30)
                    try:
                        wait_for("the order log to drain", lambda: drained(estate), 30)
                    except RuntimeError:
                        pass  # the summary says what is missing
                    broken = summary(estate)
                    status = 1 if broken else 0
                else:
                    print("Traffic is running; Ctrl-C ends the demo.", flush=True)
                    traffic.wait()
            finally:
                estate.stop(traffic)
    except KeyboardInterrupt:
        print("\nended", flush=True)
    except RuntimeError as error:
        print(f"the demo failed: {error}; logs are in {folder}", file=sys.stderr)
        options.keep, status = True, 2
    if options.keep or status:
        print(f"kept: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
