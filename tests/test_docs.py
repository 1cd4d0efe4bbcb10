"""The documents keep up with the product: every command, option and exit code is explained, every picture exists."""

import argparse
import re
from pathlib import Path

import pytest

from etl import cli, cli_load
from ui.menu import PAGES
from warehouse import errors

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    subparsers = next(action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction))
    return subparsers.choices


@pytest.mark.parametrize("name", commands())
def test_every_command_is_explained(name: str):
    assert f"python -m etl {name}" in OPERATING


@pytest.mark.parametrize("name", commands())
def test_every_option_is_explained(name: str):
    options = {option for action in commands()[name]._actions for option in action.option_strings if option.startswith("--")}
    assert [option for option in options - {"--help", "--seed", "--out"} if f"`{option}" not in OPERATING and option not in OPERATING] == []


def test_every_exit_code_is_explained():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", OPERATING, re.MULTILINE)}
    used = {cli_load.FINE, cli_load.SOME_REFUSED, cli_load.NOTHING_TO_DO, cli.INTERRUPTED}
    used |= {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.UserError)}
    assert used == told


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_pictures_and_links_exist(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert len(targets) > 5
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_both_readmes_show_the_same_pictures_and_commands():
    def facts(name: str) -> tuple[list[str], list[str]]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return re.findall(r"pictures/\w+\.png", text), re.findall(r"^(?:make \w+|\.venv\S+ .*|py .*)", text, re.MULTILINE)

    assert facts("README.md")[0] == facts("README.zh-CN.md")[0]
    assert [line.split("#")[0].strip() for line in facts("README.md")[1]] == [line.split("#")[0].strip() for line in facts("README.zh-CN.md")[1]]


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_has_a_question_to_answer():
    assert all(question.endswith(("。", "？")) for _, _, question in PAGES.values())
