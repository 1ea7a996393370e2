"""Rows that tell of people: survivors, whose names are sealed, and accused; each with the case's number."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from exchange.batch_states import BatchKind
from exchange.incoming.contract import Chunk, Column, Kind, Row
from exchange.incoming.kinds import namesakes, people_rows
from exchange.incoming.kinds.shared import cases_of, locked, not_ahead, taken_numbers, touch_all
from exchange.incoming.parsers import (
    code_of,
    codes_of,
    countries,
    day,
    plainly,
    split,
    text,
    yes_or_no,
)
from prosecutions.matching.weighing import PROPOSE, Traits, weigh
from prosecutions.models import Accused
from prosecutions.states import Standing
from survivors.models import Survivor
from survivors.states import Exploitation, Gender, ReliefRoad
from survivors.words import name_words, tokens

GENDERS = {
    "f": "Feminine", "female": "Feminine", "woman": "Feminine", "girl": "Feminine", "mujer": "Feminine",
    "femenino": "Feminine", "nina": "Feminine", "m": "Masculine", "male": "Masculine", "man": "Masculine",
    "boy": "Masculine", "hombre": "Masculine", "masculino": "Masculine", "nino": "Masculine",
}  # fmt: skip
SURVIVOR, ACCUSED = "survivor", "accused"


class Part(models.TextChoices):
    """Who is the person in this case?"""

    SURVIVOR = SURVIVOR, _("Survivor")
    ACCUSED = ACCUSED, _("Accused")


PARTS = {
    "victim": SURVIVOR, "victima": SURVIVOR, "client": SURVIVOR, "beneficiary": SURVIVOR,
    "sobreviviente": SURVIVOR,
    "suspect": ACCUSED, "perpetrator": ACCUSED, "trafficker": ACCUSED, "defendant": ACCUSED,
    "acusado": ACCUSED, "imputado": ACCUSED, "agresor": ACCUSED,
}  # fmt: skip


class People(Kind):
    """One person in each row."""

    code = BatchKind.PEOPLE
    needs = None
    columns = (
        Column(
            "case", _("Case number"), text(40), required=True, example="CEB-2014-0007",
            also=("case", "case no", "case id", "numero de caso", "expediente", "caso"),
        ),
        Column(
            "part", _("Part in the case"), code_of("part", Part, PARTS), required=True, codes=Part,
            example="survivor",
            also=("part", "role", "person type", "type of person", "tipo de persona", "rol"),
            hint=_("Survivor or accused"),
        ),
        Column(
            "name", _("Full name"), text(300), example="Maria Reyes",
            also=("name", "legal name", "client name", "victim name", "nombre", "nombre completo",
                  "nombre y apellido"),
            hint=_("Of a survivor it is sealed; only who may open identities reads it"),
        ),
        Column(
            "latin_name", _("Name in Latin letters"), text(300), also=("romanized name", "transliteration"),
        ),
        Column("other_names", _("Other names"), split(200), also=("aliases", "alias", "nickname", "apodo")),
        Column(
            "pseudonym", _("Pseudonym"), text(200), example="Lily", also=("code name", "seudonimo"),
            hint=_("Of a survivor; never a real name"),
        ),
        Column("label", _("Description"), text(500), also=("description", "descripcion")),
        Column(
            "gender", _("Gender"), code_of("gender", Gender, GENDERS), codes=Gender, example="female",
            also=("sex", "sexo", "genero"),
        ),
        Column(
            "born", _("Date of birth"), day(), example="2001-05",
            also=("birth date", "birthdate", "dob", "born", "year of birth", "fecha de nacimiento",
                  "nacimiento"),
        ),
        Column(
            "child", _("Child at relief"), yes_or_no, example="yes",
            also=("minor", "child", "menor", "menor de edad"),
        ),
        Column(
            "nationality", _("Nationality"), countries, example="PH",
            also=("citizenship", "nacionalidad", "country of origin"),
        ),
        Column("language", _("Language"), text(200), also=("idioma", "lengua")),
        Column(
            "phones", _("Phone numbers"), text(300), also=("phone", "mobile", "telefono", "celular"),
        ),
        Column(
            "exploitation", _("Exploitation"), codes_of("exploitation", Exploitation), codes=Exploitation,
            also=("type of exploitation", "tipo de explotacion"),
        ),
        Column(
            "relieved_on", _("Relieved on"), day(), example="2014-04-02",
            also=("rescue date", "date of rescue", "date of relief", "relief date", "fecha de rescate"),
        ),
        Column(
            "relief_how", _("Road out"), code_of("relief_how", ReliefRoad), codes=ReliefRoad,
            example="operation", also=("how relieved", "rescued by", "como salio"),
        ),
        Column(
            "standing", _("Standing"), code_of("standing", Standing), codes=Standing,
            also=("status", "estado procesal"), hint=_("Of an accused"),
        ),
        Column(
            "arrested_on", _("Arrested on"), day(), also=("arrest date", "date of arrest", "fecha de arresto",
                                                          "fecha de captura"),
        ),
        Column(
            "note", _("Note"), text(5000, lines=True), also=("notes", "remarks", "notas", "observaciones")
        ),
        Column(
            "external_id", _("Your own number"), text(80),
            also=("external id", "person id", "client id", "id de persona"),
        ),
    )  # fmt: skip

    def plan(self, chunk: Chunk) -> None:
        cases_of(chunk)
        for row in chunk.rows:
            self.check(chunk, row)
        of = {part: [row for row in chunk.rows if row["part"] == part] for part in (SURVIVOR, ACCUSED)}
        taken_numbers(chunk, Survivor, of[SURVIVOR])
        taken_numbers(chunk, Accused, of[ACCUSED])
        good = chunk.good
        for row in good:
            self.find_again(chunk, row)
        self.find_survivors(chunk, [row for row in good if row["part"] == SURVIVOR])
        self.find_accused([row for row in good if row["part"] == ACCUSED])

    def check(self, chunk: Chunk, row: Row) -> None:
        """What this part may say, and whether the person may say it."""
        survivor = row["part"] == SURVIVOR
        row.makes["survivors" if survivor else "accused"] = 1
        not_ahead(chunk, row, "born", "relieved_on", "arrested_on")
        wrong = ("standing", "arrested_on") if survivor else (
            "pseudonym", "child", "relieved_on", "relief_how", "exploitation", "latin_name",
        )  # fmt: skip
        for name in wrong:
            if row["part"] and name in row.said:
                row.fault(name, "of_accused" if survivor else "of_survivors")
        write = Can.WRITE_SURVIVOR if survivor else Can.WRITE_ACCUSED
        if row["part"] and not chunk.by.can_in(chunk.office.pk, write):
            row.fault("part", "not_yours")
        if survivor:
            self.check_survivor(chunk, row)
        elif row["part"] and not row["name"] and not row["label"]:
            row.fault("name", "name_or_label")

    def check_survivor(self, chunk: Chunk, row: Row) -> None:
        sealed = [name for name in people_rows.SEALED if row[name]]
        if sealed and not chunk.by.can_in(chunk.office.pk, Can.OPEN_IDENTITY):
            row.fault(sealed[0], "not_yours")
        names = {plainly(row[name]) for name in ("name", "latin_name")} - {""}
        if row["pseudonym"] and plainly(row["pseudonym"]) in names:
            row.fault("pseudonym", "name_is_pseudonym")
        if row["relieved_on"] and not row["relief_how"]:
            row.fault("relief_how", "relief_needs_how")
        if row["relief_how"]:
            row.makes["reliefs"] = 1

    def find_again(self, chunk: Chunk, row: Row) -> None:
        """The same name in the same case in an earlier row: asked, not decided."""
        called = " ".join(name_words(row["name"] or row["pseudonym"] or row["label"]))
        if called and (first := chunk.again(("person", row["case"], row["part"], called), row)):
            row.like_row(first, 90)

    def find_survivors(self, chunk: Chunk, rows: list[Row]) -> None:
        """People of the office whose names have the same words, by the blind index."""
        if not chunk.by.can_in(chunk.office.pk, Can.OPEN_IDENTITY):
            return
        for row in rows:
            names = name_words(row["name"], row["latin_name"]) if row["name"] or row["latin_name"] else []
            row.work["words"] = frozenset(tokens("name", names))
        namesakes.find(chunk, [row for row in rows if row.work["words"]])

    def find_accused(self, rows: list[Row]) -> None:
        """Accused of the same case whose names are alike; other cases are compared afterwards, as always."""
        cases = {row.work["case"].pk for row in rows}
        there: dict[UUID, list[Accused]] = {}
        for accused in Accused.objects.filter(case_id__in=cases):
            there.setdefault(accused.case_id, []).append(accused)
        for row in rows:
            names = tuple(filter(None, (row["name"], *(row["other_names"] or ()))))
            for accused in there.get(row.work["case"].pk, ()) if names else ():
                theirs = tuple(filter(None, (accused.name, *accused.aliases)))
                score = weigh(Traits(names=names), Traits(names=theirs)).score if theirs else 0
                if score >= PROPOSE and len(row.likes) < namesakes.MOST_ALIKE:
                    row.like(accused, score)

    def write(self, chunk: Chunk) -> Sequence[UUID]:
        rows = chunk.good
        cases = {row.work["case"].pk for row in rows}
        locked(cases)
        people_rows.write_survivors(chunk, [row for row in rows if row["part"] == SURVIVOR], called(rows))
        people_rows.write_accused(chunk, [row for row in rows if row["part"] == ACCUSED])
        touch_all(cases, chunk.now)
        return list(cases)


def called(rows: list[Row]) -> dict[int, Any]:
    """What somebody without pseudonym and description is called until people find better words."""
    return {row.number: now_("Person of row %(row)s of a list") % {"row": row.number} for row in rows}


PEOPLE = People()
