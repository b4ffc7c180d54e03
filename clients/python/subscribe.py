#!/usr/bin/env python3
"""Prints what Tocsin's feed says: tasks, or whatever begins with the topic.

    pip install pyzmq
    python3 subscribe.py [tcp://127.0.0.1:5560] [task/v1/json/]
"""
import json, sys, zmq

address = sys.argv[1] if len(sys.argv) > 1 else "tcp://127.0.0.1:5560"
topic = sys.argv[2] if len(sys.argv) > 2 else "task/v1/json/"
socket = zmq.Context().socket(zmq.SUB)
socket.connect(address)
socket.subscribe(topic)
while True:
    frames = socket.recv_multipart()  # topic, body, and perhaps the sequence once more in binary
    print(frames[0].decode(), json.loads(frames[1]), flush=True)
