"""What is decided before any view: who may reach a portal without HTTPS, and the language of the page."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import check_for_language

from config.loopback import is_loopback


class LoopbackOnly:
    """Without HTTPS, answers nobody but this machine, whatever address the server was bound to.

    The name in the request is ALLOWED_HOSTS' to refuse; a system check holds that list to loopback names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.INSECURE_LOOPBACK:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseBadRequest(
                "This portal runs without HTTPS and answers only the machine that it runs on.",
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class ChosenLanguage(LocaleMiddleware):
    """Vietnamese until the reader chooses: the browser's language, often left English, has no say."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES) and check_for_language(chosen)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
