"""The names of the demo clinic, in the language of the play (locales/*/demo.ftl)."""

from dataclasses import dataclass

from screens.texts import Texts

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Names, and what people say. Surnames are put together: nobody real bears one by intention."""

    branches: Names
    owner: str
    team: Names
    doctors: Names
    men: Names
    women: Names
    boys: Names
    girls: Names
    surname_starts: Names
    surnames_of_men: Names
    surnames_of_women: Names
    gifts: Names
    returned: str
    upset: Names
    mended: Names
    questions: Names


def words_in(texts: Texts) -> Words:
    return Words(
        branches=_names(texts.plain("demo-branches")),
        owner=texts.plain("demo-owner"),
        team=_names(texts.plain("demo-team")),
        doctors=_names(texts.plain("demo-doctors")),
        men=_names(texts.plain("demo-men")),
        women=_names(texts.plain("demo-women")),
        boys=_names(texts.plain("demo-boys")),
        girls=_names(texts.plain("demo-girls")),
        surname_starts=_names(texts.plain("demo-surname-starts")),
        surnames_of_men=_names(texts.plain("demo-surnames-of-men")),
        surnames_of_women=_names(texts.plain("demo-surnames-of-women")),
        gifts=_names(texts.plain("demo-gifts")),
        returned=texts.plain("demo-return"),
        upset=_names(texts.plain("demo-upset")),
        mended=_names(texts.plain("demo-mended")),
        questions=_names(texts.plain("demo-questions")),
    )


def _names(listed: str) -> Names:
    return tuple(name.strip() for name in listed.split(","))
