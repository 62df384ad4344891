#!/bin/sh
# Puts OPA's engine, as a C library with Python bindings, into a folder: install.sh <folder>
#
# The wheel's metadata asks for Python 3.14, but it loads under 3.11: it is fetched for 3.14 and unpacked without pip.
set -eu
folder=${1:?usage: install.sh <folder>}
if [ -e "$folder/opa_bindings/libopabridge.so" ]; then
    exit 0
fi
mkdir -p "$folder"
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$wheels" \
    --python-version 3.14 --platform manylinux_2_34_x86_64 --only-binary=:all: \
    opa-golib-python-bindings==0.4.4
python3 -m zipfile -e "$wheels"/*.whl "$folder"
