"""Form fields that read what officials type, in Vietnamese notation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.notation import NotationError, format_date, parse_date


class DayField(forms.CharField):
    """A day as 07/03/2008; gives a date, or None when blank."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("strip", True)
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "short", "inputmode": "numeric", "placeholder": "07/03/2008"})
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, date):
            return value
        try:
            return parse_date(super().to_python(value))
        except NotationError as problem:
            raise ValidationError(str(problem), problem.code) from None

    def prepare_value(self, value: Any) -> Any:
        return format_date(value) if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The notation was checked when it was read."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (data or "").strip() != format_date(initial)
