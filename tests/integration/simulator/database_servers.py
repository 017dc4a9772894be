"""PostgreSQL and MariaDB for a test: a server in a folder of its own on a free port, and how to reach it."""
import getpass
import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from estate import free_port, wait_for

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else shutil.which(name)


def _has_driver(name):
    if not shutil.which("odbcinst"):
        return False
    return f"[{name}]" in subprocess.run(["odbcinst", "-q", "-d"], capture_output=True, text=True).stdout


class Server:
    """A context manager. Runs as another user when this one is root, which both servers refuse."""

    user = None

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-stock-"))
        self.port = free_port()
        self.process = None
        self.prefix = []
        if getpass.getuser() == "root":
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.prefix = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"]
        try:
            self.start()
            wait_for(self.kind, lambda: self.query("SELECT 1") == "1", 30, self.process)
            self.prepare()
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command):
        subprocess.run([*self.prefix, *map(str, command)], check=True, **QUIET)

    def spawn(self, *command):
        self.process = subprocess.Popen([*self.prefix, *map(str, command)], stdin=subprocess.DEVNULL, **QUIET)

    def prepare(self):
        pass


class PostgreSQL(Server):
    kind, user = "postgres", "postgres"
    there = bool(_program("initdb")) and bool(shutil.which("psql")) and _has_driver("PostgreSQL Unicode")

    def start(self):
        self.run(_program("initdb"), "-D", self.folder / "data", "-U", "stock", "-A", "trust", "-E", "UTF8")
        self.spawn(_program("postgres"), "-D", self.folder / "data", "-p", self.port, "-k", self.folder, "-c", "fsync=off",
                   "-c", "listen_addresses=127.0.0.1")

    @property
    def connection(self):
        return (f"Driver=PostgreSQL Unicode;Servername=127.0.0.1;Port={self.port};Database=postgres;Username=stock;")

    def query(self, sql):
        """The one value of one row as text; None when it failed."""
        done = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "stock", "-d", "postgres", "-qAt", "-c",
                               sql], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else None


class MariaDB(Server):
    kind, user = "mariadb", "mysql"
    there = bool(shutil.which("mariadbd")) and _has_driver("MariaDB Unicode")
    database = None

    def start(self):
        self.run("mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/data",
                 "--auth-root-authentication-method=normal", "--skip-test-db")
        self.spawn("mariadbd", "--no-defaults", f"--datadir={self.folder}/data", f"--socket={self.folder}/socket",
                   f"--port={self.port}", "--bind-address=127.0.0.1")

    def prepare(self):
        self.query("CREATE DATABASE stock CHARACTER SET utf8mb4")
        self.database = "stock"

    @property
    def connection(self):
        return f"Driver=MariaDB Unicode;Server=127.0.0.1;Port={self.port};Database=stock;User=root;"

    def query(self, sql):
        """The one value of one row as text; None when it failed."""
        database = [self.database] if self.database else []
        done = subprocess.run(["mariadb", "--no-defaults", "-h", "127.0.0.1", "-P", str(self.port), "-u", "root", "-NB", "-e",
                               sql, *database], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else None
