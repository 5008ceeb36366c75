"""What is in the wheel and the sdist, and the wheel in a new environment and an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest
import yaml

from planextract.version import __version__

from ..conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
UV = shutil.which("uv") or shutil.which(str(ROOT / ".tools" / "bin" / "uv"))
needs_uv = pytest.mark.skipif(UV is None, reason="needs uv, which builds the package and makes the environment")


def run(*command, cwd, **options):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        timeout=900,
        **options,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sdist, and the wheel that is built out of it."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(UV, "build", "-q", "--out-dir", folder, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """An environment with the core alone, with the versions that are pinned here."""
    folder = tmp_path_factory.mktemp("installed")
    pins = folder / "pins.txt"
    pins.write_text("\n".join(PROJECT["tool"]["uv"]["constraint-dependencies"]), encoding="utf-8")
    for command in (
        (UV, "venv", "-q", "--python", sys.executable, folder / "env"),
        (UV, "pip", "install", "-q", "--python", folder / "env", "--constraint", pins, built[1]),
    ):
        done = run(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "env" / ("Scripts" if os.name == "nt" else "bin")


@needs_uv
def test_the_wheel_holds_everything_it_needs_and_nothing_else(built):
    with zipfile.ZipFile(built[1]) as wheel:
        names = set(wheel.namelist())
        size = sum(item.file_size for item in wheel.infolist())
    inside = {name for name in names if name.startswith("planextract/")}
    for path in (ROOT / "dictionaries").rglob("*"):
        assert (
            not path.is_file()
            or f"planextract/dictionaries/data/{path.relative_to(ROOT / 'dictionaries').as_posix()}" in names
        )
    for path in (ROOT / "src").rglob("*"):
        assert not path.is_file() or "__pycache__" in path.parts or path.relative_to(ROOT / "src").as_posix() in names
    assert "planextract/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {"planextract", f"planextract-{__version__}.dist-info"}
    assert not [name for name in inside if name.endswith((".pyc", ".parquet", ".pdf"))]
    assert size < 6_000_000


@needs_uv
def test_the_sdist_holds_what_git_holds(built):
    if not (ROOT / ".git").exists():
        pytest.skip("needs the git repository")
    tracked = set(
        run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout.split("\0")
    )
    with tarfile.open(built[0]) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
        size = sum(member.size for member in sdist.getmembers())
    assert names - tracked <= {"PKG-INFO"}
    assert {"README.md", "LICENSE", "CITATION.cff", "pyproject.toml", "dictionaries/columns.yaml"} <= names
    assert size < 20_000_000
    assert built[0].stat().st_size < 6_000_000


@needs_uv
def test_the_core_works_in_an_empty_folder_on_a_pdf(installed, tmp_path):
    command = installed / "planextract"
    shutil.copy(ROOT / "examples" / "xicheng-2021.pdf", tmp_path / "plan.pdf")
    done = run(command, "run", "plan.pdf", "-o", "output", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 plans, 61 tasks, 106 measures" in done.stdout
    done = run(command, "export", "output", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "output.xlsx").is_file()) == (0, True), done.stderr
    code = (
        "import planextract, importlib.util as u; t = planextract.load('output'); print(len(t['measures']));"
        "print([m for m in ('cv2', 'camelot', 'pdfplumber', 'onnxruntime', 'duckdb', 'starlette', 'distributed') if u.find_spec(m)])"
    )
    done = run(installed / "python", "-c", code, cwd=tmp_path)
    assert done.stdout.split("\n")[:2] == ["106", "[]"]


@needs_uv
@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["run", "plan.txt", "-o", "o", "--reader", "camelot"], "formats"),
        (["run", "plan.txt", "-o", "o", "--reader", "pdfplumber"], "formats"),
        (["run", "plan.txt", "-o", "o", "--verify"], "formats"),
        (["run", "plan.txt", "-o", "o", "--engine", "dask"], "dask"),
        (["run", "s3://a/b", "-o", "o"], "s3"),
        (["run", "scan.png", "-o", "o"], "ocr"),
        (["export", "output", "--format", "duckdb"], "export"),
        (["review", "output"], "review"),
    ],
)
def test_a_missing_extra_is_named(installed, output, notice, tmp_path, arguments, extra):
    from PIL import Image

    shutil.copy(notice, tmp_path / "plan.txt")
    Image.new("L", (300, 200), 255).save(tmp_path / "scan.png")
    (tmp_path / "output").symlink_to(output)
    done = run(installed / "planextract", *arguments, cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode in (2, 3), done.stdout + done.stderr
    assert re.search(rf"pip install [\"']planextract\[{extra}\][\"']", done.stderr), done.stderr


def test_every_extra_that_is_named_exists_and_all_holds_each():
    named = set()
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        for extras in re.findall(r"planextract\[([a-z,0-9]+)\]", path.read_text(encoding="utf-8")):
            named |= set(extras.split(","))
    assert named <= set(EXTRAS)
    (everything,) = EXTRAS["all"]
    assert set(re.search(r"\[(.+)\]", everything)[1].split(",")) == set(EXTRAS) - {
        "all",
        "camelot",
    }  # camelot is another name of formats


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["project"]["license"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(shell, tmp_path):
    command = [sys.executable, "-c", "from planextract.__main__ import main; main()"]
    environment = {**os.environ, "_PLANEXTRACT_COMPLETE": f"source_{shell}"}
    code = "import sys; sys.argv[0] = 'planextract'; from planextract.__main__ import main; main()"
    done = run(command[0], "-c", code, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert f"complete_{shell}" in done.stdout


def test_no_reader_of_the_core_needs_opencv(tmp_path):
    code = (
        "import sys; sys.modules['cv2'] = None\n"
        "import planextract.read.pdf.document, planextract.read.ofd.document, planextract.read.docx.document\n"
        "import planextract.read.html.document, planextract.read.text_blocks\n"
    )
    done = run(sys.executable, "-c", code, cwd=tmp_path)
    assert done.returncode == 0


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory):
    """A folder of wheels for the core and the page, as scripts/wheelhouse makes it."""
    folder = tmp_path_factory.mktemp("wheelhouse")
    done = run("sh", ROOT / "scripts" / "wheelhouse", folder, "review", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert re.match(r"\d+M\s+in \d+ files", done.stdout)
    assert {path.suffix for path in folder.iterdir()} == {".whl"}, "nothing is left to build"
    return folder


@pytest.fixture
def cut_off(tmp_path):
    """The environment of a machine without a network, and without anything that was downloaded before."""
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    return {**os.environ, **nowhere, "UV_CACHE_DIR": str(tmp_path / "cache"), "PIP_CACHE_DIR": str(tmp_path / "pip")}


@needs_uv
@pytest.mark.slow
def test_uvx_runs_it_from_a_wheelhouse_without_a_network(wheelhouse, cut_off, tmp_path):
    shutil.copy(ROOT / "examples" / "xicheng-2021.pdf", tmp_path / "plan.pdf")
    alone = ("--offline", "--no-index", "--find-links", wheelhouse, "--python", sys.executable)
    done = run(UV, "tool", "run", *alone, "planextract", "run", "plan.pdf", cwd=tmp_path, env=cut_off)
    assert done.returncode == 0, done.stderr
    assert "3 plans, 61 tasks, 106 measures" in done.stdout


@needs_uv
@pytest.mark.slow
def test_pip_installs_it_from_a_wheelhouse_without_a_network(wheelhouse, cut_off, tmp_path):
    assert run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path).returncode == 0
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    alone = ("--no-index", "--no-compile", "--find-links", wheelhouse)
    done = run(programs / "pip", "install", "-q", *alone, "planextract[review]", cwd=tmp_path, env=cut_off)
    assert done.returncode == 0, done.stderr
    done = run(programs / "planextract", "doctor", cwd=tmp_path, env=cut_off)
    assert "✓ extra review" in done.stdout


@needs_uv
@pytest.mark.slow
def test_pipx_installs_it_from_a_wheelhouse_without_a_network(wheelhouse, cut_off, tmp_path):
    programs = tmp_path / "pipx"
    assert run(UV, "venv", "-q", "--python", sys.executable, programs, cwd=tmp_path).returncode == 0
    done = run(UV, "pip", "install", "-q", "--python", programs, "pipx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    own = {"PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "programs"), "HOME": str(tmp_path)}
    arguments = f"--no-index --find-links {wheelhouse}"
    done = run(
        programs / "bin" / "pipx",
        "install",
        f"--pip-args={arguments}",
        "planextract[review]",
        cwd=tmp_path,
        env={**cut_off, **own},
    )
    assert done.returncode == 0, done.stderr
    assert run(tmp_path / "programs" / "planextract", "--version", cwd=tmp_path).stdout.strip()
