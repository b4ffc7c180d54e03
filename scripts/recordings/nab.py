#!/usr/bin/env python3
"""Turns three series of the Numenta Anomaly Benchmark into recordings for `tocsin sweep`.

    python3 scripts/recordings/nab.py NAB OUT

writes for each series OUT/<name>.jsonl (an alert a sample, one line each) and OUT/<name>.csv (the
labelled windows), and for all OUT/cells.geojson, OUT/catalog.yaml and OUT/nab.rules.yaml.
"""

import csv
import json
import pathlib
import sys

SERIES = {
    "machine": ("realKnownCause/machine_temperature_system_failure.csv", "machine.temperature"),
    "cpu": ("realKnownCause/cpu_utilization_asg_misconfiguration.csv", "host.cpu"),
    "traffic": ("realTraffic/TravelTime_387.csv", "road.travel-time"),
}

CATALOG = """kind: catalog
version: 1
kinds:
  machine.temperature: {cap: Infra, categories: [public-safety]}
  host.cpu:            {cap: Infra, categories: [cyber-security]}
  road.travel-time:    {cap: Transport, categories: [public-safety]}
categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
combine: noisy_or
warnings:
  blue:   {raise: 20, clear: 15, cap_severity: Minor}
  yellow: {raise: 40, clear: 33, cap_severity: Moderate}
  orange: {raise: 60, clear: 52, cap_severity: Severe}
  red:    {raise: 80, clear: 72, cap_severity: Extreme}
certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
responsibilities:
  machine-fault: {department: works, level: district}
priority: [{severity: Extreme, is: P1}, {is: P5}]
"""

RULE = """- id: {id}
  title: {title}
  why: Read off the labelled windows of the series by `tocsin sweep`.
  status: active
  revision: 1
  match: {{kind: {kind}}}
  by: [alert.source]
  windows:
    level: {{fn: avg, of: alert.value, over: {over}, empty: {calm}}}
  raise: {{when: w.level {worse} param.{param}, hold: {hold}}}
  clear: {{when: w.level {better} param.{param}, hold: 3h}}
  score:
    {category}: {{points: '60.0', confidence: '0.9', half_life: 1h}}
"""

HEAD = """kind: rules
version: 1
param:
  cold:  {value: 60.0, range: [0.0, 120.0]}
  busy:  {value: 80.0, range: [0.0, 100.0]}
  slow:  {value: 400.0, range: [0.0, 5000.0]}
rules:
"""

RULES = HEAD + RULE.format(
    id="machine.cold", title="The machine cools down", kind="machine.temperature", over="1h",
    calm="90.0", worse="<", better=">=", param="cold", hold="10m", category="public-safety",
) + RULE.format(
    id="host.busy", title="The host is busy", kind="host.cpu", over="2h", calm="0.0", worse=">",
    better="<=", param="busy", hold="10m", category="cyber-security",
) + RULE.format(
    id="road.slow", title="The road is slow", kind="road.travel-time", over="1h", calm="0.0",
    worse=">", better="<=", param="slow", hold="10m", category="public-safety")


def time(text):
    """The series have local times without a zone; any zone does, as long as it is one."""
    return text[:19].replace(" ", "T") + "Z"


def main(nab, out):
    out.mkdir(parents=True, exist_ok=True)
    windows = json.load((nab / "combined_windows.json").open())
    for name, (path, kind) in SERIES.items():
        rows = sorted(csv.DictReader((nab / path).open()), key=lambda r: r["timestamp"])
        with (out / f"{name}.jsonl").open("w") as lines:
            for number, row in enumerate(rows, 1):
                lines.write(json.dumps({
                    "specversion": "1.0", "type": "tocsin.alert.v1", "id": f"{name}-{number}",
                    "source": f"nab/{name}", "time": time(row["timestamp"]),
                    "data": {"kind": kind, "severity": "minor", "cell": "plant",
                             "measures": [{"name": "value", "value": float(row["value"])}]}}) + "\n")
        with (out / f"{name}.csv").open("w") as truth:
            truth.write("start,end\n")
            for start, end in windows[path]:
                truth.write(f"{time(start)},{time(end)}\n")
        print(f"{name}: {len(rows)} samples, {len(windows[path])} windows")
    square = [[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01], [0, 0]]
    cell = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [square]},
            "properties": {"id": "plant", "parent": "NAB", "level": 1, "name": "plant"}}
    json.dump({"type": "FeatureCollection", "features": [cell]}, (out / "cells.geojson").open("w"))
    (out / "catalog.yaml").write_text(CATALOG)
    (out / "nab.rules.yaml").write_text(RULES)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
