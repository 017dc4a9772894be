"""./dev bench translate: CPU microseconds a request of haproxy and nginx passing a POST through, and of Headgate
translating it (JSON to SOAP and back, validated both ways), over the same upstream and body sizes, in one run.

Each proxy is one worker pinned to one core; load (wrk) and upstream (nginx) share the other. CPU time is the scheduler's
own account of all threads of the proxy's processes; rounds alternate, and the median is told."""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support", "python"))
from estate import ROOT, STOREFRONT, free_port, get, wait_for  # noqa: E402

REQUEST = json.dumps({"channel": "web", "currencyCode": "EUR", "lines": [
    {"sku": f"HG-10000{i}", "quantity": i} for i in range(1, 5)]}, separators=(", ", ":"))
POSITION = ("<pos><artnr>HG-1000{n:02}</artnr><listPreis>{n}9.99</listPreis><aktPreis>{n}4.99</aktPreis><waehr>EUR</waehr>"
            "{promotion}<gueltVon>01.11.2026 00:00:00</gueltVon>"
            "<gueltBis>30.11.2026 23:59:59</gueltBis></pos>")
PROMOTION = "<aktion nr=\"A17\"><bez>Herbstaktion</bez></aktion>"
ANSWER = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
          "<preisAntwort xmlns=\"urn:handelshaus:shop:v3\"><mandant>100</mandant><stand>23.11.2026 10:15:00</stand>"
          + "".join(POSITION.format(n=n, promotion=PROMOTION if n % 2 else "") for n in range(10, 20)) + "</preisAntwort></s:Body></s:Envelope>")

NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/{name}.pid; error_log {folder}/{name}.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/{name}-body; proxy_temp_path {folder}/{name}-proxy;
  fastcgi_temp_path {folder}/{name}-f; uwsgi_temp_path {folder}/{name}-u; scgi_temp_path {folder}/{name}-s;
  {body}
}}
"""
UPSTREAM = "server {{ listen 127.0.0.1:{port}; default_type text/xml; location / {{ return 200 '{answer}'; }} }}"
PROXY = """upstream up {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000000; }}
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}"""
HAPROXY = """
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend f
  bind 127.0.0.1:{port}
  default_backend b
backend b
  server s 127.0.0.1:{upstream}
"""
HEADGATE = """
listen: {{ api: "127.0.0.1:{port}", admin: "127.0.0.1:{admin}" }}
workers: 1
state: {folder}/headgate.db
contracts: [{root}/contracts/catalog]
mappings: [{root}/mappings/catalog]
callers:
  - {{ name: storefront, token: "sha256:916dd59322f6a31cfcc0fe868f5a7a04ebae30cdbb1d881a143fe5a95a0b19a1", role: caller }}
systems:
  shop: {{ adapter: soap, url: "http://127.0.0.1:{upstream}/shop", deadline_ms: 1500, concurrency: 256 }}
routes:
  - {{ operation: pricing.v1/getPrices, legacy: shop }}
"""
LOAD = """
wrk.method = "POST"
wrk.path = "/pricing/v1/prices/query"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer {token}"
wrk.body = [[{body}]]
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, bad, latency:percentile(50), latency:percentile(99)))
end
"""


def cpu_us(pid):
    """Microseconds on a processor of all threads, living ones: none of these programs ends threads under load."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1000


class Bench:
    def __init__(self, folder, options):
        self.folder, self.options = pathlib.Path(folder), options
        self.processes, self.ports = {}, {}

    def start(self, name, core, *command):
        out = open(self.folder / f"{name}.out", "wb")
        command = ["taskset", "-c", str(core), *map(str, command)]
        self.processes[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def start_nginx(self, name, core, body):
        self.start(name, core, "nginx", "-p", self.folder, "-c", self.write(f"{name}.conf", NGINX.format(
            folder=self.folder, name=name, body=body)))

    def start_all(self):
        upstream = free_port()
        self.ports = {name: free_port() for name in ("haproxy", "nginx", "headgate")}
        self.start_nginx("upstream", 1, UPSTREAM.format(port=upstream, answer=ANSWER))
        self.start_nginx("nginx", 0, PROXY.format(port=self.ports["nginx"], upstream=upstream))
        self.start("haproxy", 0, "haproxy", "-db", "-f", self.write(
            "haproxy.cfg", HAPROXY.format(port=self.ports["haproxy"], upstream=upstream)))
        admin = free_port()
        self.start("headgate", 0, ROOT / "build/release/headgate", "serve", "-c", self.write("headgate.yaml", HEADGATE.format(
            port=self.ports["headgate"], admin=admin, folder=self.folder, root=ROOT, upstream=upstream)))
        self.load = self.write("load.lua", LOAD.format(token=STOREFRONT, body=REQUEST))
        for name, port in self.ports.items():
            wait_for(name, lambda: get(f"http://127.0.0.1:{port}/")[0] != 0, process=self.processes[name])

    def round(self, name, seconds):
        pid = self.processes[name].pid
        before = cpu_us(pid)
        wrk = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", f"-c{self.options.connections}", f"-d{seconds}s", "-s",
                              self.load, f"http://127.0.0.1:{self.ports[name]}"], capture_output=True, text=True)
        spent = cpu_us(pid) - before
        result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", wrk.stdout)
        if not result or int(result[1]) == 0:
            raise RuntimeError(f"no requests through {name}: {wrk.stdout}{wrk.stderr}")
        if int(result[2]):
            raise RuntimeError(f"{result[2]} of {result[1]} requests through {name} failed")
        return spent / int(result[1])

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main():
    parser = argparse.ArgumentParser(prog="./dev bench translate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="headgate-bench-")
    bench = Bench(folder, options)
    samples = {"haproxy": [], "nginx": [], "headgate": []}
    try:
        bench.start_all()
        for name in samples:
            bench.round(name, 1)
        for _ in range(options.rounds):
            for name, kept in samples.items():
                kept.append(bench.round(name, options.seconds))
    finally:
        bench.stop()
    shutil.rmtree(folder, ignore_errors=True)
    figures = {f"{name}_us": round(statistics.median(kept), 2) for name, kept in samples.items()}
    ratios = [h / p for h, p in zip(samples["headgate"], samples["haproxy"])]
    figures["ratio_haproxy"] = round(statistics.median(ratios), 2)
    if options.json:
        print(json.dumps(figures))
        return 0
    print(f"POST of {len(REQUEST)} B JSON, upstream reply {len(ANSWER)} B XML; CPU us a request, "
          f"{options.rounds} rounds of {options.seconds} s, {options.connections} connections")
    for name, kept in samples.items():
        print(f"  {name:9} median {statistics.median(kept):7.2f}   min {min(kept):7.2f}   max {max(kept):7.2f}")
    print(f"  headgate / haproxy, round by round: median {figures['ratio_haproxy']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
