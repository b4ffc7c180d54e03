#!/usr/bin/env python3
"""Publishes one alert a second to Tocsin.

    pip install pyzmq
    python3 publish.py [tcp://127.0.0.1:5551] [demo/python-1]
"""
import datetime, itertools, json, sys, time, zmq

address = sys.argv[1] if len(sys.argv) > 1 else "tcp://127.0.0.1:5551"
source = sys.argv[2] if len(sys.argv) > 2 else "demo/python-1"
socket = zmq.Context().socket(zmq.PUSH)  # zmq.PUB for the broadcast door, port 5550
socket.connect(address)
for n in itertools.count(1):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
    socket.send_multipart([f"alert/v1/json/{source}/".encode(), json.dumps({
        "specversion": "1.0", "type": "tocsin.alert.v1", "id": f"{time.time_ns()}-{n}",
        "source": source, "time": now, "sequence": str(n),
        "data": {"kind": "gas.concentration", "severity": "severe", "confidence": 0.9,
                 "position": {"lat": 31.2, "lon": 121.5},
                 "measures": [{"name": "ch4", "value": 12.5, "unit": "%", "limit": 10}]},
    }).encode()])
    print("sent", n, flush=True)
    time.sleep(1)
