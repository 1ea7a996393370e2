import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from api.actions import issue_token


@pytest.fixture(autouse=True)
def no_rate(settings):
    """Tests ask as often as they like."""
    settings.API_RATE = None


@pytest.fixture
def api(db):
    """A client with a token of this person: `api(user).get("cases/")`."""

    def of(user):
        key = issue_token(user.pk, by=user, now=timezone.now())
        return Client(key)

    return of


class Client:
    """Speaks JSON with one token."""

    def __init__(self, key):
        self.client = APIClient()
        self.headers = {"Authorization": f"Token {key}"}

    def get(self, path, **query):
        return self.client.get(self.address(path), query or None, headers=self.headers)

    def post(self, path, **facts):
        return self.client.post(self.address(path), facts, format="json", headers=self.headers)

    def patch(self, path, **facts):
        return self.client.patch(self.address(path), facts, format="json", headers=self.headers)

    def listed(self, path, **query):
        """The rows of the first page."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.content
        return response.json()["results"]

    @staticmethod
    def address(path):
        return path if path.startswith(("http", "/")) else f"/api/v1/{path}"
