"""From neutral fields to a web form, made anew for each page."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from wtforms import BooleanField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from bot.cards import Choice, Field, FileInput, TextInput, Tick
from bot.language import Reader
from bot.portal import texts
from bot.portal.reading import plain_lines
from bot.portal.uploads import OVERLONG
from bot.replies import Form

MEGABYTE = 1024 * 1024
OPEN_MAX = 5  # a choice of so few is shown open
PREFIX = "f-"  # keeps the names of inputs apart from the page's own hidden ones


def web_form(form: Form, reader: Reader, typed: FormData | None = None) -> BaseForm:
    """The form with its values, or with what was typed."""
    drawn = BaseForm([(field.name, _input(field, reader, typed)) for field in form.fields], prefix=PREFIX)
    drawn.process(typed)
    for name, sentence in form.errors.items():
        if name in drawn and typed is None:
            drawn[name].errors = [sentence]
    return drawn


def values(drawn: BaseForm) -> dict[str, Any]:
    """What was typed, by field name: text, or True and False."""
    return {name: "" if value is None else value for name, value in drawn.data.items()}


def problems(form: Form, drawn: BaseForm) -> list[tuple[str, str, str]]:
    """For the error summary: (id of the input, label, sentence), in the order of the fields; "" for the whole form."""
    of_fields = [
        (first_id(drawn[field.name]), field.label, str(drawn[field.name].errors[0]))
        for field in form.fields
        if drawn[field.name].errors
    ]
    whole: Mapping[str, str] = {name: said for name, said in form.errors.items() if name not in drawn}
    return [*of_fields, *(("", "", said) for said in whole.values())]


def first_id(field: Any) -> str:
    """The id a link to the field jumps to: of open choices, the first one."""
    return f"{field.id}-0" if isinstance(field, RadioField) else str(field.id)


def _input(field: Field, reader: Reader, typed: FormData | None) -> "UnboundField[Any]":
    match field:
        case TextInput():
            return _text_input(field, reader)
        case Choice():
            return _choice(field, reader)
        case FileInput():
            return _file_input(field, reader, overlong=bool(typed and typed.get(OVERLONG)))
        case Tick():
            needed = [DataRequired(reader(texts.TICK_NEEDED))] if field.required else []
            return UnboundField(
                BooleanField,
                field.label,
                needed,
                default=field.value,
                description=field.hint,
            )


def _text_input(field: TextInput, reader: Reader) -> "UnboundField[Any]":
    needed = DataRequired(reader(texts.TEXT_NEEDED)) if field.required else Optional()
    fits = Length(max=field.max_length, message=reader(texts.TEXT_TOO_LONG, most=field.max_length))
    more = {"maxlength": field.max_length} | ({"rows": field.lines} if field.lines > 1 else {})
    return UnboundField(
        TextAreaField if field.lines > 1 else StringField,
        field.label,
        [needed, fits],
        filters=[plain_lines],
        default=field.value,
        description=field.hint,
        render_kw=more,
    )


def _file_input(field: FileInput, reader: Reader, *, overlong: bool) -> "UnboundField[Any]":
    def fits(_: BaseForm, drawn: Any) -> None:
        sent = drawn.data if isinstance(drawn.data, UploadFile) else None
        if overlong or (sent and (sent.size or 0) > field.max_bytes):
            raise ValidationError(reader(texts.FILE_TOO_LARGE, megabytes=field.max_bytes // MEGABYTE))
        if not (sent and sent.filename):
            raise ValidationError(reader(texts.FILE_NEEDED))

    fits.field_flags = {"required": field.required}  # type: ignore[attr-defined] # where WTForms looks for it
    more = {"accept": field.accept} if field.accept else {}
    return UnboundField(FileField, field.label, [fits], description=field.hint, render_kw=more)


def _choice(field: Choice, reader: Reader) -> "UnboundField[Any]":
    known = AnyOf([value for value, _ in field.options], reader(texts.CHOICE_NEEDED))
    shown_open = len(field.options) <= OPEN_MAX
    blank = [] if shown_open or (field.required and field.value) else [("", reader(texts.PLEASE_CHOOSE))]
    choices = [SelectChoice(value, label) for value, label in (*blank, *field.options)]
    return UnboundField(
        RadioField if shown_open else SelectField,
        field.label,
        [DataRequired(reader(texts.CHOICE_NEEDED)) if field.required else Optional(), known],
        choices=choices,
        default=field.value,
        description=field.hint,
        validate_choice=False,
    )
