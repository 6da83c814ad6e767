"""A receiver for the bot's signed webhook, for IT's own system to start from. Python's standard library only.

    export TSC_IT_WEBHOOK_SECRETS=...        # the same as the bot's
    python examples/it_receiver.py serve --port 9100
    python examples/it_receiver.py reply --ticket 12 --author Budi --text "Sudah kami perbaiki."

What it shows: check the signature before anything else, refuse what is old, keep each event once by its id (the
idempotency key) before answering 2xx, and sign answers that go back. The format is in the README ("Tautan ke sistem
IT").
"""

import argparse
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WINDOW_SECONDS = 300
MOST_BYTES = 256 * 1024
REPLY_ATTEMPTS = 6


def secrets():
    """The shared secrets, the newest first."""
    found = [part.strip() for part in os.environ.get("TSC_IT_WEBHOOK_SECRETS", "").split(",") if part.strip()]
    if not found:
        sys.exit("Isi TSC_IT_WEBHOOK_SECRETS dengan kunci yang sama seperti di bot.")
    return found


def sign(secret, timestamp, body):
    """`v1=<hex>` over `<timestamp>.<body>`."""
    return "v1=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def is_genuine(headers, body):
    """Whether one of the signatures is right, and the request is not old."""
    timestamp = headers.get("X-TSC-Timestamp", "")
    if not timestamp.isdigit():
        return False
    # The bot signs once with each of its secrets, separated by commas: they can be changed without a pause.
    given = [part.strip() for part in headers.get("X-TSC-Signature", "").split(",")]
    right = any(
        hmac.compare_digest(one.encode(), sign(secret, timestamp, body).encode())
        for one in given
        for secret in secrets()
    )
    return right and abs(time.time() - int(timestamp)) <= WINDOW_SECONDS


class Events:
    """Events received, each once, in a SQLite file."""

    def __init__(self, path):
        self._path = path
        with closing(self._open()) as store, store:
            store.execute(
                "CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, number INTEGER, ticket INTEGER, body TEXT)"
            )

    def keep(self, event, body):
        """False when it was here already. It is safely stored when this returns."""
        row = (event["event"]["id"], event["event"]["number"], event["ticket"]["number"], body.decode())
        with closing(self._open()) as store, store:
            return store.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?)", row).rowcount == 1

    def _open(self):
        return sqlite3.connect(self._path, timeout=10)


def serve(port, path):
    """Receive until interrupted."""
    events = Events(path)
    secrets()

    class Handler(BaseHTTPRequestHandler):
        """Receives one event."""

        timeout = 20

        def do_POST(self):
            """Check, keep, answer."""
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > MOST_BYTES:
                self._answer(413, "too large")
                return
            body = self.rfile.read(int(length))
            if not is_genuine(self.headers, body):
                self._answer(401, "signature")
                return
            event = json.loads(body)
            if event["version"] != 1 or event["event"]["id"] != self.headers.get("Idempotency-Key"):
                self._answer(400, "format")
                return
            if events.keep(event, body):
                what, ticket = event["event"], event["ticket"]
                # Events of one ticket come in order, but for those that staff send again: sort by "number".
                print(
                    f"#{ticket['number']} {what['kind']} ({ticket['state']}): {what['text'] or ticket['summary']}",
                    flush=True,
                )
                self._answer(200, "accepted")
            else:
                # The bot did not get our earlier answer. It stops once it gets this one.
                self._answer(200, "duplicate")

        def _answer(self, status, text):
            content = json.dumps({"status": text}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Nothing: what matters is printed above."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"Menunggu tiket di http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def reply(url, answer):
    """Send an answer, again under the same id while the bot can't be reached; returns what the bot says."""
    body = json.dumps(answer).encode()
    for attempt in range(REPLY_ATTEMPTS):
        if attempt:
            time.sleep(2**attempt)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-TSC-Timestamp": timestamp,
            "X-TSC-Signature": sign(secrets()[0], timestamp, body),
        }
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return error.code, json.load(error)
            problem = f"HTTP {error.code}"
        except OSError as error:
            problem = str(error)
        print(f"Belum sampai ({problem}), dicoba lagi.", file=sys.stderr)
    sys.exit("Bot tidak bisa dihubungi. Coba lagi nanti dengan --id yang sama.")


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description="Contoh penerima tiket dari bot TSCreator")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="terima tiket")
    serving.add_argument("--port", type=int, default=9100)
    serving.add_argument("--store", default="it_events.sqlite", help="berkas SQLite untuk tiket yang diterima")
    replying = commands.add_parser("reply", help="kirim balasan ke thread tiket")
    replying.add_argument("--ticket", type=int, required=True)
    replying.add_argument("--text", default="")
    replying.add_argument("--status", choices=["in_progress", "waiting", "resolved", "closed", "reopened"])
    replying.add_argument("--author", default="", help="nama yang tampil di thread")
    replying.add_argument("--id", default=None, help="id balasan; kosong: dibuatkan")
    replying.add_argument("--bot", default="http://127.0.0.1:8080/it/balasan")
    chosen = parser.parse_args()
    if chosen.command == "serve":
        serve(chosen.port, chosen.store)
        return
    answer = {"version": 1, "id": chosen.id or f"it-{uuid.uuid4()}", "ticket": chosen.ticket, "author": chosen.author}
    answer |= {"text": chosen.text} | ({"status": chosen.status} if chosen.status else {})
    print(f"Id balasan: {answer['id']}")
    status, said = reply(chosen.bot, answer)
    print(json.dumps(said, ensure_ascii=False))
    sys.exit(0 if status == 200 else 1)


if __name__ == "__main__":
    main()
