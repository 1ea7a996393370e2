"""What she, or whoever may speak for her, agreed to; and how she takes it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import check_order, touch
from cases.clock import today_in
from cases.models import Agency
from cases.states import IllegalMove
from survivors.actions.facts import check_past
from survivors.actions.people import lock_survivor
from survivors.consents import Fitness
from survivors.from_above import end_what_rests_on
from survivors.models import Consent, Survivor
from survivors.states import FAMILY_GIVERS, ConsentGiver

OLD_ENOUGH = 7  # from here a child is asked too, in words of her age
OURSELVES = "us"


def add_consent(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    purpose: str,
    given: bool,
    on: str = "",
    given_by: str = "",
    to: str = "",
    until: str = "",
    note: str = "",
    giver: str = "",
    giver_key: str = "",
    assent: bool | None = None,
    how: str = "",
    what: Sequence[str] = (),
    receiver: str = "",
) -> Consent:
    """What she, or the person who may, agreed to or refused."""
    survivor = lock_survivor(survivor_id)
    check_past(survivor.case, on, now, "on")
    check_order(on, until, "until")
    check_receiver(survivor, to, receiver)
    if given:
        check_giver(survivor, now=now, giver=giver, giver_key=giver_key, assent=assent)
    consent = Consent.objects.create(
        case=survivor.case, survivor=survivor, purpose=purpose, given=given, on=on, by=given_by, to=to,
        until=until, note=note, giver=giver, giver_key=giver_key, assent=assent, how=how, what=list(what),
        receiver=receiver.strip(),
    )  # fmt: skip
    record("consent.add", by=by, subject=survivor, at=now, purpose=purpose, given=given)
    if not given:
        end_what_rests_on(consent, by=by, now=now)
    touch(survivor.case, now)
    return consent


def check_receiver(survivor: Survivor, to: str, receiver: str) -> None:
    """An agency of the case by its key, or somebody else by name; nobody means everybody."""
    if to and receiver.strip():
        raise IllegalMove(_("Choose an agency, or write a name; not both."), field="receiver")
    if to and to != OURSELVES and not Agency.objects.filter(case=survivor.case_id, key=to).exists():
        raise IllegalMove(_("No agency of this case has this key."), field="to")


def check_giver(
    survivor: Survivor, *, now: datetime, giver: str, giver_key: str, assent: bool | None
) -> None:
    """A child needs somebody of full right and agrees herself; nobody accused answers for anybody."""
    fitness = Fitness([survivor], now)
    child = fitness.is_child(survivor)
    if assent is False:
        raise IllegalMove(_("The child does not agree. Record this as refused."), field="assent")
    if child and giver == ConsentGiver.SELF:
        raise IllegalMove(
            _(
                "A person under 18 cannot give this alone. Choose a parent, a guardian, the ministry or a"
                " court, and say whether the child agrees too. If the person is of age by now, write down"
                " the age first."
            ),
            field="giver",
        )
    if not child and giver in FAMILY_GIVERS and survivor.child is False:
        raise IllegalMove(_("This person is of age and answers for herself or himself."), field="giver")
    if fitness.bars(survivor, giver, giver_key):
        raise IllegalMove(
            _(
                "Somebody who is accused in this case, or close to somebody who is, cannot give this. Ask a"
                " guardian, the child protection authority or ministry, or a court."
            ),
            field="giver",
        )
    if child and not giver:
        raise IllegalMove(_("Say who gave it: for a child somebody of full right must."), field="giver")
    if child and assent is None:
        check_too_young(fitness, survivor, now)


def check_too_young(fitness: Fitness, survivor: Survivor, now: datetime) -> None:
    """Only a small child is not asked."""
    years = fitness.years_of(survivor, today_in(survivor.case.office, now))
    if years is None or years >= OLD_ENOUGH:
        raise IllegalMove(_("Say whether the child agrees too."), field="assent")


def withdraw_consent(consent_id: UUID, *, by: User, now: datetime, withdrawn_on: str = "") -> Consent:
    """She takes it back: what rests on it is called back; what was done before stays done."""
    found = Consent.objects.select_for_update(of=("self",)).select_related("case__office", "survivor")
    consent = found.get(pk=consent_id)
    if not consent.given:
        raise IllegalMove(_("This was refused from the beginning."))
    if consent.withdrawn_on:
        raise IllegalMove(_("This is recorded already."))
    day = withdrawn_on or today_in(consent.case.office, now).isoformat()
    check_order(consent.on, day, "withdrawn_on")
    check_past(consent.case, day, now, "withdrawn_on")
    consent.withdrawn_on = day
    consent.version += 1
    consent.save(update_fields=["withdrawn_on", "version"])
    record("consent.withdraw", by=by, subject=consent.survivor, case_id=consent.case_id, at=now)
    end_what_rests_on(consent, by=by, now=now)
    touch(consent.case, now)
    return consent
