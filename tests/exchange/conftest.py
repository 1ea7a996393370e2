import time

import pytest

from accounts.scope import viewing_as
from exchange.building import build_waiting
from exchange.models import Export
from tests.factories import PASSWORD


@pytest.fixture
def signed_in(client):
    """Sign somebody in who has just shown that it is she."""

    def sign_in(user):
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def password():
    return PASSWORD


@pytest.fixture
def asked(signed_in):
    """Ask for a file by the form, make it, and give the export as it stands then."""

    def ask(user, **answers):
        client = signed_in(user)
        answers = {"kind": "cases", "form": "csv", "purpose": "casework", "why": "Yearly count", **answers}
        response = client.post("/exchange/export/add/", answers)
        assert response.status_code == 302, response.context and response.context["form"].errors
        build_waiting()
        return latest(user)

    return ask


def latest(user):
    with viewing_as(user):
        return (
            Export.objects.filter(requested_by=user).order_by("-created_at").select_related("office").first()
        )


def taken(client, export):
    """The bytes of the file, taken as the person would."""
    response = client.post(f"/exchange/export/{export.pk}/download/")
    assert response.status_code == 200, response.status_code
    return response.content
