"""The stock system's database on PostgreSQL and MariaDB: one schema file, filled by the simulator through unixODBC."""
import getpass
import glob
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

from estate import free_port, wait_for

SIMULATOR = pathlib.Path(os.environ["HEADGATE_BINARY_DIR"]) / "headgate-simulator"


def drivers():
    listed = subprocess.run(["odbcinst", "-q", "-d"], capture_output=True, text=True)
    return listed.stdout


def program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else shutil.which(name)


class Filled(unittest.TestCase):
    """Starts a server in a folder of its own; as another user when this one is root, which servers refuse."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-stock-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.port = free_port()

    def server(self, user, *command):
        process = subprocess.Popen([*self.as_user(user), *map(str, command)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)

    def as_user(self, user):
        if getpass.getuser() != "root":
            return []
        os.chown(self.folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]

    def check(self, kind, connection, query):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-simulator-"))
        self.addCleanup(shutil.rmtree, folder, True)
        for run in range(2):  # the second finds the database filled
            ready = folder / "simulator.json"
            ready.unlink(missing_ok=True)
            process = subprocess.Popen([SIMULATOR, "serve", "--dir", folder, "--stock", kind, "--stock-connection", connection],
                                       stdout=subprocess.DEVNULL)
            try:
                wait_for("the simulator", ready.exists, 60, process)
                addresses = json.loads(ready.read_text())
                self.assertEqual(addresses["stock_connection"], connection)
                self.night(addresses["control"])
                self.assertEqual(self.available(addresses["inventory"]), int(float(query(
                    "SELECT BEST FROM LAGBST WHERE ARTNR = 'HG-104711' AND LAG = 1"))))
            finally:
                process.terminate()
                self.assertEqual(process.wait(20), 0)
        self.assertEqual(query("SELECT COUNT(*) FROM FIL"), "6")
        self.assertEqual(query("SELECT COUNT(*) - (SELECT COUNT(*) FROM LAGSNAP) FROM LAGBST"), "0")
        self.assertGreater(int(query("SELECT COUNT(*) FROM LAGBST WHERE RES IS NULL")), 50)
        # Keys are padded; both compare them without caring, and decimals keep their three places.
        self.assertEqual(query("SELECT COUNT(*) FROM LAGBST WHERE ARTNR = 'HG-104711'"), "6")
        self.assertTrue(query("SELECT BEST FROM LAGBST WHERE ARTNR = 'HG-104711' AND LAG = 1").endswith(".000"))
        # A return, booked as one transaction.
        query("BEGIN; INSERT INTO RUECK VALUES ('R1','O1','01','B','2026-11-23 11:00:00'); "
              "INSERT INTO RUECKPOS VALUES ('R1','001','HG-104711',1,2.000,'A'); "
              "UPDATE LAGBST SET BEST = BEST + 2.000, UPD = '2026-11-23 11:00:00' WHERE ARTNR = 'HG-104711' AND LAG = 1; COMMIT")
        self.assertEqual(query("SELECT L.BEST - S.BEST FROM LAGBST L JOIN SIM_SEED S ON S.ARTNR = L.ARTNR AND S.LAG = L.LAG "
                               "WHERE L.ARTNR = 'HG-104711' AND L.LAG = 1"), "2.000")

        # The check reads that very database: a return that is not back in stock is found.
        self.assertEqual(self.verdict(folder, connection)["problems"], [])
        query("UPDATE RUECK SET STATUS = 'S'")
        self.assertIn("came back", self.verdict(folder, connection)["problems"][0])

    def verdict(self, folder, connection):
        checked = subprocess.run([SIMULATOR, "check", "--dir", folder, "--stock-connection", connection], capture_output=True,
                                 text=True)
        self.assertIn(checked.returncode, (0, 1), checked.stderr)
        return json.loads(checked.stdout)

    def available(self, inventory):
        with urllib.request.urlopen(inventory + "/inventory/v2/availability?skus=HG-104711&locationIds=ST-0001") as answer:
            return json.loads(answer.read())["items"][0]["locations"][0]["onHand"]

    def night(self, control):
        done = subprocess.run(["curl", "-sf", "-X", "POST", control + "/night"], capture_output=True)
        self.assertEqual(done.returncode, 0)

    @unittest.skipUnless(program("initdb") and "[PostgreSQL Unicode]" in drivers(), "./dev install databases")
    def test_postgresql(self):
        data = self.folder / "data"
        subprocess.run([*self.as_user("postgres"), program("initdb"), "-D", data, "-U", "stock", "-A", "trust", "-E", "UTF8"],
                       check=True, stdout=subprocess.DEVNULL)
        self.server("postgres", program("postgres"), "-D", data, "-p", self.port, "-k", self.folder, "-c", "fsync=off",
                    "-c", "listen_addresses=127.0.0.1")

        def query(sql):
            done = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "stock", "-d", "postgres", "-qAt",
                                   "-c", sql], capture_output=True, text=True)
            return done.stdout.strip() if done.returncode == 0 else None

        wait_for("PostgreSQL", lambda: query("SELECT 1") == "1", 30)
        self.check("postgres", f"Driver=PostgreSQL Unicode;Servername=127.0.0.1;Port={self.port};Database=postgres;"
                               "Username=stock;", query)

    @unittest.skipUnless(shutil.which("mariadbd") and "[MariaDB Unicode]" in drivers(), "./dev install databases")
    def test_mariadb(self):
        data, socket = self.folder / "data", self.folder / "socket"
        subprocess.run([*self.as_user("mysql"), "mariadb-install-db", "--no-defaults", f"--datadir={data}",
                        "--auth-root-authentication-method=normal", "--skip-test-db"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.server("mysql", "mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--port={self.port}",
                    "--bind-address=127.0.0.1")

        def query(sql):
            done = subprocess.run(["mariadb", "--no-defaults", "-h", "127.0.0.1", "-P", str(self.port), "-u", "root", "-NB",
                                   "-e", sql, *([] if "DATABASE" in sql or sql == "SELECT 1" else ["stock"])],
                                  capture_output=True, text=True)
            return done.stdout.strip() if done.returncode == 0 else None

        wait_for("MariaDB", lambda: query("SELECT 1") == "1", 30)
        query("CREATE DATABASE stock CHARACTER SET utf8mb4")
        self.check("mariadb", f"Driver=MariaDB Unicode;Server=127.0.0.1;Port={self.port};Database=stock;User=root;", query)


if __name__ == "__main__":
    unittest.main()
