"""A scenario of the demo: what customers, the migration team and faults do, by the second; tests/demo/scenarios/NAME.yaml.

shows       one line: what there is to see
seconds     how long the story is at speed 1
rate        journeys a second (40)
journeys    kinds with their weights; without: browse and checkout
think_ms    a visitor's longest pause between two pages (0)
day         true: the story is one day, each kind of journey has its hours
campaigns   [{ at, for, factor }]
quirks      awkward habits of the systems, on from the start
nights      how often the nightly run comes
timeline    faults by the second, as tests/simulator/README.md says
migration   [{ at, operation, share, why }]: what the migration team moves
promises    what must have been kept at the end, see promises.py
"""
import pathlib

import yaml

from promises import PROMISES

FOLDER = pathlib.Path(__file__).parent / "scenarios"
KEYS = {"shows", "seconds", "rate", "journeys", "think_ms", "day", "campaigns", "quirks", "nights", "timeline", "migration",
        "promises"}


def names():
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


class Scenario:
    """Times are divided by `speed`, journeys a second multiplied; without it the story fits into `seconds` at the same rate."""

    def __init__(self, name, speed=None, rate=None, seconds=None):
        told = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
        unknown = set(told) - KEYS
        if unknown:
            raise ValueError(f"scenarios/{name}.yaml: unknown {', '.join(sorted(unknown))}; known: {', '.join(sorted(KEYS))}")
        unkept = set(told["promises"]) - set(PROMISES)
        if unkept:
            raise ValueError(f"scenarios/{name}.yaml: no promise {', '.join(sorted(unkept))}; known: {', '.join(PROMISES)}")
        self.name, self.told = name, told
        self.shows, self.promises = told["shows"], told["promises"]
        self.speed = speed or (told["seconds"] / seconds if seconds else 1)
        self.seconds = told["seconds"] / self.speed
        self.rate = (rate or told.get("rate", 40)) * (speed or 1)
        self.migration = [dict(step, at=step["at"] / self.speed) for step in told.get("migration", [])]

    def simulator_arguments(self):
        told, out = self.told, []
        if told.get("quirks"):
            out += ["--quirks", ",".join(told["quirks"])]
        if told.get("nights"):
            out += ["--night-every", max(1, round(self.seconds / (told["nights"] + 0.5)))]
        return out

    def timeline(self):
        return [dict(step, at=round(step["at"] / self.speed, 3)) for step in self.told.get("timeline", [])]

    def traffic_arguments(self, seconds):
        told, out = self.told, []
        if told.get("journeys"):
            out += ["--journeys", ",".join(f"{kind}={weight}" for kind, weight in told["journeys"].items())]
        if told.get("think_ms"):
            out += ["--think-ms", told["think_ms"]]
        if told.get("day"):
            out += ["--day", min(self.seconds, seconds)]
        for campaign in told.get("campaigns", []):
            out += ["--campaign", f"{campaign['at'] / self.speed:g}:{campaign['for'] / self.speed:g}:{campaign['factor']}"]
        return out
