#!/bin/sh
# Puts moto, which stands for AWS in tests, into a folder: install.sh <folder>
set -eu
folder=${1:?usage: install.sh <folder>}
wanted="$(dirname "$0")/requirements.txt"
if ! cmp -s "$wanted" "$folder/installed.txt"; then
    rm -rf "$folder"
    python3 -m pip --quiet --disable-pip-version-check install --no-deps --target "$folder" --requirement "$wanted"
    cp "$wanted" "$folder/installed.txt"
fi
