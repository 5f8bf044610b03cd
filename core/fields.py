"""Model fields with a meaning of their own: money, and the stored keys to search and to sort by."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from core.vietnamese import clause_key, search_key, sort_key

DONG_PER_TRIEU = 1_000_000
NAME_LENGTH = 500


class MoneyField(models.BigIntegerField):
    """Decimal triệu đồng outside, whole đồng inside: sums and comparisons are exact on both databases."""

    description = "Money in triệu đồng"
    # What a type checker is told of an attribute of this kind.
    _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | Decimal | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / DONG_PER_TRIEU

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        raise ValidationError(_("Money is a Decimal in triệu đồng, not %(value)r."), params={"value": value})

    def get_prep_value(self, value: Any) -> int | None:
        amount = self.to_python(value)
        if amount is None:
            return None
        dong = amount * DONG_PER_TRIEU
        if dong != dong.to_integral_value():
            raise ValidationError(_("%(value)s triệu is finer than one đồng."), params={"value": amount})
        return int(dong)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else format(value, "f")

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Forms take money as the text that was typed; `core.notation.parse_money` reads it."""
        return None


class _KeyField(models.CharField):
    """A stored key that follows another field of the same row on every save."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def make_key(self, text: str) -> str:
        raise ValueError("a key field names the function that makes its key")

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.make_key(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class SearchKeyField(_KeyField):
    """`core.vietnamese.search_key` of the source: no diacritics, đ = d, tone placement ignored."""

    def make_key(self, text: str) -> str:
        return search_key(text)


class SortKeyField(_KeyField):
    """`core.vietnamese.sort_key` of the source: Vietnamese order under any collation."""

    def make_key(self, text: str) -> str:
        return sort_key(text)


class ClauseKeyField(_KeyField):
    """`core.vietnamese.clause_key` of the source: I < II < IX, a < ă < đ, 2 < 10."""

    def make_key(self, text: str) -> str:
        return clause_key(text)
