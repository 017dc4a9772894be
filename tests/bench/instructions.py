"""Counts the instructions of one repetition under callgrind, and fails when they are more than the bound: a plan that
grew slower is seen on any machine, however busy. Skipped (exit code 77) where valgrind isn't installed.

    instructions.py MOST BENCH WORDS...        to which the number of repetitions is added"""
import re
import shutil
import subprocess
import sys


def instructions(command, times):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command, str(times)], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise RuntimeError(done.stdout + done.stderr)
    return int(found[1])


def main(most, *command):
    if not shutil.which("valgrind"):
        print("valgrind is not installed")
        return 77
    # What loading costs is in both.
    few, many = 100, 1100
    each = (instructions(command, many) - instructions(command, few)) / (many - few)
    print(f"{each:.0f} instructions a repetition, at most {most} allowed")
    return 0 if each <= int(most) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
