#!/usr/bin/env python3
"""Turns Houston's incidents of 2010 into a recording for `tocsin replay`.

    python3 scripts/recordings/houston.py houston_2010-01_05.csv OUT

writes OUT/alerts.jsonl (a CloudEvents alert a line), OUT/cells.geojson (districts and beats, as
small squares around the middle of their incidents), OUT/catalog.yaml and OUT/beats.rules.yaml.
Incidents are told by the hour; those of one hour come in as they stand in the file.
"""

import csv
import datetime
import json
import pathlib
import sys
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/Chicago")
KINDS = {
    "burglary": "property.burglary", "theft": "property.theft", "auto theft": "property.vehicle",
    "robbery": "violence.robbery", "aggravated assault": "violence.assault",
    "murder": "violence.assault",
}

CATALOG = """kind: catalog
version: 1
kinds:
  property.burglary: {cap: Security, categories: [public-order]}
  property.theft:    {cap: Security, categories: [public-order]}
  property.vehicle:  {cap: Security, categories: [public-order]}
  violence.robbery:  {cap: Security, categories: [public-order]}
  violence.assault:  {cap: Security, categories: [public-order]}
categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
combine: noisy_or
warnings:
  blue:   {raise: 20, clear: 15, cap_severity: Minor}
  yellow: {raise: 40, clear: 33, cap_severity: Moderate}
  orange: {raise: 60, clear: 52, cap_severity: Severe}
  red:    {raise: 80, clear: 72, cap_severity: Extreme}
certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
responsibilities:
  property-crime: {department: police, level: district}
priority: [{severity: Extreme, is: P1}, {severity: Severe, is: P2}, {severity: Moderate, is: P3}, {is: P5}]
"""

RULES = """kind: rules
version: 1
param:
  many: {value: 6, range: [2, 20]}
rules:
- id: order.burglaries
  title: Burglaries gather in one beat
  why: A beat has one burglary in two days on average; six in a day are no chance.
  status: active
  revision: 1
  match: {kind: property.burglary}
  by: [alert.cell]
  windows:
    n: {fn: count, over: 24h, pane: 1h}
  raise: {when: w.n >= param.many}
  clear: {when: w.n * 2 < param.many, hold: 1h}
  score:
    public-order: {points: 'math.least(90.0, 10.0 * double(w.n))', confidence: '0.9', half_life: 12h}
  task:
    kind: property-crime
    title: '${string(w.n)} burglaries in a day in ${cell.name}'
    cap: {urgency: Expected, severity: auto}
    dedupe: {key: [rule.id, alert.cell]}
    close_on: clear
"""


def square(lat, lon, half):
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return {"type": "Polygon", "coordinates": [[[round(lon + x, 6), round(lat + y, 6)] for x, y in corners]]}


def feature(code, parent, level, places):
    lat = sum(p[0] for p in places) / len(places)
    lon = sum(p[1] for p in places) / len(places)
    return {"type": "Feature", "geometry": square(lat, lon, 0.05 if level == 1 else 0.002),
            "properties": {"id": code, "parent": parent, "level": level, "name": code}}


def main(source, out):
    out.mkdir(parents=True, exist_ok=True)
    rows = [r for r in csv.DictReader(source.open()) if r["offense"] in KINDS and r["beat"]]
    rows.sort(key=lambda r: r["local_hour"])
    beats, districts = {}, {}
    with (out / "alerts.jsonl").open("w") as lines:
        for number, row in enumerate(rows, 1):
            beat = row["beat"]
            district = "D" + "".join(c for c in beat[:2] if c.isdigit())
            place = (float(row["lat"]), float(row["lon"]))
            beats.setdefault((beat, district), []).append(place)
            districts.setdefault(district, []).append(place)
            hour = datetime.datetime.fromisoformat(row["local_hour"]).replace(tzinfo=ZONE)
            lines.write(json.dumps({
                "specversion": "1.0", "type": "tocsin.alert.v1", "id": f"h-{number}",
                "source": f"hpd/{district.lower()}", "time": hour.isoformat(),
                "data": {"kind": KINDS[row["offense"]], "severity": "minor", "cell": beat}}) + "\n")
    features = [feature(d, "HOU", 1, p) for d, p in sorted(districts.items())]
    features += [feature(b, d, 2, p) for (b, d), p in sorted(beats.items())]
    json.dump({"type": "FeatureCollection", "features": features}, (out / "cells.geojson").open("w"))
    (out / "catalog.yaml").write_text(CATALOG)
    (out / "beats.rules.yaml").write_text(RULES)
    print(f"{len(rows)} alerts, {len(beats)} beats in {len(districts)} districts")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
