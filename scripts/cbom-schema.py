#!/usr/bin/env python3
"""Holds a bill of materials against CycloneDX's published schema.

Usage: cbom-schema.py FOLDER BOM.json

FOLDER has bom-1.6.schema.json, spdx.schema.json and jsf-0.82.schema.json of the CycloneDX specification. Needs
Python's jsonschema (Debian: python3-jsonschema). Exits with 1 and lists what is wrong.
"""
import json
import pathlib
import sys

import jsonschema


def main(folder, bom):
    folder = pathlib.Path(folder)
    schemas = [json.loads((folder / name).read_text()) for name in
               ("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")]
    store = {schema["$id"]: schema for schema in schemas}
    resolver = jsonschema.RefResolver(schemas[0]["$id"], schemas[0], store=store)
    validator = jsonschema.Draft7Validator(
        schemas[0], resolver=resolver, format_checker=jsonschema.FormatChecker())
    document = json.loads(pathlib.Path(bom).read_text())
    errors = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.path)))
    for error in errors[:20]:
        print("/".join(map(str, error.path)) + ": " + error.message[:300], file=sys.stderr)
    print(f"{len(document['components'])} components, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
