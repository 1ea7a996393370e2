"""Values that exist nowhere else, planted into a case, and a search for them in what a journey left."""

import re
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.models import HomeAddress
from survivors import actions
from tests.factories import CareMake, HomeMake, NoteMake, PlacementMake, SurvivorMake, TaskMake

# Sealed: absent from everything but the pages that open them.
SEALED = {
    "own_name": "វីរៈនារី ក្វូរវ៉េច",
    "latin_name": "Zylphania Quorvexova",
    "known_as": "Wibblekeet",
    "phones": "+63 917 431 7757",
    "address": "Brackwaterlane 917, Umbrellaford",
    "safe_contact": "Knock thrice at Gurneyglass",
    "family_contact": "Uncle Thromboldine",
    "number": "XQ-7731-KLOV",
    "born": "2009-03-29",
    "home": "Pellucidarium",
    "shelter": "Hollowhearth House",
    "shelter_address": "Fennelgate 4411, Orrisby",
    "home_address": "Umbrellastairs 7020, Quillham",
}
# In clear in the database, for those who see the case: absent from logs, mails, addresses, caches, audit.
SENSITIVE = {
    "pseudonym": "Marmaladina",
    "note": "Confidesque whispering",
    "task": "Telephone Ozwaldina",
    "title": "Vermilionish quarry",
}


def forms_of(text):
    """How a value may look elsewhere: as it is, folded, its digits, as hex of its bytes, percent-encoded."""
    digits = re.sub(r"\D", "", text)
    found = {text, text.lower(), text.encode().hex(), text.encode("unicode_escape").decode()}
    found |= {digits, digits[-9:]} if len(digits) >= 9 else set()
    found |= {word for word in re.split(r"[\s,]+", text) if len(word) >= 8}
    return found


@dataclass
class Net:
    """What the journey left: a name for each place, and its text."""

    texts: dict = field(default_factory=dict)

    def keep(self, place, text):
        if isinstance(text, memoryview | bytearray):
            text = bytes(text)
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        self.texts[place] = self.texts.get(place, "") + "\n" + str(text)

    def finds(self, canaries, *, places=None):
        """[(place, which canary)]: what must be empty."""
        return sorted(
            {
                (place, name)
                for place, text in self.texts.items()
                if places is None or place in places
                for name, value in canaries.items()
                if any(form in text or form in text.lower() for form in forms_of(value))
            }
        )


def plant(case, writer):
    """A survivor with every canary, as the people of the case would write them."""
    survivor = SurvivorMake(case=case, pseudonym=SENSITIVE["pseudonym"])
    NoteMake(case=case, text=SENSITIVE["note"])
    TaskMake(case=case, title=SENSITIVE["task"], assigned_to=writer)
    care = CareMake(case=case, survivor=survivor)
    home = HomeMake(office=case.office)
    where = HomeAddress(home=home, office=case.office)
    where.seal_place(SEALED["home_address"])
    where.save(force_insert=True)
    places = {"at": SEALED["shelter"], "address": SEALED["shelter_address"]}
    stay = PlacementMake(case=case, care=care, home=home, **places)
    facts = ("own_name", "latin_name", "known_as", "phones", "address", "safe_contact", "family_contact")
    with viewing_as(writer):
        actions.edit_identity(
            survivor.pk, by=writer, now=timezone.now(), born=SEALED["born"],
            home={"locality": SEALED["home"]}, numbers=[{"kind": "passport", "number": SEALED["number"]}],
            **{name: SEALED[name] for name in facts},
        )  # fmt: skip
    return survivor, care, stay
