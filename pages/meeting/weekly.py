"""周例会: the meeting in its own order, from the same brief as Word, slides and PDF; on a projector one thought a
screen."""

from functools import partial

from reports.brief import assignments, brief
from reports.print import files
from ui.export import export
from ui.frame import data
from ui.frame.page import open_page
from ui.parts.actions import data as actions_data
from ui.parts.meeting import meeting, present, weekly

page = open_page("weekly", period=False)
week = weekly.choose_week(page)
ledger = actions_data.opened(assignments.here)
reviewed = partial(assignments.reviews, page.build, week, ledger, page.scope, judge=actions_data.judge)
compose = partial(brief.weekly, page.build, week, page.selection, page.scope, reviewed, ledger.assignments)
content = data.composed(page.build, "brief", week, page.selection, page.scope, ledger.position(), compose)
page.headline(content.headline)
if weekly.presenting():
    present.draw_screen(content)
else:
    weekly.choose_presentation(page)
    meeting.as_of(content)
    meeting.cautions(content)
    meeting.draw_sections(page, content)
    written = partial(export.recorded, "周简报", f"{content.week_label}，{content.filters}", page.build, page.scope)
    made = {
        f"{label}.{ending}": written(partial(files.document, content, ending))
        for label, ending in content.ENDINGS.items()
    }
    meeting.documents(content, made, files.name_of(content))
    page.colour_note()
