"""What the chosen things of a server need, and what is there for them."""

from typing import Any

from dhis2cfg.interchange.closure import needed


def thing(uid: str, **values: Any) -> dict[str, Any]:
    """An object that refers to others."""
    return {"id": uid, "name": uid, **values}


A, B, P, S, R, N, V, W, D, E, G, T, X, Y, Q = (f"{letter}bcdefghijk" for letter in "ABPSRNVWDEGTXYQ")
EVERYTHING = {
    "programs": [thing(P, sharing={"userGroups": {G: {"access": "r-------"}}}), thing(Q)],
    "programStages": [thing(S, program={"id": P}, programStageDataElements=[{"dataElement": {"id": A}}])],
    "dataElements": [thing(A), thing(B)],
    "programIndicators": [thing(N, program={"id": P}, expression=f"#{{{S}.{A}}}")],
    "indicators": [thing(X, numerator=f"I{{{N}}}"), thing(Y, numerator=f"#{{{B}}}"), thing(W, numerator="1")],
    "visualizations": [thing(V, dataDimensionItems=[{"indicator": {"id": X}}])],
    "dashboards": [thing(D, dashboardItems=[{"visualization": {"id": V}}]), thing(E, dashboardItems=[])],
    "relationshipTypes": [thing(R, fromConstraint={"program": {"id": P}})],
    "dataElementGroups": [thing(T, dataElements=[{"id": A}, {"id": B}])],
    "userGroups": [thing(G)],
}


def test_a_program_brings_all_that_it_needs_and_all_that_is_there_for_it() -> None:
    """Stages, indicators, what counts them and shows that, groups with the members that are taken."""
    found = needed(EVERYTHING, [P])
    taken = {name: [each["id"] for each in objects] for name, objects in found.items()}
    assert taken == {
        "programs": [P],
        "programStages": [S],
        "dataElements": [A],
        "programIndicators": [N],
        "indicators": [X],
        "visualizations": [V],
        "dashboards": [D],
        "relationshipTypes": [R],
        "dataElementGroups": [T],
        "userGroups": [G],
    }
    assert found["dataElementGroups"][0]["dataElements"] == [{"id": A}]


def test_what_is_not_there_brings_nothing() -> None:
    """A UID that nobody has."""
    assert needed(EVERYTHING, ["nobodyHasIt"]) == {}
