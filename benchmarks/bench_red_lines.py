"""How exact are the red lines' rules? Every record of the demonstration is judged and held against what was planted.

`python -m benchmarks red_lines`, on the demonstration's current build. A rule's line says how many records it should
have found (planted), how many it found, and how many of those are right. Below: sentences that say the opposite, under
the category that would make them a crossing; none may be found. The exit code is 1 where one planted is missed or one
opposite is found.
"""

from collections import Counter

import warehouse
from etl.demo.campus import crossings
from metrics.ask import sql
from metrics.define import tables
from metrics.duties import red_lines, red_rules
from metrics.duties.red_words import Rules, judge
from warehouse import Build


def main(arguments: list[str]) -> int:
    build = warehouse.current()
    if build is None or build.origin != "demo":
        print("没有示范校园的构建，请先运行 python -m etl demo。")
        return 1
    rules = red_rules.rules(build)
    planted, found, right, wrong = compared(build, rules)
    print(f"{'rule':<18}{'planted':>9}{'found':>8}{'right':>8}{'precision':>11}{'recall':>9}   label")
    for line in rules.lines:
        key = line.line_id
        shares = [_share(right[key], found[key]), _share(right[key], planted[key])]
        print(
            f"{key:<18}{planted[key]:>9,}{found[key]:>8,}{right[key]:>8,}{shares[0]:>11}{shares[1]:>9}   {line.label}"
        )
    for (key, text), count in wrong.most_common():
        print(f"  found and none: {key} 「{text}」 {count:,}")
    opposites = found_opposites(rules)
    print(f"\nsaying the opposite: {len(crossings.OPPOSITES)} sentences, taken for a crossing {len(opposites)}")
    for category, text in opposites:
        print(f"  {category} 「{text}」")
    missed = sum(planted.values()) - sum(right.values())
    return int(bool(missed or opposites))


def compared(build: Build, rules: Rules) -> tuple[Counter, Counter, Counter, Counter]:
    """Records planted, found, found and right by rule, and those found that are none by (rule, text)."""
    planted, found, right, wrong = Counter(), Counter(), Counter(), Counter()
    for table in red_lines.TABLES:
        for category, level, text in _records(build, table):
            is_grave = table == "hazards" and level in ("重大", None)
            true, crossed = crossings.truth(text or "", is_grave), judge(rules, category, (text,), is_grave)
            said = crossed[0].line_id if crossed else ""
            planted[true] += bool(true)
            found[said] += bool(said)
            right[said] += bool(said) and said == true
            if said and said != true:
                wrong[said, text] += 1
    return planted, found, right, wrong


def _records(build: Build, table: str) -> list[tuple]:
    of_table = tables.get(table)
    names = ", ".join(sql.column(table, name) for name in ("category", "level", "description"))
    return build.rows(f"SELECT {names} {sql.source(table, False)} {sql.where([sql.column(table, of_table.cohort)])}")


def found_opposites(rules: Rules) -> list[tuple[str, str]]:
    """Opposites the rules take for a crossing, graded 重大 so that every rule has its say."""
    return [one for one in crossings.OPPOSITES if judge(rules, one[0], (one[1],), is_grave=True)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
