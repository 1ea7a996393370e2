"""How one name comes to be written in many ways: letter by letter, by rules that others have published.

They are rules of writing and know nothing of the matcher's tables:

bn, hi  ISO 15919 against Hunterian against everyday practice in passports and police papers (Masica, The
        Indo-Aryan Languages, 1991, on the transcriptions; Library of Congress ALA-LC tables for Bengali
        and Hindi): long vowels doubled or not, inherent a written o in Bengali, v/w/b, j/z, ph/f, s/sh,
        ksh/kh/x, ch/chh, aspirates left out, y for i, final a left out
km      UNGEGN 1972 against ALA-LC against Geographic Department 1995 and French practice: ph/p, th/t, kh/k,
        chh/ch/c, ea/ia, ou/u/oo, eo/eou, v/w, r dropped or kept, y/i, final consonants
ph      the reform of spelling of 1987 and 2001 (Komisyon sa Wikang Filipino, Revisyon ng Alfabeto): c/k, f/p,
        v/b, z/s, j/h, ll/ly, qu/k, ñ/ny, ch/ts, doubled letters
es      the confusions that Real Academia Española lists in its Ortografía (2010): b/v, s/z/c, g/j, ll/y,
        h silent, qu/k, x/j, accents
"""

RULES = {
    "bn": [
        ("sh", "s"),
        ("s", "sh"),
        ("ph", "f"),
        ("j", "z"),
        ("jh", "j"),
        ("bh", "v"),
        ("bh", "b"),
        ("sw", "shw"),
        ("wa", "ba"),
        ("i", "ee"),
        ("u", "oo"),
        ("a", "o"),
        ("a", "aa"),
        ("ksh", "kkh"),
        ("ksh", "x"),
        ("ch", "c"),
        ("kh", "k"),
        ("gh", "g"),
        ("au", "ou"),
        ("au", "ow"),
        ("dh", "d"),
        ("ow", "oa"),
        ("i", "y"),
        ("e", "ai"),
    ],
    "hi": [
        ("sh", "s"),
        ("v", "w"),
        ("w", "v"),
        ("v", "b"),
        ("z", "j"),
        ("ph", "f"),
        ("f", "ph"),
        ("i", "ee"),
        ("u", "oo"),
        ("a", "aa"),
        ("chh", "ch"),
        ("ksh", "x"),
        ("x", "ks"),
        ("bh", "b"),
        ("dh", "d"),
        ("th", "t"),
        ("au", "aw"),
        ("au", "o"),
        ("y", "i"),
        ("shr", "sr"),
        ("kr", "kri"),
        ("gy", "gny"),
        ("e", "i"),
        ("kh", "k"),
    ],
    "km": [
        ("ph", "p"),
        ("th", "t"),
        ("kh", "k"),
        ("chh", "ch"),
        ("ch", "c"),
        ("ea", "ia"),
        ("ea", "ear"),
        ("ou", "u"),
        ("ou", "oo"),
        ("o", "or"),
        ("o", "u"),
        ("v", "w"),
        ("y", "i"),
        ("y", "ey"),
        ("eo", "eou"),
        ("oeu", "eu"),
        ("nn", "n"),
        ("s", "ss"),
        ("k", "kh"),
        ("p", "b"),
        ("t", "d"),
        ("ay", "ai"),
        ("ey", "y"),
        ("oe", "eu"),
    ],
    "ph": [
        ("c", "k"),
        ("f", "p"),
        ("v", "b"),
        ("z", "s"),
        ("j", "h"),
        ("ll", "ly"),
        ("qu", "k"),
        ("ch", "ts"),
        ("l", "ll"),
        ("n", "nn"),
        ("y", "i"),
        ("i", "e"),
        ("o", "u"),
        ("ce", "se"),
        ("ci", "si"),
        ("en", "in"),
        ("ie", "ye"),
        ("ua", "wa"),
        ("p", "f"),
        ("b", "v"),
        ("s", "z"),
        ("cr", "kr"),
        ("x", "ks"),
        ("gg", "g"),
    ],
    "es": [
        ("b", "v"),
        ("v", "b"),
        ("z", "s"),
        ("s", "z"),
        ("ce", "se"),
        ("ci", "si"),
        ("ge", "je"),
        ("gi", "ji"),
        ("j", "g"),
        ("ll", "y"),
        ("h", ""),
        ("qu", "k"),
        ("x", "j"),
        ("c", "k"),
        ("n", "ñ"),
        ("io", "yo"),
        ("gu", "g"),
        ("hua", "gua"),
        ("cia", "sia"),
        ("rr", "r"),
        ("r", "rr"),
        ("e", "i"),
        ("i", "y"),
        ("u", "o"),
    ],
}

TITLES = {
    "bn": ["{} Babu", "Md. {}", "Sri {}", "{} Didi", "{} alias Buri", "Mrs {}"],
    "hi": ["{} Devi", "Shri {}", "{} Bhai", "{} ji", "Smt. {}", "{} Lal"],
    "km": ["Lok {}", "Neak {}", "Ta {}", "Ming {}", "Mr. {}"],
    "ph": ["Aling {}", "Mang {}", "Kuya {}", "Ate {}", "Mrs. {}", "{} Jr"],
    "es": ["Don {}", "Doña {}", "Sr. {}", "Sra. {}", "Tía {}"],
}


def respelled(word, culture, luck, times):
    """The word with so many rules applied, each at one place."""
    rules = RULES[culture]
    text = word.lower()
    for _turn in range(times):
        here = [rule for rule in rules if rule[0] in text]
        if not here:
            break
        old, new = luck.choice(here)
        places = [at for at in range(len(text)) if text.startswith(old, at)]
        at = luck.choice(places)
        changed = text[:at] + new + text[at + len(old) :]
        text = changed if len(changed) > 1 else text
    return text.capitalize()
