"""One release of a package as changes, and what a municipality has of its own."""

from dhis2cfg.model.plan import Mark, Reason, Risk, Touched
from tests.unit.report.building import (
    BY_HAND,
    a_change,
    a_local,
    a_member,
    a_place,
    a_plan,
    a_refusal,
    a_step,
)

SET, PROGRAM = "Prøvesvar", "Indeksregistrering og oppfølging"
STAGE = (PROGRAM, "Bakgrunnsundersøkelse")
CODE = a_change(
    "options",
    "NO_PROVESVAR/POSITIV",
    "code",
    title="Positiv",
    within=(SET,),
    before="POS",
    after="POSITIV",
    risk=Risk.BREAKING,
    touched=Touched(count=412, what="events"),
    place=a_place("packages/covid-no/option-sets/prove.yaml", 6),
)
COMPULSORY = a_change(
    "programStages",
    "NO_C19_INDEKS/NO_IX_BAKGRUNN",
    "programStageDataElements[NO_EKSPONERING].compulsory",
    label="Eksponeringssted: compulsory",
    title=STAGE[1],
    within=(PROGRAM,),
    before=False,
    after=True,
    marks=(Mark.DEVICES,),
    place=a_place("packages/covid-no/stages/bakgrunn.yaml", 14),
)
FIELD = a_member(
    "programStages",
    "NO_C19_INDEKS/NO_IX_BAKGRUNN",
    "programStageDataElements[NO_ARSAK]",
    "Årsak til utenlandsopphold",
    title=STAGE[1],
    within=(PROGRAM,),
)
RULE = a_change(
    "programRules",
    "NO_C19_INDEKS/NO_R_ARSAK",
    title="Skjul årsak til utenlandsopphold",
    within=(PROGRAM,),
    after={"condition": "#{smittested} != 'LAND'"},
    place=a_place("packages/covid-no/rules.yaml", 88),
)
ACTION = a_change(
    "programRuleActions",
    "NO_C19_INDEKS/NO_R_ARSAK/HIDEFIELD_NO_ARSAK",
    title="HIDEFIELD_NO_ARSAK",
    within=(PROGRAM, "Skjul årsak til utenlandsopphold"),
    after={"programRuleActionType": "HIDEFIELD", "dataElement": "NO_ARSAK"},
    inside=True,
)
ALONG = "along the way: version of program NO_C19_INDEKS +1, phones download it again"
RELEASE = a_plan(
    CODE,
    COMPULSORY,
    FIELD,
    RULE,
    ACTION,
    refusals=(a_refusal("breaking", following="--allow breaking"),),
    notes=(ALONG,),
    steps=(
        a_step(1),
        a_step(2, "E4047: a rule acts on an element that its stage gains (facts §17.2)", tried=False),
    ),
)
DRIFT = a_change(
    "dataElements",
    "PATCOURSE_DATEONSET",
    "formName",
    title="Dato for symptomstart",
    reason=Reason.DRIFT,
    before="Debut",
    after="Dato for symptomstart",
    author=BY_HAND,
)
DESCRIPTION = a_change(
    "programs",
    "NO_C19_NARKONTAKT",
    "description",
    title="Nærkontaktregistrering og oppfølging",
    reason=Reason.CONFLICT,
    base="Oppfølging i 10 dager",
    before="Oppfølging i 14 dager (vedtak 3/11)",
    after="Oppfølging i 7 dager",
    author=BY_HAND,
)
OWN = (
    a_local("optionSets", "NO_EKSP", "options[id:a]", "Marka", object_title="Eksponeringssted", value=True),
    a_local("optionSets", "NO_EKSP", "options[id:b]", "Nordmarka", object_title="Eksponeringssted"),
    a_local("programs", "NO_C19_INDEKS", "organisationUnits[id:c]", "Bjerke"),
    a_local("dataElements", "NO_X", "translations[NAME,nn]", "name (nn)", value="Prøve", object_title="X"),
    a_local("userRoles", "NO_R", "sharing.userGroups[id:d]", "access of Lokale", value="r-------"),
    a_local("userRoles", "NO_R", "sharing.public", "public access", value="r-------"),
    a_local("dataElements", "NO_EGEN", "", "Eget felt", object_title="Eget felt"),
)
