"""Operable: health, metrics, reload whole or not at all, drain, one owner of the state file, shares that survive."""
import signal
import subprocess
import threading
import unittest

from api import call
from estate import MIGRATION, STOREFRONT, Estate, get, wait_for
from retailer import availability, control, prices
from running import RunningEstate

ROUTE = "inventory.v2/getAvailability"


class Operations(RunningEstate):
    def log(self):
        return (self.folder / "headgate.log").read_text()

    def test_health_tells_each_system(self):
        self.assertEqual(get(self.estate.admin + "/livez"), (200, "ok\n"))
        status, body = get(self.estate.admin + "/readyz?verbose")
        self.assertEqual(status, 200)
        for line in ("[+]store ok", "[+]system stock ok", "[+]system shop ok", "[+]system warehouse ok"):
            self.assertIn(line, body)

    def test_metrics_count_requests_by_operation_side_and_status(self):
        availability(self.estate, ["HG-100001"])
        metrics = get(self.estate.admin + "/metrics")[1]
        self.assertRegex(metrics, r'headgate_requests_total\{operation="inventory.v2/getAvailability",side="legacy",status="200"\} [1-9]')
        self.assertIn("headgate_system_calls_total", metrics)

    def test_a_system_that_is_down_is_told_and_does_not_make_the_gateway_unready(self):
        control(self.estate, "/faults/shop", {"stopped": True})
        try:
            status, body = get(self.estate.admin + "/readyz?verbose")
            self.assertEqual(status, 200)
            self.assertIn("[-]system shop failed", body)
            answer = prices(self.estate, ["HG-100001"])
            self.assertProblem(answer, 503, "system-unavailable")
        finally:
            control(self.estate, "/faults/shop", {"stopped": False})

    def test_a_hanging_shop_is_cut_off_at_its_deadline(self):
        control(self.estate, "/faults/shop", {"hang": True})
        try:
            self.assertProblem(prices(self.estate, ["HG-100001"]), 504, "deadline-exceeded")
        finally:
            control(self.estate, "/faults/shop", {"hang": False})

    def test_a_reload_with_a_fault_keeps_the_old_state_and_names_the_place(self):
        good = (self.folder / "headgate.yaml").read_text()
        (self.folder / "headgate.yaml").write_text(good.replace("sticky:", "stiky:"))
        self.estate.gateway.send_signal(signal.SIGHUP)
        wait_for("the refusal", lambda: "reload-refused" in self.log())
        self.assertIn("did you mean 'sticky'?", self.log())
        self.assertEqual(availability(self.estate, ["HG-100001"]).status, 200)
        (self.folder / "headgate.yaml").write_text(good.replace("viewer-demo", "viewer-demo").replace(
            "disclose_side: true", "disclose_side: false"))
        self.estate.gateway.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: "headgate-side" not in availability(self.estate, ["HG-100001"]).headers)
        (self.folder / "headgate.yaml").write_text(good)
        self.estate.gateway.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: "headgate-side" in availability(self.estate, ["HG-100001"]).headers)

    def test_a_second_process_on_the_same_state_is_refused(self):
        config = (self.folder / "headgate.yaml").read_text()
        for port in (self.estate.api_port, self.estate.admin_port):
            config = config.replace(f":{port}", ":0")
        (self.folder / "second.yaml").write_text(config)
        second = subprocess.run([self.estate.bin / "headgate", "serve", "-c", self.folder / "second.yaml"],
                                capture_output=True, text=True, timeout=30)
        self.assertEqual(second.returncode, 2)
        self.assertIn(str(self.estate.gateway.pid), second.stderr)

    def test_logs_are_json_lines(self):
        import json
        prices(self.estate, ["HG-100001"])
        lines = [line for line in self.log().splitlines() if line]
        for line in lines:
            self.assertIn("event", json.loads(line))


class Lifecycle(RunningEstate):
    def test_a_share_survives_a_restart_with_who_set_it_and_why(self):
        done = self.estate.command("route", "set", ROUTE, "--share", "12.5%", "--why", "because of the test")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.estate.stop(self.estate.gateway)
        self.assertEqual(self.estate.gateway.returncode, 0)
        self.estate.start_gateway()
        listed = self.estate.command("route", "list").stdout
        self.assertRegex(listed, r"12\.5%.*migration-lead +because of the test")
        history = self.estate.command("route", "history", ROUTE).stdout
        self.assertIn("because of the test", history)

    def test_sigterm_answers_what_has_begun(self):
        control(self.estate, "/faults/shop", {"latency_ms": 700})
        answers = []
        thread = threading.Thread(target=lambda: answers.append(prices(self.estate, ["HG-100001"])))
        thread.start()
        wait_for("the call", lambda: 'for="serving"' in get(self.estate.admin + "/metrics")[1])
        import time
        time.sleep(0.2)  # the call is under way at the slow shop; it takes 700 ms
        self.estate.gateway.send_signal(signal.SIGTERM)
        thread.join(20)
        self.assertEqual(self.estate.gateway.wait(20), 0)
        self.assertEqual([a.status for a in answers], [200])
        control(self.estate, "/faults/shop", {"latency_ms": 0})
        self.estate.start_gateway()


if __name__ == "__main__":
    unittest.main()
