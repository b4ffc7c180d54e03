#!/usr/bin/env python3
"""A dispatch desk: prints the tasks that are durable, most urgent first, and acknowledges each.

    pip install pyzmq
    python3 desk.py [tcp://127.0.0.1:5561] [my-desk]
"""
import sys, zmq

address = sys.argv[1] if len(sys.argv) > 1 else "tcp://127.0.0.1:5561"
name = sys.argv[2] if len(sys.argv) > 2 else "my-desk"
socket = zmq.Context().socket(zmq.DEALER)
socket.connect(address)
subscribe = {"type": "subscribe", "desk": name, "max_priority": 3, "credit": 32}
socket.send_json(subscribe)
while True:
    if socket.poll(5000):
        message = socket.recv_json()
        if message["type"] == "task":
            task = message["task"]["data"]
            print("P%d" % task["priority"], task["operation"], task["title"], flush=True)
            socket.send_json({"type": "acknowledge", "id": task["incident"],
                              "revision": task["revision"]})
        elif message.get("code") == "not_subscribed":  # the server was started anew
            socket.send_json(subscribe)
        elif message["type"] == "error":
            sys.exit(message["detail"])
    socket.send_json({"type": "heartbeat"})
