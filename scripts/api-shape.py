#!/usr/bin/env python3
"""Compares Martlet's API with the shape of another one.

    scripts/api-shape.py SHAPE.json [docs/openapi.json]

SHAPE.json has `paths` (path -> method -> `parameters`, texts such as "query filter[state__in]: list of …") and `schemas`
(name -> JSON Schema of a resource with a constant `type`). For every path, filter, order, `include` and attribute one line is
printed: `same`, `more` (Martlet has it besides) or `absent`, and a summary at the end. Exit code 0, whatever is absent.
"""

import json
import re
import sys


def resource_types(schemas):
    """JSON:API type -> names of attributes and relationships, the union over all schemas of the type."""
    types = {}
    for schema in schemas.values():
        properties = schema.get("properties", {})
        names = properties.get("type", {}).get("enum") or [properties.get("type", {}).get("const")]
        for name in filter(None, names):
            members = types.setdefault(name, {"attributes": set(), "relationships": set()})
            for part, known in members.items():
                known.update(properties.get(part, {}).get("properties", {}))
    return types


def split(parameter):
    """A parameter's text -> (kind, name); kind is filter, sort, include or other."""
    match = re.match(r"query (\S+)( required)?(?:: (.*))?$", parameter)
    if not match:
        return []
    name, values = match.group(1), match.group(3) or ""
    field = re.match(r"filter\[(.*)\]$", name)
    if field:
        return [("filter", field.group(1))]
    if name in ("sort", "include"):
        return [(name, value.strip("-")) for value in values.replace("list of ", "").split("|") if value]
    if name.startswith(("page[", "fields[")):
        return []
    return [("parameter", name)]


def shape_parameters(operation):
    return {item for text in operation.get("parameters", []) for item in split(text)}


def openapi_parameters(operation):
    found = set()
    for parameter in operation.get("parameters", []):
        if parameter.get("in") != "query":
            continue
        name, schema = parameter["name"], parameter.get("schema", {})
        field = re.match(r"filter\[(.*)\]$", name)
        if field:
            found.add(("filter", field.group(1)))
        elif name in ("sort", "include"):
            values = schema.get("items", schema).get("enum", [])
            found.update((name, value.strip("-")) for value in values)
        elif not name.startswith(("page[", "fields[")):
            found.add(("parameter", name))
    return found


def normal(path):
    return re.sub(r"\{[^}]*\}", "{}", path.rstrip("/"))


def main():
    shape = json.load(open(sys.argv[1], encoding="utf-8"))
    document = json.load(open(sys.argv[2] if len(sys.argv) > 2 else "docs/openapi.json", encoding="utf-8"))
    counts = {"same": 0, "more": 0, "absent": 0}

    def tell(verdict, text):
        counts[verdict] += 1
        print(f"{verdict:7}{text}")

    mine = {normal(path): item for path, item in document["paths"].items()}
    theirs = {normal(path): (path, item) for path, item in shape["paths"].items()}
    for key, (path, item) in sorted(theirs.items()):
        for method in sorted(item):
            operation = mine.get(key, {}).get(method)
            tell("same" if operation else "absent", f"{method.upper()} {path}")
            if not operation:
                continue
            wanted, given = shape_parameters(item[method]), openapi_parameters(operation)
            for kind, name in sorted(wanted | given):
                verdict = "same" if (kind, name) in wanted & given else "more" if (kind, name) in given else "absent"
                tell(verdict, f"{method.upper()} {path} {kind} {name}")
    for key in sorted(set(mine) - set(theirs)):
        for method in sorted(set(mine[key]) & {"get", "post", "patch", "delete", "put"}):
            tell("more", f"{method.upper()} {next(p for p in document['paths'] if normal(p) == key)}")
    known, shown = resource_types(shape["schemas"]), resource_types(document["components"]["schemas"])
    for name in sorted(known):
        if name not in shown:
            tell("absent", f"type {name}")
            continue
        for part in ("attributes", "relationships"):
            for member in sorted(known[name][part] | shown[name][part]):
                if member in ("id", "url"):
                    continue
                both = member in known[name][part] and member in shown[name][part]
                verdict = "same" if both else "more" if member in shown[name][part] else "absent"
                tell(verdict, f"type {name} {part[:-1]} {member}")
    print(", ".join(f"{verdict} {count}" for verdict, count in counts.items()))


if __name__ == "__main__":
    main()
