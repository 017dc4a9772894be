"""What was seen in a run of the demo, told by journey, channel and system, with the promises that were kept."""
import json
import subprocess

from estate import get
from metrics import samples


def table(title, columns, rows):
    print(f"\n{title:<28}" + "".join(f"{column:>12}" for column in columns))
    for name, values in rows:
        print(f"  {name:<26}" + "".join(f"{value:>12}" for value in values))


class Seen:
    def __init__(self, estate):
        self.estate = estate
        self.traffic = json.loads((estate.directory / "traffic.json").read_text())
        self.report = json.loads(estate.command("report", "-o", "json").stdout)
        self.drift = json.loads(estate.command("drift", "list", "-o", "json").stdout)["drift"]
        self.metrics = get(estate.admin + "/metrics")[1]
        self.check = checked(estate)
        self.orders = len((estate.directory / "orders.jsonl").read_text().splitlines())
        self.findings = [dict(f, operation=o["operation"]) for o in self.report["operations"] for f in o["findings"]]

    def calls(self, adapter, outcome="ok"):
        """Calls that served callers or carried orders on; those beside a request are not among them."""
        return int(sum(value for labels, value in samples(self.metrics, "headgate_system_calls_total")
                       if labels["adapter"] == adapter and labels["outcome"] == outcome and labels["for"] != "shadow"))

    def tell(self):
        columns = ["begun", "ended", "given up", "calls", "failed", "orders", "p50 ms", "p99 ms"]

        def journeys(key):
            return [(name, [part["started"], part["finished"], part["abandoned"], part["calls"], part["failed"], part["orders"],
                            f"{part['p50_ms']:.1f}", f"{part['p99_ms']:.1f}"]) for name, part in self.traffic[key].items()]

        table("journey", columns, journeys("journeys_by_kind"))
        table("channel", columns, journeys("journeys_by_channel"))
        systems = {}
        for labels, value in samples(self.metrics, "headgate_system_calls_total"):
            by_outcome = systems.setdefault(labels["system"], {})
            part = "shadow" if labels["for"] == "shadow" else "ok" if labels["outcome"] == "ok" else "others"
            by_outcome[part] = by_outcome.get(part, 0) + value
            if part == "others":
                by_outcome.setdefault("words", set()).add(labels["outcome"])
        drifts = {}
        for one in self.drift:
            drifts[one["system"]] = drifts.get(one["system"], 0) + one["count"]
        table("system", ["ok", "others", "shadow", "drift"],
              [(name, [int(told.get("ok", 0)), int(told.get("others", 0)), int(told.get("shadow", 0)), drifts.get(name, 0)])
               for name, told in sorted(systems.items())])
        for name, told in sorted(systems.items()):
            if told.get("words"):
                print(f"    {name}: {', '.join(sorted(told['words']))}")
        print()
        for finding in self.findings:
            last = finding["last"]
            print(f"  finding {finding['operation']} {finding['kind']} {finding['path']} x{finding['count']}: "
                  f"legacy {last['legacy']} candidate {last['candidate']}")


def checked(estate):
    """Every acknowledged order exactly once at stock, shop and warehouse, as the simulator saw it."""
    return subprocess.run([estate.bin / "headgate-simulator", "check", "--dir", estate.directory, "--orders",
                           estate.directory / "orders.jsonl"], capture_output=True, text=True)
