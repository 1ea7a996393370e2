"""What a memo says of the survivors at risk: pseudonym, no name, no place, nothing that leads to one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from cases.models import RiskNote
from prosecutions.memo.lines import Line, Section, from_record
from prosecutions.models import Accused
from survivors.models import Kinship, Survivor
from survivors.states import Stance


def protected(accused: Accused, reader: User) -> list[Survivor]:
    """The survivors of this case, for whoever may see survivors at all."""
    if not reader.can(Can.VIEW_SURVIVOR):
        return []
    return list(Survivor.objects.filter(case=accused.case_id).select_related("case").order_by("key"))


def survivors(accused: Accused, people: Sequence[Survivor], reader: User) -> Section:
    """Who is at risk, and why."""
    section = Section("survivors", _("Survivors at risk, by pseudonym"))
    kin = kinships(accused) if people else {}
    for person in people:
        words = [
            person.pseudonym or person.code,
            _("a child when found") if person.child else "",
            witness(person),
            _("related to the accused: %(relation)s") % {"relation": kin[person.key]}
            if person.key in kin
            else "",
        ]
        what = _("Survivor %(code)s") % {"code": person.code}
        text = "; ".join(filter(None, words))
        section.lines.append(from_record(text, person, what, page="survivors:survivor-detail"))
    section.lines += risk(accused)
    return section


def witness(person: Survivor) -> str:
    """Has she still to be heard? Then she can still be frightened out of it."""
    if person.testified:
        return _("has testified")
    return _("has still to testify") if person.stance == Stance.WILLING else ""


def kinships(accused: Accused) -> dict[str, str]:
    """What survivors are to the accused, by their key."""
    rows = Kinship.objects.filter(case=accused.case_id)
    found = {row.who: row.get_relation_display() for row in rows if row.of == accused.key}
    return found | {row.of: row.get_relation_display() for row in rows if row.who == accused.key}


def risk(accused: Accused) -> list[Line]:
    """How great the danger was held to be, when somebody last judged it; the reasons stay inside."""
    note = RiskNote.objects.filter(case=accused.case_id).order_by("-created_at", "pk").first()
    if note is None:
        return []
    words = _("Risk to the survivors as last judged: %(level)s") % {"level": note.get_level_display()}
    return [from_record(words, note, _("Risk assessment"), on=note.on, page="desk:case-page",
                        pk=accused.case_id)]  # fmt: skip
