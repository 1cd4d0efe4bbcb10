"""The colleges of the school and their freshmen."""

from warehouse.paths import school


def colleges_of() -> list[tuple[str, int]]:
    """(name, freshmen) of every college in data/school/units.csv."""
    lines = [line.split(",") for line in (school() / "units.csv").read_text(encoding="utf-8-sig").splitlines()[1:]]
    return [(line[1], int(line[5])) for line in lines if line[3] == "学院"]
