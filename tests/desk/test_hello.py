import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.mark.urls("desk.benchmarks")
def test_the_least_page_asks_for_the_session_the_person_and_her_memberships_and_says_who_looks(client, alice):
    assert client.get("/hello/")["Location"].startswith("/accounts/login/")
    client.force_login(alice)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/hello/")
    assert answer.content.decode() == f"hello {alice.pk}"
    statements = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 4
