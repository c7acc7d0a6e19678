"""From neutral fields to a web form, made anew for each page."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from bot.cards import Choice, Choices, Field, FileInput, TextInput, Tick
from bot.language import Reader
from bot.portal import texts
from bot.portal.reading import plain_lines
from bot.portal.uploads import OVERLONG
from bot.replies import Form

MEGABYTE = 1024 * 1024
OPEN_MAX = 5  # a choice of so few is shown open
PREFIX = "f-"  # keeps the names of inputs apart from the page's own hidden ones


class BoxesField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def web_form(form: Form, reader: Reader, typed: FormData | None = None) -> BaseForm:
    """The form with its values, or with what was typed."""
    drawn = BaseForm([(field.name, _input(field, reader, typed)) for field in form.fields], prefix=PREFIX)
    drawn.process(typed)
    for name, sentence in form.errors.items():
        if name in drawn and typed is None:
            drawn[name].errors = [sentence]
    return drawn


def values(drawn: BaseForm) -> dict[str, Any]:
    """What was typed, by field name: text, True and False, or a tuple of what was chosen."""
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in drawn.data.items()}
    return {name: "" if value is None else value for name, value in plain.items()}


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
    return f"{field.id}-0" if isinstance(field, RadioField | BoxesField) else str(field.id)


def _input(field: Field, reader: Reader, typed: FormData | None) -> "UnboundField[Any]":
    match field:
        case TextInput():
            return _text_input(field, reader)
        case Choice():
            return _choice(field, reader)
        case Choices():
            return _choices(field, reader)
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
    more: dict[str, int | str] = {"maxlength": field.max_length}
    if field.lines > 1:
        more["rows"] = field.lines
    if field.secret:
        more["autocomplete"] = "off"
    return UnboundField(
        PasswordField if field.secret else TextAreaField if field.lines > 1 else StringField,
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


def _choices(field: Choices, reader: Reader) -> "UnboundField[Any]":
    known = {value for value, _ in field.options}

    def fits(_: BaseForm, drawn: Any) -> None:
        chosen = drawn.data or []
        if (field.required and not chosen) or not set(chosen) <= known:
            raise ValidationError(reader(texts.SEVERAL_NEEDED))
        if field.most and len(set(chosen)) > field.most:
            raise ValidationError(reader(texts.SEVERAL_TOO_MANY, count=field.most))

    fits.field_flags = {"required": field.required}  # type: ignore[attr-defined] # where WTForms looks for it
    return UnboundField(
        BoxesField,
        field.label,
        [fits],
        choices=[SelectChoice(value, label) for value, label in field.options],
        default=list(field.values),
        description=field.hint,
        validate_choice=False,
    )
