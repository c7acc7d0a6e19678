"""How many questions a member has asked: counted in this process alone, under a key that ends with it, in no file."""

import hmac
import secrets
from collections import Counter
from hashlib import sha256

from handlers.events.asking.rules import MOST


class Limit:
    """So many for each event and member; several replicas count each for itself."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._key, self._asked = most, secrets.token_bytes(32), Counter[bytes]()

    def reached(self, event: str, member: str) -> bool:
        """Whether they have asked as many as they may."""
        return self._asked[self._tag(event, member)] >= self._most

    def count(self, event: str, member: str) -> None:
        """One more."""
        self._asked[self._tag(event, member)] += 1

    def _tag(self, event: str, member: str) -> bytes:
        return hmac.digest(self._key, f"{event}|{member}".encode(), sha256)


HERE = Limit()
