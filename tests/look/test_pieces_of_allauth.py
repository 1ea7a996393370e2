"""Pages of allauth are put together from pieces of its own names; they look as ours."""

import pytest
from django import forms
from django.template import Context, Origin, Template, engines

SLOTS = "{% slot title %}T{% endslot %}{% slot body %}b{% endslot %}{% slot actions %}a{% endslot %}"
FIELD = "{% slot label %}L{% endslot %}{% slot help_text %}H{% endslot %}{% slot value %}V{% endslot %}"
PIECES = [
    (
        "alert level='error'",
        "{% slot message %}No{% endslot %}",
        '<p class="message message-danger">No</p>',
    ),
    (
        "badge tags='success' title='Since May'",
        "Primary",
        '<span class="tag tag-done" title="Since May">Primary</span>',
    ),
    (
        "button tags='delete' type='submit' name='go' value='1' form='f' id='b'",
        "Drop",
        '<button class="btn btn-danger" form="f" id="b" name="go" value="1" type="submit">Drop</button>',
    ),
    ("button tags='link' href='/x/'", "Back", '<a href="/x/" class="btn btn-outline-secondary">Back</a>'),
    ("button type='submit'", "Go", '<button class="btn btn-primary" type="submit">Go</button>'),
    ("button_group", "x", '<div class="form-end">x</div>'),
    ("hr", "", '<hr class="menu-line">'),
    ("table", "<tr></tr>", '<table class="table"><tr></tr></table>'),
    (
        "form method='post' action='/x/'",
        SLOTS,
        '<form class="form" method="post" action="/x/" novalidate>b<div class="form-end">a</div></form>',
    ),
    (
        "panel",
        SLOTS,
        '<section class="mb-4"><h2>T</h2>b<div class="form-end mt-2">a</div></section>',
    ),
    (
        "field type='text' id='i' name='n' value='v' autocomplete='off' required=True",
        FIELD,
        '<div class="field"><label for="i">L</label><div class="hint">H</div><input class="form-control" '
        'type="text" id="i" name="n" value="v" autocomplete="off" required></div>',
    ),
    (
        "field type='textarea' id='i' name='n' rows='3'",
        FIELD,
        '<div class="field"><label for="i">L</label><div class="hint">H</div><textarea class="form-control" '
        'rows="3" id="i" name="n">V</textarea></div>',
    ),
    (
        "field type='checkbox' id='i' name='n' checked=True",
        FIELD,
        '<div class="field"><div class="check"><input class="form-check-input" type="checkbox" id="i" '
        'name="n" checked><label for="i">L</label></div></div>',
    ),
]


def drawn(element, inside, **context):
    """The piece on one line, without the blanks between its parts."""
    text = f"{{% load allauth %}}{{% element {element} %}}{inside}{{% endelement %}}"
    page = Origin("<a page>", template_name="account/page.html")  # allauth looks for its pieces beside a page
    html = Template(text, origin=page, engine=engines["django"].engine).render(Context(context))
    return " ".join(html.split()).replace("> <", "><")


@pytest.mark.parametrize(("element", "inside", "expected"), PIECES, ids=[piece[0] for piece in PIECES])
def test_a_piece_of_allauth_is_one_of_ours(element, inside, expected):
    assert drawn(element, inside) == expected


def test_the_fields_of_a_form_are_drawn_as_everywhere():
    class Word(forms.Form):
        word = forms.CharField()

    assert '<label for="id_word"' in drawn("fields form=form", "", form=Word())
