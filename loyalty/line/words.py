"""The vocabulary of the staff line: what people type, in Russian and English.

Words are compared in lower case with «е» for «ё» and stand here so. They are
typed, never shown: what a person reads stands in locales/.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from loyalty.categories import Category
from loyalty.recalls import Interval

RUBLE_SIGN = "₽"

# Come in numbers that are no money: «2 зуба», «зуб 36».
COUNTED = frozenset(
    {"зуб", "зуба", "зубов", "шт", "штука", "штуки", "штук", "tooth", "teeth", "pcs"},
)

# What `write` says, besides CATEGORY_NAMES.
POINTS_SAID, MOST_SAID, ADVANCE_SAID, BOOKING_SAID = "б", "макс", "аванс", "запись"
MONTHS_SAID, DAYS_SAID = "м", "д"

COMMANDS = frozenset({"visit", "визит"})

# --- money and points ------------------------------------------------------------------------

RUBLES = frozenset(
    {
        *(RUBLE_SIGN, "р", "руб", "рубль", "рубля", "рубли", "рублей", "рублями"),
        *("rub", "rur", "ruble", "rubles", "rouble", "roubles"),
        "p",  # the Latin letter on a Russian keyboard left in English; else: points
    }
)
KOPECKS = frozenset({"коп", "копейка", "копейки", "копеек", "kop", "kopecks"})
MULTIPLIERS = {
    **dict.fromkeys(("к", "k", "т", "тр", "тыр", "тыс", "тысяча", "тысячи", "тысяч"), 1000),
    **dict.fromkeys(("тыщ", "тыща", "тыщи", "thousand"), 1000),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов", "mln", "million"), 1_000_000),
}
POINTS = frozenset(
    {
        *("б", "бал", "балл", "балла", "баллы", "баллов", "баллами"),
        *("бонус", "бонуса", "бонусы", "бонусов", "бонусами"),
        *("p", "pt", "pts", "point", "points", "bonus"),
    }
)
POINTS_BEFORE = frozenset({"баллами", "баллы", "бонусами", "бонусы", "points", "bonus"})
SPEND = frozenset({"списать", "спишем", "списываем", "списание", "спиши", "spend", "redeem"})
NOT = frozenset({"без", "не", "no", "not"})
SPENDING = frozenset(
    {"списания", "списаний", "списание", "списывать", "списываем", "spend", "spending", "redeem"}
)
MOST = frozenset(
    {"макс", "мах", "максимум", "максимально", "все", "max", "maximum", "all"},
)
MINUS = frozenset({"минус", "minus"})
PLUS = frozenset({"плюс", "plus"})
REFUND = frozenset(
    {
        *("возврат", "вернуть", "вернули", "отмена", "отменить", "сторно"),
        *("refund", "return", "cancel", "undo"),
    }
)
ADVANCE = frozenset(
    {
        *("аванс", "авансом", "предоплата", "рассрочка", "взнос"),
        *("advance", "prepayment", "prepaid", "deposit", "instalment", "installment"),
    }
)

# --- what was done ---------------------------------------------------------------------------

_CATEGORY_WORDS: Mapping[Category, tuple[str, ...]] = {
    Category.HYGIENE: ("гиг", "hyg", "hygiene", "clean", "cleaning"),
    Category.THERAPY: ("тер", "терап", "кариес", "ther", "therapy", "filling", "fillings"),
    Category.SURGERY: ("хир", "удал", "surg", "surgery", "extraction"),
    Category.IMPLANTS: ("имп", "импл", "impl", "implant", "implants"),
    Category.PROSTHETICS: (
        *("прот", "орто", "мост", "мосты"),
        *("prosth", "prosthetics", "crown", "crowns", "veneer", "veneers", "denture", "dentures"),
    ),
    Category.ORTHODONTICS: (
        *("ортод", "ortho", "orthodontics", "braces", "brackets", "aligner", "aligners"),
    ),
    Category.CHILDREN: ("дет", "дети", "ребенок", "child", "children", "kid", "kids", "pediatric"),
    Category.DIAGNOSTICS: (
        *("диаг", "диагн", "конс", "консульт", "осмотр", "снимок", "снимки", "рентген", "кт"),
        *("оптг", "трг", "diag", "diagnostics", "xray", "x-ray", "ct", "scan", "consult"),
        *("consultation", "checkup", "check-up", "exam"),
    ),
    Category.OTHER: ("другое", "прочее", "other", "whitening"),
}
_CATEGORY_STEMS: Mapping[Category, tuple[str, ...]] = {
    Category.HYGIENE: ("гигиен", "профгиг", "чистк"),
    Category.THERAPY: ("терапи", "терапев", "пломб", "лечени"),
    Category.SURGERY: ("хирург", "удален"),
    Category.IMPLANTS: ("имплант",),
    Category.PROSTHETICS: ("протез", "ортопед", "коронк", "винир", "вкладк"),
    Category.ORTHODONTICS: ("ортодон", "брекет", "элайнер"),
    Category.CHILDREN: ("детск",),
    Category.DIAGNOSTICS: ("диагност", "консультац"),
    Category.OTHER: ("отбелив",),
}
CATEGORY_NAMES: Mapping[Category, str] = {
    Category.HYGIENE: "гигиена",
    Category.THERAPY: "терапия",
    Category.SURGERY: "хирургия",
    Category.IMPLANTS: "имплантация",
    Category.PROSTHETICS: "протезирование",
    Category.ORTHODONTICS: "ортодонтия",
    Category.CHILDREN: "детский",
    Category.DIAGNOSTICS: "диагностика",
    Category.OTHER: "другое",
}


def _turned(table: Mapping[Category, tuple[str, ...]]) -> dict[str, Category]:
    return {word: category for category, words in table.items() for word in words}


_BY_WORD, _BY_STEM = _turned(_CATEGORY_WORDS), _turned(_CATEGORY_STEMS)
_STEMS = tuple(_BY_STEM)


def category(word: str) -> Category | None:
    """What was done, by an abbreviation or by any ending of a full word."""
    if word in _BY_WORD or not word.startswith(_STEMS):
        return _BY_WORD.get(word)
    return next(found for stem, found in _BY_STEM.items() if word.startswith(stem))


# --- days and times --------------------------------------------------------------------------

UNITS: Mapping[str, Interval] = {
    **dict.fromkeys((MONTHS_SAID, "мес", "месяц", "месяца", "месяцев"), Interval(months=1)),
    **dict.fromkeys(("m", "mo", "mos", "month", "months"), Interval(months=1)),
    **dict.fromkeys(("г", "год", "года", "лет"), Interval(months=12)),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), Interval(months=12)),
    **dict.fromkeys((DAYS_SAID, "дн", "день", "дня", "дней", "d", "day", "days"), Interval(days=1)),
    **dict.fromkeys(("н", "нед", "неделя", "неделю", "недели", "недель"), Interval(days=7)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), Interval(days=7)),
}
HALF_YEAR = frozenset({"полгода", "полугодие", "half-year"})
# Said without a number: «год», «через неделю».
PERIODS: Mapping[str, Interval] = {
    **dict.fromkeys(HALF_YEAR, Interval(months=6)),
    **{word: UNITS[word] for word in ("год", "месяц", "неделя", "неделю")},
    **{word: UNITS[word] for word in ("year", "month", "week")},
}
YEAR_MARKS = frozenset({"г", "год", "года"})

# What stands behind a number and belongs to it.
SUFFIXES = RUBLES.union(KOPECKS, MULTIPLIERS, POINTS, UNITS)

RELATIVE_DAYS: Mapping[str, int] = {
    "позавчера": -2,
    "вчера": -1,
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_WEEKDAYS = (
    ("пн", "понедельник", "mon", "monday"),
    ("вт", "вторник", "tue", "tues", "tuesday"),
    ("ср", "среда", "среду", "wed", "wednesday"),
    ("чт", "четверг", "thu", "thur", "thurs", "thursday"),
    ("пт", "пятница", "пятницу", "fri", "friday"),
    ("сб", "суббота", "субботу", "sat", "saturday"),
    ("вс", "воскресенье", "sun", "sunday"),
)
_MONTHS = (
    ("янв", "январь", "января", "jan", "january"),
    ("фев", "февр", "февраль", "февраля", "feb", "february"),
    ("мар", "март", "марта", "mar", "march"),
    ("апр", "апрель", "апреля", "apr", "april"),
    ("май", "мая", "may"),
    ("июн", "июнь", "июня", "jun", "june"),
    ("июл", "июль", "июля", "jul", "july"),
    ("авг", "август", "августа", "aug", "august"),
    ("сен", "сент", "сентябрь", "сентября", "sep", "sept", "september"),
    ("окт", "октябрь", "октября", "oct", "october"),
    ("ноя", "нояб", "ноябрь", "ноября", "nov", "november"),
    ("дек", "декабрь", "декабря", "dec", "december"),
)


def _numbered(rows: Iterable[tuple[str, ...]], first: int) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows, first) for word in row}


WEEKDAYS: Mapping[str, int] = _numbered(_WEEKDAYS, 0)  # as date.weekday()
MONTHS: Mapping[str, int] = _numbered(_MONTHS, 1)

BOOKING = frozenset(
    {
        *("запись", "записать", "записали", "запишем", "запиши", "зап"),
        *("appointment", "appt", "book", "booking", "booked"),
    }
)
BEFORE_HOUR = frozenset({"в", "во", "на", "к", "at"})
HOURS = frozenset({"ч", "час", "часа", "часов", "h"})
HALVES_OF_DAY: Mapping[str, int] = {"am": 0, "pm": 12}

# --- what the line would mean the same without -----------------------------------------------

# «к» is one only before a name: elsewhere it is a thousand.
BEFORE_NAME = frozenset({"к", "ко"})
NOISE = frozenset(
    {
        *("код", "тел", "телефон", "пациент", "пациентка", "врач", "доктор", "др"),
        *("сумма", "счет", "чек", "итого", "оплата", "оплатил", "оплатила", "визит", "прием"),
        *("карта", "картой", "картою", "нал", "налом", "наличка", "наличные", "наличными"),
        *("безнал", "безналом", "сбп", "контроль", "через"),
        *("в", "во", "на", "у", "с", "за", "и", "от", "по"),
        *("code", "phone", "tel", "patient", "doctor", "doc", "dr", "sum", "bill", "total", "paid"),
        *("card", "cash", "recall", "control", "visit", "on", "in", "at", "by", "for", "with"),
        "and",
    }
)

SHORTEST_NAME, LONGEST_NAME = 3, 30

# Numbers in words. The line reads digits only; so that none is taken for a doctor's name. But
# «Сорок» is one.
NUMBERS = frozenset(
    {
        *("ноль", "один", "одна", "два", "две", "три", "четыре", "пять", "шесть", "семь"),
        *("восемь", "девять", "десять", "одиннадцать", "двенадцать", "тринадцать"),
        *("четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать"),
        *("девятнадцать", "двадцать", "тридцать", "пятьдесят", "шестьдесят"),
        *("семьдесят", "восемьдесят", "девяносто", "сто", "двести", "триста", "четыреста"),
        *("пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"),
        *("полтора", "полторы", "миллиард"),
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
        *("eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy"),
        *("eighty", "ninety", "hundred", "half"),
    }
)

# Letters that a hurried hand or a phone puts where a digit is meant. None is read as one.
LETTERS_LIKE_DIGITS = frozenset("оОoOзЗzZiIlLіІ")

# What colleagues write before a number, and is nobody's name: «касса 54000», «кабинет 101».
TALKED_OF = frozenset(
    {
        *("касса", "кассу", "кассе", "кассы", "выручка", "зарплата", "аренда", "премия", "штраф"),
        *("расход", "расходы", "размен", "такси", "доставка", "курьер", "заказ", "вода", "кофе"),
        *("цена", "план", "факт", "минимум", "примерно", "около", "почти", "ровно", "всего"),
        *("нужно", "нужны", "нужен", "жду", "ждем", "буду", "будем", "приду", "придем", "еду"),
        *("есть", "кабинет", "каб", "офис", "квартира", "этаж", "палата", "домофон", "пароль"),
        *("номер", "заявка", "договор", "артикул", "ключ", "автобус", "маршрут", "дом", "школа"),
        *("привет", "коллеги", "девочки", "внимание", "срочно", "давайте", "тогда", "итог"),
        *("room", "office", "floor", "taxi", "rent", "salary", "order", "price", "need", "about"),
        *("nearly", "exactly", "till", "left", "number", "password", "code", "invoice", "hello"),
        *("перчатки", "перчаток", "маски", "масок", "бахилы", "бахил", "салфетки", "салфеток"),
        *("шприцы", "шприцев", "пакеты", "пакетов", "фартуки", "карпулы", "материалы"),
        *("gloves", "masks", "spent", "bought", "ordered", "waiting"),
    }
)
# «заказала 300», «осталось 500», «доплатить 1000»: done, not named.
ENDINGS_OF_DEEDS = ("ла", "ли", "ло", "лась", "лись", "лось", "ть", "ться", "ите", "йте")

# How surnames end, and what takes the ending's place in the other cases.
SURNAME_ENDINGS = (
    (("ая",), ("ой", "ую")),
    (("ий", "ый", "ой"), ("ого", "его", "ому", "ему", "им", "ым", "ом", "ем")),
    (("а",), ("ой", "у", "е", "ы", "ою")),
    (("я",), ("ей", "ю", "е", "и", "ею")),
    (("ь", "й"), ("я", "ю", "е", "ем")),
)
AFTER_CONSONANT = ("а", "у", "е", "ом", "ым", "ем")

# What colleagues say to each other in a word or two while the card waits for a name. Nobody's
# name is among them: «Макс» and «Марта» are names, whatever else they mean in a line.
CHAT = frozenset(
    {
        *("ок", "окей", "да", "ага", "угу", "неа", "не", "спс", "пожалуйста", "хорошо", "ладно"),
        *("ясно", "понятно", "понял", "поняла", "поняли", "принято", "принял", "приняла"),
        *("готово", "сделано", "сделал", "сделала", "отлично", "супер", "точно", "конечно"),
        *("сейчас", "щас", "секунду", "секундочку", "минуту", "минутку", "минуточку", "момент"),
        *("подожди", "подождите", "иду", "идем", "бегу", "тут", "здесь", "там", "кто", "где"),
        *("когда", "куда", "почему", "зачем", "сколько", "чей", "чья", "какой", "какая", "мы"),
        *("ты", "вы", "он", "мне", "меня", "тебя", "доброе", "добрый", "утро", "вечер", "обед"),
        *("перерыв", "позвони", "позвоните", "перезвони", "перезвоните", "позови", "скажи"),
        *("спроси", "посмотри", "напиши", "проверь", "запиши", "передай", "занято", "свободно"),
        *("ok", "okay", "yes", "yeah", "yep", "no", "nope", "thank", "sure", "fine", "done"),
        *("wait", "moment", "minute", "sec", "now", "coming", "here", "there", "who", "what"),
        *("where", "when", "why", "how", "hi", "hey", "it", "is", "this", "that", "we"),
    }
)

# Look like a name and aren't one; several would change what the line means.
_NO_NAMES = frozenset(
    {
        *("скидка", "скидку", "долг", "доплата", "остаток", "сдача", "подарок", "подарили"),
        *("нет", "или", "еще", "для", "это", "как", "что", "уже", "был", "была", "было", "будет"),
        *("при", "под", "над", "про", "она", "они", "его", "нам", "вам", "вас", "нас", "если"),
        *(
            "спасибо",
            "просит",
            "просила",
            "просил",
            "дайте",
            "надо",
            "можно",
            "только",
            "пока",
            "потом",
        ),
        *NUMBERS,
        *("discount", "debt", "gift", "change", "the", "was", "she", "her", "him", "has", "but"),
        *("are", "you", "not", "from", "please", "thanks", "only"),
    }
)

_KNOWN = NOISE.union(
    *(BEFORE_NAME, COMMANDS, RUBLES, KOPECKS, MULTIPLIERS, POINTS, SPEND, SPENDING, NOT, MOST),
    *(MINUS, PLUS, REFUND, ADVANCE, _BY_WORD, CATEGORY_NAMES.values(), UNITS, PERIODS),
    *(RELATIVE_DAYS, WEEKDAYS, MONTHS, BOOKING, HOURS, HALVES_OF_DAY, COUNTED),
)
_EASILY_MISTYPED = tuple(sorted(word for word in _KNOWN if len(word) > SHORTEST_NAME))
_LETTERS_OF_MOST = [sorted(word) for word in MOST]


def normal(word: str) -> str:
    """The word as it would stand here."""
    return word.casefold().replace("ё", "е")


def spellings(word: str) -> set[str]:
    """How a name is written down: neither database's LIKE knows the case of Russian letters, and
    «ё» stands in a name once at most.
    """
    plain = normal(word)
    with_yo = (f"{plain[:at]}ё{plain[at + 1 :]}" for at, c in enumerate(plain) if c == "е")
    return {word} | {
        spelt
        for one in (plain, *with_yo)
        for spelt in (one, one.capitalize(), one.title(), one.upper())
    }


def is_talked_of(word: str) -> bool:
    """Whether a number after this word is talk between colleagues."""
    return word in TALKED_OF or word.endswith(ENDINGS_OF_DEEDS)


def is_chat(word: str) -> bool:
    """Whether it is said between colleagues rather than written as somebody's name."""
    return word in CHAT or word in TALKED_OF or word in _NO_NAMES or word in RELATIVE_DAYS


def is_known(word: str) -> bool:
    """Whether the word says something at the desk, or is as good as silence there."""
    return word in _KNOWN or category(word) is not None


@lru_cache(maxsize=1024)
def may_be_a_name(word: str) -> bool:
    """Whether an unknown word can be a surname, and no slip of the finger in a known one."""
    letters = word.replace("-", "").replace("'", "")
    return (
        letters.isalpha()
        and len(letters) >= SHORTEST_NAME
        and len(word) <= LONGEST_NAME
        and not (is_known(word) or word in _NO_NAMES or sorted(word) in _LETTERS_OF_MOST)
        and not get_close_matches(word, _EASILY_MISTYPED, n=1, cutoff=0.9)
    )
