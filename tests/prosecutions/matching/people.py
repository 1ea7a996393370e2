"""Names of invented people in five ways of writing; given and family names as they are common in each place.

Each is (in the script of the place or "", in Latin letters by the usual standard there): Bengali and
Devanagari by the Hunterian system, Khmer by UNGEGN 1972 as in passports, Filipino and Spanish as they are.
"""

BENGALI = (
    "রেখা Rekha|শান্তা Shanta|মিনতি Minati|জাকির Jakir|ফাতেমা Phatema|বিশ্বজিৎ Bishwajit|সুজাতা Sujata|"
    "ভারতী Bharati|শুভঙ্কর Shubhankar|রফিক Raphik|নাজমা Najma|অর্চনা Archana|গৌরী Gauri|কমলা Kamala|"
    "পার্বতী Parbati|তপন Tapan|সঞ্জয় Sanjay|দীপক Dipak|লক্ষ্মী Lakshmi|চন্দনা Chandana|ঝর্ণা Jharna|"
    "খোকন Khokan|শেফালী Shephali|হাসিনা Hasina|নূরজাহান Nurjahan|বাবলু Bablu|প্রদীপ Pradip|স্বপ্না Swapna|"
    "মৌসুমী Mausumi|আনোয়ার Anowar",
    "মণ্ডল Mandal|দাস Das|বিশ্বাস Bishwas|সরকার Sarkar|ঘোষ Ghosh|সাহা Saha|হালদার Haldar|মজুমদার Majumdar|"
    "চৌধুরী Chaudhuri|ভট্টাচার্য Bhattacharya|হোসেন Hosen|শিকদার Shikdar|মোল্লা Molla|গাজী Gaji|পাল Pal|"
    "নস্কর Naskar|সরদার Sardar|মুখার্জী Mukharji|বেপারী Bepari|প্রামাণিক Pramanik",
)
DEVANAGARI = (
    "सीता Sita|गीता Gita|रमेश Ramesh|सुरेश Suresh|मुकेश Mukesh|राजेश Rajesh|पुष्पा Pushpa|विमला Vimala|"
    "ज़ाकिर Zakir|शबनम Shabnam|फूलवती Phulwati|भगवान Bhagwan|छोटेलाल Chhotelal|कृष्ण Krishna|लक्ष्मण Lakshman|"
    "वीरेंद्र Virendra|ज्योति Jyoti|शकुंतला Shakuntala|अनीता Anita|सुनीता Sunita|दिनेश Dinesh|महेंद्र Mahendra|"
    "उर्मिला Urmila|चंपा Champa|बबीता Babita|ओमप्रकाश Omprakash|शिवनारायण Shivnarayan|धर्मेंद्र Dharmendra|"
    "यशोदा Yashoda|फ़िरोज़ Firoz",
    "यादव Yadav|शर्मा Sharma|वर्मा Verma|मिश्रा Mishra|चौहान Chauhan|ठाकुर Thakur|पासवान Paswan|मांझी Manjhi|"
    "गुप्ता Gupta|सक्सेना Saxena|तिवारी Tiwari|राठौर Rathore|सोलंकी Solanki|भील Bhil|जाटव Jatav|कुशवाहा Kushwaha|"
    "विश्वकर्मा Vishwakarma|हुसैन Husain|अंसारी Ansari|श्रीवास्तव Shrivastav",
)
KHMER = (
    "សុភា Sophea|ចន្ធី Chanthy|សុខា Sokha|បុប្ផា Bopha|ដារា Dara|វណ្ណា Vanna|ស្រីមុំ Sreymom|សំណាង Samnang|"
    "វិសាល Visal|រតនា Ratana|ចាន់ថា Chantha|ពិសិដ្ឋ Piseth|មករា Makara|សុភាព Sopheap|វាសនា Veasna|កល្យាណ Kalyan|"
    "ធារិទ្ធ Thearith|សុវណ្ណ Sovann|សារ៉ាត់ Sarath|ម៉ាលី Maly|នារី Neary|ភារម្យ Phearum|វុទ្ធី Vuthy|សុជាតិ Socheat|"
    "រស្មី Reaksmey|ចរិយា Chakriya|គឹមលី Kimly|សុផល Sophal|លក្ខិណា Leakhena|ប៊ុនធឿន Bunthoeun",
    "សុខ Sok|ចាន់ Chan|ជា Chea|គឹម Kim|ហេង Heng|លី Ly|ម៉ៅ Mao|អ៊ុក Ouk|ប៉ែន Pen|ផៃ Phay|រស់ Ros|សាយ Say|តេប Tep|"
    "អ៊ុំ Um|វ៉ាន់ Van|យឹម Yim|ណុប Nop|ឈឹម Chhim|កែវ Keo|ហុង Hong",
)
FILIPINO = (
    " Rosario| Corazon| Maricel| Jonalyn| Rodrigo| Ferdinand|"
    " Crisanto| Josefina| Lourdes| Remedios| Florencio|"
    " Jennifer| Michelle| Gilbert| Zenaida| Felicidad| Bienvenido| Danilo| Virgilio| Evangeline| Marivic|"
    " Rowena| Cesar| Nicanor| Isagani| Consolacion| Vicente| Jocelyn| Charito| Reynaldo",
    " Dimaculangan| Villanueva| Bautista| Macaraeg| Pangilinan| Magsaysay| Quiambao| Catacutan| Salonga|"
    " Lacson| Zamora| Velasco| Cabrera| Evangelista| Fajardo| Buenaventura| Tolentino| Manalastas| Sumulong|"
    " Capistrano",
)
SPANISH = (
    " Guadalupe| Ximena| Yolanda| Joaquin| Gonzalo| Esteban| Rodolfo| Beatriz| Cecilia| Hortensia| Felipe|"
    " Javier| Veronica| Benjamin| Graciela| Humberto| Leonardo| Magdalena| Patricio| Zoraida| Jacinto|"
    " Angelica| Bernarda| Casimiro| Domingo| Eusebio| Florentina| Gregorio| Ignacia| Venancio",
    " Gonzalez| Rodriguez| Velasquez| Hernandez| Quispe| Mamani| Choque| Gutierrez| Jimenez| Vargas|"
    " Cespedes| Zuniga| Bolivar| Caballero| Figueroa| Huanca| Espinoza| Benitez| Chavez| Villalobos",
)


def listed(text):
    """[(native, latin)]"""
    return [tuple(entry.rsplit(" ", 1)) for entry in text.split("|")]


CULTURES = {
    name: (listed(given), listed(family))
    for name, (given, family) in {
        "bn": BENGALI,
        "hi": DEVANAGARI,
        "km": KHMER,
        "ph": FILIPINO,
        "es": SPANISH,
    }.items()
}
