"""Plan, apply, plan again: what is read is what happens, and twice is once."""

from tests.e2e.house import House


def test_exit_code_is_2_before_and_0_after_apply(house: House) -> None:
    """`plan --exit-code` says whether something would change."""
    before = house.run("plan", "--exit-code")
    assert before.code == 2, before.said
    applied = house.fine("apply", "--yes")
    assert "read back: as planned" in applied.out
    after = house.run("plan", "--exit-code")
    assert after.code == 0, after.said
    assert "no changes" in after.out


def test_the_same_plan_twice_is_the_same_bytes(house: House) -> None:
    """Nothing of a plan depends on when it was made."""
    assert house.fine("plan", "--format", "json").out == house.fine("plan", "--format", "json").out
