"""What other readers of YAML make of a text.

Reads JSON lines, each a text. Prints for each a line {reader: value or {"error": words}}; what has no form in JSON, such as a
date, is {"other": its type}.
"""

import io
import json
import sys

import ruamel.yaml
import yaml


def plain(value):
    """The value as JSON has it; anything else is named."""
    if value is None or isinstance(value, (bool, str, int, float)):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key if isinstance(key, str) else f"{type(key)}": plain(item) for key, item in value.items()}
    return {"other": type(value).__name__}


def ruamel_reader(version, pure):
    reader = ruamel.yaml.YAML(typ="safe", pure=pure)
    reader.version = version
    return lambda text: reader.load(io.StringIO(text))


READERS = {
    "PyYAML": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
    "libyaml": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "ruamel.yaml 1.1": ruamel_reader((1, 1), True),
    "ruamel.yaml 1.2": ruamel_reader((1, 2), True),
}


def read(reader, text):
    try:
        return plain(reader(text))
    except Exception as error:
        return {"error": str(error)}


for line in sys.stdin:
    text = json.loads(line)
    print(json.dumps({name: read(reader, text) for name, reader in READERS.items()}), flush=True)
