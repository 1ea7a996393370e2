from django.core.management.base import BaseCommand

from accounts.scope import system_access
from prosecutions import actions
from prosecutions.models import Accused


class Command(BaseCommand):
    help = "Bring the index of names up to date: after an upgrade that changed how names are compared"

    def handle(self, *args, **options):
        with system_access("matcher", "index all names anew"):
            cases = list(Accused.objects.order_by("case").values_list("case", flat=True).distinct())
        changed = 0
        for case in cases:
            with system_access("matcher", "index all names anew"):
                changed += actions.index_case(case)
        self.stdout.write(f"{len(cases)} cases, {changed} people indexed anew")
