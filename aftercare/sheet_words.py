"""The fixed words of the sheet that a person keeps of her plan, in the languages of the offices.

Plain, short, and nothing of what it is about. Who has read them: docs/sheet.md.
"""

from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext_noop

from aftercare.states import PlanArea


@dataclass(frozen=True)
class SheetWords:
    """What the sheet says in one language; `locale` is Babel's, for the names of the months."""

    name: str
    locale: str
    title: str
    wishes: str
    goals: str
    until: str
    meet: str
    call: str
    change: str

    def day(self, value):
        """A date as far as it is known, with the month in words."""
        if not value:
            return ""
        form = {4: "y", 7: "MMMM y"}.get(len(value.rstrip("~?%")), "long")
        return format_date(value.last, form, locale=self.locale)


WORDS = {
    "en": SheetWords(
        "English", "en", "My plan", "What I wish for", "What I want to reach", "until {}",
        "We meet again: {}", "If I need help, I call: {}", "I may change this plan at any time.",
    ),
    "es": SheetWords(
        "Español", "es", "Mi plan", "Lo que deseo", "Lo que quiero lograr", "hasta {}",
        "Nos vemos de nuevo: {}", "Si necesito ayuda, llamo al: {}",
        "Puedo cambiar este plan cuando quiera.",
    ),
    "hi": SheetWords(
        "हिन्दी", "hi", "मेरी योजना", "मेरी इच्छाएँ", "मेरे लक्ष्य", "{} तक", "अगली मुलाकात: {}",
        "मदद के लिए फ़ोन: {}", "यह योजना कभी भी बदली जा सकती है।",
    ),
    "bn": SheetWords(
        "বাংলা", "bn", "আমার পরিকল্পনা", "আমার ইচ্ছা", "আমার লক্ষ্য", "{} পর্যন্ত", "আবার দেখা হবে: {}",
        "সাহায্যের জন্য ফোন: {}", "আমি যে কোনো সময় এই পরিকল্পনা বদলাতে পারি।",
    ),
    "tl": SheetWords(
        "Tagalog", "fil", "Ang aking plano", "Ang aking mga hangarin", "Ang gusto kong maabot",
        "hanggang {}", "Magkikita tayong muli: {}", "Kung kailangan ko ng tulong, tatawag ako sa: {}",
        "Puwede kong baguhin ang planong ito anumang oras.",
    ),
    "km": SheetWords(
        "ខ្មែរ", "km", "ផែនការរបស់ខ្ញុំ", "អ្វីដែលខ្ញុំប្រាថ្នា", "គោលដៅរបស់ខ្ញុំ", "រហូតដល់ {}",
        "យើងជួបគ្នាម្តងទៀត៖ {}", "បើខ្ញុំត្រូវការជំនួយ ខ្ញុំទូរស័ព្ទទៅ៖ {}",
        "ខ្ញុំអាចផ្លាស់ប្តូរផែនការនេះបានគ្រប់ពេល។",
    ),
    "th": SheetWords(
        "ไทย", "th", "แผนของฉัน", "สิ่งที่ฉันปรารถนา", "เป้าหมายของฉัน", "ภายใน {}", "พบกันอีกครั้ง: {}",
        "ถ้าต้องการความช่วยเหลือ โทร: {}", "ฉันเปลี่ยนแผนนี้ได้ทุกเมื่อ",
    ),
    "tw": SheetWords(
        "Twi", "ak", "Me nhyehyɛe", "Nea mepɛ", "Nea mepɛ sɛ midu ho", "kosi {}", "Yebehyia bio: {}",
        "Sɛ mehia mmoa a, mɛfrɛ: {}", "Metumi asesa nhyehyɛe yi bere biara.",
    ),
}  # fmt: skip
# For any other language: the worker writes all of it, and nothing fixed stands between her words.
OTHER = "other"
NO_WORDS = SheetWords(
    gettext_noop("Another language: only your words"), "en", "", "", "", "{}", "{}", "{}", ""
)

# How a language may stand in the record, beside its code.
KNOWN_AS = {
    "english": "en", "spanish": "es", "español": "es", "castellano": "es", "hindi": "hi", "bengali": "bn",
    "bangla": "bn", "tagalog": "tl", "filipino": "tl", "fil": "tl", "khmer": "km", "thai": "th", "twi": "tw",
    "akan": "tw", "ak": "tw",
}  # fmt: skip

# Goals of these areas tell what the paper is about: the worker puts them on it knowingly or not at all.
TELLING = {
    PlanArea.SAFETY, PlanArea.SECURITY, PlanArea.LEGAL, PlanArea.LEGAL_PROTECTION,
    PlanArea.MENTAL_WELLBEING, PlanArea.PSYCHOSOCIAL, PlanArea.LABOUR_EXPLOITATION_REHABILITATION,
    PlanArea.SEXUAL_EXPLOITATION_REHABILITATION, PlanArea.RIGHTS_BASED_TRAINING,
}  # fmt: skip


def language_of(text):
    """The language of the sheet for a person whose record says this; English when it says nothing."""
    word = text.strip().lower()
    if not word:
        return "en"
    code = KNOWN_AS.get(word, word.split("-")[0])
    return code if code in WORDS else OTHER


def words_in(language):
    """The fixed words of a language."""
    return WORDS.get(language, NO_WORDS)
