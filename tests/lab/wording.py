"""Sentences, names and deadlines as real plans print them; words are in ``words.yaml``."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

import yaml

_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def load_words() -> dict:
    """Return ``words.yaml``."""
    return yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_bodies() -> tuple[tuple[str, str], ...]:
    """Return the bodies of ``bodies.yaml`` as (printed, canonical name), sorted."""
    names = yaml.safe_load((Path(__file__).parent / "bodies.yaml").read_text(encoding="utf-8"))["bodies"]
    return tuple((name, name) for name in names)


class Writer:
    """Writes texts with a seeded generator; ``year`` is the plan's."""

    def __init__(self, rng: random.Random, year: int) -> None:
        self._rng, self.year, self._words = rng, year, load_words()
        self._clauses: list[str] = []

    def fill(self, template: str, **values: str) -> str:
        """Fill the slots of a template."""
        return _SLOT.sub(lambda match: values.get(match.group(1)) or self._slot(match.group(1)), template)

    def _slot(self, name: str) -> str:
        rng, words = self._rng, self._words
        if name == "n":
            return str(
                rng.choice([rng.randint(2, 9), rng.randint(10, 99), rng.randint(100, 999), rng.randint(1000, 20000)])
            )
        if name == "d":
            return f"{rng.uniform(0.5, 40):.{rng.randint(1, 2)}f}"
        if name in ("p", "m", "y"):
            return str({"p": rng.randint(50, 100), "m": rng.randint(2, 12), "y": self.year}[name])
        if name == "unit":
            return rng.choice(words["units"])
        if name == "body":
            return rng.choice(load_bodies())[0]
        return rng.choice(words[name + "s"])

    def clause(self) -> str:
        """A clause; none comes twice before all have come."""
        if not self._clauses:
            self._clauses = self._rng.sample(self._words["clauses"], len(self._words["clauses"]))
        return self.fill(self._clauses.pop())

    def sentence(self) -> str:
        """One to three clauses with a full stop."""
        count = self._rng.choice([1, 1, 2, 2, 3])
        glue = self._rng.choice(["，", "，", "；"])
        text = glue.join(self.clause() for _ in range(count))
        if self._rng.random() < 0.25:
            text += "，" + self._rng.choice(self._words["endings"])
        return text + "。"

    def paragraph(self, *, lists: bool) -> str:
        """One to five sentences, or a list."""
        rng = self._rng
        if lists and rng.random() < 0.15:
            style = rng.choice(["（{}）", "{}.", "{}是", "{}"])
            items = [self.clause() for _ in range(rng.randint(2, 4))]
            marks = {"{}是": "一二三四五", "{}": "①②③④⑤"}.get(style, "12345")
            body = "；".join(style.format(marks[i]) + item for i, item in enumerate(items))
            return f"{rng.choice(self._words['list_leads'])}：{body}。"
        return "".join(self.sentence() for _ in range(rng.choice([1, 1, 2, 2, 3, 5])))

    def task_name(self) -> str:
        """A task's name."""
        words = self._words
        return (
            self._rng.choice(words["task_verbs"])
            + self._rng.choice(words["task_objects"])
            + self._rng.choice(words["task_tails"])
        )

    def deadline(self) -> str:
        """A deadline as printed."""
        return self.fill(self._rng.choice(self._words["deadlines"]))

    def bodies(self, count: int, taken: set[str]) -> list[str]:
        """Different bodies, none of them taken; they are taken afterwards."""
        free = [body for body, _ in load_bodies() if body not in taken]
        chosen = self._rng.sample(free, count)
        taken.update(chosen)
        return chosen
