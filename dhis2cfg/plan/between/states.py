"""Two desired states compared without a server: a plan where everything stands as the first one asks.

Base and live are the first state, desired is the second: merge table, risks, marks and words are those of
every plan. What the second state leaves out is told here, for without a server nobody can say who uses it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid, Username
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Kind, Reason, Risk
from dhis2cfg.model.questions import Account, Answers, ServerFacts
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import DesiredObject, State
from dhis2cfg.plan.between.beside import settings_between
from dhis2cfg.plan.between.tags import noted, plain, tags_between
from dhis2cfg.plan.dropping.dropped import is_orphaned
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.matching.combinations import combination_uids, wanted_combinations
from dhis2cfg.plan.matching.matcher import own_uid
from dhis2cfg.plan.matching.references import references
from dhis2cfg.plan.recording import as_json
from dhis2cfg.plan.survey import Survey, survey
from dhis2cfg.plan.telling.changes import changes_of, names_in
from dhis2cfg.plan.telling.naming import Names, ancestors, names_of
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Binding, Body, bind
from dhis2cfg.wire.flatten import flatten
from dhis2cfg.wire.judging import Judge
from dhis2cfg.wire.secrets import parts_of

NOWHERE = Place(file="")
"""The place of what is only referred to and stands in no file of the state."""
STAYS = "leaves the package, and stays on servers until it is pruned"
GOES = "leaves the package, and goes from servers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two states and what was made of them: every object's UID before and now, and the survey of both."""

    before: State
    after: State
    old_uids: Mapping[Ref, Uid]
    known: Survey
    names: Names


