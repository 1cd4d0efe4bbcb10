"""The frame of every page: title, the sentence that answers, how fresh the data is, the filters. Pages draw below
it."""

from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import warehouse
from metrics.ask import terms
from metrics.ask.reading import narrowed, young
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from ui.frame import access, data, filter_form, keys, links, menu, states, style_sheet, words
from ui.frame.filters import Filters
from warehouse import Build
from warehouse.tables import CATEGORIES_OF


@dataclass
class Page:
    """What a page needs to ask its questions: the build, the filters in three forms, and what the viewer may see.

    `bar` is the row the filters stand in, for controls of the page's own; a page without filters gives itself one
    first.
    """

    key: str
    title: str
    build: Build
    filters: Filters
    scope: Scope
    options: data.Options
    _headline: DeltaGenerator = field(repr=False)
    is_filtered: bool = True
    _bar: DeltaGenerator | None = field(default=None, repr=False)

    @property
    def bar(self) -> DeltaGenerator:
        if self._bar is None:
            raise AttributeError(f"the page {self.key} has no bar: it has no filters")
        return self._bar

    @bar.setter
    def bar(self, row: DeltaGenerator) -> None:
        self._bar = row

    @property
    def window(self) -> Window:
        return self.filters.window(self.build)

    @property
    def selection(self) -> Selection:
        return self.filters.selection()

    @property
    def names(self) -> dict[str, str]:
        """Names of buildings, grids and branches by id."""
        return self.options.names

    def headline(self, sentence: str, of_all: bool = False) -> None:
        """Draw the computed answer above everything else, whenever the page gets to know it; it begins with what the
        filters leave, unless it is `of_all` whatever they say."""
        said = sentence if of_all or not self.is_filtered else narrowed.beginning(self.build, self.selection, sentence)
        self._headline.markdown(words.plain(said, longest=400))

    def measured(self, metric_key: str, **asked):
        """data.measured with this page's build, window, selection and scope unless told otherwise."""
        window = asked.pop("window", self.window)
        selection = asked.pop("selection", self.selection)
        return data.measured(self.build, metric_key, window, selection=selection, scope=self.scope, **asked)

    def expected(
        self, metric_key: str, by: str | tuple[str, ...], basis: str = "table", selection: Selection | None = None
    ):
        """data.expected with this page's build, window, selection (unless told otherwise) and scope."""
        only = self.selection if selection is None else selection
        return data.expected(self.build, metric_key, self.window, by, basis, only, self.scope)

    def link(self, label: str, page: str, **extra) -> None:
        """A link to another page with the same filters."""
        links.link(label, page, self.filters, **extra)

    def open(self, page: str, **extra) -> None:
        """Go to another page with the same filters; for buttons in tables."""
        st.switch_page(menu.FILES[page], query_params=links.query(self.filters, **extra))

    def href(self, page: str, **extra) -> str:
        return links.href(page, self.filters, **extra)

    def colour_note(self) -> None:
        """The line at the foot that says what colours mean."""
        st.caption(words.COLOURS_MEAN)


def open_page(key: str, filtered: bool = True, period: bool = True, facts: tuple[str, ...] = CATEGORIES_OF) -> Page:
    """Draw the frame of the page `key` and hand back what it needs; stops the run with words when there is no build.

    `facts`: the tables whose categories the filters offer.
    """
    title = menu.PAGES[key].title
    st.set_page_config(page_title=f"{title} · 校园平安")
    st.html(style_sheet.html(key))
    build = warehouse.current()
    head = st.container(horizontal=True, vertical_alignment="center", key="head")
    head.title(title, anchor=False, width="content")
    if build is None:
        states.first_run()  # stops the run
    if build.origin == "demo":
        head.badge("示范数据", color="orange", help="这是自动生成的示范校园，不是任何学校的真实记录。")
    tabs = head.container(key="tabs", width="content")
    headline = st.container(key="headline")
    page = Page(key, title, build, Filters(), access.scope(), data.options(build, access.scope(), facts), headline)
    page.is_filtered = filtered
    _fresh(page)
    page.filters = filter_form.read(key, page.options)
    with tabs:
        links.tabs(key, page.filters, page.scope.everything)
    if filtered:
        page.bar = filter_form.draw_bar(page.filters, page.options, build, period)
    st.session_state["conditions"] = (
        page.filters.sentence(page.names, period) if filtered else ""
    )  # what an export of this page prints
    keys.draw_buttons(page.filters, build, filter_form.write, filtered and period)
    return page


def _fresh(page: Page) -> None:
    """The thin line: data date, teaching week, and how many sources have something to say."""
    noted = int(data.notes_by_source(page.build)["has_notes"].sum())
    week = terms.week_label(page.build, page.build.data_date.date())
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="health"):
        st.markdown(f"数据截至 {page.build.data_date:%Y-%m-%d %H:%M} · {words.plain(week)} ·", width="content")
        links.link(f"{noted} 个来源有提示" if noted else "全部来源正常", "quality", page.filters)
        st.markdown("· 按 ? 看快捷键", width="content")
    if (
        page.is_filtered and page.key != "weekly" and (note := young.sentence(page.build))
    ):  # 周例会 says it in the brief
        st.caption(words.plain(note, longest=200))
