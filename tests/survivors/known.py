"""Who one survivor is by law, in the tests of identities."""

FACTS = {
    "own_name": "មារី សាន់តូស",
    "latin_name": "María-José dela Cruz",
    "known_as": "Jojo\nMJ",
    "phones": "0917 555 0142",
    "address": "14 Mango Lane, Bogo",
    "safe_contact": "Only before noon; say you are from the school",
    "family_contact": "Aunt Ligaya, 0998 555 0177",
    "numbers": [{"kind": "passport", "number": "P-8842 201 A"}],
}
BORN = "2011-04-02"
VALUES = [
    "María",
    "dela Cruz",
    "Jojo",
    "0917",
    "Mango Lane",
    "before noon",
    "Ligaya",
    "8842",
    "2011-04-02",
    "សាន់តូស",
]
