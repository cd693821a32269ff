"""`/api/apiToken`: a token is shown once (facts §8)."""

import secrets

from dhis2cfg.sandbox.rights.login import hash_token
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import new_uid
from dhis2cfg.sandbox.store.trouble import Trouble


def tokens(call: Call) -> Answer:
    """Make one, list one's own, take one away."""
    mine = [body for body in call.session.every("apiToken") if body["createdBy"]["id"] == call.person.uid]
    if call.method == "GET":
        rows = [{"id": body["id"], "created": body["created"]} for body in mine]
        return Answer(body={"apiToken": rows})
    if call.method == "DELETE" and len(call.parts) > 1:
        if all(body["id"] != call.parts[1] for body in mine):
            raise Trouble(404, f"ApiToken with id {call.parts[1]} could not be found.", "E1005")
        call.session.remove("apiToken", call.parts[1])
        return message(200, None)
    if call.method != "POST":
        raise Trouble(405, f"Request method '{call.method}' is not supported")
    token, uid = f"d2p_{secrets.token_hex(22)}", new_uid()
    body = {"id": uid, "created": call.session.now, "createdBy": {"id": call.person.uid}}
    call.session.put("apiToken", body | {"hash": hash_token(token)})
    report = {
        "key": token,
        "uid": uid,
        "klass": "org.hisp.dhis.security.apikey.ApiToken",
        "errorReports": [],
        "responseType": "ObjectReport"
        if call.session.world.release >= (2, 42)
        else "ApiTokenCreationResponse",
    }
    answer = message(201, None, response=report)
    headers = {"Location": f"{call.instance.url}/api/apiToken/{uid}"}
    return Answer(status=201, body=answer.body, headers=headers)
