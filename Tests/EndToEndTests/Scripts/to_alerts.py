#!/usr/bin/env python3
"""Makes alerts, one flat JSON object a line, of public records about places.

    to_alerts.py houston <incidents.csv> <folder with the cells of New York>
    to_alerts.py nyc311 <requests.csv>

Houston's incidents fall on New York's cells: each position is assigned to one of the grid's cells by
hash, so that incidents of one corner stay together. Requests keep their own position; those that have
none get none. What is taken from a row is what happened and where; nothing about anyone.
"""
import csv, json, re, sys, zlib

OFFENSES = {
    "theft": ("property.alarm", "minor"),
    "auto theft": ("property.alarm", "minor"),
    "burglary": ("glass.break", "moderate"),
    "robbery": ("property.alarm", "severe"),
    "aggravated assault": ("scuffle", "severe"),
    "murder": ("scuffle", "extreme"),
}
COMPLAINTS = [
    (r"Noise", "noise.level"),
    (r"Driveway|Parking|Derelict Vehicle", "road.obstruction"),
    (r"Traffic Signal", "service.outage"),
    (r"Street Light|ELECTRIC", "power.outage"),
    (r"", "hotline.complaint"),
]


def word(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "none"


def features(folder, name):
    with open(f"{folder}/{name}.geojson") as file:
        return [feature["properties"] for feature in json.load(file)["features"]]


def grid_paths(folder):
    boroughs = {area["id"]: area["parent"] for area in features(folder, "l2_community_district")}
    return [f"NYC/{boroughs[cell['parent']]}/{cell['parent']}/{cell['id']}"
            for cell in features(folder, "l3_grid")]


def houston(rows, folder):
    paths = grid_paths(folder)
    for number, row in enumerate(rows, 1):
        kind, severity = OFFENSES[row["offense"]]
        place = zlib.crc32(f"{row['lat']},{row['lon']}".encode())
        yield {"id": f"h-{number:06}", "source": f"houston/beat/{word(row['beat'])}", "kind": kind,
               "severity": severity, "confidence": 0.8, "count": max(1, int(row["count"])),
               "cell": paths[place % len(paths)]}


def nyc311(rows):
    for number, row in enumerate(rows, 1):
        kind = next(kind for pattern, kind in COMPLAINTS if re.search(pattern, row["complaint_type"]))
        alert = {"id": f"r-{number:06}", "source": f"nyc311/{word(row['agency'])}", "kind": kind,
                 "severity": "minor"}
        if row["lat"]:
            alert |= {"lat": float(row["lat"]), "lon": float(row["lon"])}
        yield alert


with open(sys.argv[2], newline="") as file:
    maker = {"houston": houston, "nyc311": nyc311}[sys.argv[1]]
    for alert in maker(csv.DictReader(file), *sys.argv[3:]):
        print(json.dumps(alert, separators=(",", ":")))
