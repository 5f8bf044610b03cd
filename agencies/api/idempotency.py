"""A POST that names an idempotency key acts once, however often it arrives."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.models import Membership
from agencies.models.tokens import IdempotentAnswer
from core import clock
from core.api.schema import describes
from core.findings import Refused

KEY_HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 100
KEPT_FOR = timedelta(days=7)
KEPT_HEADERS = ("ETag", "Location")

Handler = TypeVar("Handler", bound=Callable[..., Response])


def idempotent(handler: Handler) -> Handler:
    """Of a handler of POST: the same request again, under the same key, gets the first answer.

    Handler and answer are one transaction, so of two at once the second waits and is answered from the first.
    What was refused is not kept: mended, it may be sent again under its key. Another request under a key that
    was used is refused. Keys are the membership's and are kept for a week. What an endpoint tells but once
    (`told_once`) is not kept: it is null where the answer is given again.
    """

    @describes(idempotent=True)
    @wraps(handler)
    def inner(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(KEY_HEADER, "")
        if not key:
            return handler(self, request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise Refused(
                _("The idempotency key has more than %(most)d characters.") % {"most": LONGEST_KEY},
                code="idempotency_key_long",
            )
        request_hash = _hash_of(request)
        with transaction.atomic():
            kept, is_new = _claim(self.membership, key, request_hash)
            if not is_new:
                headers = {**kept.headers, REPLAYED: "true"}
                return Response(json.loads(kept.body), status=kept.status, headers=headers)
            answer = handler(self, request, *args, **kwargs)
            kept.status = answer.status_code
            told_again = _without_secrets(answer.data, self.told_once)
            kept.body = json.dumps(told_again, cls=DjangoJSONEncoder)
            kept.headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
            kept.save()
        return answer

    return inner


def _without_secrets(data: Any, told_once: Collection[str]) -> Any:
    if not isinstance(data, Mapping):
        return data
    return {name: None if name in told_once else value for name, value in data.items()}


def _claim(membership: Membership, key: str, request_hash: str) -> tuple[IdempotentAnswer, bool]:
    """The row of the key, new or kept; whoever comes second waits here for the first."""
    of_membership = IdempotentAnswer.objects.filter(membership=membership)
    of_membership.filter(at__lt=clock.real_now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            claimed = IdempotentAnswer(membership=membership, key=key, request_hash=request_hash)
            claimed.save(force_insert=True)
            return claimed, True
    except IntegrityError:
        kept = of_membership.get(key=key)
    if kept.request_hash != request_hash:
        raise Refused(
            _("This idempotency key was used for another request. Use a new one for each request."),
            code="idempotency_key_reused",
        )
    return kept, False


def _hash_of(request: Request) -> str:
    said = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for one in _fields_of(request):
            said.update(one)
    else:
        said.update(request._request.body)
    return said.hexdigest()


def _fields_of(request: Request) -> Iterator[bytes]:
    """A form by what it says: what is between its fields is another each time that it is sent."""
    for name in sorted(request.data):
        for value in request.data.getlist(name):
            yield f"\0{name}\0".encode()
            if not isinstance(value, UploadedFile):
                yield value.encode()
                continue
            yield f"{value.name}\0".encode()
            yield from value.chunks()
            value.seek(0)
