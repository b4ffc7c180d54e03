"""The real program, spoken to as its users speak to it.

    python3 end_to_end.py PATH/TO/tocsin

Needs pyzmq. Each test starts a server of its own on ipc sockets in a temporary directory.
"""
import copy
import csv
import datetime
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

import zmq

PROGRAM = os.path.abspath(sys.argv[1])
PACKAGE = pathlib.Path(__file__).resolve().parents[2]
DATA = PACKAGE.parent / "shared" / "data"
NOW = "now"


class Server:
    """A running server: its sockets' addresses, and its last heartbeat."""

    def __init__(self, *arguments):
        self.directory = tempfile.TemporaryDirectory(prefix="tocsin-")
        self.journal = f"{self.directory.name}/journal.sqlite"
        self.push, self.broadcast, self.feed = (
            f"ipc://{self.directory.name}/{name}" for name in ("push", "broadcast", "feed"))
        self.process = subprocess.Popen(
            [PROGRAM, "run", "--journal", self.journal,
             "--set", f"ingest.push.bind={self.push}",
             "--set", f"ingest.broadcast.bind={self.broadcast}",
             "--set", f"feed.bind={self.feed}", *arguments],
            cwd=PACKAGE, stderr=subprocess.PIPE, text=True)
        self.context = zmq.Context()
        self.subscriber = self.context.socket(zmq.SUB)
        self.subscriber.subscribe(b"")
        self.subscriber.connect(self.feed)
        self.publisher = self.context.socket(zmq.PUSH)
        self.publisher.connect(self.push)
        self.counters()

    def send(self, body, topic=None):
        if not isinstance(body, bytes):
            topic = topic or f"alert/v1/json/{body['source']}/"
            body = json.dumps(body).encode()
        self.publisher.send_multipart([(topic or "alert/v1/json/e2e/bad/").encode(), body])

    def receive(self, prefix, seconds=10):
        """The first message of the feed whose topic begins so."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.subscriber.poll(200):
                topic, body, _ = self.subscriber.recv_multipart()
                if topic.decode().startswith(prefix):
                    return topic.decode(), json.loads(body)
        self.process.poll()
        raise AssertionError(f"no {prefix} within {seconds} s; ended with {self.process.returncode}")

    def counters(self, received=0):
        """The counters of the first heartbeat that has counted so many alerts."""
        for _ in range(30):
            counters = self.receive("heartbeat/", 20)[1]["data"]["counters"]
            if counters["received_push"] + counters["received_broadcast"] >= received:
                return counters
        raise AssertionError(f"{received} alerts never arrived: {counters}")

    def end(self):
        """Ends the server; its counters as the journal has them."""
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, said
        status = command("status", "--journal", self.journal, "--json")
        return json.loads(status.stdout)["counters"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self.context.destroy(linger=0)
        self.directory.cleanup()


def command(*arguments, code=0, **options):
    done = subprocess.run([PROGRAM, *arguments], cwd=PACKAGE, capture_output=True, text=True,
                          timeout=300, **options)
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def stamp():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


def alert(**data):
    return {"specversion": "1.0", "type": "tocsin.alert.v1", "id": uuid.uuid4().hex,
            "source": "e2e/camera-1", "time": stamp(),
            "data": {"kind": "scuffle", "severity": "moderate", "confidence": 0.9,
                     "position": {"lat": 31.2, "lon": 121.5}, **data}}


def rejected(counters):
    return {name.removeprefix("rejected_"): n for name, n in counters.items()
            if name.startswith("rejected_") and n}


def alerts_become_a_score_and_a_task():
    with Server() as server:
        for _ in range(2):
            server.send(alert())
        topic, score = server.receive("score/v1/json/")
        assert score["data"]["category"] == "public-order" and score["data"]["score"] > 0, score
        topic, task = server.receive("task/v1/json/")
        assert task["data"]["kind"] == "disturbance", task
        assert topic.endswith(f"/P{task['data']['priority']}/"), topic
        assert task["data"]["factors"] and task["data"]["reason"], task


def a_test_never_reaches_dispatch():
    with Server() as server:
        for _ in range(2):
            server.send(alert(status="test"))
        counters = server.counters(received=2)
        assert counters["accepted_push"] == 2 and counters["tasks_opened"] == 0, counters


def malformed_alerts():
    """Messages with the code they are refused under; a function changes a good alert."""
    def data(**changes):
        return lambda a: a["data"].update(changes)

    def without(*path):
        def change(a):
            for key in path[:-1]:
                a = a[key]
            del a[path[-1]]
        return change

    def top(**changes):
        return lambda a: a.update(changes)

    changes = [
        (without("id"), "missing_field"), (without("time"), "missing_field"),
        (without("data"), "missing_field"), (without("data", "kind"), "missing_field"),
        (without("data", "severity"), "missing_field"), (data(kind="no.such.kind"), "unknown_kind"),
        (data(kind="face.match"), "privacy"), (data(kind="plate.read"), "privacy"),
        (data(severity="dreadful"), "bad_value"), (data(confidence=1.5), "bad_value"),
        (data(confidence=-0.1), "bad_value"), (data(state="gone"), "bad_value"),
        (data(status="maybe"), "bad_value"), (top(time="yesterday"), "bad_time"),
        (top(time="2026-02-30T00:00:00Z"), "bad_time"), (top(time="2026-01-01T00:00:00"), "bad_time"),
        (top(time="2001-01-01T00:00:00Z"), "time_skew"),
        (top(time="2100-01-01T00:00:00Z"), "time_skew"),
        (data(position={"lat": 121.5, "lon": 31.2}), "bad_position"),
        (data(position={"lat": 31.2, "lon": 181}), "bad_position"),
        (data(position={"lat": 0, "lon": 0}), "outside_area"),
        (data(measures=[{"name": "x", "value": 1, "unit": "furlongs"}]), "bad_unit"),
    ]
    cases = []
    for change, code in changes:
        message = alert()
        change(message)
        cases.append((message, code))
    good = json.dumps(alert()).encode()
    cases += [(broken, "bad_encoding") for broken in (
        b"{", b"", b"\xff\xfe", good[:-1], good + b"}", good.replace(b":", b"=", 1),
        good.replace(b'"1.0"', b"'1.0'"), b"\xef\xbb\xbf" + good, good.replace(b"0.9", b"00.9"),
        good.replace(b"0.9", b"NaN"), good.replace(b"0.9", b".9"), good.replace(b"e2e", b"e\x012e"))]
    cases += [(good[:cut], "bad_encoding") for cut in range(20, len(good), 11)]
    cases += [(b"null x", "bad_schema"), (good[:-2] + b',"text":"' + b"x" * 9000 + b'"}}', "too_large")]
    return cases


def malformed_alerts_are_counted_each_under_its_code():
    cases = malformed_alerts()
    assert len(cases) >= 60, len(cases)
    with Server() as server:
        before, sent, wrong = server.counters(), 0, []

        def refusals(messages):
            """What became of some messages: the codes they were refused under, with their counts."""
            nonlocal before, sent
            for message in messages:
                server.send(message, "alert/v1/json/e2e/camera-1/")
            sent += len(messages)
            after = server.counters(received=sent)
            old, before = rejected(before), after
            return {code: n - old.get(code, 0) for code, n in rejected(after).items()
                    if n != old.get(code, 0)}

        for code in sorted({code for _, code in cases}):
            messages = [message for message, wanted in cases if wanted == code]
            if refusals(messages) == {code: len(messages)}:
                continue
            for message in messages:
                got = refusals([message])
                if got != {code: 1}:
                    wrong.append(f"{message!r:.300}: wanted {code}, got {got}")
        assert not wrong, "\n".join(wrong)
        server.send(alert())
        counters = server.counters(received=sent + 1)
        assert counters["accepted_push"] == 1, counters


def ending_loses_nothing_that_was_handed_over():
    count = 20_000
    with Server() as server:
        path = f"{server.directory.name}/many.jsonl"
        with open(path, "w") as lines:
            for index in range(count):
                lines.write(json.dumps({
                    "source": f"e2e/sensor-{index % 500}", "kind": "temperature", "value": 20,
                    "severity": "minor", "lat": 31.2, "lon": 121.5, "unit": "Cel",
                    "measure": "temperature"}) + "\n")
        command("publish", "--to", server.push, "--file", path, "--sequence")
        counters = server.end()
        assert counters["received_push"] == counters["accepted_push"] == count, counters
        assert counters.get("lost", 0) == 0, counters
        held = sqlite3.connect(server.journal).execute(
            "SELECT sum(count) FROM alert_batches").fetchone()[0]
        assert held == count, held


def a_days_complaints_are_all_accounted_for():
    """The hotline's requests of a day in New York, sent as complaints in its cells."""
    source = DATA / "nyc-311" / "nyc311_2013-12-25.csv"
    boundaries = DATA / "nyc-boundaries"
    if not source.exists():
        return f"skipped: there is no {source.name}"
    names = ("l1_borough", "l2_community_district", "l3_grid")
    cells = [f"--cells={boundaries}/{name}.geojson" for name in names]
    with Server(*cells, "--root", "NYC") as server, open(source) as rows:
        path = f"{server.directory.name}/nyc.jsonl"
        count = 0
        with open(path, "w") as lines:
            for row in csv.DictReader(rows):
                if not row["lat"]:
                    continue
                count += 1
                lines.write(json.dumps({
                    "id": f"r-{row['unique_key'][-4:]}-{count}", "source": "nyc-311/hotline",
                    "kind": "hotline.complaint", "severity": "minor",
                    "lat": float(row["lat"]), "lon": float(row["lon"])}) + "\n")
        sent = json.loads(command(
            "publish", "--to", server.push, "--file", path, "--retime", "now", "--sequence",
            "--json").stdout)
        assert sent["sent"] == count, sent
        counters = server.counters(received=count)
        refused = rejected(counters)
        assert counters["accepted_push"] + sum(refused.values()) == count, counters
        assert set(refused) <= {"outside_area"}, refused
        assert counters["accepted_push"] > 0.95 * count, counters
        assert counters["lost"] == 0, counters


TESTS = [
    alerts_become_a_score_and_a_task, a_test_never_reaches_dispatch,
    malformed_alerts_are_counted_each_under_its_code,
    ending_loses_nothing_that_was_handed_over, a_days_complaints_are_all_accounted_for,
]

failed = 0
for test in TESTS:
    if len(sys.argv) > 2 and sys.argv[2] not in test.__name__:
        continue
    started = time.monotonic()
    try:
        outcome = test() or "ok"
    except AssertionError as error:
        failed += 1
        outcome = f"FAILED\n{error}"
    print(f"{test.__name__.replace('_', ' ')}: {outcome} ({time.monotonic() - started:.1f} s)", flush=True)
sys.exit(1 if failed else 0)
