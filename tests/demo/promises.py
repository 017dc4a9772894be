"""What a scenario promises: each a function of what was seen that gives (kept, text)."""


def systems(seen):
    counts = {word: seen.calls(word) for word in ("soap", "odbc", "files")}
    return all(counts.values()), "requests served over " + ", ".join(f"{k.upper()}: {v}" for k, v in counts.items())


def rounding(seen):
    found = [f for f in seen.findings if f["path"].endswith("/effectivePrice/centAmount") and f["kind"] == "value"]
    return len(found) == 1, "the rounding error is one finding, with its field path and both values"


def tally(seen):
    told, kept = [], True
    for operation in seen.report["operations"]:
        counts = operation["tally"]
        kept = kept and counts["addsUp"] and counts["eligible"] > 0
        told.append(f"{operation['operation']} {counts['compared']} of {counts['eligible']} compared")
    return kept and bool(told), "the tallies add up: " + ", ".join(told)


def customers(seen):
    moved, back = seen.traffic["customers_on_candidate"], seen.traffic["customers_that_went_back"]
    return moved > 0 and back == 0, (f"shares raised: {moved} of {seen.traffic['customers_seen']} customers moved, "
                                     f"{back} went back from candidate to legacy")


def orders(seen):
    return seen.check.returncode == 0 and seen.orders > 0, \
        f"{seen.orders} orders acknowledged, each once at stock, shop and warehouse"


def purchases(seen):
    unanswered = seen.traffic["orders_unanswered"]
    return unanswered == 0, f"no order that was sent is without an answer: {unanswered}"


def drift(seen):
    return bool(seen.drift), f"what no schema knows was served, counted and shown: {len(seen.drift)} kinds of drift"


PROMISES = {promise.__name__: promise for promise in (systems, rounding, tally, customers, orders, purchases, drift)}
