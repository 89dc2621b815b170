#!/usr/bin/env python3
"""Makes sdk/gs1/ai_table_data.inc from the GS1 Barcode Syntax Dictionary.

scripts/gs1_ai_table.py DICTIONARY > sdk/gs1/ai_table_data.inc
"""

import re
import sys
import textwrap

SETS = {"N": "digits", "X": "set82", "Y": "set39", "Z": "set64"}
KNOWN_ATTRIBUTES = ("req", "ex", "dlpkey")


def fail(number, line, what):
    sys.exit(f"gs1_ai_table: line {number}: {what}: {line.strip()}")


class Pool:
    """Lists that occur once each; a list is named by where it begins and how long it is."""

    def __init__(self):
        self.rows = []

    def slice_of(self, rows):
        if not rows:
            return "{}"
        for begin in range(len(self.rows) - len(rows) + 1):
            if self.rows[begin : begin + len(rows)] == rows:
                break
        else:
            begin = len(self.rows)
            self.rows += rows
        return f"{{{begin}, {len(rows)}}}"


def component(word):
    parts = re.fullmatch(r"(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)", word)
    if not parts:
        return None
    optional, kind, variable, most, lints = parts.groups()
    least = 1 if variable else int(most)
    names = [f"Lint::{name}" for name in lints.split(",") if name]
    if len(names) > 3:
        return None
    flag = "true" if optional else "false"
    return f"{{CharacterSet::{SETS[kind]}, {least}, {most}, {flag}, {{{', '.join(names)}}}}}"


def pattern(text, joined):
    digits = text.rstrip("n")
    tail = len(text) - len(digits)
    first = int(digits) * 10**tail
    last = first + 10**tail - 1
    return f"{{{first}, {last}, {len(text)}, {'true' if joined else 'false'}}}"


def patterns(groups):
    rows = []
    for group in groups:
        rows += [pattern(text, i + 1 < len(group)) for i, text in enumerate(group)]
    return rows


def read(path):
    components, pattern_pool, entries = Pool(), Pool(), []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            content, _, title = line.partition("#")
            words = content.split()
            if not words:
                continue
            first, _, last = words.pop(0).partition("-")
            flags = words.pop(0) if words and re.fullmatch(r"[*?]+", words[0]) else ""
            parts, values = [], {}
            for word in words:
                name, _, value = word.partition("=")
                if name in KNOWN_ATTRIBUTES:
                    if name in values:
                        fail(number, line, f"a second {name} is not understood")
                    values[name] = value
                    continue
                row = component(word)
                if row is None:
                    fail(number, line, f"{word} is not understood")
                parts.append(row)
            required = [g.split("+") for g in values.get("req", "").split(",") if g]
            excluded = [[g] for g in values.get("ex", "").split(",") if g]
            qualifiers = [g.split(",") for g in values.get("dlpkey", "").split("|") if g]
            bits = ("*" in flags) + 2 * ("?" in flags) + 4 * ("dlpkey" in values)
            entries.append(
                f"{{{int(first)}, {int(last or first)}, {len(first)}, {bits},"
                f" {components.slice_of(parts)},"
                f" {pattern_pool.slice_of(patterns(required))},"
                f" {pattern_pool.slice_of(patterns(excluded))},"
                f" {pattern_pool.slice_of(patterns(qualifiers))},"
                f' "{title.strip()}"}}'
            )
    return components.rows, pattern_pool.rows, entries


def show(kind, name, rows):
    """The rows, as many on a line as fit."""
    print(f"constexpr std::array<{kind}, {len(rows)}> k{name} = {{{{")
    kept = [row.replace(" ", "\0") for row in rows] if kind != "AiEntry" else rows
    text = ", ".join(re.sub(r'"[^"]*"', lambda title: title[0].replace(" ", "\0"), r) for r in kept)
    for line in textwrap.wrap(text, 96, break_long_words=False, break_on_hyphens=False):
        print("    " + line.replace("\0", " "))
    print("}};")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    components, pattern_rows, entries = read(sys.argv[1])
    print("// Made by scripts/gs1_ai_table.py from the GS1 Barcode Syntax Dictionary; not by hand.")
    print()
    show("AiComponent", "Components", components)
    print()
    show("AiPattern", "Patterns", pattern_rows)
    print()
    show("AiEntry", "Entries", entries)


main()
