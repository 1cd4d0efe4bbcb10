"""How numbers read."""

from metrics.define import catalogue, numbers


def test_a_half_is_rounded_up_and_said_alike_everywhere():
    """A format rounds a half to the even number, and 46.5 became 46."""
    assert [numbers.whole_number(value) for value in (46.5, 47.5, 2.5, 12_345)] == ["47", "48", "3", "1.23 万"]
    assert [numbers.exact_number(0.5), numbers.decimal(2.25), numbers.decimal(2.675, 2)] == ["1", "2.3", "2.68"]
    assert [numbers.percent(0.80625), numbers.percent(0.1225), numbers.signed(-0.25)] == ["80.6 %", "12.3 %", "−0.3"]
    assert [numbers.hours(value) for value in (0.375, 6.25, 50.4)] == ["23 分钟", "6.3 小时", "2.1 天"]


def test_a_cell_says_half_an_hour_and_how_far_it_lies_from_what_is_expected_in_its_own_unit():
    hours, rate = catalogue.get("activity_hours"), catalogue.get("ticket_on_time_rate")
    people = catalogue.get("ticket_rate_per_1000")
    assert [hours.kind.cell(value) for value in (46.5, 46.0, 1234.5)] == ["46.5", "46", "1,235"]
    assert [rate.kind.cell(0.806), people.kind.cell(2.94)] == ["81", "2.9"]
    assert (rate.kind.apart(-2.0, 40, 1), rate.kind.apart_unit(rate.unit)) == (-5.0, "百分点")
    assert (people.kind.apart(2.0, 400, 1000), people.kind.apart_unit(people.unit)) == (5.0, people.unit)
