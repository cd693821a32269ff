"""One object as people read it."""

import json

from inline_snapshot import snapshot

from dhis2cfg.explain.describe import describe
from dhis2cfg.explain.lookup import find
from dhis2cfg.model.description import Description
from dhis2cfg.report.descriptions import description_document, description_text
from tests.unit.explain.clinic import clinic
from tests.unit.validate.states import thing


def of(key: str) -> Description:
    """What is told of one object of the clinic."""
    option = thing(
        "programRuleActions/P/SKJUL/HIDEOPTION",
        line=40,
        programRuleActionType="HIDEOPTION",
        dataElement=find(clinic(), "dataElements/SVAR")[0].ref,
    )
    broken = thing("programRules/P/FEIL", line=41, condition="#{svar} = 1")
    objects = clinic(option, broken)
    (meant,) = find(objects, key)
    return describe(objects, meant)


def test_an_indicator() -> None:
    """Each text as written and with names, its type, what it refers to, who uses it."""
    assert description_text(of("PI"), 100) == snapshot("""\
program indicator Positive · PI                                    packages/demo/objects.yaml:30:1
  demo · UID indAAAAAAAA
  expression (number)                                              packages/demo/objects.yaml:30:1
    V{event_count}
  filter (boolean)                                                 packages/demo/objects.yaml:30:1
    #{PROVE.SVAR} == 'POS' && A{FODT} > 5
    = #{Prøve.Prøvesvar} == 'POS' && A{Fødselsdato} > 5
      PROVE.SVAR: data element of a stage (text), stage Prøve · P/PROVE, data element Prøvesvar ·
        SVAR
      FODT: tracked entity attribute (date), tracked entity attribute Fødselsdato · FODT
      'POS' is Positiv
  analytics period boundaries.boundary target (date)               packages/demo/objects.yaml:31:1
    PS_EVENTDATE:PROVE
    = PS_EVENTDATE:Prøve
      PROVE: program stage, stage Prøve · P/PROVE
  used by
    indicator ANDEL, numerator                                     packages/demo/objects.yaml:36:1
""")


def test_a_rule() -> None:
    """What it does stands below its condition."""
    assert description_text(of("SKJUL"), 100) == snapshot("""\
rule Skjul · P/SKJUL                                               packages/demo/objects.yaml:20:1
  demo
  condition (boolean)                                              packages/demo/objects.yaml:21:5
    #{svar} != 'POS'
    = #{Prøvesvar} != 'POS'
      svar: program rule variable (text), data element Prøvesvar · SVAR
      'POS' is Positiv
  does
    hides data element Prøvesvar · SVAR                            packages/demo/objects.yaml:23:1
    hides an option of data element Prøvesvar · SVAR               packages/demo/objects.yaml:40:1
    hides section Tid · P/PROVE/TID                                packages/demo/objects.yaml:22:1
  used by nothing in this workspace
""")


def test_a_field_of_a_stage() -> None:
    """First what hides it, then what fills it, then what else is done to it, with lines."""
    assert description_text(of("PROVE/SVAR"), 100) == snapshot("""\
data element Prøvesvar · SVAR                                      packages/demo/objects.yaml:9:1
  demo · TEXT · option set Svar · SVAR · looked at in stage Prøve · P/PROVE
  stands in
    stage Prøve · P/PROVE (compulsory)                             packages/demo/objects.yaml:4:1
  hidden by
    rule Skjul · P/SKJUL                                           packages/demo/objects.yaml:23:1
      when #{Prøvesvar} != 'POS'
  acted on by
    rule Skjul · P/SKJUL hides an option of data element Prøvesvar · SVAR
      packages/demo/objects.yaml:40:1
      when #{Prøvesvar} != 'POS'
  used by
    indicator ANDEL, denominator                                   packages/demo/objects.yaml:36:1
    program indicator Positive · PI, filter                        packages/demo/objects.yaml:30:1
    variable svar · P/svar, data element                           packages/demo/objects.yaml:15:1
    rule FEIL · P/FEIL, condition through svar                     packages/demo/objects.yaml:41:1
    rule Skjul · P/SKJUL, condition through svar                   packages/demo/objects.yaml:21:5
""")
    assert description_text(of("DATO"), 80) == snapshot("""\
data element Prøvedato · DATO
  packages/demo/objects.yaml:10:1
  demo · DATE
  stands in
    stage ANNEN · P/ANNEN
      packages/demo/objects.yaml:7:1
    stage Prøve · P/PROVE
      packages/demo/objects.yaml:5:1
  hidden by
    rule Skjul · P/SKJUL, with section Tid · P/PROVE/TID
      packages/demo/objects.yaml:22:1
      when #{Prøvesvar} != 'POS'
    rule STENG · P/STENG, with stage ANNEN · P/ANNEN
      packages/demo/objects.yaml:28:1
      when true
  filled by
    rule Fyll · P/FYLL, with variable dato da · P/dato
      packages/demo/objects.yaml:25:1
      with #{Prøvedato} = V{current_date}
      when d2:hasValue('Fødselsdato')
  used by
    variable dato da · P/dato, data element
      packages/demo/objects.yaml:16:1
    section Tid · P/PROVE/TID, data elements
      packages/demo/objects.yaml:8:1
    action ASSIGN · P/FYLL/ASSIGN, content through dato
      packages/demo/objects.yaml:25:1
""")


def test_a_rule_without_a_condition() -> None:
    """What such a rule does to a field stands without a line that says when."""
    always = thing("programRules/P/ALLTID", line=41)
    act = thing(
        "programRuleActions/P/ALLTID/HIDEFIELD",
        line=42,
        programRuleActionType="HIDEFIELD",
        trackedEntityAttribute=find(clinic(), "trackedEntityAttributes/FODT")[0].ref,
    )
    objects = clinic(always, act)
    (meant,) = find(objects, "trackedEntityAttributes/FODT")
    told = description_text(describe(objects, meant), 100)
    assert (
        """\
  hidden by
    rule ALLTID · P/ALLTID                                         packages/demo/objects.yaml:42:1
  acted on by
"""
        in told
    )


def test_what_is_wrong_in_a_text() -> None:
    """What DHIS2 would refuse is said below it."""
    assert description_text(of("FEIL"), 100) == snapshot("""\
rule FEIL · P/FEIL                                                 packages/demo/objects.yaml:41:1
  demo
  condition                                                        packages/demo/objects.yaml:41:1
    #{svar} = 1
    = #{Prøvesvar} = 1
      svar: program rule variable (text), data element Prøvesvar · SVAR
      ! = is no operator
  used by nothing in this workspace
""")


def test_the_document() -> None:
    """All of it as JSON, without what steers a terminal."""
    document = json.loads(description_document(of("P/sum")))
    assert document["format"] == 1
    assert document["object"] == {
        "type": "programRuleVariables",
        "path": "P/sum",
        "name": "sum",
        "place": {"file": "packages/demo/objects.yaml", "line": 18, "column": 1, "length": 1},
    }
    assert [each["property"] for each in document["uses"]] == ["content", "data"]
