"""Words beside names: how people are addressed, whose kin they are, what a name is short for."""

# Dropped wherever they stand, as long as something else is left.
_TITLES = """
    mr mrs ms miss dr prof rev fr sir madam mam maam atty engr hon capt col sgt pol supt sri shri
    shree smt srimati shrimati kumari kum late md babu saheb sahib sahab janab haji hajji hazi
    maulana moulvi maulvi pandit guru baba ji jee devi debi bai ben bhai bhabhi didi dada dadi nana
    nani mashi masi pishi kaka kaki kaku chacha chachi mama mami uncle auntie aunty aunt sister
    brother mother father mata amma anna akka appa begum bibi bewa khatun khatoon aling mang ate
    kuya tita tito lola lolo nanay tatay inay itay manong manang boss don dona nanang tatang kapitan
    lok neak oknha okhna ta yeay ming pu bong srey sr. jr. alias aka called known nickname the of
"""
TITLES = frozenset(_TITLES.split())
# Names that stand with so many people that they tell little.
_COMMON = """
    maria jose juan santos reyes cruz garcia delacruz kumar singh das roy mondal mandal sarkar khan
    ali sheikh mohammad muhammad md lal ram sok chan chea kim heng sim chhay ratana sophea srey rani
    kumari prasad
"""
COMMON = frozenset(_COMMON.split())
GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "jr", "iii": "iii"}

_SHORT = """
    mohammad muhammad mohammed mohamed mohd muhammed mohamad mahomed md
    abdul abd
    sheikh shaikh shekh sk sekh
    maria ma mary marie
    jose joe pepe joey
    juan johnny johny
    francisco kiko paco pancho frank
    roberto bobby bert berto robert
    eduardo eddie edu edong edward
    antonio tony tonyo anton
    cristina tina kristine christine cristy
    teresa tess tessie theresa
    ricardo ric ricky carding
    fernando nanding nando
    manuel manny manoling
    rosario charo
    concepcion connie
    consuelo chelo
    dolores lola dolly
    guadalupe lupe
    jesus jess chuy
    ignacio nacho
    rafael paeng
    lourdes lou
    remedios remy
    corazon cora cory
    catalina cathy
    elizabeth beth liza
    alejandro alex
    lakshmi laxmi lokkhi
    krishna kisna krisno
    vishwanath biswanath
    kumar kr
    chandra ch
"""
SHORT_FOR = {word: line.split()[0] for line in _SHORT.strip().splitlines() for word in line.split()}
