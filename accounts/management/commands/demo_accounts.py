import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demo


class Command(BaseCommand):
    """Print the sign-ins of the demonstration."""

    help = "Print the sign-ins of the demonstration"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
        parser.add_argument("--code", metavar="EMAIL", help="the code that the app of this account shows now")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("There are demo accounts only where the services are the embedded ones.")
        if options["code"]:
            code, seconds = demo.code_of(options["code"].lower())
            self.stdout.write(f"{code}  (for {seconds} seconds; each code works once)")
            return
        people = demo.people()
        if options["json"]:
            self.stdout.write(json.dumps(people, indent=1))
            return
        self.stdout.write(f"All with the password {demo.PASSWORD}")
        self.stdout.write("and a code: manage.py demo_accounts --code EMAIL")
        for person in people:
            roles = ", ".join(
                f"{held['role']}{' ' + held['office'] if held['office'] else ''}"
                for held in person["memberships"][:2]
            )
            more = f" and {len(person['memberships']) - 2} more" if len(person["memberships"]) > 2 else ""
            self.stdout.write(f"  {person['email']:44} {roles}{more}")
