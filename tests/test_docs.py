"""The documents keep up with the product: every command, option and exit code is explained, every picture exists."""

import argparse
import re
from pathlib import Path

import pytest

from etl.command import load
from etl.command import main as cli
from reports.command import cli as reports_cli
from reports.command import printing
from tests.every import every
from ui.frame.menu import PAGES
from warehouse import errors
from warehouse.command import INTERRUPTED

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, str, argparse.ArgumentParser]]:
    """(module, command, its parser) of every command line."""
    found = []
    for module in (cli, reports_cli):
        parser = module.parser()
        subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
        found += [(parser.prog, name, command) for name, command in subparsers.choices.items()]
    return found


@every(("program", "name", "command"), commands())
def test_every_command_and_every_option_is_explained(program: str, name: str, command: argparse.ArgumentParser):
    assert f"{program} {name}" in OPERATING
    options = {option for action in command._actions for option in action.option_strings if option.startswith("--")}
    assert [option for option in options - {"--help", "--seed"} if option not in OPERATING] == []


def test_every_exit_code_is_explained():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", OPERATING, re.MULTILINE)}
    used = {load.FINE, load.SOME_REFUSED, load.NOTHING_TO_DO, INTERRUPTED, printing.FINE, printing.SOME_FAILED}
    used |= {kind.exit_code for kind in user_errors(errors.UserError)}
    assert used == told


def user_errors(kind: type) -> set[type]:
    """A family of errors with everything that belongs to it so far."""
    return {kind}.union(*(user_errors(one) for one in kind.__subclasses__()))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_pictures_and_links_exist(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert len(targets) > 5
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_both_readmes_show_the_same_pictures_and_commands():
    def facts(name: str) -> tuple[list[str], list[str]]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return re.findall(r"pictures/\w+\.png", text), re.findall(
            r"^(?:make \w+|\.venv\S+ .*|py .*)", text, re.MULTILINE
        )

    assert facts("README.md")[0] == facts("README.zh-CN.md")[0]
    assert [line.split("#")[0].strip() for line in facts("README.md")[1]] == [
        line.split("#")[0].strip() for line in facts("README.zh-CN.md")[1]
    ]


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_has_a_question_to_answer():
    assert all(page.question.endswith(("。", "？")) for page in PAGES.values())


def test_every_path_a_newcomer_is_sent_to_exists():
    for name in ("CONTRIBUTING.md", "docs/glossary.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        paths = set(re.findall(r"`([a-z_]+(?:/[\w.]+)+/?)`", text)) | {
            target
            for target in re.findall(r"\]\(([^)#]+)\)", text)
            if "://" not in target and name == "CONTRIBUTING.md"
        }
        assert len(paths) > 2 and [path for path in sorted(paths) if not (ROOT / path).exists()] == [], name
