"""Starts the simulated retailer and a gateway in front of it, on loopback and free ports, and ends both by process id."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
STOREFRONT, MIGRATION, VIEWER = "storefront-demo-token", "migration-demo-token", "viewer-demo-token"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, condition, seconds=30, process=None):
    """Polls a condition, bounded; says what it waited for when it gives up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what}: the process ended with {process.returncode}")
        time.sleep(0.05)
    raise RuntimeError(f"{what}: not within {seconds} s")


def get(url, token=None, timeout=10):
    request = urllib.request.Request(url)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (urllib.error.URLError, OSError):
        return 0, ""


class Estate:
    """One simulator and one gateway; a context manager that stops what it started."""

    def __init__(self, directory, preset="release", seed=7, workers=1, api_port=None, admin_port=None):
        self.directory = pathlib.Path(directory)
        self.bin = pathlib.Path(os.environ.get("HEADGATE_BINARY_DIR", ROOT / "build" / preset))
        self.seed, self.workers = seed, workers
        self.api_port, self.admin_port = api_port or free_port(), admin_port or free_port()
        self.api, self.admin = f"http://127.0.0.1:{self.api_port}", f"http://127.0.0.1:{self.admin_port}"
        self.simulator = self.gateway = None
        self.parts = {}

    def start(self, program, *arguments, log):
        out = open(self.directory / log, "ab")
        return subprocess.Popen([self.bin / program, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def start_simulator(self, *arguments):
        ports = self.directory / "simulator.json"
        ports.unlink(missing_ok=True)
        self.simulator = self.start("headgate-simulator", "serve", "--dir", self.directory, "--seed", self.seed,
                                    *arguments, log="simulator.log")
        wait_for("the simulator", ports.exists, process=self.simulator)
        self.parts = json.loads(ports.read_text())

    def config(self):
        template = (ROOT / "tests/demo/headgate.yaml.in").read_text()
        values = {"API": f"127.0.0.1:{self.api_port}", "ADMIN": f"127.0.0.1:{self.admin_port}", "WORKERS": self.workers,
                  "DIR": self.directory, "ROOT": ROOT, "SHOP": self.parts["shop"], "STOCK": self.parts["stock_connection"],
                  "WAREHOUSE_IN": self.parts["warehouse_inbox"], "WAREHOUSE_OUT": self.parts["warehouse_outbox"],
                  "INVENTORY": self.parts["inventory"], "PRICING": self.parts["pricing"],
                  "STOREFRONT": self.parts["storefront"]}
        for word, value in values.items():
            template = template.replace(f"@{word}@", str(value))
        path = self.directory / "headgate.yaml"
        path.write_text(template)
        return path

    def start_gateway(self):
        self.gateway = self.start("headgate", "serve", "-c", self.config(), log="headgate.log")
        wait_for("the gateway", lambda: get(self.admin + "/readyz")[0] == 200, process=self.gateway)

    def command(self, *arguments, token=MIGRATION):
        """Runs `headgate ARGUMENTS` against this gateway's admin API."""
        return subprocess.run([self.bin / "headgate", *arguments, "--server", self.admin, "--token", token],
                              capture_output=True, text=True, timeout=60)

    def traffic(self, rate, seconds, *arguments):
        return self.start("headgate-simulator", "traffic", "--target", self.api, "--token", STOREFRONT, "--seed", self.seed,
                          "--rate", rate, "--seconds", seconds, "--report", self.directory / "traffic.json",
                          "--orders", self.directory / "orders.jsonl", *arguments, log="traffic.log")

    def stop(self, process, with_signal=signal.SIGTERM, seconds=20):
        if process is None or process.poll() is not None:
            return
        process.send_signal(with_signal)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self):
        self.directory.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_):
        self.stop(self.gateway)
        self.stop(self.simulator)
