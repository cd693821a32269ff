"""Rule actions that act on nothing."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import is_empty, text_of, value_of

PAGE = Page(
    rule="action-target",
    what="A rule action does not say what it acts on.",
    why=(
        "DHIS2 refuses it with E4035 to E4050. Hiding a field or making it mandatory needs a data "
        "element or a tracked entity attribute, hiding an option one of these and the option, hiding "
        "a section the section, a message its template; an assignment needs a field, or the variable "
        "`#{name}` in `content`."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: HIDEFIELD}
""",
    right="""
programRuleActions:
  - {programRuleActionType: HIDEFIELD, dataElement: NO_FEBER}
""",
)
_FIELD = ("dataElement", "trackedEntityAttribute")
WANTED: dict[str, tuple[tuple[str, ...], ...]] = {
    "ASSIGN": ((*_FIELD, "content"),),
    "CREATEEVENT": (_FIELD,),
    "HIDEFIELD": (_FIELD,),
    "HIDEOPTION": (_FIELD, ("option",)),
    "HIDEOPTIONGROUP": (_FIELD, ("optionGroup",)),
    "HIDEPROGRAMSTAGE": (("programStage",),),
    "HIDESECTION": (("programStageSection",),),
    "SCHEDULEEVENT": (("programStage",),),
    "SCHEDULEMESSAGE": (("templateUid",),),
    "SENDMESSAGE": (("templateUid",),),
    "SETMANDATORYFIELD": (_FIELD,),
    "SHOWOPTIONGROUP": (_FIELD, ("optionGroup",)),
}


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each thing that an action of its type needs and does not name."""
    for action in context.of("programRuleActions"):
        kind = text_of(action.fields, "programRuleActionType") or ""
        for names in WANTED.get(kind, ()):
            unread = any(name in action.unread for name in names)
            if not unread and all(is_empty(value_of(action.fields, name)) for name in names):
                wanted = " or ".join(names)
                yield PAGE.finding(
                    f"{kind} in rule {action.ref.parent_path} does not say what it acts on",
                    action.place,
                    label=f"{wanted} is missing",
                    following=f"write {names[0]}: …",
                )
