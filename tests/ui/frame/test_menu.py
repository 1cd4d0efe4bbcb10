"""Nine places: every address of before leads to its tab, and no everyday question takes more clicks than it did."""

import json
import re

import pytest

from ui.frame import menu
from ui.frame.menu import FIRST, PAGES, PLACE_OF, PLACES
from ui.server import front

# The 27 addresses of the menu that listed every page, each one click away; the root showed the meeting.
BEFORE = (
    *("weekly", "actions", "red_lines", "cadences", "zero_report"),
    *("trends", "campus_map", "building", "buildings", "grids", "repeats", "grid_work", "duty", "incidents", "ladder"),
    *("services", "surveys", "drills", "branches", "branch", "commitments"),
    *("campaigns", "explorer", "records", "query", "quality", "glossary"),
)
ALWAYS = {"quality"}  # linked from the line under every headline
# Question → (page that answered it, clicks on that page then), (page that answers it, clicks on that page now).
QUESTIONS = {
    "这一周安全吗，什么真的变了": (("weekly", 0), ("weekly", 0)),
    "上周交办的办了没有": (("actions", 0), ("actions", 0)),
    "红线有几起没销号，最久多少天": (("red_lines", 0), ("red_lines", 0)),
    # The list of tickets showed the newest first, of tickets alone; the rest were lists of their own.
    "昨晚以来来了什么": (("records", 0), ("tonight", 0)),
    "今晚谁值守": (("duty", 0), ("tonight", 0)),
    "哪些法定检查到期没做": (("cadences", 0), ("cadences", 0)),
    "哪栋楼不对劲": (("campus_map", 0), ("campus_map", 0)),
    "3号楼现在怎样": (("campus_map", 1), ("campus_map", 1)),  # a click on the building opens its portrait
    "最近发生了什么案件，有没有诈骗": (("incidents", 0), ("incidents", 0)),
    "今天的数据可信吗，哪个来源晚了": (("quality", 0), ("quality", 0)),
}


def clicks(key: str) -> int:
    """With a mouse, from the page the product opens with: the menu offers a place's tabs while the mouse rests on it,
    but the one that not everybody may see (test_frame clicks them in a browser)."""
    near = not PAGES[key].whole or PLACE_OF[key] is PLACE_OF[FIRST]
    return 0 if key == FIRST else 1 if near else 2


def taps(key: str) -> int:
    """With a finger, the menu closed at first: a tab in sight, or the menu, a place and where need be its tab."""
    if PLACE_OF[key] is PLACE_OF[FIRST] or key in ALWAYS:
        return int(key != FIRST)
    return 2 if PLACE_OF[key].tabs[0].key == key else 3


@pytest.mark.parametrize(("hand", "counted", "one_page"), [("mouse", clicks, 1), ("finger", taps, 2)])
def test_no_everyday_question_takes_more_clicks_than_before(hand, counted, one_page):
    """`one_page`: what any page but the first took when the menu listed all: with a finger the menu's button too."""
    page_took = {page: 0 if page == FIRST else 1 if page in ALWAYS else one_page for page in BEFORE}
    before = {question: page_took[page] + then for question, ((page, then), _) in QUESTIONS.items()}
    after = {question: counted(page) + now for question, (_, (page, now)) in QUESTIONS.items()}
    print(*(f"{hand}, {question}: {before[question]} → {after[question]}" for question in QUESTIONS), sep="\n")
    assert len(QUESTIONS) == 10
    assert {question: after[question] for question in QUESTIONS if after[question] > before[question]} == {}


def test_with_a_mouse_no_page_of_before_is_farther_away_but_the_one_not_everybody_sees():
    assert {key for key in BEFORE if clicks(key) > (key != FIRST)} == {"query"}


def test_the_browser_is_told_of_every_tab_everybody_may_see():
    told = json.loads(re.search(r"const PLACES = (.*);", front.script())[1])
    assert {path for place in told.values() for path, _ in place["tabs"]} == {
        "/" if key == FIRST else f"/{key}" for key in PAGES if not PAGES[key].whole and len(PLACE_OF[key].tabs) > 1
    }


def test_every_address_of_before_leads_to_its_tab():
    assert len(BEFORE) == 27 and set(BEFORE) <= set(PAGES)
    assert {key: menu.FILES[key].rpartition("/")[2] for key in BEFORE} == {key: f"{key}.py" for key in BEFORE}


def test_places_and_tabs_are_named_apart():
    titles = [place.title for place in PLACES]
    assert len(set(titles)) == len(titles) == 9
    for place in PLACES:
        assert len({tab.tab for tab in place.tabs}) == len(place.tabs)
        assert not place.tabs[0].whole  # whoever may see the place has an answer there
