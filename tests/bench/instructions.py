"""Counts the instructions of one validation under callgrind, and fails when they are more than the bound: a plan that
grew slower is seen on any machine, however busy. Skipped (exit code 77) where valgrind isn't installed.

    instructions.py BENCH SCHEMA DOCUMENT MOST"""
import re
import shutil
import subprocess
import sys


def instructions(bench, schema, document, times):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", bench, "repeat", schema, document,
                           str(times)], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise RuntimeError(done.stdout + done.stderr)
    return int(found[1])


def main(bench, schema, document, most):
    if not shutil.which("valgrind"):
        print("valgrind is not installed")
        return 77
    # What loading costs is in both.
    few, many = 100, 1100
    each = (instructions(bench, schema, document, many) - instructions(bench, schema, document, few)) / (many - few)
    print(f"{each:.0f} instructions a validation, at most {most} allowed")
    return 0 if each <= int(most) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
