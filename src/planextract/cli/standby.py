"""A process that has the program loaded and waits for its arguments: what is dropped is read at once.

It is told by one line of JSON on its standard input; if that ends without one, the page is gone, and it goes too.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_SMALL_PLAN = """北京市西城区人民政府2021年工作任务分解
序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位
1\t改善环境\t新增绿地5公顷以上，推进老旧小区改造。\t2021年6月底前\t区教育和体育局\t各街道办事处
2\t改善民生\t组织检查不少于20次。\t年底前\t市生态环境局有关部门\t区发改委
"""


def wait_for_arguments() -> None:
    """Load what a run needs, then be ``planextract`` with the arguments that come."""
    from planextract.cli.app import run_app
    from planextract.errors import PlanExtractError

    with suppress(PlanExtractError, OSError):  # the run that comes says it, where people can read it
        _warm_up()
    line = sys.stdin.readline()
    if line:
        sys.argv = ["planextract", *json.loads(line)]
        run_app()


def _warm_up() -> None:
    """Read a small plan: what is loaded or built when it is first needed is there then, and stays in the workers."""
    from planextract.dictionaries import load_dictionaries
    from planextract.run.extract import extract_input
    from planextract.run.inputs import InputFile
    from planextract.run.jobs import WorkContext
    from planextract.run.pool import load_for_fork
    from planextract.run.versions import find_versions
    from planextract.settings import Settings

    dictionaries = load_dictionaries(None)
    settings, versions = Settings(), find_versions(Settings(), dictionaries.version)
    load_for_fork(WorkContext(output="", settings=settings, extra_dictionaries=None, versions=versions, run_id=""))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"
        path.write_text(_SMALL_PLAN, encoding="utf-8")
        extract_input(InputFile(path=path, name=path.name), dictionaries, settings)


if __name__ == "__main__":
    wait_for_arguments()
