"""./dev demo: a simulated retailer behind Headgate; real requests are translated, mirrored, compared and moved by percent."""
import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support", "python"))
from api import call  # noqa: E402
from estate import MIGRATION, STOREFRONT, Estate, wait_for  # noqa: E402
from promises import PROMISES  # noqa: E402
from retailer import stock_rows  # noqa: E402
from scenario import Scenario, names  # noqa: E402
from seen import Seen, checked  # noqa: E402

AVAILABILITY = "inventory.v2/getAvailability"
DRAIN_SECONDS = 5  # of --exit-after: for what is under way at the end


def intro(estate, scenario):
    skus = sorted({row["sku"] for row in stock_rows(estate)})[1:3]
    print(f"""
Headgate is up, in front of a simulated retailer (seed {estate.seed}). Scenario {scenario.name}: {scenario.shows}.
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
  build/release/headgate drift list --server {estate.admin}
  curl {estate.admin}/metrics
""", flush=True)


def migrate(estate, scenario, until):
    """What the migration team does, each step in its second; returns at `until`. False: a step was refused."""
    began, done = time.monotonic(), True
    for step in scenario.migration:
        if step["at"] >= until:
            break
        time.sleep(max(0, began + step["at"] - time.monotonic()))
        told = estate.command("route", "set", step["operation"], "--share", step["share"], "--why", step["why"])
        done = done and told.returncode == 0
        print(f"share of {step['operation']}: {step['share']} ({step['why']})" if told.returncode == 0 else told.stderr, flush=True)
    time.sleep(max(0, began + until - time.monotonic()))
    return done


def summary(estate, scenario):
    """Prints what happened and returns whether every promise was kept."""
    seen = Seen(estate)
    print("\n== Summary ==")
    seen.tell()
    print()
    kept = True
    for name in scenario.promises:
        held, text = PROMISES[name](seen)
        kept = kept and held
        print(("  ok   " if held else "  FAIL ") + text)
    if seen.check.returncode != 0:
        print(seen.check.stdout[:2000])
    return kept


def drained(estate):
    listed = estate.command("order", "list", "-o", "json")
    return listed.returncode == 0 and json.loads(listed.stdout)["openSteps"] == 0 and checked(estate).returncode == 0


def play(estate, scenario, exit_after):
    """The story; by itself to its end and a summary, or until Ctrl-C. The exit code."""
    script = json.dumps(scenario.timeline())
    played = call(estate.parts["control"], "PUT", "/timeline", script)
    if played.status != 200:
        raise RuntimeError(f"the timeline of scenario {scenario.name}: {played.text}")
    seconds = max(exit_after - DRAIN_SECONDS, 5) if exit_after else 24 * 3600
    traffic = estate.traffic(scenario.rate, seconds, *scenario.traffic_arguments(seconds))
    try:
        moved = migrate(estate, scenario, seconds if exit_after else scenario.seconds)
        if not exit_after:
            print("The story is told, traffic goes on; Ctrl-C ends the demo.", flush=True)
            traffic.wait()
            return 0
        traffic.wait(60)
        try:
            wait_for("the order log to drain", lambda: drained(estate), 30)
        except RuntimeError:
            pass  # the summary says what is missing
        return 0 if summary(estate, scenario) and moved else 1
    finally:
        estate.stop(traffic)


def main():
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--scenario", choices=names(), default="first-look", help="what happens (first-look)")
    parser.add_argument("--seed", type=int, default=7, help="of the retailer and its customers (7)")
    parser.add_argument("--speed", type=float, help="so many times as fast: the story and the journeys; "
                                                    "without, --exit-after tells the story in the time there is")
    parser.add_argument("--exit-after", type=int, metavar="SECONDS", help="ends by itself with a summary; else Ctrl-C ends it")
    parser.add_argument("--rate", type=int, help="journeys a second, at speed 1")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and state")
    parser.add_argument("--preset", default="release")
    options = parser.parse_args()
    if options.speed is not None and not 0.1 <= options.speed <= 100:
        parser.error("--speed is 0.1 to 100")
    folder = tempfile.mkdtemp(prefix="headgate-demo-")
    status = 0

    def interrupted(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
    api, admin = (8080, 9900) if not options.exit_after else (None, None)
    scenario = Scenario(options.scenario, options.speed, options.rate, options.exit_after and options.exit_after - DRAIN_SECONDS)
    try:
        with Estate(folder, options.preset, options.seed, workers=1, api_port=api, admin_port=admin) as estate:
            estate.start_simulator(*scenario.simulator_arguments())
            estate.start_gateway()
            intro(estate, scenario)
            status = play(estate, scenario, options.exit_after)
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
