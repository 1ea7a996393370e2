import platform
import time
from statistics import median

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.models import User
from accounts.scope import viewing_as
from cases.models import Case

PAGES = [
    "desk:home",
    "cases:case-list",
    "survivors:survivor-list",
    "prosecutions:accused-list",
    "prosecutions:hearing-list",
    "prosecutions:bail-list",
    "aftercare:care-list",
    "notifications:inbox-list",
    "dashboards:dashboard",
]


class Command(BaseCommand):
    """Measure the main pages beside one that does nothing, on the data that is there, as one person."""

    help = "Measure the main pages: SQL statements, CPU of the application, bytes; all in one run"

    def add_arguments(self, parser):
        parser.add_argument("--as", dest="email", default="office_director.manila@demo.example")
        parser.add_argument("--times", type=int, default=20)

    def handle(self, *args, **options):
        person = User.objects.filter(email=options["email"]).first()
        if person is None:
            raise CommandError(f"There is nobody with the address {options['email']}; load the demo first.")
        with viewing_as(person):
            cases = Case.objects.count()
            case = Case.objects.for_list().first()
        self.stdout.write(
            f"{platform.platform()}, Python {platform.python_version()}, {cases} cases in sight"
        )
        self.stdout.write(f"{'page':32} {'SQL':>4} {'CPU ms':>8} {'x hello':>8} {'bytes':>8}")
        paths = [("hello", "/hello/"), *((name, reverse(name)) for name in PAGES)]
        if case:
            paths.append(("desk:case-page", reverse("desk:case-page", args=[case.pk])))
        with override_settings(ROOT_URLCONF="desk.benchmarks", ALLOWED_HOSTS=["testserver"]):
            self.measure_all(person, paths, options["times"])

    def measure_all(self, person, paths, times):
        client = Client()
        client.force_login(person)
        hello = None
        for name, path in paths:
            statements, cpu, size = self.measure(client, path, times)
            hello = hello or cpu
            self.stdout.write(f"{name:32} {statements:>4} {cpu:>8.1f} {cpu / hello:>8.1f} {size:>8}")

    def measure(self, client, path, times):
        """(statements, median CPU ms of this process, bytes) of one page."""
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        statements = len(queries)  # before the next request empties the log
        if answer.status_code != 200:
            raise CommandError(f"{path} answered {answer.status_code}")
        spent = []
        for _turn in range(times):
            begun = time.process_time()
            client.get(path)
            spent.append((time.process_time() - begun) * 1000)
        return statements, median(spent), len(answer.content)
