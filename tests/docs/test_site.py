"""The documentation builds in strict mode and works without a network, also in Chinese, on a phone and in the dark."""

from __future__ import annotations

import functools
import http.server
import re
import subprocess
import threading

import pytest

from tests.conftest import ROOT

PAGES = (
    "index.html",
    "tutorial.html",
    "howto/new-city.html",
    "reference/cli.html",
    "reference/api.html",
    "tables.html",
)
_LOADED = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"' >]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        ["sh", "scripts/site", "-d", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site):
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_every_page_of_the_folder_is_built(site):
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    built = {path.relative_to(site) for path in site.rglob("*.html")}
    assert pages <= built


def test_pages_load_nothing_from_elsewhere(site):
    found = {(path.name, url) for path in site.rglob("*.html") for url in _LOADED.findall(path.read_text("utf-8"))}
    styles = {
        (path.name, url)
        for path in site.rglob("*.css")
        for url in re.findall(r"url\(\s*[\"']?(https?:[^)]+)", path.read_text("utf-8"))
    }
    assert found | styles == set()


def test_the_command_reference_is_that_of_the_commands(site):
    page = (site / "reference" / "cli.html").read_text("utf-8")
    for words in ("planextract run", "planextract agencies init", "--fail-on"):
        assert words in page


def test_the_python_reference_has_every_public_name(site):
    import planextract

    page = (site / "reference" / "api.html").read_text("utf-8")
    assert [
        name for name in planextract.__all__ if name != "__version__" and f'id="planextract.api.{name}"' not in page
    ] == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")], ids=["desktop", "dark", "phone"]
)
def test_pages_in_a_browser(chromium, address, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request", lambda request: request.url.startswith((address, "data:", "blob:")) or trouble.append(request.url)
    )
    for name in PAGES:
        page.goto(address + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")
    assert trouble == []
    context.close()


def test_search_works_in_pages_opened_from_a_folder(chromium, site):
    context = chromium.new_context(viewport={"width": 1280, "height": 844})
    page = context.new_page()
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda r: r.url.startswith(("file:", "data:", "blob:")) or trouble.append(r.url))
    page.goto((site / "howto" / "scans.html").as_uri())
    page.keyboard.press("f")
    page.keyboard.type("牵头")
    page.keyboard.press("End")
    page.locator(".md-search-result__link h1", has_text="Tables").first.wait_for(timeout=15_000)
    assert trouble == []
    context.close()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("牵头", "Tables"),
        ("行动计划", "planextract"),
        ("resolve.unresolved", "Findings and errors"),
        ("cut row", "How a cut row is told from a new one"),
    ],
)
def test_search_works_offline_and_in_chinese(chromium, address, words, title):
    context = chromium.new_context(viewport={"width": 1280, "height": 844})
    page = context.new_page()
    page.goto(address + "index.html")
    page.keyboard.press("f")
    page.keyboard.type(words)
    page.keyboard.press("End")
    page.locator(".md-search-result__link h1", has_text=title).first.wait_for(timeout=15_000)
    context.close()
