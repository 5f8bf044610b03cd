"""Forms of the acts on the list of agencies; each gives the change that it states."""

from agencies.changes.forms.base import ChangeForm
from agencies.changes.forms.single import (
    CreateForm,
    EditForm,
    EndForm,
    MergeForm,
    MovePeopleForm,
    RemoveForm,
    RenameForm,
)
from agencies.changes.forms.split import SplitForm

__all__ = [
    "ChangeForm",
    "CreateForm",
    "EditForm",
    "EndForm",
    "MergeForm",
    "MovePeopleForm",
    "RemoveForm",
    "RenameForm",
    "SplitForm",
]
