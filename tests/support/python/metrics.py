"""Prometheus' text format, read."""
import re

SAMPLE = re.compile(r'^(\w+)\{(.*)\} (\S+)$')
LABEL = re.compile(r'(\w+)="([^"]*)"')


def samples(text, name):
    """(labels, value) of each series of that name."""
    for line in text.splitlines():
        found = SAMPLE.match(line)
        if found and found.group(1) == name:
            yield dict(LABEL.findall(found.group(2))), float(found.group(3))
