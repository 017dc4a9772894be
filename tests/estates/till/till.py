"""A till that speaks SOAP and counts what it has booked: by the amount, or, for receipts, once for their number."""
import collections
import http.server
import re
import threading

BODY = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>')
FULL = '<s:Fault><faultcode>s:Server</faultcode><faultstring>full</faultstring><detail><code>FULL</code></detail></s:Fault>'


class Till:
    """Books first, then answers, or does not: `mishap` says what happens behind a booking. Ends with stop()."""

    def __init__(self, port=0):
        self.bookings = collections.Counter()  # how often each amount was booked
        self.receipts = {}
        self.mishap = None  # hang, drop; or refuse, before anything is booked
        self.booked = threading.Event()
        self.go_on = threading.Event()
        self.lock = threading.Lock()
        till = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.close_connection = till.mishap == "drop"
                status, body = till.answer(text)
                if body is None:
                    return
                data = BODY.format(body).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "text/xml; charset=utf-8")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # who asked is gone

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # who asked was killed

        self.server = Server(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def answer(self, text):
        if self.mishap == "refuse":
            return 500, FULL
        cents = int(re.search(r"cents>(\d+)<", text).group(1))
        number = re.search(r"number>([^<]+)<", text)
        with self.lock:
            if not number or number.group(1) not in self.receipts:
                self.bookings[cents] += 1
                if number:
                    self.receipts[number.group(1)] = cents
        self.booked.set()
        if self.mishap == "hang":
            self.go_on.wait(30)
        if self.mishap == "drop":
            return 0, None
        return 200, f'<booked xmlns="urn:till"><id>B-{cents}</id><cents>{cents}</cents></booked>'

    def stop(self):
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
