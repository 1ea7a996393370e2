from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.scope import viewing_as
from api.actions import issue_token, revoke_token
from api.models import ApiToken


class Command(BaseCommand):
    help = "Print a new API token of one person, and nothing else; or take all of them back."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--label", default="", help="what the token is for")
        parser.add_argument("--revoke", action="store_true", help="take back every token of the person")

    def handle(self, email, label, revoke, **options):
        user = User.objects.filter(email=email.lower(), principal="", is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody who can sign in has the address {email}.")
        now = timezone.now()
        with viewing_as(user):  # the token is hers, and so is the act
            if revoke:
                for token in ApiToken.objects.filter(user=user, revoked_at=None):
                    revoke_token(token.pk, by=user, now=now)
                return
            key = issue_token(user.pk, by=user, now=now, label=label)
        self.stdout.write(key)
