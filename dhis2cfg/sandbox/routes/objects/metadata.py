"""GET and POST /api/metadata (facts §1, §2.1)."""

import gzip

from dhis2cfg.sandbox.checks.bundle import Parameters
from dhis2cfg.sandbox.imports.reading import Unreadable
from dhis2cfg.sandbox.imports.report import ImportReport
from dhis2cfg.sandbox.imports.run import import_metadata, read_body
from dhis2cfg.sandbox.read.fields import parse_fields
from dhis2cfg.sandbox.read.filters import parse_filter
from dhis2cfg.sandbox.read.listing import ordered, select
from dhis2cfg.sandbox.read.render import render
from dhis2cfg.sandbox.read.view import BrokenSharing, View
from dhis2cfg.sandbox.routes.call import Answer, Call, message, refused, system_block
from dhis2cfg.sandbox.routes.objects import jobs
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_STRATEGIES = frozenset(
    {
        "CREATE_AND_UPDATE",
        "CREATE",
        "UPDATE",
        "DELETE",
        "SYNC",
        "NEW",
        "NEW_AND_UPDATES",
        "UPDATES",
        "DELETES",
    }
)
_REPORTS = frozenset({"ERRORS", "FULL", "ERRORS_NOT_OWNER", "DEBUG"})
_SECONDARY = frozenset(
    {"apiToken", "jobConfigurations", "oAuth2Authorizations", "oAuth2AuthorizationConsents"}
)


def metadata(call: Call) -> Answer:
    """The two methods of the path."""
    if call.parts not in {("metadata",), ("metadata.json",), ("metadata.json.gz",)}:
        raise Trouble(404, None)
    if call.method == "GET":
        return _export(call)
    if call.method == "POST":
        return _import(call)
    raise Trouble(405, f"Request method '{call.method}' is not supported")


def read_parameters(call: Call, **fixed: object) -> Parameters:
    """The parameters of an import; what is not spelled exactly is the default (facts §1.1)."""
    strategy = call.first("importStrategy")
    report = call.first("importReportMode")
    values: dict[str, object] = {
        "is_validate": call.first("importMode") == "VALIDATE",
        "strategy": strategy if strategy in _STRATEGIES else "CREATE_AND_UPDATE",
        "is_atomic": call.first("atomicMode") != "NONE",
        "identifier": "CODE" if call.first("identifier") == "CODE" else "UID",
        "report": report if report in _REPORTS else "ERRORS",
        "skip_sharing": call.is_true("skipSharing"),
        "skip_translation": call.is_true("skipTranslation"),
        "skip_validation": call.is_true("skipValidation"),
    }
    return Parameters(**(values | fixed))  # type: ignore[arg-type]  # the two tables above hold what the fields want


def _import(call: Call) -> Answer:
    kind = call.headers.get("content-type", "application/json").partition(";")[0].strip()
    if kind not in {"application/json", "", "text/plain"} and not kind.endswith("+json"):
        raise Trouble(415, f"Content-Type '{kind}' is not supported")
    parameters = read_parameters(call)
    if call.is_true("async"):
        return _in_background(call, parameters)
    sent = read_body(_unpacked(call).json())
    will_stumble = _will_stumble(call, parameters, sent)
    report = _run(call, parameters, sent)
    shown = _shown(parameters, report)
    if will_stumble and report.counters.deleted:
        return message(500, "Unable to perform afterTransactionCompletion callback")
    return message(200, None, response=shown) if report.status == "OK" else refused(shown)


def _run(call: Call, parameters: Parameters, sent: Body) -> ImportReport:
    if parameters.identifier == "CODE" and sent.get("dataElements") and call.session.world.release >= (2, 42):
        text = 'Cannot invoke "DataElement.getValueType()" because "dePreheat" is null'
        raise Trouble(500, text)
    try:
        return import_metadata(call.session, call.person, sent, parameters)
    except Unreadable as error:
        raise Trouble(error.status(call.session.world.release), str(error)) from error


