"""What a page carries and brings back: signed, so that only what we wrote is believed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from itsdangerous import BadData, Signer, URLSafeSerializer
from pydantic import TypeAdapter, ValidationError

from bot.replies import Form


@dataclass(frozen=True, slots=True)
class Held:
    """A form as it was shown: the browser keeps it, so that nothing needs to be stored until it is sent."""

    who: str  # str(Handle); a form is good for the member it was shown to
    language: str
    origin: str  # the shown card that led to it (`delivering.Place`), or ""
    form: Form


_HELD = TypeAdapter(Held)


class Signing:
    """Signs with the newest key and accepts them all (`keys`: newest first)."""

    def __init__(self, keys: Sequence[str]) -> None:
        oldest_first = [*reversed(keys)]
        self._csrf = Signer(oldest_first, salt="enishi.csrf", digest_method=hashlib.sha256)
        more = {"digest_method": hashlib.sha256}
        self._forms = URLSafeSerializer(oldest_first, salt="enishi.form", signer_kwargs=more)

    def csrf(self, token: str) -> str:
        """What a form of this session must bring back."""
        return self._csrf.get_signature(token).decode()

    def csrf_fits(self, token: str, given: str) -> bool:
        """Whether `given` was made for this session."""
        return self._csrf.verify_signature(token, given)

    def hold(self, held: Held) -> str:
        """A form as text for a hidden field."""
        return str(self._forms.dumps(_HELD.dump_python(held, mode="json")))

    def held(self, text: str) -> Held | None:
        """What `hold` wrote, or None."""
        try:
            return _HELD.validate_python(self._forms.loads(text))
        except (BadData, ValidationError):
            return None
