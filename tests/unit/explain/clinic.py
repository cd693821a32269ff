"""A small program of a clinic, so that a test shows only what it asks of it."""

from dhis2cfg.explain.objects import Objects, objects_of
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from tests.unit.validate.states import child, field, formula, text, thing

SVAR, DATO, FODT = (
    Ref("dataElements", "SVAR"),
    Ref("dataElements", "DATO"),
    Ref("trackedEntityAttributes", "FODT"),
)
STAGE, OTHER = Ref("programStages", "P/PROVE"), Ref("programStages", "P/ANNEN")

CLINIC: tuple[DesiredObject, ...] = (
    thing(
        "programs/P",
        line=1,
        uid="prgAAAAAAAA",
        name=text("Program", en="Program"),
        programTrackedEntityAttributes=(child("FODT", 2, mandatory=True),),
        organisationUnits=(Ref("organisationUnits", "OSLO"),),
    ),
    thing(
        "programStages/P/PROVE",
        line=3,
        name="Prøve",
        programStageDataElements=(child("SVAR", 4, dataElement=SVAR, compulsory=True), child("DATO", 5)),
    ),
    thing("programStages/P/ANNEN", line=6, programStageDataElements=(child("DATO", 7),)),
    thing("programStageSections/P/PROVE/TID", line=8, name="Tid", dataElements=(DATO,)),
    thing("dataElements/SVAR", line=9, name="Prøvesvar", valueType="TEXT",
          optionSet=Ref("optionSets", "SVAR")),
    thing("dataElements/DATO", line=10, name="Prøvedato", valueType="DATE"),
    thing("trackedEntityAttributes/FODT", line=11, name="Fødselsdato", valueType="DATE"),
    thing("optionSets/SVAR", line=12, name="Svar"),
    thing("options/SVAR/POS", line=13, name="Positiv", code="POS"),
    thing("options/SVAR/NEG", line=14, name="Negativ", code="NEG"),
    thing("programRuleVariables/P/svar", line=15, dataElement=SVAR),
    thing("programRuleVariables/P/dato", line=16, name="dato da", dataElement=DATO),
    thing("programRuleVariables/P/fodt", line=17, trackedEntityAttribute=FODT),
    thing("programRuleVariables/P/sum", line=18, valueType="NUMBER"),
    thing("programRules/P/SKJUL", line=20, name="Skjul", condition=field("#{svar} != 'POS'", 21, 5, 16)),
    thing("programRuleActions/P/SKJUL/HIDESECTION", line=22, programRuleActionType="HIDESECTION",
          programStageSection=Ref("programStageSections", "P/PROVE/TID")),
    thing("programRuleActions/P/SKJUL/HIDEFIELD", line=23, programRuleActionType="HIDEFIELD",
          dataElement=SVAR),
    thing("programRules/P/FYLL", line=24, name="Fyll", condition="d2:hasValue('fodt')", programStage=STAGE),
    thing("programRuleActions/P/FYLL/ASSIGN", line=25, programRuleActionType="ASSIGN",
          content="#{dato da}", data="V{current_date}"),
    thing("programRuleActions/P/FYLL/SUM", line=26, programRuleActionType="ASSIGN",
          content="#{sum}", data="#{sum} + 1"),
    thing("programRules/P/STENG", line=27, condition="true"),
    thing("programRuleActions/P/STENG/HIDEPROGRAMSTAGE", line=28, programRuleActionType="HIDEPROGRAMSTAGE",
          programStage=OTHER),
    thing("programRuleActions/P/STENG/SHOWWARNING", line=29, programRuleActionType="SHOWWARNING",
          content="Fødselsdato", trackedEntityAttribute=FODT),
    thing("programIndicators/PI", line=30, uid="indAAAAAAAA", name="Positive", program=Ref("programs", "P"),
          expression="V{event_count}",
          filter=formula("#{", STAGE, ".", SVAR, "} == 'POS' && A{", FODT, "} > 5"),
          analyticsPeriodBoundaries=(child("0", 31, boundaryTarget=formula("PS_EVENTDATE:", STAGE)),)),
    thing("programIndicators/FJERN", line=32, filter="#{PROVE.BORTE} == 1", expression=" "),
    thing("predictors/FORUT", line=33, generator=child("generator", 33, expression=formula(
        "forEach ?x in :DEG:", Ref("dataElementGroups", "GRUPPE"), " --> #{?x} + 1"))),
    thing("dataSets/SKJEMA", line=34, dataSetElements=(child("SVAR", 34, dataElement=SVAR),)),
    thing("programNotificationTemplates/MELDING", line=35, messageTemplate=text("Hei V{program_name}")),
    thing("indicators/ANDEL", line=36, numerator=formula("I{", Ref("programIndicators", "PI"), "}"),
          denominator=formula("#{", SVAR, "}")),
)  # fmt: skip
"""One program: a stage with a section, another stage, rules that hide, fill and warn, indicators."""


def clinic(*more: DesiredObject) -> Objects:
    """The objects of the clinic, and others."""
    return objects_of((*CLINIC, *more))
