"""What staff say and how they learn it, in the staff chat."""

from tests.e2e.desk import Desk
from tests.e2e.test_desk import card_of, code_of
from tests.support.phones import fresh_phone


async def test_help_teaches_the_line_and_is_not_for_forwarding(connected_branch: Desk):
    anna = connected_branch.anna
    await anna.says("/help")
    shown = await anna.sees("4821 12400 макс")
    assert shown.protected


async def test_the_script_for_anybody_needs_nobody(connected_branch: Desk):
    anna = connected_branch.anna
    await anna.says("/script")
    await anna.sees("Отсканируйте код — я сразу начислю 1 000 баллов")


async def test_under_a_card_the_script_is_the_patients_own(connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    card = await card_of(anna, f"{await code_of(maria)} 2000")
    await anna.says("/script", reply_to=card.id)
    said = await anna.sees("на вашем счету 1 000 баллов")
    assert "Мария, " in said.text.replace("\u2068", "").replace("\u2069", "")
    assert "до 600 баллов" in said.text.replace("\u00a0", " ")


async def test_by_code_the_script_is_theirs_and_the_code_still_works(
    connected_branch: Desk, registered
):
    anna, maria = connected_branch.anna, await registered("Мария")
    code = await code_of(maria)
    await anna.says(f"/script {code}")
    await anna.sees("на вашем счету 1 000 баллов")
    assert f"/script {code}" not in [message.text for message in await anna.chat()]
    await card_of(anna, f"{code} 2000 макс", "Спишем 600 баллов")


async def test_a_phone_that_nobody_has_is_a_newcomers(connected_branch: Desk):
    anna = connected_branch.anna
    await anna.says(f"/script {fresh_phone()}")
    await anna.sees("Мы перешли на цифровую систему")


async def test_who_has_no_access_hears_how_to_get_it(connected_branch: Desk, newcomer):
    vera = (await newcomer("Вера")).within(connected_branch.chat)
    await vera.joins()
    await vera.says("/help")
    await vera.sees("Дать доступ")
