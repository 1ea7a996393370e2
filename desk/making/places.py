"""Offices as they might be, each with its law, its money and its way of writing. None of them is real."""

from dataclasses import dataclass

from desk.making import names


@dataclass(frozen=True)
class Place:
    """An office, and what its cases take from where it is."""

    key: str
    letters: str
    name: str
    country: str
    zone: str
    offset: str  # near enough for made-up hours: the zone's winter
    currency: str
    language: str
    culture: names.Culture
    region: str
    court: str
    statute: str
    phone: str
    surety: int  # what a usual bail asks for, in the money of the place


def of_country(rows, **common):
    """Several offices of one country."""
    return [Place(key=key, letters=letters, name=name, **common) for key, letters, name in rows]


PHILIPPINES = of_country(
    [("manila", "MNL", "Manila"), ("cebu", "CEB", "Cebu"), ("pampanga", "PAM", "Pampanga"),
     ("made_davao", "DVO", "Davao"), ("made_iloilo", "ILO", "Iloilo"), ("made_baguio", "BAG", "Baguio")],
    country="PH", zone="Asia/Manila", offset="+08", currency="PHP", language="fil", culture=names.FILIPINO,
    region="Asia", court="Regional Trial Court, Branch {}", statute="Republic Act 9208 as amended",
    phone="+63917555{:04d}", surety=120000,
)  # fmt: skip
BENGAL = of_country(
    [("kolkata", "KOL", "Kolkata"), ("made_siliguri", "SIL", "Siliguri"), ("made_asansol", "ASN", "Asansol")],
    country="IN", zone="Asia/Kolkata", offset="+05:30", currency="INR", language="bn", culture=names.BENGALI,
    region="Asia", court="Sessions Court, Room {}", statute="Immoral Traffic (Prevention) Act 1956",
    phone="+91983055{:04d}", surety=25000,
)  # fmt: skip
DHAKA = of_country(
    [("made_dhaka", "DHK", "Dhaka"), ("made_jessore", "JES", "Jessore"),
     ("made_chittagong", "CTG", "Chittagong")],
    country="BD", zone="Asia/Dhaka", offset="+06", currency="BDT", language="bn", culture=names.BENGALI,
    region="Asia", court="Human Trafficking Tribunal {}", statute="Human Trafficking Act 2012",
    phone="+88017115{:05d}", surety=30000,
)  # fmt: skip
INDIA = of_country(
    [("mumbai", "MUM", "Mumbai"), ("delhi", "DEL", "Delhi"), ("bangalore", "BLR", "Bangalore"),
     ("made_chennai", "CHE", "Chennai"), ("made_patna", "PAT", "Patna"), ("made_ranchi", "RNC", "Ranchi"),
     ("made_jaipur", "JAI", "Jaipur"), ("made_lucknow", "LKO", "Lucknow")],
    country="IN", zone="Asia/Kolkata", offset="+05:30", currency="INR", language="hi", culture=names.HINDI,
    region="Asia", court="Sessions Court, Room {}", statute="Bonded Labour System (Abolition) Act 1976",
    phone="+91981055{:04d}", surety=25000,
)  # fmt: skip
NEPAL = of_country(
    [("made_kathmandu", "KTM", "Kathmandu"), ("made_pokhara", "PKR", "Pokhara"),
     ("made_biratnagar", "BIR", "Biratnagar")],
    country="NP", zone="Asia/Kathmandu", offset="+05:45", currency="NPR", language="hi",
    culture=names.HINDI, region="Asia", court="District Court, Bench {}",
    statute="Human Trafficking and Transportation Act 2064", phone="+97798410{:05d}", surety=50000,
)  # fmt: skip
CAMBODIA = of_country(
    [("cambodia", "PNH", "Cambodia"), ("made_siem_reap", "REP", "Siem Reap"),
     ("made_poipet", "POI", "Poipet")],
    country="KH", zone="Asia/Phnom_Penh", offset="+07", currency="KHR", language="km",
    culture=names.KHMER, region="Asia", court="Court of First Instance, Room {}",
    statute="Law on Suppression of Human Trafficking 2008", phone="+85512555{:03d}", surety=4000000,
)  # fmt: skip
THAILAND = of_country(
    [("made_chiang_mai", "CNX", "Chiang Mai"), ("made_bangkok", "BKK", "Bangkok"),
     ("made_mae_sot", "MAE", "Mae Sot"), ("made_ranong", "RNG", "Ranong")],
    country="TH", zone="Asia/Bangkok", offset="+07", currency="THB", language="th", culture=names.THAI,
    region="Asia", court="Criminal Court, Room {}", statute="Anti-Trafficking in Persons Act B.E. 2551",
    phone="+6681555{:04d}", surety=100000,
)  # fmt: skip
GHANA = of_country(
    [("ghana", "ACC", "Ghana"), ("made_kumasi", "KUM", "Kumasi"), ("made_ho", "HOE", "Ho"),
     ("made_yeji", "YEJ", "Yeji")],
    country="GH", zone="Africa/Accra", offset="+00", currency="GHS", language="en",
    culture=names.GHANAIAN, region="Africa", court="Circuit Court {}",
    statute="Human Trafficking Act 2005 (Act 694)", phone="+23324455{:04d}", surety=5000,
)  # fmt: skip
BOLIVIA = of_country(
    [("bolivia", "LPB", "Bolivia"), ("made_santa_cruz", "SRZ", "Santa Cruz"),
     ("made_cochabamba", "CBB", "Cochabamba")],
    country="BO", zone="America/La_Paz", offset="-04", currency="BOB", language="es",
    culture=names.SPANISH, region="America", court="Tribunal de Sentencia {}",
    statute="Ley 263 integral contra la trata", phone="+5917155{:04d}", surety=20000,
)  # fmt: skip
CARIBBEAN = of_country(
    [("dominican_republic", "SDQ", "Dominican Republic"), ("made_boca_chica", "BCH", "Boca Chica"),
     ("made_santiago", "STI", "Santiago")],
    country="DO", zone="America/Santo_Domingo", offset="-04", currency="DOP", language="es",
    culture=names.SPANISH, region="America", court="Tribunal Colegiado {}", statute="Ley 137-03",
    phone="+1809555{:04d}", surety=200000,
)  # fmt: skip


def in_turn(*countries):
    """Now one of each, so that the largest offices are not all of one country."""
    longest = max(map(len, countries))
    return [rows[at] for at in range(longest) for rows in countries if at < len(rows)]


# The largest office first: sizes fall by Zipf's law.
PLACES = in_turn(
    PHILIPPINES, BENGAL, CAMBODIA, INDIA, BOLIVIA, THAILAND, GHANA, DHAKA, CARIBBEAN, NEPAL
)  # fmt: skip
