"""The whole registration as a newcomer presses it at the chat page, in either language."""

from dataclasses import dataclass

from tests.e2e.browser import Pane


@dataclass(frozen=True)
class Words:
    """What the person reads and presses on the way."""

    language: str
    first_name: str
    last_name: str
    greeting: str
    agree: str
    full_text: str
    ask_number: str
    send_number: str
    share: str
    welcome: str
    name_is_right: str
    ask_birthday: str
    from_profile: str
    day_is_right: str
    ask_advertising: str
    yes: str
    finished: str
    menu: tuple[str, ...]
    points: str
    history: str
    gift: str
    to_points: str
    how: str
    rules: str


RU = Words(
    language="ru",
    first_name="Мария",
    last_name="Громова",
    greeting="За знакомство — 1 000 баллов",
    agree="Даю согласие",
    full_text="Полный текст",
    ask_number="Нажмите большую кнопку внизу экрана",
    send_number="📱 Отправить номер",
    share="Поделиться",
    welcome="Готово! У вас 1 000 баллов.",
    name_is_right="Мария — верно",
    ask_birthday="Когда ваш день рождения? Подготовим 500 баллов.",
    from_profile="Из профиля: 5 марта 1980",
    day_is_right="Верно",
    ask_advertising="Присылать предложения клиники?",
    yes="Да, присылайте",
    finished="Спасибо, это всё!",
    menu=("Мой код", "Баллы", "Визитка другу", "Клиника"),
    points="1 000 баллов",
    history="История",
    gift="За знакомство · +1 000",
    to_points="← Баллы",
    how="Как это работает",
    rules="За оплату вы получаете 5–15 % баллами.",
)
EN = Words(
    language="en",
    first_name="Emma",
    last_name="Brown",
    greeting="A welcome gift awaits: 1,000 points",
    agree="I agree",
    full_text="Full text",
    ask_number="Press the large button at the bottom of the screen",
    send_number="📱 Send my number",
    share="Share",
    welcome="Done! You have 1,000 points.",
    name_is_right="Yes, Emma",
    ask_birthday="When is your birthday? We will have 500 points ready.",
    from_profile="From profile: 5 March 1980",
    day_is_right="That’s right",
    ask_advertising="Shall we send you the clinic’s offers?",
    yes="Yes, please",
    finished="Thank you, that’s all!",
    menu=("My code", "Points", "Card for a friend", "Clinic"),
    points="1,000 points",
    history="History",
    gift="Welcome gift · +1,000",
    to_points="← Points",
    how="How it works",
    rules="For what you pay you get 5–15% back in points.",
)
WORDS = {"ru": RU, "en": EN}


async def agree(pane: Pane, words: Words) -> None:
    """From the start button to the large button that asks for the number."""
    await pane.starts()
    await pane.sees(words.greeting)
    await pane.presses(words.agree)
    await pane.sees_last(words.ask_number)
    await pane.sees_keys(words.send_number)


async def send_number(pane: Pane, words: Words) -> None:
    await pane.shares_number(words.send_number, words.share)
    await pane.sees(words.welcome)
    await pane.sees_keys(*words.menu)


async def answer_everything(pane: Pane, words: Words) -> None:
    """The optional questions, by one press each."""
    await pane.presses(words.name_is_right)
    await pane.sees_last(words.ask_birthday)
    await pane.presses(words.from_profile)
    await pane.presses(words.day_is_right)
    await pane.sees_last(words.ask_advertising)
    await pane.presses(words.yes)
    await pane.sees_last(words.finished)
