"""Whatever happens to the files of a case, reading it answers with a case or with what is wrong: never otherwise."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, warnings_of, write_case
from tests.case import small_work
from tests.case.small import FILES, write_files
from tests.tiers import one_of

Files = Mapping[str, str]
Damage = Callable[[random.Random, Files], dict[str, bytes]]
CASES: Mapping[str, Files] = {"services": FILES, "industry": small_work.FILES}
SCENARIOS = {"services": (None, None, "tight-money", "higher-standard"), "industry": (None, None, "dirtier", "strict")}
WORDS = (
    "", "0", "-1", "1e300", "-1e-300", "nan", "inf", "yes", "no", "unknown", "2030", "2035", "Metro", "Inland", "road",
    "doctors", "railway", "capital", "decided", "ruled_out", "a;b", "a:1", "capital:1", "\ufeff", "\x00", "北京", "'", '"',
    "9" * 5000, "é" * 300, "{", "[", ": ", "- ", "&a", "*a", "!!int", "{}", "[]", "null", "~", "# ", "\t", "\r", "\u2028",
    "1_000", "0x10", "60:40", "policy", "facility", "true", "population_2030", "people_65_2035", "capacity_2030", "id",
    "%YAML 1.1", "<<: ", "? ", "| ", "> ", "---", "...", "park", "closure", "abatement", "subsidy", "pharma", "plain",
    "Hill", "jobs_target_2030", "jobs_target", "tools-inland", "smelter", "province", "jobs", "lag", "enclave",
)  # fmt: skip


def _check(folder: Path, scenario: str | None) -> None:
    """Reading gives a case, which can be warned of and written, or says what is wrong."""
    invalid: CaseInvalid | None = None
    try:
        case = load_case(folder, scenario)
    except CaseInvalid as found:
        invalid = found
    if invalid is not None:
        assert invalid.problems
        assert all(problem.message for problem in invalid.problems)
        assert str(invalid.problems[0]) in str(invalid)
        return
    warnings_of(case)
    filled = folder.with_name(folder.name + "-filled")
    write_case(case, filled, filled=True)
    assert load_case(filled).content_hash == case.content_hash


def _damaged(files: Files) -> list[str]:
    """The files that damage is done to."""
    return [name for name in files if name != "SOURCES.md"]


def _damage_bytes(chance: random.Random, whole: Files) -> dict[str, bytes]:
    """Some bytes of some file changed, removed, repeated or put in."""
    files = {name: text.encode("utf-8") for name, text in whole.items()}
    name = chance.choice(_damaged(whole))
    content = bytearray(files[name])
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 1, 2, 5, 40)))
        new = chance.choice((b"", bytes([chance.randrange(256)]), content[start:end] * 2, b"\n", b",", b"{", b'"', b"  "))
        content[start:end] = new
    return {**files, name: bytes(content)}


def _damage_cells(chance: random.Random, whole: Files) -> dict[str, bytes]:
    """Some cells or words of some files replaced by others."""
    files = dict(whole)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(_damaged(whole))
        marks = "," if name.endswith(".csv") else " "
        lines = files[name].split("\n")
        row = chance.randrange(len(lines))
        parts = lines[row].split(marks)
        others = chance.choice(lines).split(marks)
        parts[chance.randrange(len(parts))] = chance.choice((*WORDS, *others))
        lines[row] = marks.join(parts)
        files[name] = "\n".join(lines)
    return {name: text.encode("utf-8") for name, text in files.items()}


def _damage_lines(chance: random.Random, whole: Files) -> dict[str, bytes]:
    """Some lines removed, repeated or swapped, or a file gone."""
    files = dict(whole)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(_damaged(files))
        lines = files[name].split("\n")
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(8):
            case 0 if len(_damaged(files)) > 1:
                del files[name]
                continue
            case 1 | 2 | 3:
                del lines[one]
            case 4 | 5:
                lines.insert(other, lines[one])
            case _:
                lines[one], lines[other] = lines[other], lines[one]
        files[name] = "\n".join(lines)
    return {name: text.encode("utf-8") for name, text in files.items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", [_damage_bytes, _damage_cells, _damage_lines])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", one_of(5, range(5)))
def test_random_damage_never_raises_anything_but_what_is_wrong(kind: Damage, name: str, seed: int, tmp_path: Path) -> None:
    """20 damaged cases for each of five seeds."""
    chance = random.Random(f"{kind.__name__} {seed}")
    for n in range(20):
        folder = write_files(tmp_path / str(n), {})
        for file, content in kind(chance, CASES[name]).items():
            (folder / file).write_bytes(content)
        _check(folder, chance.choice(SCENARIOS[name]))
