"""Finds every sentence that the package says to people, by following the source to where it is made.

A sentence is what reaches the cause or advice of an error, ``say`` or a ``Phrase``. It is a constant or a ``Phrase``
with a constant template; whatever else arrives there cannot be said in another language, and is reported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "planextract"
ERRORS = {"PlanExtractError", "InputError", "UsageError", "OutputError", "ConfigError"}
_RECORDS = {"Finding", "ReadNote"}  # whose messages are sentences, too
_PASSED_ON = {"reason", "unused", "cause", "advice", "message", "verdict", "template"}


@dataclass
class Found:
    """Templates with the places they stand at, and the places where something else arrives."""

    sentences: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    made_up: list[tuple[Path, ast.AST]] = field(default_factory=list)


@dataclass
class _Function:
    path: Path
    node: ast.FunctionDef
    owner: str


class _Source:
    def __init__(self) -> None:
        self.trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
        self.functions: dict[str, list[_Function]] = {}
        self.constants: dict[str, list[tuple[Path, ast.expr]]] = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.FunctionDef):
                        owner = node.name if isinstance(node, ast.ClassDef) else ""
                        self.functions.setdefault(child.name, []).append(_Function(path, child, owner))
            for node in tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    self.constants.setdefault(node.targets[0].id, []).append((path, node.value))

    def functions_of(self, name: str, path: Path) -> list[_Function]:
        """Return the functions a name may mean in a module: its own, else public ones of others."""
        every = self.functions.get(name, [])
        own = [function for function in every if function.path == path]
        return own or ([] if name.startswith("_") else every)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _parameters(node: ast.FunctionDef) -> list[str]:
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def find_sentences() -> Found:
    """Return all sentences of the package."""
    return _Finder(_Source()).run()


class _Finder:
    def __init__(self, source: _Source) -> None:
        self.source, self.found = source, Found()
        self.doors: set[tuple[str, Path, str]] = set()  # function, module, parameter that takes a sentence
        self.returned: set[tuple[str, Path]] = set()

    def run(self) -> Found:
        for path, tree in self.source.trees.items():
            for scope, call in _calls(tree):
                self._look_at(path, scope, call)
        seen: set[tuple[str, Path, str]] = set()
        while todo := self.doors - seen:
            seen |= todo
            for path, tree in self.source.trees.items():
                for scope, call in _calls(tree):
                    for name, module, parameter in todo:
                        if _name(call.func) == name and (module == path or not name.startswith("_")):
                            self._take_argument(path, scope, call, name, module, parameter)
        return self.found

    def _look_at(self, path: Path, scope: ast.FunctionDef | None, call: ast.Call) -> None:
        name = _name(call.func)
        if name in ERRORS:
            given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg in ("cause", "advice"))]
            for value in given:
                self._resolve(path, scope, value)
        elif _name(getattr(call.func, "value", call.func)) in _RECORDS and (name == "of" or name in _RECORDS):
            message = [*call.args[1 : 2 * (name == "of")], *(k.value for k in call.keywords if k.arg == "message")]
            for value in message:
                self._resolve(path, scope, value)
        elif name in ("unresolved", "Found") and len(call.args) > (name == "Found"):
            self._resolve(path, scope, call.args[name == "Found"])
        elif name == "say" and path.is_relative_to(PACKAGE / "cli") and call.args:
            self._resolve(path, scope, call.args[0])
        elif name == "fail" and scope is not None and "fail" in _parameters(scope):
            self._resolve(path, scope, call.args[0])  # a function that was handed in, and takes a sentence
        elif name == "Phrase" and path.name != "phrases.py":
            self._resolve_phrase(path, scope, call)

    def _resolve_phrase(self, path: Path, scope: ast.FunctionDef | None, call: ast.Call) -> None:
        template = call.args[0]
        options = [template.body, template.orelse] if isinstance(template, ast.IfExp) else [template]
        for option in options:
            if isinstance(option, ast.Constant) and isinstance(option.value, str):
                self._add(path, option, option.value)
            elif isinstance(option, ast.Name) and scope and option.id in _parameters(scope):
                self.doors.add((scope.name, path, option.id))
            else:
                self._problem(path, option)
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Name) and keyword.arg in ("cause", "problem", "advice"):
                self._resolve(path, scope, keyword.value)

    def _take_argument(
        self, path: Path, scope: ast.FunctionDef | None, call: ast.Call, name: str, module: Path, parameter: str
    ) -> None:
        for function in self.source.functions_of(name, module):
            if bool(function.owner) != isinstance(call.func, ast.Attribute):
                continue  # a method of the same name as a function
            names = _parameters(function.node)
            keyword_only = [a.arg for a in function.node.args.kwonlyargs]
            if function.path != module or parameter not in (*names, *keyword_only):
                continue
            given = [k.value for k in call.keywords if k.arg == parameter]
            if parameter in names and names.index(parameter) < len(call.args):
                given.append(call.args[names.index(parameter)])
            for value in given:
                self._resolve(path, scope, value)

    def _resolve(self, path: Path, scope: ast.FunctionDef | None, value: ast.expr) -> None:
        match value:
            case ast.Constant(value=str() as text):
                self._add(path, value, text)
            case ast.Constant(value=None):
                pass
            case ast.Call() if _name(value.func) == "Phrase":
                pass  # looked at where it stands
            case ast.IfExp():
                self._resolve(path, scope, value.body)
                self._resolve(path, scope, value.orelse)
            case ast.BoolOp():
                for part in value.values:
                    self._resolve(path, scope, part)
            case ast.Attribute() if value.attr in _PASSED_ON:
                pass
            case ast.Name():
                self._resolve_name(path, scope, value)
            case ast.Call():
                self._resolve_call(path, value)
            case _:
                self._problem(path, value)

    def _resolve_name(self, path: Path, scope: ast.FunctionDef | None, value: ast.Name) -> None:
        assigned = [] if scope is None else list(_assigned(scope, value.id))
        if assigned:
            for option in assigned:
                if option is None:
                    self._problem(path, value)
                elif not (isinstance(option, ast.Name) and option.id == value.id):
                    self._resolve(path, scope, option)
        elif scope is not None and value.id in (*_parameters(scope), *(a.arg for a in scope.args.kwonlyargs)):
            self.doors.add((scope.name, path, value.id))
        elif value.id in self.source.constants:
            every = self.source.constants[value.id]
            for place, constant in [c for c in every if c[0] == path] or every:
                self._resolve(place, None, constant)
        else:
            self._problem(path, value)

    def _resolve_call(self, path: Path, call: ast.Call) -> None:
        functions = self.source.functions_of(_name(call.func), path)
        if not functions:
            self._problem(path, call)
        for function in functions:
            key = (function.node.name, function.path)
            if key in self.returned:
                continue
            self.returned.add(key)
            for node in ast.walk(function.node):
                if isinstance(node, ast.Return) and node.value is not None:
                    self._resolve(function.path, function.node, node.value)

    def _add(self, path: Path, node: ast.expr, text: str) -> None:
        if text.strip():
            self.found.sentences.setdefault(text, f"{path.relative_to(PACKAGE)}:{node.lineno}")

    def _problem(self, path: Path, node: ast.expr) -> None:
        self.found.problems[f"{path.relative_to(PACKAGE)}:{node.lineno}"] = ast.unparse(node)[:160]
        self.found.made_up.append((path, node))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Yield each call with the innermost function it stands in."""

    def walk(node: ast.AST, scope: ast.FunctionDef | None) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield scope, child
            yield from walk(child, child if isinstance(child, ast.FunctionDef) else scope)

    yield from walk(tree, None)


def _assigned(scope: ast.FunctionDef, name: str) -> Iterator[ast.expr | None]:
    """Yield what a name is assigned in a function; None where it is taken out of something else."""
    for node in ast.walk(scope):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            elif isinstance(target, ast.Tuple):
                for place, item in enumerate(target.elts):
                    if isinstance(item, ast.Name) and item.id == name:
                        yield node.value.elts[place] if isinstance(node.value, ast.Tuple) else None
