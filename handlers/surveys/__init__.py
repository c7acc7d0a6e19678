"""Sealed surveys: what may be shown of them stands in `rules.py`; what they are, in `storage/surveys.py`."""

from bot.router import Router
from handlers.feature import Feature
from handlers.surveys import about, authoring, desk, ending, pages, results, texts
from handlers.surveys.answering import conversation as answers
from handlers.surveys.answering import home as open_ones
from handlers.surveys.answering import promise, reminding
from handlers.surveys.authoring import announcing, standing
from handlers.surveys.pages import together
from handlers.surveys.results import conversation as results_desk
from handlers.surveys.results import files, nudges
from handlers.surveys.results import members as results_members
from handlers.surveys.results import texts as results_texts
from storage.people import Area
from storage.surveys import State

feature = Feature(
    "surveys",
    Router.merged([desk.router, authoring.router, answers.router, results.router]),
    due=ending.due,
    audited={**texts.AUDITED, **results_texts.AUDITED},
    planners={**announcing.PLANNERS, **nudges.PLANNERS},
    drawers={**announcing.DRAWERS, **nudges.DRAWERS},
    manners={**announcing.MANNERS, **reminding.MANNERS, **nudges.MANNERS},
    files={files.CSV: files.as_csv, files.XLSX: files.as_xlsx},
    papers={promise.PAPER: promise.paper},
    quiet=reminding.quiet,
    home=together(standing.home, open_ones.home, results_members.home),
    desk=together(standing.desk, results_desk.waiting),
    desk_area=Area.CONTENT,
    settle=nudges.settle,
    about=standing.about,
    export=about.export,
)
pages.BUTTONS[State.CLOSED].append(results_desk.on_page)
