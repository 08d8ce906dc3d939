"""`--help` in the person's language: commands, options and every setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from bot.environment import language
from bot.setting_words import SETTINGS
from screens.texts import texts_in

if TYPE_CHECKING:
    # Typer shows these types in its signatures and gives them no public name.
    from typer._click import Command, Context, HelpFormatter

    from screens.texts import Texts


class SpeakingCommand(TyperCommand):
    """A command whose `help` is the key of a text."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        texts = texts_in(language())
        _write_head(self, ctx, formatter, texts)
        _write_options(self, ctx, formatter, texts)


class SpeakingGroup(TyperGroup):
    """The commands together; explains the settings too."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        texts = texts_in(language())
        _write_head(self, ctx, formatter, texts)
        with formatter.section(texts.plain("help-commands")):
            formatter.write_dl(
                [(_call(command), _about(command, texts)) for command in self.commands.values()]
            )
        _write_options(self, ctx, formatter, texts)
        for heading, required in (("help-required", True), ("help-optional", False)):
            with formatter.section(texts.plain(heading)):
                formatter.write_dl(
                    [
                        (name, texts.plain(words.about))
                        for name, words in SETTINGS.items()
                        if words.required is required
                    ]
                )


def _write_head(command: Command, ctx: Context, formatter: HelpFormatter, texts: Texts) -> None:
    if isinstance(command, TyperGroup):
        arguments = texts.plain("help-command-word")
    else:
        arguments = " ".join(_metavars(command))
    usage = f"{texts.plain('help-usage')} {ctx.command_path} {arguments}"
    formatter.write(f"{usage.rstrip()}\n")
    formatter.write_paragraph()
    formatter.write_text(_about(command, texts))


def _write_options(command: Command, ctx: Context, formatter: HelpFormatter, texts: Texts) -> None:
    own = [
        (_metavar(parameter), texts.plain(parameter.help or ""))
        for parameter in _parameters(command)
    ]
    names = ", ".join(sorted(ctx.help_option_names, key=len))
    with formatter.section(texts.plain("help-options")):
        formatter.write_dl([*own, (names, texts.plain("help-help"))])


def _call(command: Command) -> str:
    return " ".join([command.name or "", *_metavars(command)])


def _about(command: Command, texts: Texts) -> str:
    return texts.plain(command.help or "")


def _metavars(command: Command) -> list[str]:
    shown = []
    for parameter in _parameters(command):
        word = _metavar(parameter)
        shown.append(word if isinstance(parameter, TyperArgument) else f"[{word}]")
    return shown


def _parameters(command: Command) -> list[TyperArgument | TyperOption]:
    return [p for p in command.params if isinstance(p, TyperArgument | TyperOption)]


def _metavar(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or parameter.name
    return f"{parameter.opts[0]} {parameter.metavar or ''}".strip()
