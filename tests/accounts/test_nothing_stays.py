import re

from django.conf import settings
from django.urls import reverse


def test_no_page_of_a_signed_in_person_is_kept_in_a_cache(client, alice, case):
    client.force_login(alice)
    for page in (reverse("desk:home"), reverse("desk:case-page", args=[case.pk]), reverse("cases:case-list")):
        assert "no-store" in client.get(page)["Cache-Control"], page


def test_signing_out_clears_what_the_browser_kept(client, alice):
    client.force_login(alice)
    assert "Clear-Site-Data" not in client.get(reverse("desk:home"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'


def test_no_script_of_ours_writes_to_the_storage_of_a_browser():
    """Signing out leaves it alone, so that notices go on: there must be nothing in it."""
    scripts = [path.read_text() for path in (settings.BASE_DIR / "static").glob("*.js")]
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie|cookieStore")
    assert scripts
    assert not [script for script in scripts if kept.search(script)]


def test_a_person_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("desk:home"))
    assert answer["Location"].startswith(reverse("account_login"))
