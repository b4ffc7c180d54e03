#!/usr/bin/env python3
"""Reports a scuffle and prints, as JSON, what the feed says of it.

    integrator.py <push address> <feed address> <latitude> <longitude>

Written after docs/protocol.md alone: what it does is what that page promises to anyone.
"""
import datetime, json, sys, time, zmq

push_address, feed_address, latitude, longitude = sys.argv[1:]
source = "city/video/cam-17"
context = zmq.Context()

feed = context.socket(zmq.SUB)
feed.connect(feed_address)
feed.subscribe("")
feed.rcvtimeo = 10_000


def read():
    """One message of the feed."""
    topic, body = feed.recv_multipart()[:2]
    event = json.loads(body)
    assert event["specversion"] == "1.0", event
    assert topic.endswith(b"/"), topic
    return topic.decode(), event


# A first heartbeat says that the subscription stands, and from where messages are numbered.
topic, beat = read()
while topic != "heartbeat/v1/json/tocsin/":
    topic, beat = read()
last, epoch = int(beat["data"]["last_sequence"]), beat["data"]["epoch"]

push = context.socket(zmq.PUSH)
push.connect(push_address)
for number in (1, 2):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
    push.send_multipart([f"alert/v1/json/{source}/".encode(), json.dumps({
        "specversion": "1.0", "type": "tocsin.alert.v1", "id": f"{time.time_ns()}-{number}",
        "source": source, "time": now, "sequence": str(number),
        "data": {"kind": "scuffle", "severity": "severe", "confidence": 0.9,
                 "position": {"lat": float(latitude), "lon": float(longitude)}}}).encode()])

scores, tasks, beats = [], [], []
while not (scores and tasks and beats):
    topic, event = read()
    if topic == "heartbeat/v1/json/tocsin/":
        assert event["data"]["epoch"] == epoch
        assert int(event["data"]["last_sequence"]) == last, (event["data"]["last_sequence"], last)
        assert int(event["sequence"]) == last, (event["sequence"], last)
        beats += [event] if scores and tasks else []
        continue
    last += 1
    assert int(event["sequence"]) == last, (event["sequence"], last)
    (scores if topic.startswith("score/v1/json/") else tasks).append({"topic": topic, "event": event})
print(json.dumps({"scores": scores, "tasks": tasks}))
