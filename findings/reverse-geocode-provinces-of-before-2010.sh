#!/usr/bin/env bash
# reverse-geocode 1.6.6 (GeoNames' places of 1,000 people or more, of 2025) names the province of a point in Iran by its
# nearest town, and has towns in provinces that they left long ago or never were in: Tabas is "Yazd Province" (South
# Khorasan's since 2013), Mahdasht and Meshkin Dasht are "Tehran" (Alborz's since 2010), Julfa on the Aras is "West
# Azerbaijan" (East Azerbaijan's always).
#
# That the nearest town may be across a border is said in its README. Here the point is the town itself, the rest of
# Alborz is in Alborz, and the towns around Tabas are in South Khorasan: so one county is answered by two provinces.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet reverse-geocode==1.6.6
"$folder/venv/bin/python" - <<'EOF'
import reverse_geocode

towns = {
    "Tabas": ((33.596, 56.924), "Yazd Province"),
    "Deyhuk, in its county": ((33.294, 57.519), "South Khorasan Province"),
    "Mahdasht": ((35.728, 50.813), "Tehran"),
    "Meshkin Dasht": ((35.750, 50.944), "Tehran"),
    "Karaj, between them": ((35.833, 50.992), "Alborz Province"),
    "Julfa": ((38.938, 45.633), "West Azerbaijan"),
}
for name, (point, state) in towns.items():
    found = reverse_geocode.get(point)
    print(name, "->", found["city"], "|", found.get("state"), "|", found["country_code"])
    assert found.get("state") == state, "another province now"
EOF
