"""The keys that make a copy of the database name nobody; they live in files outside it.

`tag.key` makes look-up tags (HMAC-SHA-256: the same handle gives the same tag, and without the key a tag cannot be
guessed even from a list of all handles).  `seal.keys` holds Fernet keys, newest first: the first seals, all open.
`link.keys` sign the portal's links, newest first.  Losing them means losing names, handles and texts for good.

The folder `surveys` beside them holds the keys of open surveys, which must be in no backup (`storage/boxes.py`).
"""

import hmac
import os
import secrets
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.findings import SetUpProblem
from storage.boxes import FOLDER, KeyFolder, KeyMemory, KeyStore

PAD = 64  # bytes; sealed texts differ in length only in steps of this (after base64: 88)
TAG, SEAL, LINK = "tag.key", "seal.keys", "link.keys"
_TAG_BYTES = 32


class KeyProblem(SetUpProblem):
    """A key file is missing, unreadable or not the one this database was made with.  Names the file and the setting."""


@dataclass(frozen=True)
class Keys:
    """The opened keys."""

    tag_key: bytes
    seal_keys: tuple[bytes, ...]
    link_keys: tuple[str, ...]  # newest first
    surveys: KeyStore = field(default_factory=KeyMemory, compare=False, repr=False)  # see `storage/boxes.py`

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.seal_keys])

    def tag(self, *parts: str) -> bytes:
        """32 bytes that stand for `parts` and say nothing of them without the key."""
        return hmac.digest(self.tag_key, "\x1f".join(parts).encode(), sha256)

    def seal(self, text: str, size: int = PAD) -> bytes:
        """Encrypt, padded to a multiple of `size` bytes."""
        plain = text.replace("\0", "").encode()
        return self._fernet.encrypt(plain.ljust(-(-max(len(plain), 1) // size) * size, b"\0"))

    def open(self, sealed: bytes) -> str:
        """Decrypt what `seal` made.  Raises KeyProblem when none of the keys fits."""
        try:
            return self._fernet.decrypt(sealed).rstrip(b"\0").decode()
        except InvalidToken:
            msg = f"a stored text cannot be opened with any key of {SEAL}; restore the keys of this database"
            raise KeyProblem(msg) from None

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt what is no text; its length shows."""
        return self._fernet.encrypt(content)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` made.  Raises KeyProblem when none of the keys fits."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            msg = f"a stored file cannot be opened with any key of {SEAL}; restore the keys of this database"
            raise KeyProblem(msg) from None

    def reseal(self, sealed: bytes) -> bytes:
        """The same text under the newest key."""
        return self._fernet.rotate(sealed)

    @property
    def mark(self) -> bytes:
        """What the database keeps to recognise its own tag key."""
        return self.tag("enishi", "this is the tag key")

    @classmethod
    def fresh(cls) -> Self:
        """New random keys."""
        return cls(secrets.token_bytes(_TAG_BYTES), (Fernet.generate_key(),), (secrets.token_urlsafe(32),))


def create(folder: Path) -> Keys:
    """Write new keys; the folder is made readable for the owner alone.  Never replaces a file."""
    keys = replace(Keys.fresh(), surveys=KeyFolder(folder / FOLDER))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / TAG, keys.tag_key.hex())
    _write(folder / SEAL, keys.seal_keys[0].decode())
    _write(folder / LINK, keys.link_keys[0])
    return keys


def load(folder: Path) -> Keys:
    """Read the keys.  Raises KeyProblem with one sentence an operator can act on."""
    try:
        tag, seal, link = ((folder / name).read_text().split() for name in (TAG, SEAL, LINK))
        store = KeyFolder(folder / FOLDER)
        keys = Keys(bytes.fromhex(tag[0]), tuple(key.encode() for key in seal), tuple(link), store)
        for key in keys.seal_keys:
            Fernet(key)
    except FileNotFoundError as missing:
        msg = (
            f"key file {missing.filename} is missing: restore it from your backup of ENISHI_KEYS "
            "(without it nobody's name, handle or text can be read)"
        )
        raise KeyProblem(msg) from None
    except (OSError, ValueError, IndexError) as error:
        msg = f"the key files in {folder} (ENISHI_KEYS) cannot be read: {type(error).__name__}"
        raise KeyProblem(msg) from None
    if len(keys.tag_key) != _TAG_BYTES or not keys.seal_keys or not keys.link_keys:
        msg = f"the key files in {folder} (ENISHI_KEYS) are damaged: restore them from your backup"
        raise KeyProblem(msg)
    return keys


def rotate(folder: Path) -> Keys:
    """Put a new key in front of `seal.keys` and `link.keys`; the old ones still open.  The tag key cannot rotate."""
    load(folder)
    for name, new in ((SEAL, Fernet.generate_key().decode()), (LINK, secrets.token_urlsafe(32))):
        _write(folder / name, "\n".join([new, *(folder / name).read_text().split()]), replace=True)
    return load(folder)


def drop_old(folder: Path) -> None:
    """Keep only the newest of `seal.keys` and `link.keys`: after everything has been sealed anew."""
    for name in (SEAL, LINK):
        _write(folder / name, (folder / name).read_text().split()[0], replace=True)


def _write(path: Path, text: str, *, replace: bool = False) -> None:
    part = path.with_suffix(".part") if replace else path
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL), 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    if replace:
        part.replace(path)