def between(
    before: State,
    after: State,
    catalogue: Catalogue,
    *,
    locale: str = "",
    elsewhere: Mapping[Ref, DesiredObject] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """What the second state changes; names in `locale`, else in each package's own language.

    `elsewhere` is what the states may refer to and do not hold: objects of packages that are required.
    """
    sides = _sides(_closed(plain(before), elsewhere), _closed(plain(after), elsewhere), catalogue, locale)
    told = [noted(each, after) for each in changes_of(sides.known, sides.names, {}) if _is_told(each)]
    gone = list(_dropped(sides))
    parts = {paths.member(row, each.path) for each in gone for row in _lists(each.type)}
    told = [each for each in told if not (each.kind is Kind.DELETE and each.field in parts)]
    made = {each.identity for each in told}
    titles = {ref: sides.names.title_of(each) or ref.key for ref, each in after.objects.items()}
    more = (*gone, *_renamed(sides), *tags_between(before, after, titles), *settings_between(before, after))
    return (*told, *(each for each in more if each.identity not in made))


def _is_told(change: Change) -> bool:
    """Whether a change is of this state, and no part with secrets, which are told by their names."""
    is_secret = bool(change.field) and paths.parse(change.field).property in parts_of(change.type)
    return not is_secret and (change.place is None or bool(change.place.file))


def _lists(type_name: str) -> tuple[str, ...]:
    """The lists of a parent in which objects of a type stand."""
    return tuple(row.collection for row in oddities.parent_lists(type_name))


def _sides(before: State, after: State, catalogue: Catalogue, locale: str) -> Sides:
    judge = Judge(catalogue)
    uids = {ref: own_uid(each) for ref, each in before.objects.items()}
    users = {name: Uid(f"user:{name}") for name in _people(before, after)}
    nothing = Answers()
    combinations = wanted_combinations(before, references(before), uids, nothing)
    binding = Binding(
        catalogue=catalogue,
        uids=uids,
        users=users,
        combinations=combination_uids(combinations, nothing),
    )
    bodies = bind(before, binding)
    given = Given(
        state=after,
        record=_record(before, bodies, judge),
        facts=_facts(catalogue),
        catalogue=catalogue,
        fleet="",
        environment="",
    )
    objects: defaultdict[str, dict[Uid, Body | None]] = defaultdict(dict)
    for ref, body in bodies.items():
        objects[ref.type][uids[ref]] = body
    known = survey(given, Answers(objects=objects, users=users))
    names = names_of(known, users, locale)
    written = {str(uid): meant.key for meant, uid in binding.combinations.items()}
    names = replace(names, keys={**written, **names.keys})
    return Sides(before=before, after=after, old_uids=uids, known=known, names=names)


def _people(*states: State) -> tuple[str, ...]:
    """The usernames that states refer to."""
    found = {each.name for state in states for each in references(state) if isinstance(each, Username)}
    return tuple(sorted(found))


def _closed(state: State, elsewhere: Mapping[Ref, DesiredObject]) -> State:
    """The state with a stand-in for each object that it refers to and does not hold."""
    missing = {each for each in references(state) if isinstance(each, Ref)} - state.objects.keys()
    return replace(
        state,
        objects={**state.objects, **{ref: _stand_in(ref, elsewhere.get(ref)) for ref in sorted(missing)}},
    )


def _stand_in(ref: Ref, each: DesiredObject | None) -> DesiredObject:
    """Nothing but the UID and the name of an object."""
    named = each.fields.get("name") if each else None
    return DesiredObject(
        ref=ref,
        owner=each.owner if each else "",
        uid=each.uid if each else None,
        place=NOWHERE,
        fields={"name": replace(named, place=NOWHERE)} if named else {},
    )


def _record(state: State, bodies: Mapping[Ref, Body], judge: Judge) -> Record:
    objects: defaultdict[str, dict[Uid, Recorded]] = defaultdict(dict)
    for ref, body in bodies.items():
        objects[ref.type][Uid(body["id"])] = Recorded(
            path=ref.path,
            owner=state.objects[ref].owner,
            fields=as_json(flatten(judge.catalogue, ref.type, body, judge=judge)),
        )
    return Record(fleet="", environment="", packages={}, objects=objects)


def _facts(catalogue: Catalogue) -> ServerFacts:
    """A server that nobody signs in to."""
    nobody = Account(uid=Uid(""), username="", authorities=frozenset({"ALL"}))
    return ServerFacts(
        version=catalogue.version, revision="", time="", locales=(), database_locale="", account=nobody
    )


def _dropped(sides: Sides) -> Iterator[Change]:
    """What the second state leaves out; parts of what goes are folded into it."""
    gone = {(each.type, each.uid): each for each in sides.known.dropped}
    refs = {uid: ref for ref, uid in sides.old_uids.items()}
    for (type_name, uid), each in gone.items():
        ref = refs[uid]
        last = sides.before.objects[ref]
        if not last.place.file:
            continue
        parents = [parent for parent in ancestors(ref) if parent in sides.before.objects]
        stays = is_orphaned(type_name)
        yield Change(
            type=type_name,
            path=ref.path,
            field="",
            kind=Kind.DELETE,
            reason=Reason.DROPPED,
            risk=Risk.DESTRUCTIVE if stays else Risk.VISIBLE,
            uid=uid,
            title=sides.names.title_of(last) or ref.key,
            within=tuple(
                reversed([sides.names.title_of(sides.before.objects[one]) or one.key for one in parents])
            ),
            before={
                sides.names.path(type_name, path): sides.names.value(type_name, path, value)
                for path, value in each.recorded.fields.items()
                if path
            },
            place=last.place,
            package=last.owner,
            inside=any((one.type, sides.old_uids[one]) in gone for one in parents),
            note=STAYS if stays else GOES,
            names=names_in(sides.names, type_name, each.recorded.fields),
        )


def _renamed(sides: Sides) -> Iterator[Change]:
    """Objects whose key is another one now; those below a renamed parent follow it in silence."""
    old = {(ref.type, uid): ref for ref, uid in sides.old_uids.items()}
    for ref, each in sides.after.objects.items():
        before = old.get((ref.type, sides.known.uid(ref)))
        if before is None or before.key == ref.key or not each.place.file:
            continue
        yield Change(
            type=ref.type,
            path=ref.path,
            field="",
            kind=Kind.MOVE,
            reason=Reason.MOVED_ON,
            risk=Risk.SAFE,
            uid=sides.known.uid(ref),
            title=sides.names.title_of(each) or ref.key,
            within=(),
            before=before.path,
            after=ref.path,
            place=each.place,
            package=each.owner,
        )
