"""Rings, venues and cases as one picture: what the viewer may see of it, as nodes, ties and a table.

A case that she may not open is not there, not even as an empty place; the same holds for people and venues.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.roles import Can
from cases.models import Case, CaseLink
from cases.states import LinkKind
from desk.links import address
from operations.models import Venue
from prosecutions.models import Accused, Network, RingMember
from reference.templatetags.show import edtf

CASE, RING, PERSON, VENUE = "case", "ring", "person", "venue"
# Where a case stands that this one came from; all others stand behind it.
BEFORE = (LinkKind.SPUN_OFF_FROM, LinkKind.SPLIT_FROM)


@dataclass
class Node:
    """One thing of the picture; `column` from left to right."""

    id: str
    kind: str
    code: str
    name: str
    column: int
    url: str = ""
    note: str = ""
    ended: bool = False
    at: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Tie:
    """What joins two of them, in words."""

    one: str
    two: str
    words: str


class Picture:
    """Nodes and ties; each node once, however often it is met."""

    def __init__(self, user, *, names=True):
        self.user, self.names = user, names
        self.nodes, self.ties = {}, []

    def add(self, kind, pk, *, code, name, column, url="", note="", ended=False):
        node = Node(f"{kind}-{pk}", kind, code, name if self.names else "", column, url, note, ended)
        return self.nodes.setdefault(node.id, node).id

    def tie(self, one, two, words):
        tie = Tie(one, two, str(words))
        if one != two and tie not in self.ties:
            self.ties.append(tie)

    def rows(self):
        """The picture as a table: what, with what, how."""
        found = defaultdict(list)
        for tie in self.ties:
            found[tie.one].append((self.nodes[tie.two], tie.words))
            found[tie.two].append((self.nodes[tie.one], tie.words))
        nodes = sorted(self.nodes.values(), key=lambda node: (node.column, node.kind, node.code))
        return [{"node": node, "ties": found[node.id]} for node in nodes]


def picture_of_case(case, user, *, names=True):
    """A case with its rings, people and venues, and the cases that it is tied to."""
    picture = Picture(user, names=names)
    here = add_case(picture, case, 1)
    tie_cases(picture, case, here)
    networks = list(Network.objects.filter(case=case).order_by("key"))
    people = list(Accused.objects.filter(case=case).prefetch_related("verdicts").order_by("key"))
    add_rings(picture, networks, people, here)
    add_venues(picture, [case.pk], people, here)
    add_other_cases(picture, people)
    return picture


def picture_of_ring(network, user, *, names=True):
    """A ring with its members in every record of it that the viewer may see, their venues and their cases."""
    picture = Picture(user, names=names)
    rings = [network, *same_rings(network)]
    for ring in rings:
        here = add_case(picture, ring.case, 1)
        people = list(members_of(ring).prefetch_related("verdicts").order_by("key"))
        add_rings(picture, [ring], people, here)
        add_venues(picture, [ring.case_id], people, "", only=set(ring.venues))
        add_other_cases(picture, people)
    return picture


def members_of(network):
    """The people of a ring: by its list, by the ring that stands with them, by a part in it."""
    rows = Accused.objects.filter(case=network.case_id)
    return (
        rows.filter(key__in=network.members)
        | rows.filter(network=network)
        | rows.filter(pk__in=RingMember.objects.filter(network=network).values("accused"))
    )


def same_rings(network):
    """Records of other cases that have a human being in common with this ring."""
    people = members_of(network).values("perpetrator")
    others = Accused.objects.filter(perpetrator__in=people).exclude(case=network.case_id)
    others = others.exclude(network=None)
    rows = Network.objects.filter(pk__in=others.values("network")).select_related("case")
    return list(rows.order_by("case__number", "key"))


def add_case(picture, case, column):
    return picture.add(
        CASE, case.pk, code=case.number, name=case.title, column=column,
        url=address("desk:case-network", case.pk), ended=bool(case.legal_closed_on),
        note=case.get_legal_status_display() if case.legal_status else "",
    )  # fmt: skip


def tie_cases(picture, case, here):
    """Cases this one came from or led to, and those outside that have only words."""
    ties = list(CaseLink.objects.filter(case=case).order_by("kind", "pk"))
    known = {other.number: other for other in Case.objects.filter(number__in=[tie.number for tie in ties])}
    for tie in ties:
        column = 0 if tie.kind in BEFORE else 2
        words = with_date(tie.get_kind_display(), tie.on)
        if tie.number in known:
            picture.tie(here, add_case(picture, known[tie.number], column), words)
        elif tie.outside:
            there = picture.add(CASE, tie.pk, code=_("Outside"), name=tie.outside, column=column)
            picture.tie(here, there, words)
    for tie in CaseLink.objects.filter(number=case.number).select_related("case").order_by("kind", "pk"):
        if tie.case.number not in known:
            column = 2 if tie.kind in BEFORE else 0
            words = with_date(tie.get_kind_display(), tie.on)
            picture.tie(add_case(picture, tie.case, column), here, words)


def with_date(words, on):
    return f"{words}, {edtf(on)}" if on else str(words)


def add_rings(picture, networks, people, here):
    """Each ring with its members; people of no ring hang from the case itself."""
    parts = RingMember.objects.filter(network__in=networks).order_by("since", "pk")
    roles = defaultdict(list)
    for part in parts:
        roles[part.network_id, part.accused_id].append(part)
    ringed = set()
    for ring in networks:
        there = add_ring(picture, ring)
        picture.tie(here, there, _("ring of this case"))
        for person in people:
            mine = roles[ring.pk, person.pk]
            if mine or person.key in ring.members or person.network_id == ring.pk:
                ringed.add(person.pk)
                words = "; ".join(map(part_words, mine)) or _("member")
                picture.tie(there, add_person(picture, person), words)
    for person in people:
        if person.pk not in ringed and here:
            picture.tie(here, add_person(picture, person), person.word)


def add_ring(picture, ring):
    since = _("since %(when)s") % {"when": edtf(ring.active_since)} if ring.active_since else ""
    code = ring.key.upper().replace("N", "N-", 1)
    return picture.add(
        RING, ring.pk, code=code, name=ring.name, column=2, url=ring.get_absolute_url(), note=since,
        ended=bool(ring.dismantled_on),
    )  # fmt: skip


def part_words(part):
    """Recruits, 2012 to 2014."""
    role = part.get_role_display() if part.role else _("member")
    if part.since and part.until:
        return _("%(role)s, %(since)s to %(until)s") % {
            "role": role, "since": edtf(part.since), "until": edtf(part.until),
        }  # fmt: skip
    if part.since or part.until:
        bound = _("since %(when)s") if part.since else _("until %(when)s")
        return f"{role}, {bound % {'when': edtf(part.since or part.until)}}"
    return str(role)


def add_person(picture, person):
    return picture.add(
        PERSON, person.pk, code=person.code, name=person.called, column=3, note=str(person.word),
        url=address("prosecutions:accused-detail", person.pk),
    )  # fmt: skip


def add_venues(picture, cases, people, here, *, only=None):
    """Venues with who ran them, what became of them and where they opened again."""
    if not picture.user.can(Can.VIEW_OPERATION):
        return
    venues = list(Venue.objects.filter(case__in=cases).order_by("key"))
    runs = {person.key: f"{PERSON}-{person.pk}" for person in people}
    by_key = {venue.key: venue for venue in venues}
    if only is not None:
        wanted = {v.key for v in venues if v.key in only or set(v.run_by) & runs.keys()}
        wanted |= {key for name in wanted for key in by_key[name].moved_to if key in by_key}
        venues = [venue for venue in venues if venue.key in wanted]
    ids = {venue.key: add_venue(picture, venue) for venue in venues}
    later = {key for venue in venues for key in venue.moved_to}
    for venue in venues:
        for key in venue.run_by:
            if key in runs:
                picture.tie(runs[key], ids[venue.key], _("runs it"))
        for key in venue.moved_to:
            if key in ids:
                picture.tie(ids[venue.key], ids[key], with_date(_("opened again as"), by_key[key].opened_on))
        if here and venue.key not in later and not set(venue.run_by) & runs.keys():
            picture.tie(here, ids[venue.key], _("venue of this case"))


def add_venue(picture, venue):
    note = edtf(venue.opened_on) if venue.opened_on else ""
    if venue.closed_on or venue.closed_why:
        closed = _("closed %(when)s") % {"when": edtf(venue.closed_on)} if venue.closed_on else _("closed")
        why = f": {venue.closed_why}" if venue.closed_why and picture.names else ""
        note = f"{note} · {closed}{why}" if note else f"{closed}{why}"
    return picture.add(
        VENUE, venue.pk, code=venue.key.upper().replace("V", "V-", 1), column=4, note=note,
        name=" · ".join(part for part in (venue.name, venue.locality) if part) or venue.get_kind_display(),
        url=f"{address('operations:operation-list', case=venue.case_id)}#venues", ended=bool(venue.closed_on),
    )  # fmt: skip


def add_other_cases(picture, people):
    """Other cases in which the same human beings stand."""
    mine = {person.perpetrator_id: person for person in people}
    rows = Accused.objects.filter(perpetrator__in=mine).exclude(pk__in=[person.pk for person in people])
    for row in rows.select_related("case").order_by("case__number", "key"):
        there = add_case(picture, row.case, 4)
        words = _("accused there as %(code)s") % {"code": row.code}
        picture.tie(add_person(picture, mine[row.perpetrator_id]), there, words)
