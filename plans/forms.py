"""Forms of the acts on a plan: the paper that goes with a step, a reason, a new plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.fields import NAME_LENGTH
from core.forms import DayField
from plans.content.routes import route_choices
from plans.models import PlanRoute, Programme
from plans.parts.columns import Party
from plans.review.actions import Paper

SCAN_LIMIT = 10 * 1024 * 1024
# What a scanner gives, told by its first bytes and not by its name.
_SCANS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}


class ScanField(forms.FileField):
    """A scanned page: PDF, JPEG or PNG, at most 10 MB."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Scan"))
        kwargs.setdefault("help_text", _("PDF, JPEG or PNG, at most 10 MB."))
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ",".join(_SCANS)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        scan = super().clean(data, initial)
        if not isinstance(scan, UploadedFile):
            return scan
        name = scan.name or ""
        if (scan.size or 0) > SCAN_LIMIT:
            raise ValidationError(
                _("“%(name)s” is larger than 10 MB; scan it in a lower resolution."), params={"name": name}
            )
        start = _SCANS.get(name[name.rfind(".") :].lower())
        head = scan.read(16)
        scan.seek(0)
        if start is None or not head.startswith(start):
            raise ValidationError(
                _("“%(name)s” is not a PDF, JPEG or PNG file; save the scan as one of these."),
                params={"name": name},
            )
        return scan


class ActForm(forms.Form):
    """A form of an act; `arguments()` is what the action is called with besides plan and actor."""

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NoteForm(ActForm):
    """The leader's note when a draft goes back inside the agency."""

    note = forms.CharField(
        label=_("Note to the editor"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class RemarkForm(ActForm):
    comment = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(ActForm):
    """Why a plan is returned or rejected; the agency reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Name the section, task or project and what is to be mended; the agency reads it."),
        error_messages={"required": _("Give the reason: the agency must know what to mend.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class LetterForm(ActForm):
    """The cover letter with which a plan is submitted."""

    number = forms.CharField(label=_("Number of the cover letter"), max_length=100)
    on = DayField(label=_("Date"))
    signer = forms.CharField(label=_("Signer"), max_length=200)
    scan = ScanField(label=_("Scan of the letter"))
    comment = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        paper = Paper(number=said["number"], on=said["on"], signer=said["signer"], scan=said["scan"])
        return {"letter": paper, "comment": said["comment"]}


class DecisionForm(ActForm):
    """The decision that approves a plan. Its signer may stay blank: illustrative decisions have none."""

    number = forms.CharField(label=_("Number of the decision"), max_length=100)
    on = DayField(label=_("Date of the decision"))
    issuer = forms.CharField(label=_("Issued by"), max_length=200)
    signer = forms.CharField(label=_("Signer"), max_length=200, required=False)
    scan = ScanField(label=_("Scan of the decision"))
    comment = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        paper = Paper(
            number=said["number"],
            on=said["on"],
            issuer=said["issuer"],
            signer=said["signer"],
            scan=said["scan"],
        )
        return {"decision": paper, "comment": said["comment"]}


class NewPlanForm(forms.Form):
    """Which programme the plan is for, among those in which the agency plans."""

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        error_messages={
            "invalid_choice": _("Your agency does not plan in this programme; choose one of the list.")
        },
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Blank: the usual title with the agency's name and the programme."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.routes = [
            (programme, self._ask(programme), route_choices(programme))
            for programme in programmes
            if programme.asks_route
        ]

    def _ask(self, programme: Programme) -> forms.BoundField:
        """The question how a plan of the programme came about; it may be answered later."""
        name = f"route-{programme.code}"
        self.fields[name] = forms.ChoiceField(
            label=_("How the plan comes about"), required=False, choices=PlanRoute.choices
        )
        return self[name]

    def clean(self) -> dict[str, Any]:
        programme = self.cleaned_data.get("programme")
        said = self.cleaned_data.get(f"route-{programme.code}", "") if programme else ""
        return {**self.cleaned_data, "route": said}


class RouteForm(forms.Form):
    """How a plan came about; blank takes back what was said."""

    route = forms.ChoiceField(label=_("How the plan comes about"), required=False, choices=PlanRoute.choices)


class AssignForm(ActForm):
    """Who reports on lines that the document gives no lead, and on what that rests."""

    party = forms.ChoiceField(
        label=_("Who reports"),
        help_text=_("Only classes, lists and agencies that owe reports in the programme stand here."),
        error_messages={"required": _("Choose who reports.")},
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=300,
        help_text=_("The document or decision that the assignment rests on."),
        error_messages={
            "required": _("Give the basis: the document or decision that the assignment rests on.")
        },
    )
    on = DayField(label=_("Day of the assignment"))

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "party": Party.parse(self.cleaned_data["party"])}
