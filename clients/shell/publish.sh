#!/bin/sh
# Publishes one alert a second to Tocsin: one JSON alert a line, piped to `tocsin publish`.
#
#   ./publish.sh [source] | tocsin publish -
source=${1:-demo/shell-1}
n=0
while n=$((n + 1)); do
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    printf '{"specversion":"1.0","type":"tocsin.alert.v1","id":"%s-%d","source":"%s",' "$now" "$n" "$source"
    printf '"time":"%s","sequence":"%d","data":{"kind":"gas.concentration","severity":"severe",' "$now" "$n"
    printf '"position":{"lat":31.2,"lon":121.5}}}\n'
    sleep 1
done
