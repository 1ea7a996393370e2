from django.db import transaction
from django.db.utils import ProgrammingError

from accounts.models import User
from accounts.roles import SYSTEM_PRINCIPALS


def ensure_principals():
    """Every system principal is an ordinary account row that nobody can sign in to."""
    for principal in SYSTEM_PRINCIPALS:
        try:
            with transaction.atomic():
                if not User.objects.filter(principal=principal).exists():
                    User.objects.create_user(
                        f"{principal}@system.invalid", name=principal, principal=principal
                    )
        except ProgrammingError:  # migrated to a point before the table existed
            return
