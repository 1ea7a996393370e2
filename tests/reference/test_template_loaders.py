"""Pages go out without indentation; what shows its spaces, or is known by them, keeps them."""

from django.template.loader import get_template

from reference.template_loaders import light


def test_there_is_a_line_break_where_there_was_one_and_nothing_beside_it():
    assert light("<ul>\n    {% if a %}\n\n      <li>two words  \n  </li>{% endif %}\n") == (
        "<ul>\n{% if a %}\n<li>two words\n</li>{% endif %}\n"
    )


def test_texts_of_the_catalogue_and_what_shows_its_spaces_stay():
    for kept in (
        "{% blocktranslate with a=b %}\n  one\n  {{ a }}{% plural %}\n two{% endblocktranslate %}",
        "<pre>\n  a\n  b</pre>",
        '<textarea rows="3">\n  a</textarea>',
        "{% verbatim %}\n  {{ a }}{% endverbatim %}",
    ):
        assert light(f"<p>\n  {kept}\n  </p>") == f"<p>\n{kept}\n</p>"


def test_what_is_served_is_light():
    assert "\n  " not in get_template("base.html").render({})
