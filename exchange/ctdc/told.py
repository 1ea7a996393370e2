"""A set of others in words, for the page: per cent of those who say anything, largest first."""

from django.utils.translation import gettext_lazy as _

from exchange.ctdc.columns import AGES, GENDERS, LABOUR, MEANS, RECRUITERS, SEX, TYPES

TITLES = {
    "gender": _("Gender"),
    "age": _("Age"),
    "types": _("Type of exploitation"),
    "labour": _("Forced labour: sector"),
    "sex": _("Sexual exploitation: form"),
    "means": _("Means of control"),
    "recruiters": _("Who recruited"),
}
WORDS = {
    GENDERS[0]: _("Men and boys"), GENDERS[1]: _("Women and girls"), GENDERS[2]: _("Trans or not conforming"),
    AGES[0]: _("up to 8"), AGES[1]: _("9 to 17"), AGES[2]: _("18 to 20"), AGES[3]: _("21 to 23"),
    AGES[4]: _("24 to 26"), AGES[5]: _("27 to 29"), AGES[6]: _("30 to 38"), AGES[7]: _("39 to 47"),
    AGES[8]: _("48 and older"),
    MEANS[0]: _("Debt bondage, or earnings taken"), MEANS[1]: _("Threats"), MEANS[2]: _("Abuse of any kind"),
    MEANS[3]: _("False promises"), MEANS[4]: _("Drugs or alcohol"), MEANS[5]: _("Basic needs denied"),
    MEANS[6]: _("Excessive working hours"), MEANS[7]: _("Documents withheld"),
    TYPES[0]: _("Forced labour"), TYPES[1]: _("Sexual exploitation"), TYPES[2]: _("Another form"),
    LABOUR[0]: _("Agriculture"), LABOUR[1]: _("Construction"), LABOUR[2]: _("Domestic work"),
    LABOUR[3]: _("Hotels, restaurants"), SEX[0]: _("Prostitution"), SEX[1]: _("Pornography"),
    RECRUITERS[0]: _("Intimate partner"), RECRUITERS[1]: _("Friend or acquaintance"),
    RECRUITERS[2]: _("Family or guardian"), RECRUITERS[3]: _("Somebody else"),
}  # fmt: skip


def compared(shares):
    """[{title, of, rows: [(words, how many, per cent)]}] of the groups of which anything is said."""
    groups = []
    for group, title in TITLES.items():
        counts = dict(shares.get(group, {}))
        whole = counts.pop("of", 0)
        if whole:
            rows = [
                (WORDS.get(code, code), count, round(100 * count / whole)) for code, count in counts.items()
            ]
            ordered = group == "age"
            rows = rows if ordered else sorted(rows, key=lambda row: -row[1])
            groups.append({"title": title, "of": whole, "rows": rows})
    return groups
