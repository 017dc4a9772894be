"""Writes under an Idempotency-Key, to a till that may or may not hear of them: carried out once, or not known to be, never twice."""
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import unittest

from api import call
from estate import MIGRATION, ROOT, Estate, free_port, get, wait_for

TILL = ROOT / "tests/estates/till"
sys.path.insert(0, str(TILL))
from till import Till  # noqa: E402

BOOK, PRINT = "/till/v1/bookings", "/till/v1/receipts"


class Writes(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.till = Till()
        self.addCleanup(lambda: self.till.stop())
        self.estate = Estate(self.folder, "dev")
        self.addCleanup(lambda: self.estate.stop(self.estate.gateway))
        config = (TILL / "headgate.yaml").read_text()
        for word, value in (("API", self.estate.api_port), ("ADMIN", self.estate.admin_port), ("TILL", self.till.port), ("HERE", TILL)):
            config = config.replace(f"@{word}@", str(value))
        (self.folder / "headgate.yaml").write_text(config)
        self.start()

    def start(self):
        self.estate.gateway = self.estate.start("headgate", "serve", "-c", self.folder / "headgate.yaml", log="headgate.log")
        wait_for("the gateway", lambda: get(self.estate.admin + "/readyz")[0] == 200, process=self.estate.gateway)

    def kill(self):
        self.estate.gateway.kill()
        self.estate.gateway.wait()

    def write(self, path, key, cents):
        return call(self.estate.api, "POST", path, {"cents": cents}, headers={"Idempotency-Key": key})

    def write_and_kill(self, path, key, cents):
        """The gateway is killed when the till has booked and not yet answered."""
        self.till.mishap = "hang"
        self.till.booked.clear()

        def send():
            try:
                self.write(path, key, cents)
            except OSError:
                pass  # the gateway is gone

        sender = threading.Thread(target=send)
        sender.start()
        self.assertTrue(self.till.booked.wait(20))
        self.kill()
        sender.join()
        self.till.mishap = None
        self.till.go_on.set()
        self.till.go_on = threading.Event()
        self.start()

    def assertProblem(self, answer, status, word):
        self.assertEqual((answer.status, answer.json["type"]), (status, "urn:headgate:problem:" + word), answer.body)

    def listed(self):
        return self.estate.command("write", "list")

    def test_the_same_request_again_has_the_same_answer_over_a_restart(self):
        first = self.write(BOOK, "booking-0001", 100)
        self.assertEqual((first.status, first.headers["location"]), (201, BOOK + "/B-100"), first.body)
        self.kill()
        self.start()
        again = self.write(BOOK, "booking-0001", 100)
        self.assertEqual((again.status, again.body, again.headers["location"]), (201, first.body, first.headers["location"]))
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.assertEqual(self.till.bookings[100], 1)
        self.assertProblem(self.write(BOOK, "booking-0001", 101), 422, "idempotency-key-reused")

    def test_a_kill_between_effect_and_answer_leaves_an_unknown_outcome_that_people_see(self):
        self.write_and_kill(BOOK, "booking-0001", 100)
        self.assertProblem(self.write(BOOK, "booking-0001", 100), 409, "outcome-unknown")
        self.assertEqual(self.till.bookings[100], 1)
        listed = self.listed()
        self.assertEqual(listed.returncode, 1, listed.stderr)
        self.assertRegex(listed.stdout, r"till\.v1/book +booking-0001 +till|till\.v1/book .*booking-0001 +till")
        self.assertRegex(get(self.estate.admin + "/metrics")[1], r"headgate_keyed_writes_unknown 1\b")

    def test_a_kill_between_effect_and_answer_is_repeated_where_the_till_recognises_it(self):
        self.write_and_kill(PRINT, "receipt-0001", 100)
        answer = self.write(PRINT, "receipt-0001", 100)
        self.assertEqual((answer.status, answer.json), (201, {"bookingId": "B-100", "cents": 100}), answer.body)
        self.assertEqual(self.till.bookings[100], 1)
        self.assertEqual(self.listed().returncode, 0)

    def test_what_was_sent_and_not_answered_is_not_sent_again(self):
        for number, mishap in enumerate(("hang", "drop")):
            self.till.mishap = mishap
            self.assertProblem(self.write(BOOK, f"booking-{mishap}", 200 + number), 504, "outcome-unknown")
            self.till.mishap = None
            self.till.go_on.set()
            self.assertProblem(self.write(BOOK, f"booking-{mishap}", 200 + number), 409, "outcome-unknown")
            self.assertEqual(self.till.bookings[200 + number], 1)

    def test_what_was_refused_or_never_sent_may_be_sent_again(self):
        self.till.mishap = "refuse"
        self.assertProblem(self.write(BOOK, "booking-0001", 100), 409, "till-full")
        self.till.stop()
        self.assertProblem(self.write(BOOK, "booking-0001", 100), 503, "system-unavailable")
        self.till = Till(self.till.port)
        self.assertEqual(self.write(BOOK, "booking-0001", 100).status, 201)
        self.assertEqual(self.till.bookings[100], 1)

    def test_one_of_two_at_once_is_told_to_wait(self):
        self.till.mishap = "hang"
        answers = []
        sender = threading.Thread(target=lambda: answers.append(self.write(BOOK, "booking-0001", 100)))
        sender.start()
        self.assertTrue(self.till.booked.wait(20))
        self.assertProblem(self.write(BOOK, "booking-0001", 100), 409, "idempotency-key-in-progress")
        self.till.go_on.set()
        sender.join()
        self.assertEqual(answers[0].status, 201)
        self.assertEqual(self.till.bookings[100], 1)

    def test_kills_at_any_moment_lose_and_double_nothing(self):
        seeded = random.Random(7)
        sent = {}  # key -> (path, cents)
        acknowledged = set()
        for round_number in range(6):
            stop = threading.Event()

            def keep_writing(worker):
                number = 0
                while not stop.is_set():
                    number += 1
                    cents = round_number * 10_000 + worker * 1_000 + number
                    key, path = f"key-{cents:08}", (BOOK, PRINT)[number % 2]
                    sent[key] = (path, cents)
                    try:
                        if self.write(path, key, cents).status == 201:
                            acknowledged.add(key)
                    except OSError:
                        return

            writers = [threading.Thread(target=keep_writing, args=(worker,)) for worker in range(4)]
            for writer in writers:
                writer.start()
            wait_for("some answers", lambda: len(acknowledged) > round_number * 8)
            stop.wait(seeded.uniform(0, 0.2))  # any moment will do
            self.kill()
            stop.set()
            for writer in writers:
                writer.join()
            self.start()
        unknown = 0
        for key, (path, cents) in sent.items():
            answer = self.write(path, key, cents)
            if answer.status == 409:
                self.assertProblem(answer, 409, "outcome-unknown")
                self.assertEqual(path, BOOK)
                self.assertNotIn(key, acknowledged)
                self.assertLessEqual(self.till.bookings[cents], 1)
                unknown += 1
            else:
                self.assertEqual(answer.status, 201, answer.body)
                self.assertEqual(self.till.bookings[cents], 1, key)
        self.assertLessEqual(unknown, 6 * 4)  # what was under way in the moments of the kills
        self.assertGreater(len(acknowledged), 40)


if __name__ == "__main__":
    unittest.main()
