"""Which pages are measured, beside which view of the floor, and what they may cost (the goals)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from aftercare.models import Care
from cases.models import Case
from desk.measuring.server import Ask
from prosecutions.models import Accused, Hearing
from survivors.models import Survivor

SUBJECTS = 20
CSRF = "b" * 32  # as a browser sends it back: in the cookie and in the form


@dataclass(frozen=True)
class Goal:
    """What a kind of page may cost at the most; None where nothing was said."""

    of_floor: float | None = None
    of_hello: float | None = None
    statements: int | None = None
    kilobytes: float | None = None
    growth: float | None = None


GOALS = {
    "list": Goal(of_floor=2.5, statements=10, kilobytes=30, growth=1.4),
    "detail": Goal(of_floor=3.5, statements=15, growth=1.4),
    "search": Goal(of_floor=2.5, growth=2.0),
    "create": Goal(of_floor=4.0, growth=1.4),
    "dashboard": Goal(of_floor=0.3, of_hello=10, statements=12, growth=1.5),
    "other": Goal(),
}


@dataclass(frozen=True)
class Page:
    """A page with its requests, each about another record, and those that the floor answers instead."""

    name: str
    kind: str
    asks: list[Ask]
    floor: list[Ask]
    once: bool = False  # each request changes its record: none is sent twice


@dataclass(frozen=True)
class Sight:
    """Who looks, and at what: records of her office that are neither the smallest nor the largest."""

    person: Any
    office: Any
    token: str
    cases: list[Any]
    survivors: list[Any]
    accused: list[Any]
    hearings: list[Any]
    waiting: list[Any]
    cares: list[Any]


Maker = Callable[[Sight], Page | None]


def look(person: Any, token: str) -> Sight:
    """What the pages will be about, as this person sees it."""
    office = person.home_office or Case.objects.for_list().first().office
    cases = list(Case.objects.filter(office=office, legal_status="trial").for_list()[:SUBJECTS])
    of_cases = {"case__in": cases}
    begun = timezone.now() - timedelta(hours=1)
    waiting = Hearing.objects.filter(office=office).unrecorded(begun).for_list()
    return Sight(
        person, office, token, cases,
        list(Survivor.objects.filter(**of_cases).order_by("pk")[:SUBJECTS]),
        list(Accused.objects.filter(**of_cases).order_by("pk")[:SUBJECTS]),
        list(Hearing.objects.filter(**of_cases).order_by("pk")[:SUBJECTS]), list(waiting[:SUBJECTS]),
        list(Care.objects.filter(**of_cases).order_by("pk")[:SUBJECTS]),
    )  # fmt: skip


def pages(sight: Sight) -> list[Page]:
    """Every page that is measured; where there is no such address, or nothing to show, it is left out."""
    found = [make(sight) for make in MAKERS]
    return [page for page in found if page and page.asks]


def listed(name: str, route: str, model: str, *, kind: str = "list", query: str = "") -> Maker:
    """A list of the office."""

    def make(sight: Sight) -> Page | None:
        mine = f"office={sight.office.pk}"
        narrowed = f"{mine}&{query}" if query else ""
        floor = [Ask(f"/list/{model}/?{narrowed or mine}")] if model else []
        return known(name, kind, route, [None], narrowed, floor)

    return make


def about(name: str, route: str, model: str, subjects: str) -> Maker:
    """The page of a record."""

    def make(sight: Sight) -> Page | None:
        rows = getattr(sight, subjects)
        return known(name, "detail", route, rows, "", [Ask(f"/page/{model}/{row.pk}/") for row in rows])

    return make


def known(name: str, kind: str, route: str, rows: list[Any], query: str, floor: list[Ask]) -> Page | None:
    """The page at this address, if there is such an address."""
    try:
        paths = [reverse(route, args=[row.pk] if row else []) for row in rows]
    except NoReverseMatch:
        return None
    return Page(name, kind, [Ask(f"{path}?{query}" if query else path) for path in paths], floor)


def through_api(make: Maker) -> Maker:
    """The same with a token instead of a session."""

    def made(sight: Sight) -> Page | None:
        page = make(sight)
        if page is None:
            return None
        header = {"Authorization": f"Token {sight.token}"}
        asks = [replace(ask, headers=header) for ask in page.asks]
        return replace(page, asks=asks, floor=[replace(ask, path=f"/api{ask.path}") for ask in page.floor])

    return made


def searched(sight: Sight) -> Page:
    """Names of accused people of the office."""
    names = [accused.name for accused in sight.accused]
    forms = [{"q": name, "csrfmiddlewaretoken": CSRF} for name in names]
    asks = [Ask(reverse("desk:search"), form=form) for form in forms]
    return Page("search by name", "search", asks, [Ask("/search/", form=form) for form in forms])


def opened(sight: Sight) -> Page:
    """A new case, marked as made up as soon as the run is over (bench.py)."""
    form = {"title": BENCH, "casework_type": "csec", "sensitivity": "0", "office": str(sight.office.pk),
            "csrfmiddlewaretoken": CSRF}  # fmt: skip
    ask = Ask(reverse("cases:case-open"), form=form, answers=302)
    return Page("create a case", "create", [ask], [Ask("/open/", form=form)])


def recorded(sight: Sight) -> Page:
    """What happened at hearings that wait for it; each is asked once."""
    asks, floor = [], []
    for hearing in sight.waiting:
        form = {"outcome": "held", "version": str(hearing.version), "csrfmiddlewaretoken": CSRF}
        asks.append(Ask(reverse("prosecutions:hearing-record", args=[hearing.pk]), form=form, answers=302))
        floor.append(Ask(f"/record/{hearing.pk}/", form=form))
    return Page("record an outcome", "create", asks, floor, once=True)


def counted(sight: Sight) -> Page | None:
    floor = [Ask(f"/dashboard/?office={sight.office.pk}")]
    return known("dashboard", "dashboard", "dashboards:dashboard", [None], "", floor)


BENCH = "Made by the bench"
MAKERS: tuple[Maker, ...] = (
    listed("home", "desk:home", "", kind="other"),
    listed("case list", "cases:case-list", "case"),
    listed("case list, filtered", "cases:case-list", "case", query="legal_status=trial"),
    about("case page", "desk:case-page", "case", "cases"),
    searched,
    listed("survivor list", "survivors:survivor-list", "survivor"),
    about("survivor page", "survivors:survivor-detail", "survivor", "survivors"),
    listed("accused list", "prosecutions:accused-list", "accused"),
    about("accused page", "prosecutions:accused-detail", "accused", "accused"),
    listed("hearing list", "prosecutions:hearing-list", "hearing"),
    about("hearing page", "prosecutions:hearing-detail", "hearing", "hearings"),
    listed("bail list", "prosecutions:bail-list", "bailorder"),
    listed("care list", "aftercare:care-list", "care"),
    about("care page", "aftercare:care-detail", "care", "cares"),
    listed("inbox", "notifications:inbox-list", "", kind="other"),
    listed("calendar", "diary:calendar-show", "", kind="other"),
    counted,
    listed("trends", "dashboards:trend-show", "", kind="other"),
    listed("adjournments", "dashboards:adjournment-show", "", kind="other"),
    listed("definitions of figures", "figures:definition-list", "", kind="other"),
    through_api(listed("API cases", "api:case-list", "case")),
    through_api(about("API case", "api:case-detail", "case", "cases")),
    through_api(listed("API survivors", "api:survivor-list", "survivor")),
    through_api(listed("API hearings", "api:hearing-list", "hearing")),
    through_api(about("API hearing", "api:hearing-detail", "hearing", "hearings")),
    through_api(listed("API bail orders", "api:bail-order-list", "bailorder")),
    through_api(listed("API figures", "api:figure-list", "", kind="other")),
    opened,
    recorded,
)  # fmt: skip


def cookies(session: str) -> dict[str, str]:
    """What the browser of the person sends along."""
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: CSRF}


def token_of(person: Any, digest: str) -> Any:
    """A token for the time of the run; the app of the API stands beside this one, so by its name."""
    return apps.get_model("api", "ApiToken").objects.create(user=person, label=BENCH, digest=digest)
