"""A few courts and the ways between them, for the demonstration. Harmless to repeat."""

from law.models import Court, CourtTier, Jurisdiction, Travel

# (country, kind of court, name, town, state or province, also written)
COURTS = (
    (
        "PH",
        "PH-RTC",
        "Regional Trial Court of Manila (demo)",
        "Manila",
        "PH-00",
        ["Regional Trial Court (demo)"],
    ),
    ("PH", "PH-CA", "Court of Appeals (demo)", "Manila", "PH-00", []),
    ("PH", "PH-FC", "Family Court of Cebu City (demo)", "Cebu City", "PH-CEB", []),
    ("PH", "PH-RTC", "Regional Trial Court of Angeles (demo)", "Angeles", "PH-PAM", []),
    ("BO", "BO-JS", "Criminal court 3 of La Paz (demo)", "La Paz", "BO-L", []),
    ("BO", "BO-JS", "Criminal court 1 of El Alto (demo)", "El Alto", "BO-L", []),
    ("IN", "IN-SESS", "Sessions Court, Kolkata", "Kolkata", "IN-WB", ["City Sessions Court, Kolkata"]),
    ("IN", "IN-SPL-POCSO", "Special Court under POCSO, Barasat", "Barasat", "IN-WB", []),
    ("IN", "IN-SESS", "Sessions Court, Mumbai", "Mumbai", "IN-MH", []),
    ("IN", "IN-SESS", "Sessions Court, Bengaluru", "Bengaluru", "IN-KA", ["Sessions Court, Bangalore"]),
    ("KH", "KH-CFI", "Court of First Instance, Phnom Penh", "Phnom Penh", "KH-12", []),
    ("KH", "KH-CA", "Court of Appeal, Phnom Penh", "Phnom Penh", "KH-12", []),
    ("GH", "GH-CC", "Circuit Court, Accra", "Accra", "GH-AA", []),
    ("GH", "GH-HC", "High Court, Accra", "Accra", "GH-AA", []),
    ("DO", "DO-TC-COL", "Three-judge trial court, Santo Domingo", "Santo Domingo", "DO-01", []),
)
WAYS = (
    ("Regional Trial Court of Manila (demo)", "Court of Appeals (demo)", 25),
    ("Regional Trial Court of Manila (demo)", "Regional Trial Court of Angeles (demo)", 150),
    ("Criminal court 3 of La Paz (demo)", "Criminal court 1 of El Alto (demo)", 50),
    ("Sessions Court, Kolkata", "Special Court under POCSO, Barasat", 75),
    ("Circuit Court, Accra", "High Court, Accra", 20),
)


def make_courts():
    """Courts for the offices of the demonstration; one that somebody has changed stays as it is."""
    there = {}
    for country, tier, name, place, subdivision, also in COURTS:
        jurisdiction = Jurisdiction.objects.get(pk=country)
        kind = CourtTier.objects.of_country(country).filter(code=tier).order_by("-valid_from", "pk").first()
        facts = {"tier": kind, "time_zone": jurisdiction.time_zones[0], "subdivision": subdivision}
        there[name], _new = Court.objects.get_or_create(
            jurisdiction=jurisdiction, name=name, place=place, defaults={**facts, "also_called": also}
        )
    for one, other, minutes in WAYS:
        first, second = sorted((there[one].pk, there[other].pk))
        Travel.objects.get_or_create(one_id=first, other_id=second, defaults={"minutes": minutes})
