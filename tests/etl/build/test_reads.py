"""What a query reads, as written down; queries that name things in ways a pattern would stumble over."""

import pytest

from etl.build.models import discover, reads_of
from etl.build.reads import tables_read


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("SELECT 1 AS a", ""),
        ("FROM feed_tickets", "feed_tickets"),
        ("SELECT * FROM a, b, (SELECT * FROM c) WHERE d IN (FROM e)", "a b c e"),
        ("SELECT * FROM a JOIN b USING (x) ASOF JOIN c ON a.t >= c.t POSITIONAL JOIN d", "a b c d"),
        ("SELECT 'FROM x' AS words -- FROM y\nFROM /* JOIN z */ a", "a"),
        ("SELECT extract(year FROM day) AS year, trim(both ' ' FROM name) FROM \"terms\"", "terms"),
        ("SELECT * FROM range(3), read_csv('x.csv'), unnest([1]) AS u", ""),
        ("SELECT * FROM typed.tickets JOIN memory.main.noted_cadences USING (x)", "noted_cadences"),
        ("WITH a AS (FROM x), b AS (FROM a) FROM b JOIN c USING (y)", "c x"),
        ("WITH hazards AS (FROM hazards) FROM hazards", "hazards"),
        ("WITH RECURSIVE steps AS (FROM first UNION ALL FROM steps JOIN next USING (x)) FROM steps", "first next"),
        ("SELECT * FROM (WITH a AS (FROM x) FROM a) JOIN a USING (y)", "a x"),
        ("FROM a UNION ALL (WITH a AS (FROM b) FROM a) EXCEPT FROM c", "a b c"),
        ("SELECT (SELECT max(x) FROM a WHERE a.y = b.y) FROM b WHERE EXISTS (FROM c)", "a b c"),
        ("FROM (PIVOT a ON kind IN ('x') USING sum(n))", "a"),
        ("SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x)", "a b"),
        ("VALUES (1)", ""),
        ("SELECT * FROM a;", "a"),
    ],
)
def test_tables_of_a_query(query, tables):
    assert tables_read([query]) == [frozenset(tables.split())]


def test_of_what_is_no_select_every_word_counts():
    pivot, broken = tables_read(["PIVOT hazards ON level -- tickets", "SELEC nothing FROM drills"])
    assert "hazards" in pivot and "tickets" not in pivot and "drills" in broken


READ = {
    "calendar": "latest_holidays latest_terms",
    "duty_pieces": "certificates contractors posts trainings",
    "hazards": "deadlines feed_hazards states_hazards",
    "incidents": "deadlines feed_incidents file_columns zero_events",
    "obligations": "buildings calendar evidence exported_until hazards noted_cadences tickets units",
    "survey_scores": "survey_answers",
}


def test_what_the_models_read_is_written_down():
    reads = reads_of(discover("models"))
    assert {name: " ".join(sorted(reads[name])) for name in READ} == READ
