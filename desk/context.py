"""What base.html needs on every page: where the person may go, what waits, what is wrong with the clock."""

from babel.dates import get_timezone, get_timezone_gmt, get_timezone_location
from django.conf import settings
from django.db.models import Exists
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.roles import Can
from accounts.scope import viewer
from cases.models import Emergency, Task
from desk.asking import ask, how_many
from desk.links import links
from notifications import watching
from notifications.reading import waiting_of
from reference.templatetags.look import icon_name

# What the phone's bar of five takes first.
ON_PHONE = (
    "home", "cases", "hearings", "tasks", "figures", "my_people", "reviews", "people", "watch", "offices",
    "trail",
)  # fmt: skip


def page(request):
    """Navigation and banners for the person looking; nothing is asked before a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or viewer() is None:
        return {"demo": settings.DEMO, "dev_mail": settings.EMBEDDED}
    waiting = SimpleLazyObject(lambda: waiting_of(user))
    look = SimpleLazyObject(lambda: look_of(user))
    entries = SimpleLazyObject(lambda: navigation(user, request.path, look))
    return {
        "nav": entries,
        "nav_phone": SimpleLazyObject(lambda: on_phone(entries)),
        "unread": SimpleLazyObject(lambda: waiting.unread),
        "urgent": SimpleLazyObject(lambda: waiting.urgent),
        "user_menu": SimpleLazyObject(lambda: menu_of(user)),
        "sweep_late": SimpleLazyObject(lambda: watching.late(look["swept"], look["watched"], look["found"])),
        "in_emergency": SimpleLazyObject(lambda: look["emergency"]),
        "office_line": SimpleLazyObject(lambda: office_line(user)),
        "shortcuts_off": not user.shortcuts,
        "demo": settings.DEMO,
        "dev_mail": settings.EMBEDDED,
    }


def look_of(user):
    """What every page says of the person and of the clock, in one statement."""
    mine = Task.objects.filter(assigned_to=user, done_at=None, due_on__lte=timezone.localdate())
    return ask(
        user,
        late_tasks=how_many(mine),
        emergency=Exists(Emergency.objects.running(timezone.now()).filter(user=user)),
        **watching.pulse(),
    )


def navigation(user, path, look):
    """The pages of the side bar that the person may open; the one that is open is marked."""
    wanted = [
        (verb, url_name, (), {}, {"name": name, "icon": icon, "label": words, "key": key})
        for name, verb, url_name, icon, words, key in pages_of_the_site()
    ]
    entries = links(user, wanted)
    path = path.removeprefix("/desk")  # the page of a case belongs to the cases
    here = max((e["url"] for e in entries if path.startswith(e["url"])), key=len, default="")
    for entry in entries:
        entry["active"] = entry["url"] == here and (here != "/" or path == "/")
        if entry["name"] == "tasks":
            entry.update(count=look["late_tasks"], tone="danger")
    return entries


def on_phone(entries):
    """The five that matter most, in the order of the list above."""
    found = {entry["name"]: entry for entry in entries}
    return [found[name] for name in ON_PHONE if name in found][:5]


def pages_of_the_site():
    """(name, verb, url name, icon, words, key after g)."""
    return (
        ("home", Can.USE_DESK, "desk:home", "house", _("Home"), "o"),
        ("cases", Can.VIEW_CASE, "cases:case-list", "folder-open", _("Cases"), "c"),
        ("survivors", Can.VIEW_SURVIVOR, "survivors:survivor-list", "heart-handshake", _("Survivors"), "s"),
        ("accused", Can.VIEW_ACCUSED, "prosecutions:accused-list", icon_name("users"), _("Accused"), "a"),
        ("hearings", Can.VIEW_HEARING, "prosecutions:hearing-list", "gavel", _("Hearings"), "h"),
        ("calendar", Can.VIEW_HEARING, "diary:calendar-show", "calendar-days", _("Calendar"), "k"),
        ("clocks", Can.VIEW_ACCUSED, "prosecutions:clock-list", "clock", _("Clocks"), "y"),
        ("bail", Can.VIEW_ACCUSED, "prosecutions:bail-list", "shield-alert", _("On bail"), "b"),
        ("operations", Can.VIEW_OPERATION, "operations:operation-list", "map-pin", _("Operations"), "r"),
        ("lookouts", Can.WATCH_LOOKOUT, "operations:card-list", icon_name("eye"), _("Lookouts"), "e"),
        ("my_people", Can.WRITE_AFTERCARE, "aftercare:people-list", "heart-handshake", _("My people"), "i"),
        ("reviews", Can.VIEW_AFTERCARE, "aftercare:care-list", "heart", _("Aftercare"), "f"),
        ("tasks", Can.VIEW_CASE, "cases:task-list", "list-checks", _("Tasks"), "t"),
        ("figures", Can.VIEW_DASHBOARD, "dashboards:dashboard", "chart-column", _("Dashboard"), "d"),
        ("law", Can.USE_DESK, "law:country-list", "scale", _("Law"), "j"),
        ("exports", Can.EXPORT_DATA, "exchange:export-list", "file-down", _("Exports"), "x"),
        ("imports", Can.IMPORT_DATA, "exchange:batch-list", "upload", _("Imports"), "z"),
        ("shared", Can.VIEW_SHARE, "exchange:shared-list", "folder-open", _("Shared with me"), "m"),
        ("rights", Can.MANAGE_RIGHTS, "rights:request-list", icon_name("message-square"), _("Requests"), "q"),
        ("people", Can.MANAGE_PEOPLE, "accounts:person-list", icon_name("users"), _("People"), "p"),
        ("signals", Can.REVIEW_ACCESS, "accounts:signal-list", "shield-alert", _("Signals"), "n"),
        ("watch", Can.WATCH_ALERTS, "notifications:watch-show", icon_name("activity"), _("Watch"), "v"),
        ("hooks", Can.MANAGE_HOOK, "hooks:hook-list", icon_name("activity"), _("Webhooks"), "g"),
        ("offices", Can.MANAGE_PEOPLE, "accounts:office-list", "landmark", _("Offices"), "w"),
        ("people_trail", Can.VIEW_PEOPLE_TRAIL, "dashboards:person-trail", "history", _("Trail"), "l"),
        ("access", Can.REVIEW_ACCESS, "dashboards:access-sheet", icon_name("eye"), _("Unusual access"), "u"),
    )


OWN_MENU = (
    (Can.USE_DESK, "accounts:preferences", "languages", lazy("Preferences")),
    (Can.VIEW_CASE, "cases:deputy-list", icon_name("users"), lazy("Leave and deputies")),
    (Can.REVIEW_ACCESS, "cases:emergency-list", icon_name("siren"), lazy("Opened in an emergency")),
    (Can.USE_DESK, "notifications:endpoint-list", icon_name("bell-ring"), lazy("Where alerts reach me")),
    (Can.MANAGE_INSTRUMENT, "aftercare:instrument-list", "chart-column", lazy("Instruments of assessments")),
    (Can.USE_DESK, "account_change_password", "key", lazy("Change password")),
)


def menu_of(user):
    """What the person may do about herself."""
    return links(
        user, [(verb, name, (), {}, {"icon": icon, "label": label}) for verb, name, icon, label in OWN_MENU]
    )


def office_line(user):
    """The office whose clock the pages show: Cebu, Manila time, GMT+8."""
    office = user.home_office
    if office is None:
        return ""
    language = (translation.get_language() or "en").split("-")[0]
    zone = get_timezone(office.time_zone)
    return _("%(office)s, %(city)s time, %(offset)s") % {
        "office": office.name,
        "city": get_timezone_location(zone, locale=language, return_city=True),
        "offset": get_timezone_gmt(timezone.localtime(timezone=zone), "long", locale=language),
    }
