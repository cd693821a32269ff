"""`async=true`: the import is done at once and told of as a job (facts §1.5, §19.41)."""

import time

from dhis2cfg.sandbox.checks.bundle import Parameters
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body, new_uid

KIND = "METADATA_IMPORT"


def started(call: Call, parameters: Parameters, summary: Body | None, trouble: str | None) -> Answer:
    """The answer to an import that runs by itself; `trouble` ends it without a summary, ever."""
    uid, name = new_uid(), f"{KIND} ({int(time.time() * 1000)})"
    call.instance.jobs[uid] = {"tasks": _tasks(call, uid, trouble), "summary": summary}
    job: Body = {
        "name": name,
        "id": uid,
        "created": call.session.now,
        "jobType": KIND,
        "jobStatus": "NOT_STARTED",
        "jobParameters": parameters_json(parameters),
        "relativeNotifierEndpoint": f"/api/system/tasks/{KIND}/{uid}",
    }
    if call.session.world.release >= (2, 42):
        job["responseType"] = "JobConfiguration"
    answer = message(200, f"Initiated {name}", response=job)
    headers = {"Location": f"{call.instance.url}/api/system/tasks/{KIND}"}
    return Answer(body=answer.body, headers=headers)


def _tasks(call: Call, uid: str, trouble: str | None) -> list[Body]:
    line: Body = {"uid": uid, "id": uid, "category": KIND, "time": call.session.now, "completed": True}
    if trouble is not None:
        return [line | {"level": "ERROR", "message": f"Process failed: {trouble}"}]
    begun = line | {"level": "INFO", "message": "Metadata import started", "completed": False}
    return [line | {"level": "INFO", "message": "Import complete"}, begun]


def parameters_json(parameters: Parameters) -> Body:
    """The parameters as a job shows them."""
    return {
        "importMode": "VALIDATE" if parameters.is_validate else "COMMIT",
        "identifier": parameters.identifier,
        "preheatMode": "REFERENCE",
        "importStrategy": parameters.strategy,
        "atomicMode": "ALL" if parameters.is_atomic else "NONE",
        "flushMode": "AUTO",
        "importReportMode": parameters.report,
        "skipSharing": parameters.skip_sharing,
        "skipTranslation": parameters.skip_translation,
        "skipValidation": parameters.skip_validation,
        "metadataSyncImport": False,
        "async": True,
        "firstRowIsHeader": True,
    }
