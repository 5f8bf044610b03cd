"""Files as answers."""

from django.http import HttpResponse

from core.spreadsheets import CONTENT_TYPE


def download(body: bytes | str, name: str, media_type: str = CONTENT_TYPE) -> HttpResponse:
    """A file that the reader's machine keeps under this name; a workbook unless said otherwise."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=media_type, headers=headers)
