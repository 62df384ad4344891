#!/bin/sh
# Puts what the tests compare with into a folder: install.sh <folder>
#
# opa_bindings/  OPA's engine, as a C library with Python bindings
# python/        PyYAML and ruamel.yaml, two readers of YAML, and compliance-trestle for OSCAL 1.2
# trestle-1.1/   compliance-trestle for OSCAL 1.1, which runs on what python/ holds
set -eu
folder=${1:?usage: install.sh <folder>}
pip="python3 -m pip --quiet --disable-pip-version-check"
mkdir -p "$folder"

# The wheel's metadata asks for Python 3.14, but it loads under 3.11: it is fetched for 3.14 and unpacked without pip.
if [ ! -e "$folder/opa_bindings/libopabridge.so" ]; then
    wheels=$(mktemp -d)
    trap 'rm -rf "$wheels"' EXIT
    $pip download --no-deps --dest "$wheels" \
        --python-version 3.14 --platform manylinux_2_34_x86_64 --only-binary=:all: \
        opa-golib-python-bindings==0.4.4
    python3 -m zipfile -e "$wheels"/*.whl "$folder"
fi

if [ ! -e "$folder/python/done" ]; then
    $pip install --upgrade --target "$folder/python" \
        pyyaml==6.0.3 ruamel.yaml==0.19.1 compliance-trestle==5.2.0
    $pip install --upgrade --no-deps --target "$folder/trestle-1.1" compliance-trestle==3.12.0
    touch "$folder/python/done"
fi
