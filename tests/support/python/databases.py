"""PostgreSQL and MariaDB on loopback, each with a data folder of its own in a temporary one, started and stopped by process id."""
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile

from estate import free_port, wait_for

# Neither server runs as root.
ACCOUNT = "nobody"


def as_account(command, folder):
    return ["setpriv", f"--reuid={ACCOUNT}", "--regid=nogroup", "--clear-groups", *map(str, command)] if os.getuid() == 0 else list(map(str, command))


class Server:
    """A context manager; `connection` is what unixODBC takes, `run(sql)` carries statements out and gives what is printed."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-db-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, ACCOUNT, "nogroup")
        self.port = free_port()
        self.process = None
        try:
            self.start()
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()  # PostgreSQL: a fast enough end, its clients are gone by then
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def command(self, command, **more):
        done = subprocess.run(as_account(command, self.folder), capture_output=True, text=True, timeout=120, cwd=self.folder,
                              env=dict(os.environ, HOME=str(self.folder)), **more)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def serve(self, command, ready):
        log = open(self.folder / "server.log", "ab")
        with log:
            self.process = subprocess.Popen(as_account(command, self.folder), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, env=dict(os.environ, HOME=str(self.folder)))
        wait_for(str(command[0]), ready, seconds=60, process=self.process)

    def answers(self, command):
        return subprocess.run(as_account(command, self.folder), capture_output=True, cwd=self.folder, timeout=20).returncode == 0


    def query(self, sql):
        """The one value of one row, as text."""
        return self.run(sql + ";").strip()

    def hold(self, sql):
        """A transaction of another client that carries out `sql`, and holds its locks until it is given back."""
        return Holder(subprocess.Popen(as_account(self.client, self.folder), cwd=self.folder, text=True, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       env=dict(os.environ, HOME=str(self.folder))), sql)


class Holder:
    def __init__(self, client, sql):
        self.client = client
        client.stdin.write(f"BEGIN;\n{sql};\nSELECT 'held';\n")
        client.stdin.flush()
        for line in client.stdout:
            if "held" in line:
                return
        raise RuntimeError(f"the lock was not taken: {sql}")

    def give_back(self):
        self.client.stdin.write("ROLLBACK;\n")
        self.client.stdin.close()
        self.client.stdout.read()
        self.client.wait(20)
        self.client.stdout.close()


class Postgres(Server):
    name, kind = "PostgreSQL", "postgres"

    def start(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
        if not programs:
            raise RuntimeError("PostgreSQL is not installed: ./dev install databases")
        self.programs = pathlib.Path(programs[-1])
        self.command([self.programs / "initdb", "-D", self.folder / "data", "-U", "stock", "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-sync"])
        self.client = [self.programs / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "stock", "-v", "ON_ERROR_STOP=1",
                       "-qAtX", "postgres"]
        self.start_again()
        self.connection = (f"Driver=PostgreSQL Unicode;Servername=127.0.0.1;Port={self.port};Database=postgres;Username=stock;"
                           "ConnSettings=SET TIME ZONE 'UTC'")

    def start_again(self):
        self.serve([self.programs / "postgres", "-D", self.folder / "data", "-p", self.port, "-h", "127.0.0.1", "-k", self.folder,
                    "-c", "fsync=off"],
                   lambda: self.answers([*self.client, "-c", "SELECT 1"]))

    def run(self, sql):
        return self.command(self.client, input=sql)


class MariaDb(Server):
    name, kind = "MariaDB", "mariadb"

    def start(self):
        if not shutil.which("mariadbd"):
            raise RuntimeError("MariaDB is not installed: ./dev install databases")
        self.command(["mariadb-install-db", f"--datadir={self.folder}/data", "--auth-root-authentication-method=normal",
                      "--skip-test-db", "--no-defaults"])
        server = ["mariadb", "--no-defaults", "-h", "127.0.0.1", "-P", str(self.port), "-u", "root", "-N", "-B", "--unbuffered"]
        self.client = [*server, "stock"]
        self.server_client = server
        self.start_again()
        self.command(server, input="CREATE DATABASE stock CHARACTER SET utf8mb4;")
        self.connection = f"Driver=MariaDB Unicode;Server=127.0.0.1;Port={self.port};Database=stock;User=root;Charset=utf8mb4"

    def start_again(self):
        self.serve(["mariadbd", "--no-defaults", f"--datadir={self.folder}/data", f"--socket={self.folder}/socket",
                    f"--port={self.port}", "--bind-address=127.0.0.1", f"--pid-file={self.folder}/pid", "--innodb-flush-log-at-trx-commit=0"],
                   lambda: self.answers([*self.server_client, "-e", "SELECT 1"]))

    def run(self, sql):
        return self.command(self.client, input=sql)
