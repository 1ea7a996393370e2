import platform
import secrets
from hashlib import sha256

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client as InProcess
from django.utils import timezone

from accounts.models import User
from accounts.scope import viewing_as
from cases.models import Case
from desk.making.story import MADE
from desk.measuring.measuring import MOST, measure, measure_once, weigh
from desk.measuring.meter import parent
from desk.measuring.pages import BENCH, cookies, look, pages, token_of
from desk.measuring.report import keep, machine, misses
from desk.measuring.server import Ask, every_case, serving, superuser


class Command(BaseCommand):
    """Measure the main pages beside hello and floor, on the data that is there, as one person."""

    help = (
        "Measure the main pages: SQL statements, processor time, bytes, memory, requests a second; in one run"
    )

    def add_arguments(self, parser):
        parser.add_argument("--as", dest="email", default="office_director.manila@demo.example")
        parser.add_argument("--times", type=int, default=MOST, help="requests of each page, at the most")
        parser.add_argument("--only", default="", help="pages with this in their names")
        parser.add_argument("--seconds", type=float, default=1.5, help="of eight clients at each page")
        parser.add_argument("--write", action="store_true", help="keep the result in docs/benchmarks.md")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "The bench writes cases of its own: only where the services are the embedded ones."
            )
        person = User.objects.filter(email=options["email"]).first()
        if person is None:
            raise CommandError(f"There is nobody with the address {options['email']}; load the demo first.")
        key = secrets.token_urlsafe(32)
        token = token_of(person, sha256(key.encode()).hexdigest())
        try:
            with viewing_as(person):
                sight = look(person, key)
            run = self.run(person, sight, options)
        finally:
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])
            clean_up(person)
        if options["write"]:
            keep(run)

    def run(self, person, sight, options):
        """Everything that was found out, as it is kept."""
        browser = InProcess()
        browser.force_login(person)
        carried = cookies(browser.cookies[settings.SESSION_COOKIE_NAME].value)
        run = about(person)
        wanted = [page for page in pages(sight) if options["only"] in page.name]
        floor = {"FLOOR_DATABASE_URL": superuser(connection.settings_dict["NAME"])}
        with (
            serving("desk.measuring.hello_wsgi", run["postmaster"]) as server,
            serving("desk.measuring.floor_wsgi", run["postmaster"], **floor) as ground,
        ):
            run["hello"] = measure(server, [Ask("/hello/")], carried, options["times"], options["seconds"])
            self.stdout.write(
                f"{run['machine']}, {run['size']:,} cases, {run['in_sight']:,} in sight\n"
                f"{'page':24} {'SQL':>4} {'app ms':>8} {'PG ms':>8} {'x hello':>8} {'x floor':>8} "
                f"{'kB':>7} {'req/s':>7}"
            )
            for page in wanted:
                run["pages"].append(one(page, server, ground, browser, carried, options))
                self.tell(run["pages"][-1], run)
            run["memory"], run["floor_memory"] = server.memory(), ground.memory()
        self.stdout.write(f"memory {run['memory']:.0f} MB, of the floor {run['floor_memory']:.0f} MB")
        return run

    def tell(self, page, run):
        whole, hello = page["app"] + page["pg"], run["hello"]["app"] + run["hello"]["pg"]
        floor = f"{whole / page['floor']:>8.1f}" if page.get("floor") else " " * 8
        missed = ", ".join(misses(page, run, run))
        self.stdout.write(
            f"{page['name']:24} {page['sql']:>4} {page['app']:>8.1f} {page['pg']:>8.1f} "
            f"{whole / hello:>8.1f} {floor} {page['bytes'] / 1000:>7.1f} {page['pace']:>7.1f}  {missed}"
        )


def one(page, server, ground, browser, carried, options):
    """One page beside its floor."""
    found = {"name": page.name, "kind": page.kind, **weigh(browser, page.asks[0])}
    if page.once:
        found |= measure_once(server, page.asks[1:], carried)
        plain = measure_once(ground, page.floor, carried)
    else:
        found |= measure(server, page.asks, carried, options["times"], options["seconds"])
        plain = measure(ground, page.floor, carried, options["times"], 0) if page.floor else None
    return {**found, "floor": plain["app"] + plain["pg"]} if plain else found


def about(person):
    """Where and when, and how much there is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('server_version')")
        backend, postgres = cursor.fetchone()
    with viewing_as(person):
        in_sight = Case.objects.count()
    return {
        "size": every_case(connection.settings_dict["NAME"]), "in_sight": in_sight, "machine": machine(),
        "on": timezone.now().date().isoformat(), "python": platform.python_version(), "postgres": postgres,
        "postmaster": parent(backend), "pages": [],
    }  # fmt: skip


def clean_up(person):
    """The cases of the bench are made up as well, and say so from now on."""
    with viewing_as(person):
        Case.objects.filter(title=BENCH).update(sources=[MADE])
