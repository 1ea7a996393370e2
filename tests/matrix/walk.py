"""Every address of the map, with the key of a record in it, and what it answers to one person."""

import csv
import re
import uuid
from pathlib import Path

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Can
from figures.catalogue import FIGURES
from law.models import Offence
from tests.house.walk import addresses

TABLE = Path(__file__).with_name("table.csv")
# What stands in an address beside the key of its record.
WORDS = {
    "country": "in", "table": "offences", "track": "legal", "token": "nonsense", "name": "nonsense",
    "rule": "B4", "kind": "mail",
    "handle": uuid.UUID(int=7),
}  # fmt: skip
PLAIN = {
    "SlugConverter": "nonsense",
    "StringConverter": "nonsense",
    "IntConverter": 2**31 - 1,  # the first of anything may be there
    "UUIDConverter": uuid.UUID(int=7),
}
# Records of addresses whose view names no model.
OF = {"notifications:inbox-show": "notifications.InboxItem"}
FIRST_ID = {"goal": "aftercare.Goal", "entitlement": "aftercare.Entitlement"}


class Route:
    """One address and one method."""

    def __init__(self, address, method, action=""):
        self.address, self.method, self.action = address, method, action
        self.name = address.full
        self.also = tuple(sorted(set(address.converters) - {"pk"}))
        model = getattr(address.view, "needs_of", None)
        if model is None and hasattr(address.view, "cls"):
            model = getattr(address.view.cls, "model", None)
        self.label = OF.get(self.name) or (model._meta.label if model else "")

    @property
    def key(self):
        """How the table names it."""
        more = f" {'/'.join(self.also)}" if self.also else ""
        return f"{self.method} {self.name}{more}"

    @property
    def is_api(self):
        return self.address.namespace == "api"

    def path(self, world, about, pk=None):
        """The path, with the record of the case that the column is about, or with another key."""
        records = world.records[about]
        values = {}
        for word, converter in self.address.converters.items():
            if word == "pk":
                values[word] = pk or records.get(self.label) or another_key(self, world, converter)
            elif word in FIRST_ID:
                values[word] = records[FIRST_ID[word]]
            elif self.name in ("dashboards:figure-list", "figures:definition-detail"):
                values[word] = next(iter(FIGURES))
            else:
                values[word] = WORDS.get(word) or PLAIN[type(converter).__name__]
        return reverse(self.name, kwargs=values)


def another_key(route, world, converter):
    """The key of something that is no record of a case: a person, an office; else one of nothing."""
    if route.name.startswith("accounts:person-") or route.name == "accounts:membership-start":
        return world.people["colleague"].pk
    if route.name in ("accounts:office-edit", "accounts:duty-set"):
        return world.office.pk
    if route.name.startswith("law:entry-"):
        return Offence.objects.of_country("IN").order_by("code").values_list("pk", flat=True)[0]
    return 2**31 - 1 if type(converter).__name__ == "IntConverter" else uuid.UUID(int=9)


def routes():
    """Every route of the map, of pages and of the API, with each method it takes."""
    found = []
    for address in addresses():
        if address.namespace == "devservices" or not address.name:
            continue
        actions = getattr(address.view, "actions", None)
        if actions:
            found += [Route(address, method.upper(), action) for method, action in actions.items()]
        else:
            found += [Route(address, method) for method in methods_of(address.view)]
    return sorted(found, key=lambda route: route.key)


def methods_of(view):
    """The methods that a view takes, as its decorator says; reading alone where none does."""
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            taken = view.__closure__[names.index("request_method_list")].cell_contents
            return [method for method in ("GET", "POST") if method in taken]
        view = getattr(view, "__wrapped__", None)
    return ["GET"]


def ask(world, name, route, path):
    """The answer to this person; whatever it did is undone."""
    more = {"HTTP_AUTHORIZATION": f"Token {world.keys[name]}"} if route.is_api and world.keys[name] else {}
    before = transaction.savepoint()
    try:
        kind = "application/json" if route.is_api else "application/x-www-form-urlencoded"
        data = "{}" if route.is_api else ""
        return world.clients[name].generic(route.method, path, data, content_type=kind, **more)
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


def counted(world, name, route, path):
    """The answer, and how many questions it cost the database."""
    connection.queries_log.clear()  # it keeps nine thousand, and warns when it would keep more
    with CaptureQueriesContext(connection) as asked:
        answer = ask(world, name, route, path)
    return answer, len(asked)


def plain(answer, *words):
    """The body without what belongs to this one request: keys in addresses, tokens of forms."""
    text = answer.content.decode(errors="replace")
    for word in words:
        text = text.replace(str(word), "KEY")
    text = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', r"\1", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "KEY", text)


def table():
    """{route: {column: status}} as it is written down."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row.pop("route"): row for row in csv.DictReader(rows)}


def need_of(route):
    """The verb that the view or the endpoint asks for; None where it is no verb."""
    view = route.address.view
    if hasattr(view, "cls"):
        needs = getattr(view.cls, "needs", {})
        return needs.get(route.action, needs.get("list")) if isinstance(needs, dict) else None
    return view.needs if isinstance(view.needs, Can) else None
