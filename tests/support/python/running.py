"""A test class with one simulator and one gateway, shared by its tests."""
import pathlib
import shutil
import tempfile
import unittest

from estate import Estate


class RunningEstate(unittest.TestCase):
    workers = 1
    simulator_arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-test-"))
        cls.estate = Estate(cls.folder, "dev", seed=7, workers=cls.workers)
        try:
            cls.estate.start_simulator(*cls.simulator_arguments)
            cls.before_the_gateway()
            cls.estate.start_gateway()
        except Exception:
            cls.tearDownClass()
            raise

    @classmethod
    def before_the_gateway(cls):
        """For those who put another part in a simulated one's place."""

    @classmethod
    def tearDownClass(cls):
        cls.estate.__exit__()
        log = (cls.folder / "headgate.log").read_text() if (cls.folder / "headgate.log").exists() else ""
        shutil.rmtree(cls.folder, ignore_errors=True)
        for fatal in ("AddressSanitizer", "ThreadSanitizer", "runtime error:", '"event":"bug"', "Assertion"):
            if fatal in log:
                raise AssertionError("the gateway's log tells of a bug:\n" + log[-6000:])

    def assertProblem(self, answer, status, word, pointer=None):
        """A problem document (RFC 9457) that says enough, and nothing of the systems behind."""
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        problem = answer.json
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["type"].endswith(":" + word), problem)
        self.assertRegex(problem["traceId"], "^[0-9a-f]{32}$")
        if pointer is not None:
            self.assertIn(pointer, [error["pointer"] for error in problem["errors"]])
        for secret in ("LAGBST", "SQL", "soap", "E4711", "127.0.0.1", "artnr", "RESKOPF"):
            self.assertNotIn(secret, answer.body)
