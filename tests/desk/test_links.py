from accounts.roles import Can
from desk.links import address, links


def test_a_page_that_is_not_there_has_no_address():
    assert address("desk:no-such-page") == ""


def test_links_leave_out_what_is_not_there_and_what_may_not_be_opened(alice):
    wanted = [
        (Can.USE_DESK, "desk:home", (), {}, {"label": "Home"}),
        (Can.USE_DESK, "desk:no-such-page", (), {}, {"label": "Nowhere"}),
        (Can.MANAGE_PEOPLE, "accounts:person-list", (), {}, {"label": "People"}),
    ]
    assert links(alice, wanted) == [{"url": "/", "label": "Home"}]
