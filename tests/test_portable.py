"""Everything runs where Python has no fcntl and no resource, as on Windows."""

import os
import subprocess
import sys

import pytest

from tests.test_architecture import ROOT, modules

WITHOUT = "import sys; sys.modules['fcntl'] = sys.modules['resource'] = None; sys.path.insert(0, '.')\n"
EVERY = """
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
# one load, one check and one page; folders cannot be opened there either
USED = """
import os, shutil, warnings
from pathlib import Path
warnings.simplefilter("ignore")
del os.O_DIRECTORY
opened = os.open
def open_no_folder(path, *more, **named):
    if Path(path).name == "builds":  # not what shutil opens to empty a folder: that goes another way there
        raise PermissionError(13, "Permission denied", str(path))
    return opened(path, *more, **named)
from streamlit.testing.v1 import AppTest
from etl.command.main import main
from ui.frame.menu import FILES
home = Path(os.environ["CAMPUS_DATA"])
shutil.copytree("data/school", home / "school")
(home / "inbox").mkdir()
for day in (15, 22):
    (home / "inbox" / f"工单_202611{day}080000.csv").write_text(
        "工单编号,报修时间,类别,地点,状态,办结时间\\nT1,2026-11-01 08:00,水电维修,3号楼302,处理中,\\n", encoding="utf-8")
os.open = open_no_folder
assert main(["check"]) == 0 and main(["load"]) == 0
os.open = opened
at = AppTest.from_file("dashboard.py", default_timeout=120).run()
at.switch_page(FILES["quality"])
at.run()
assert not at.exception, at.exception
"""


def run(program: str, home, *arguments: str) -> None:
    environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + program, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_module_can_be_imported(tmp_path):
    outside = {"pages", "dashboard", "serve"}  # run by Streamlit, not imported
    names = [name for name in modules() if name.split(".")[0] not in outside and not name.endswith("__main__")]
    run(EVERY, tmp_path, *names)


def test_load_check_and_a_page_work(tmp_path):
    run(USED, tmp_path)


@pytest.mark.parametrize(("command", "never"), [
    ("import metrics", {"duckdb", "_duckdb", "pandas", "numpy", "pyarrow", "scipy", "rich", "streamlit"}),
    ("import warehouse", {"duckdb", "_duckdb", "pandas", "numpy", "pyarrow", "rich", "filelock", "shutil"}),
    ("from etl.command.main import main\nimport contextlib, io\nwith contextlib.suppress(SystemExit): main(['status'])",
     {"duckdb", "pandas", "numpy", "pyarrow", "rich.progress", "filelock", "etl.declare.load", "etl.landing.store"}),
])  # fmt: skip
def test_nothing_heavy_is_loaded_before_it_is_needed(tmp_path, command, never):
    run(f"{command}\nheavy = {never!r} & set(sys.modules)\nassert not heavy, heavy", tmp_path)
