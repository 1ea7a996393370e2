"""Names of invented people as they are common where the offices are, in their own and in Latin letters.

Each entry is the name in Latin letters, after the same in the script of the place where that is another one.
A common name stands before a rare one: they are drawn so, because in life a few names are everybody's.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """[(own script or the same as in Latin letters, Latin letters)] of given names and family names."""

    girls: tuple[tuple[str, str], ...]
    boys: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]
    families_each: int = 1


def listed(text: str) -> tuple[tuple[str, str], ...]:
    """One entry for each bar."""
    return tuple((entry.split()[0], entry.split()[-1]) for entry in text.split("|"))


def culture(girls: str, boys: str, families: str, families_each: int = 1) -> Culture:
    return Culture(listed(girls), listed(boys), listed(families), families_each)


FILIPINO = culture(
    "Maria|Rosario|Jennifer|Maricel|Jonalyn|Angelica|Lourdes|Rowena|Josefina|Michelle|Corazon|Jocelyn|"
    "Remedios|Evangeline|Marivic|Charito|Luningning|Dalisay|Analyn|Rosalinda|Cristina|Melody|"
    "Princess|Jasmine",
    "Jose|Juan|Rodrigo|Ferdinand|Danilo|Reynaldo|Gilbert|Crisanto|Florencio|Virgilio|Nicanor|Isagani|"
    "Vicente|Cesar|Bienvenido|Rommel|Dindo|Arnel|Jomar|Rogelio",
    "Cruz|Santos|Reyes|Bautista|Villanueva|Dimaculangan|Macaraeg|Pangilinan|Magsaysay|Quiambao|"
    "Catacutan|"
    "Salonga|Lacson|Zamora|Velasco|Cabrera|Evangelista|Fajardo|Buenaventura|Tolentino|Manalastas|"
    "Sumulong|"
    "Capistrano|Abad|Aquino|Balagtas|Dimaano|Gatdula|Katigbak|Lumibao|Manansala|Panganiban|Punzalan|"
    "Tagle",
    families_each=2,
)
SPANISH = culture(
    "Maria|Guadalupe|Ximena|Yolanda|Beatriz|Cecilia|Hortensia|Veronica|Graciela|Magdalena|Zoraida|"
    "Angelica|"
    "Bernarda|Florentina|Ignacia|Nélida|Marisol|Rocío|Wara|Nayra|Altagracia|Milagros|Inés|Soledad",
    "Juan|Joaquín|Gonzalo|Esteban|Rodolfo|Felipe|Javier|Benjamín|Humberto|Leonardo|Patricio|Jacinto|"
    "Casimiro|Domingo|Eusebio|Gregorio|Venancio|Wilson|Amaru|Tomás",
    "Quispe|Mamani|González|Rodríguez|Choque|Vargas|Hernández|Gutiérrez|Jiménez|Condori|Huanca|"
    "Velásquez|"
    "Cespedes|Zúñiga|Bolívar|Caballero|Figueroa|Espinoza|Benítez|Chávez|Villalobos|Ticona|Apaza|"
    "Peñaloza|"
    "Encarnación|Marte|Santana|Núñez|Alcántara|Peralta|Cuevas|Montero|Ogando|Polanco",
    families_each=2,
)
BENGALI = culture(
    "রেখা Rekha|শান্তা Shanta|মিনতি Minati|ফাতেমা Phatema|সুজাতা Sujata|ভারতী Bharati|নাজমা Najma|"
    "অর্চনা Archana|"
    "গৌরী Gauri|কমলা Kamala|পার্বতী Parbati|লক্ষ্মী Lakshmi|চন্দনা Chandana|ঝর্ণা Jharna|"
    "শেফালী Shephali|হাসিনা Hasina|"
    "নূরজাহান Nurjahan|স্বপ্না Swapna|মৌসুমী Mausumi|পূর্ণিমা Purnima|রুবিনা Rubina|তানিয়া Taniya",
    "জাকির Jakir|বিশ্বজিৎ Bishwajit|শুভঙ্কর Shubhankar|রফিক Raphik|তপন Tapan|সঞ্জয় Sanjay|"
    "দীপক Dipak|খোকন Khokan|"
    "বাবলু Bablu|প্রদীপ Pradip|আনোয়ার Anowar|সুব্রত Subrata|কার্তিক Kartik|মানিক Manik|রতন Ratan|"
    "আলম Alam",
    "মণ্ডল Mandal|দাস Das|বিশ্বাস Bishwas|সরকার Sarkar|ঘোষ Ghosh|সাহা Saha|হালদার Haldar|"
    "মজুমদার Majumdar|চৌধুরী Chaudhuri|"
    "ভট্টাচার্য Bhattacharya|হোসেন Hosen|শিকদার Shikdar|মোল্লা Molla|গাজী Gaji|পাল Pal|নস্কর Naskar|"
    "সরদার Sardar|"
    "মুখার্জী Mukharji|বেপারী Bepari|প্রামাণিক Pramanik|খাতুন Khatun|বিবি Bibi|শেখ Shekh|রায় Ray|"
    "মিস্ত্রী Mistri",
)
HINDI = culture(
    "सीता Sita|गीता Gita|पुष्पा Pushpa|विमला Vimala|शबनम Shabnam|फूलवती Phulwati|ज्योति Jyoti|"
    "शकुंतला Shakuntala|"
    "अनीता Anita|सुनीता Sunita|उर्मिला Urmila|चंपा Champa|बबीता Babita|यशोदा Yashoda|मंजू Manju|"
    "रानी Rani|"
    "कविता Kavita|लाली Lali|गुड़िया Gudiya|नेहा Neha|मीना Meena|आशा Asha",
    "रमेश Ramesh|सुरेश Suresh|मुकेश Mukesh|राजेश Rajesh|ज़ाकिर Zakir|भगवान Bhagwan|"
    "छोटेलाल Chhotelal|कृष्ण Krishna|"
    "लक्ष्मण Lakshman|वीरेंद्र Virendra|दिनेश Dinesh|महेंद्र Mahendra|ओमप्रकाश Omprakash|"
    "शिवनारायण Shivnarayan|"
    "धर्मेंद्र Dharmendra|फ़िरोज़ Firoz|मोहन Mohan|गोपाल Gopal",
    "यादव Yadav|शर्मा Sharma|वर्मा Verma|मांझी Manjhi|पासवान Paswan|चौहान Chauhan|ठाकुर Thakur|"
    "मिश्रा Mishra|गुप्ता Gupta|"
    "सक्सेना Saxena|तिवारी Tiwari|राठौर Rathore|सोलंकी Solanki|भील Bhil|जाटव Jatav|कुशवाहा Kushwaha|"
    "विश्वकर्मा Vishwakarma|"
    "हुसैन Husain|अंसारी Ansari|श्रीवास्तव Shrivastav|मुंडा Munda|ओरांव Oraon|साहू Sahu|"
    "तामांग Tamang|नेपाली Nepali",
)
KHMER = culture(
    "សុភា Sophea|ចន្ធី Chanthy|បុប្ផា Bopha|ស្រីមុំ Sreymom|រតនា Ratana|ចាន់ថា Chantha|"
    "សុភាព Sopheap|កល្យាណ Kalyan|"
    "ម៉ាលី Maly|នារី Neary|ភារម្យ Phearum|រស្មី Reaksmey|ចរិយា Chakriya|គឹមលី Kimly|"
    "លក្ខិណា Leakhena|ស្រីពៅ Sreypov|"
    "សុខា Sokha|វាសនា Veasna|ធីតា Thida|សុជាតា Socheata",
    "ដារា Dara|វណ្ណា Vanna|សំណាង Samnang|វិសាល Visal|ពិសិដ្ឋ Piseth|មករា Makara|ធារិទ្ធ Thearith|"
    "សុវណ្ណ Sovann|សារ៉ាត់ Sarath|"
    "វុទ្ធី Vuthy|សុជាតិ Socheat|សុផល Sophal|ប៊ុនធឿន Bunthoeun|សុភ័ក្រ Sopheak|រិទ្ធី Rithy",
    "សុខ Sok|ចាន់ Chan|ជា Chea|គឹម Kim|ហេង Heng|លី Ly|ម៉ៅ Mao|អ៊ុក Ouk|ប៉ែន Pen|ផៃ Phay|រស់ Ros|"
    "សាយ Say|តេប Tep|អ៊ុំ Um|"
    "វ៉ាន់ Van|យឹម Yim|ណុប Nop|ឈឹម Chhim|កែវ Keo|ហុង Hong|សេង Seng|ទូច Touch|នួន Nuon|ឡុង Long",
)
THAI = culture(
    "สมหญิง Somying|มาลี Malee|สุดา Suda|พรทิพย์ Porntip|วันเพ็ญ Wanpen|นารี Naree|ดวงใจ Duangjai|"
    "กัญญา Kanya|"
    "อรุณี Arunee|จันทร์ Chan|บุญมี Boonmee|ศิริพร Siriporn|นิภา Nipa|ประภา Prapa|มะลิ Mali|"
    "รัตนา Rattana|"
    "น้ำฝน Namfon|ดาว Dao",
    "สมชาย Somchai|สมศักดิ์ Somsak|ประยุทธ Prayut|วิชัย Wichai|สุรชัย Surachai|อนันต์ Anan|"
    "บุญเลิศ Boonlert|"
    "ชัยวัฒน์ Chaiwat|ธนา Thana|มานะ Mana|สุเทพ Suthep|เอกชัย Ekachai|นพดล Noppadon|กิตติ Kitti",
    "ใจดี Jaidee|แสงทอง Saengthong|บุญมา Boonma|ศรีสุข Srisuk|ทองดี Thongdee|วงศ์ษา Wongsa|"
    "สุขใจ Sukjai|มีสุข Meesuk|"
    "พรหมมา Phromma|จันทร์แก้ว Chankaew|คำแสน Khamsaen|ปัญญา Panya|อินทร์แก้ว Inkaew|ไชยวงศ์ Chaiwong|"
    "ลาหู่ Lahu|แซ่ลี Saelee|แซ่ว่าง Saewang|มูลเมือง Munmueang|ก้อนคำ Konkham|เรือนแก้ว Ruenkaew",
)
GHANAIAN = culture(
    "Akosua|Ama|Abena|Efua|Yaa|Adwoa|Afia|Esi|Akua|Araba|Mawusi|Dzifa|Enyonam|Sena|Comfort|Mercy|"
    "Grace|Patience",
    "Kwame|Kofi|Yaw|Kwesi|Kojo|Kwabena|Kwaku|Ekow|Mawuli|Selorm|Edem|Senyo|Emmanuel|Samuel|Isaac|Ebenezer",
    "Mensah|Owusu|Asante|Boateng|Osei|Appiah|Agyeman|Amoah|Ansah|Tetteh|Quaye|Lartey|Dogbe|Agbeko|"
    "Amegashie|"
    "Gbedemah|Kpodo|Ahiable|Adjei|Bonsu|Frimpong|Gyasi|Nkrumah|Opoku|Sarpong",
)
