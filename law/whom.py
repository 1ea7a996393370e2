"""For whom a benefit is: groups of people, of which one that fits is enough.

A group names what must be so, and all of it must: `gender` and `exploitation` (codes of survivors), `age`
(child or adult), `casework` (codes of the common list), `nationality` (two letters, or "own" and "foreign"
as seen from the country of the law). Its `ask` is what our records cannot tell, so somebody must ask; its
`check` is what still has to happen: then it probably applies. A group without any of them is everybody. Apps
above lend the words of the codes that are theirs.
"""

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from law.models import CommonCode

AGES = ("child", "adult")
OWN, FOREIGN = "own", "foreign"
LISTS = ("gender", "exploitation", "casework", "nationality")
SAID = ("check", "ask")
KEYS = (*LISTS, "age", *SAID)

# {"gender": {code: words}}: what the apps above have lent.
LENT: dict = {}


def lend_words(kind, choices):
    """The words of a code list that stands in an app above."""
    LENT[kind] = choices


def words_of(kind):
    """The words of the codes that a group or a list of papers may name."""
    if kind == "casework":
        return dict(CommonCode.objects.filter(list="casework_types").values_list("code", "name"))
    return dict(LENT.get(kind, ()))


def whom_fault(groups):
    """What is wrong with these groups, as a sentence; "" when nothing is."""
    if groups in (None, []):
        return ""
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        return _("must be a list of groups, like: [{age: child}]")
    for group in groups:
        fault = next(filter(None, (part_fault(key, value) for key, value in group.items())), "")
        if fault:
            return fault
    return ""


def part_fault(key, value):
    """What is wrong with one part of a group."""
    if key not in KEYS:
        return _("%s is nothing that a group can name") % key
    if key == "age":
        return "" if value in AGES else _("the age must be child or adult")
    if key in SAID:
        return "" if isinstance(value, str) and value else _("what is to be checked must be a text")
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        return _("%s must be a list of codes") % key
    if key == "nationality":
        wrong = [code for code in value if code not in (OWN, FOREIGN) and len(code) != 2]
    else:
        known = words_of(key)
        wrong = [code for code in value if known and code not in known]
    return _("%(code)s is not known as %(key)s") % {"code": wrong[0], "key": key} if wrong else ""


def paper_fault(papers):
    """What is wrong with a list of papers; "" when nothing is."""
    known = words_of("papers")
    wrong = [code for code in papers or () if known and code not in known]
    return _("%s is not a kind of paper") % wrong[0] if wrong else ""


def told(groups):
    """The groups in words, one line each."""
    return [line(group) for group in groups or ()]


def line(group):
    """One group in words: children; sexual exploitation (the special court decides)."""
    parts = []
    if group.get("age"):
        parts.append(_("Children") if group["age"] == "child" else _("Adults"))
    parts += [", ".join(map(str, names(key, group[key]))) for key in LISTS if group.get(key)]
    words = "; ".join(parts) or _("Everybody")
    said = " ".join(group[key] for key in SAID if group.get(key))
    return f"{words} ({said})" if said else words


def names(kind, codes):
    """Codes in words."""
    if kind == "nationality":
        places = Locale.parse((get_language() or "en").split("-")[0]).territories
        ours = {OWN: _("people of this country"), FOREIGN: _("people of another country")}
        return [ours.get(code) or places.get(code, code) for code in codes]
    known = words_of(kind)
    return [known.get(code, code) for code in codes]