def _in_background(call: Call, parameters: Parameters) -> Answer:
    try:
        with call.session.database.savepoint():
            report = _run(call, parameters, read_body(_unpacked(call).json()))
    except Trouble as trouble:
        return jobs.started(call, parameters, None, str(trouble))
    shown = {"importParams": jobs.parameters_json(parameters), **_shown(parameters, report)}
    return jobs.started(
        call, parameters, {name: shown[name] for name in shown if name != "responseType"}, None
    )


def _shown(parameters: Parameters, report: ImportReport) -> Body:
    full = parameters.report in {"FULL", "DEBUG"} and not parameters.is_validate and report.status != "ERROR"
    display = parameters.is_validate or parameters.report == "DEBUG"
    return report.to_json(full=full, display=display, keep_empty=parameters.is_validate)


def _will_stumble(call: Call, parameters: Parameters, sent: Body) -> bool:
    """2.43: a visualization with data items that is deleted by import is gone, and the answer is 500.

    One without such items goes with 200 (facts §19.18).
    """
    if call.session.world.release < (2, 43) or parameters.strategy != "DELETE" or parameters.is_validate:
        return False
    rows = [row for row in sent.get("visualizations") or () if isinstance(row, dict)]
    stored = [call.session.get("visualizations", str(row.get("id"))) or {} for row in rows]
    return any(body.get("dataDimensionItems") for body in stored)


def _unpacked(call: Call) -> Call:
    if call.body[:2] != b"\x1f\x8b":
        return call
    return Call(
        **{name: getattr(call, name) for name in call.__slots__} | {"body": gzip.decompress(call.body)}
    )


def _export(call: Call) -> Answer:
    defaults = call.first("defaults", "INCLUDE")
    if defaults not in {"INCLUDE", "EXCLUDE"}:
        raise Trouble(400, f"Value {defaults} is not a valid defaults. Valid values are: [INCLUDE, EXCLUDE]")
    view = call.view(
        skip_sharing=call.is_true("skipSharing"), is_export=True, without_defaults=defaults == "EXCLUDE"
    )
    wanted = _wanted_types(call)
    if not wanted:
        if not call.person.may("F_METADATA_EXPORT"):
            text = (
                "Unfiltered access to metadata export requires super user or 'F_METADATA_EXPORT' authority."
            )
            raise Trouble(409, text)
        wanted = [name for name in view.world.order if name not in _SECONDARY]
    if "users" in wanted and not call.person.may("F_USER_VIEW", "F_METADATA_EXPORT"):
        raise Trouble(409, "User export requires 'F_USER_VIEW' or 'F_METADATA_EXPORT' authority.")
    body: Body = {"system": system_block(call)}
    for name in wanted:
        rows = _rows(call, view, name)
        if rows:
            body[name] = rows
    if call.parts[0].endswith(".gz"):
        return Answer(body=body, media="application/json+gzip")
    return Answer(body=body)


def _wanted_types(call: Call) -> list[str]:
    named: dict[str, None] = {}
    for key, value in call.query:
        name, colon, _ = key.partition(":")
        if name in call.session.world.catalogue.types and (colon or value.lower() == "true"):
            named[name] = None
    return list(named)


def _rows(call: Call, view: View, name: str) -> list[Body]:
    kind = view.world.kind(name)
    filters = [
        parse_filter(text, view.world.release)
        for text in call.every(f"{name}:filter") or call.every("filter")
    ]
    fields = parse_fields(",".join(call.every(f"{name}:fields") or call.every("fields")) or ":owner")
    bodies = select(view, kind, filters)
    bodies = ordered(view, kind, bodies, call.first(f"{name}:order") or call.first("order") or None)
    found: list[Body] = []
    for body in bodies:
        try:
            found.append(render(view, kind, body, fields))
        except BrokenSharing:
            break
    return found
