"""Who recommended a new patient, as the desk is told: on the card of the first visit."""

from tests.e2e.desk import Desk, pressed, shown
from tests.support.phones import fresh_phone


async def test_the_desk_writes_down_who_recommended_before_the_first_visit(
    clinic, connected_branch: Desk, desk
):
    anna = connected_branch.anna
    ours, theirs = fresh_phone(), fresh_phone()
    await desk(ours, "Василиса")
    await desk(theirs, "Агафья")

    card = await shown(anna, f"{ours} 5000", "К оплате")
    await pressed(anna, card, "Кто порекомендовал?")
    await anna.sees("Кто порекомендовал клинику?")
    await anna.says("Никодима")
    await anna.sees("Никого не нашлось")
    await anna.says("Агафья")
    sure = await anna.sees("Записать рекомендацию?")
    await pressed(anna, sure, "Записать")
    done = await anna.sees("Рекомендация записана")
    assert "По совету: \N{FIRST STRONG ISOLATE}Агафья" in done.text
    now = next(one for one in await anna.chat() if one.id == card.id)
    assert now.button("Кто порекомендовал?") is None
    await pressed(anna, now, next(label for label in now.labels if label.startswith("✅")))
    await anna.sees("В кассу и МИС")

    rewarded = clinic.bot.rows(
        "SELECT p.name, w.points FROM rewards w JOIN patients p ON p.id = w.referrer_id"
        f" WHERE p.phone = '{theirs}'"
    )
    assert rewarded == [("Агафья", 250)]
