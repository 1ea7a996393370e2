"""Lock 1, and the chain from an address to its view, its template and its test."""

from accounts.access import PUBLIC
from tests.each import each
from tests.house.walk import ROOT, addresses, screens

# Views that answer without a template of their name, each with what it answers instead.
NO_TEMPLATE = {
    "aftercare:instrument-use": "one press in the list of instruments, which comes back",
    "survivors:arrival-recall": "one press on the page of the group, which comes back",
    "documents:document-download": "the file itself",
    "exchange:export-download": "the file itself",
    "exchange:batch-template": "the empty spreadsheet itself",
    "exchange:batch-faults": "the file itself",
    "exchange:ctdc-set-download": "the file itself",
    "prosecutions:memo-pdf": "the file itself",
    "prosecutions:memo-docx": "the file itself",
    "diary:feed-read": "the calendar itself",
    "diary:feed-revoke": "one press in the list of addresses, which comes back",
    "documents:document-clean": "a copy of the file, written anew",
    "documents:document-picture": "a picture for the page of the document",
    "notifications:inbox-rows": "the rows of inbox_list.html alone",
    "notifications:endpoint-code": "one press on the page of a code, which comes back",
    "notifications:endpoint-try": "one press in the list of channels, which comes back",
    "notifications:inbox-read": "one press in the inbox, which comes back",
    "notifications:inbox-acknowledge": "one press in the inbox, which comes back",
    "notifications:receipt-take": "two letters for a machine",
    "notifications:dead-letter-retry": "one press in the list of what failed, which comes back",
    "notifications:brake-decide": "one press on the page of the watch, which comes back",
    "notifications:alert-acknowledge": "one press on the alert's page, which comes back",
    "notifications:alert-take-over": "one press on the alert's page, which comes back",
    "notifications:alert-decline": "one press on the alert's page, which comes back",
    "cases:emergency-end": "one press on the page of the case, which is gone then",
    "cases:deputy-end": "one press in the list of deputies, which comes back",
    "cases:absence-end": "one press in the list of deputies, which comes back",
    "accounts:membership-end": "one press on the person's page, which comes back",
    "accounts:person-sign-out": "one press on the person's page, which comes back",
    "accounts:invitation-send": "one press on the person's page, which comes back",
    "accounts:invitation-revoke": "one press in the list of invitations, which comes back",
    "accounts:sign-in-end": "one press in the list of sign-ins, which comes back",
    "accounts:sign-in-end-others": "one press above the list of sign-ins, which comes back",
    "prosecutions:witness-excuse": "one press on the page of the hearing, which comes back",
    "prosecutions:need-set": "one tap on the page of the hearing, which comes back",
    "prosecutions:cost-strike": "one press on the page of the hearing, which comes back",
    "aftercare:entitlement-start": "one press on what is owed, which comes back",
    "aftercare:paper-move": "one press on what is owed, which comes back",
    "aftercare:goal-take": "one press in the plan, which comes back",
    "aftercare:step-move": "one press in the plan, which comes back",
    "rights:note-release": "one press on the page of the note, which comes back",
    "hooks:hook-pause": "one press on the page of the webhook, which comes back",
    "hooks:hook-resume": "one press on the page of the webhook, which comes back",
    "hooks:hook-rotate": "one press on the page of the webhook, which comes back",
    "hooks:hook-resend": "one press on the page of the webhook, which comes back",
    "survivors:story-send": "one press on the page of the story, which comes back",
    "survivors:story-approve": "one press on the page of the story, which comes back",
    "survivors:story-return": "one press on the page of the story, which comes back",
    "survivors:story-recall": "one press on the page of the story, which comes back",
    "accounts:signal-answer": "one press in the list of signals, which comes back",
}
# Views of one record that need no `of`, each with the reason.
NO_RECORD = {
    "notifications:inbox-show": "everybody holds the verb, and the view says 404 in words of its own",
}
# People, offices and law are no case data: whoever lacks the verb is refused before anything is looked up.
NO_CASE_DATA = {"accounts", "law"}


def of(wanted):
    return each(*wanted, ids=lambda address: address.full)


@of(addresses())
def test_every_view_declares_its_need(address):
    needs = getattr(address.view, "needs", None) or getattr(getattr(address.view, "cls", None), "needs", None)
    assert needs, f"{address.view.__module__}.{address.function} declares no need"


def of_records():
    return [
        address
        for address in screens()
        if "pk" in address.converters
        and address.full not in NO_RECORD
        and address.namespace not in NO_CASE_DATA
    ]


@of(of_records())
def test_a_view_of_one_record_says_of_what_so_that_outsiders_get_404(address):
    if address.view.needs != PUBLIC:
        assert address.view.needs_of is not None, f"@requires(..., of=Model) is missing on {address.function}"


@of(screens())
def test_address_and_view_have_one_name_in_the_app_of_the_address(address):
    assert address.function == address.screen
    assert address.view.__module__.split(".")[0] == address.namespace
    assert address.view.__module__.split(".")[1] == "views"


@of([a for a in screens() if a.full not in NO_TEMPLATE])
def test_view_and_template_have_one_name(address):
    assert (ROOT / "templates" / address.namespace / f"{address.screen}.html").is_file()


@of(screens())
def test_every_screen_is_opened_by_a_test_of_its_app(address):
    folder = ROOT / "tests" / address.namespace
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    named = (f'"{address.full}"', f"'{address.full}'", f'"{address.name}"')
    assert any(name in text for text in texts for name in named), (
        f"no test in {folder.name} opens {address.full}"
    )


def test_addresses_never_take_names_or_words():
    """Keys are random; a slug may only name something of a closed list."""
    open_words = [
        a.full for a in screens() if any(type(c).__name__ == "StringConverter" for c in a.converters.values())
    ]
    assert open_words == []
