"""The keys of sealed surveys: one file each, outside the database and outside every backup, destroyed at the close.

A file holds the secret that makes tags (`tag`) and what opens the box.  An ordinary survey has one box, whose key lies
there as it is.  One for trustees has two boxes, one inside the other; the key of each is encrypted under a passphrase
(Argon2id) that only its trustee knows, until both have typed it after the last day.  No copy is made: a lost file means
that the survey has to be asked again, and that is intended.

Sealing is HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305).  What is sealed is bound to its manifest and, by a
value that needs the tag secret, to the row it lies in: it opens nowhere else, and nobody without the file can make one.
"""

import contextlib
import hmac
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

LAYER = 48  # bytes that one box adds
PASSPHRASE_MIN = 12  # characters
FOLDER = "surveys"  # inside ENISHI_KEYS
FORSAKEN_S = 3600  # seconds after which the key of a survey that was never stored is destroyed
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_CODE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # of receipts: none that look alike
CODE_LENGTH = 16
_NONCE = bytes(12)  # each key encrypts once


class WrongPassphrase(Exception):
    """It opens nothing."""


@dataclass(frozen=True, slots=True)
class Half:
    """One trustee's box: its public key, and its key under their passphrase."""

    public: bytes
    salt: bytes
    locked: bytes

    @classmethod
    def fresh(cls, passphrase: str) -> Self:
        """A new box.  Takes a fifth of a second and 64 MB: not in a transaction."""
        key, salt = X25519PrivateKey.generate(), secrets.token_bytes(16)
        cipher = ChaCha20Poly1305(_stretched(passphrase, salt))
        return cls(_public(key), salt, cipher.encrypt(_NONCE, key.private_bytes_raw(), None))

    def unlock(self, passphrase: str) -> bytes:
        """The key.  As slow.  Raises WrongPassphrase."""
        try:
            return ChaCha20Poly1305(_stretched(passphrase, self.salt)).decrypt(_NONCE, self.locked, None)
        except InvalidTag:
            raise WrongPassphrase from None


@dataclass(frozen=True)
class SurveyKey:
    """What one key file holds."""

    tag: bytes = field(repr=False)
    opened: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)  # keys by the public key of their box
    halves: Mapping[str, Half] = field(default_factory=dict, repr=False)  # by trustee

    @classmethod
    def fresh(cls, *, trustees: bool = False) -> Self:
        """New random secrets; with trustees, without a box until each has given a passphrase."""
        key = X25519PrivateKey.generate()
        return cls(secrets.token_bytes(32), {} if trustees else {_public(key): key.private_bytes_raw()})

    @property
    def boxes(self) -> tuple[bytes, ...]:
        """Public keys, in the order in which an answer is sealed."""
        return tuple(half.public for _, half in sorted(self.halves.items())) or tuple(sorted(self.opened))

    def trusting(self, trustee: str, half: Half) -> "SurveyKey":
        """With this trustee's box, in place of an earlier one of theirs."""
        return replace(self, halves={**self.halves, trustee: half})

    def unlocked(self, half: Half, key: bytes) -> "SurveyKey":
        """With one more box open."""
        return replace(self, opened={**self.opened, half.public: key})

    def opens(self, boxes: Iterable[bytes]) -> bool:
        """Whether every one of these boxes is open."""
        return all(box in self.opened for box in boxes)

    def digest(self, *parts: str) -> bytes:
        """32 bytes that stand for `parts` and say nothing once this file is destroyed."""
        return hmac.digest(self.tag, "|".join(parts).encode(), sha256)

    def code(self, *parts: str) -> str:
        """A receipt's code: 79 bits in letters that can be read aloud."""
        number, letters = int.from_bytes(self.digest("receipt", *parts)), []
        for _ in range(CODE_LENGTH):
            number, at = divmod(number, len(_CODE))
            letters.append(_CODE[at])
        return "".join(letters)

    def seal(self, plain: bytes, boxes: Iterable[bytes], bound: bytes, row: bytes) -> bytes:
        """Into the boxes, one inside the other; `bound` is the manifest's hash, `row` the tag it lies under."""
        info = self._info(bound, row)
        for box in boxes:
            plain = _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(box), info=info)
        return plain

    def open(self, sealed: bytes, boxes: Iterable[bytes], bound: bytes, row: bytes) -> bytes:
        """Out of the boxes.  Raises Unopenable when it was made for another place, or changed."""
        info = self._info(bound, row)
        try:
            for box in reversed(tuple(boxes)):
                sealed = _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(self.opened[box]), info=info)
        except (InvalidTag, KeyError, ValueError):
            raise Unopenable from None
        return sealed

    def _info(self, bound: bytes, row: bytes) -> bytes:
        return bound + self.digest("row", row.hex())

    def dump(self) -> str:
        """As it is kept."""
        halves = {who: [half.public.hex(), half.salt.hex(), half.locked.hex()] for who, half in self.halves.items()}
        opened = {box.hex(): key.hex() for box, key in self.opened.items()}
        return json.dumps({"tag": self.tag.hex(), "opened": opened, "halves": halves})

    @classmethod
    def load(cls, text: str) -> Self:
        """What `dump` wrote.  Raises ValueError for anything else."""
        try:
            kept = json.loads(text)
            opened = {bytes.fromhex(box): bytes.fromhex(key) for box, key in kept["opened"].items()}
            halves = {who: Half(*map(bytes.fromhex, parts)) for who, parts in kept["halves"].items()}
            return cls(bytes.fromhex(kept["tag"]), opened, halves)
        except (TypeError, KeyError, AttributeError):
            raise ValueError("this is no key of a survey") from None


class Unopenable(Exception):
    """Something sealed that this key does not open."""


def _public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """RFC 9106's second recommended set: 64 MB, three passes, four lanes."""
    return Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(passphrase.encode())


# --- where they are kept ---------------------------------------------------------------------------


class KeyStore(Protocol):
    """Keeps the keys of surveys, and really forgets them."""

    def put(self, survey: str, key: SurveyKey) -> None:
        """Keep or replace the key of a survey."""
        ...

    def get(self, survey: str) -> SurveyKey | None:
        """The key of a survey; None when there is none, or none that can be read."""
        ...

    def destroy(self, survey: str) -> None:
        """Destroy the key of a survey; nothing happens where there is none."""
        ...

    def kept(self) -> dict[str, float]:
        """Of every survey whose key is here: how many seconds ago it was last written."""
        ...


class KeyMemory:
    """Keys that end with the process: of demonstrations and tests."""

    def __init__(self) -> None:
        self._keys: dict[str, SurveyKey] = {}

    def put(self, survey: str, key: SurveyKey) -> None:
        """Keep or replace the key of a survey."""
        self._keys[survey] = key

    def get(self, survey: str) -> SurveyKey | None:
        """The key of a survey, or None."""
        return self._keys.get(survey)

    def destroy(self, survey: str) -> None:
        """Forget the key of a survey."""
        self._keys.pop(survey, None)

    def kept(self) -> dict[str, float]:
        """Every survey whose key is here, as if it had been written long ago."""
        return dict.fromkeys(self._keys, float("inf"))


SKIPPED = "CACHEDIR.TAG"  # bford.info/cachedir: tar, borg, restic and others leave such a folder out when asked to
_SKIPPED = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Keys of open surveys. They must be in no backup and no snapshot: leave this folder out.\n"
)


class KeyFolder:
    """Keys in files of a folder that its owner alone may enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, survey: str, key: SurveyKey) -> None:
        """On the disk when it returns; a file is never half written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            _write(self.folder / SKIPPED, _SKIPPED)
        path = self._path(survey)
        part = path.with_suffix(f".{secrets.token_hex(4)}.part")
        _write(part, key.dump())
        with contextlib.ExitStack() as stack:
            before = stack.enter_context(path.open("r+b")) if path.exists() else None
            part.replace(path)
            self._settle()
            if before:  # has no name any more
                _overwrite(before)

    def get(self, survey: str) -> SurveyKey | None:
        """The key of a survey; None when there is none, or none that can be read."""
        try:
            return SurveyKey.load(self._path(survey).read_text())
        except (OSError, ValueError):
            return None

    def destroy(self, survey: str) -> None:
        """Overwritten, then deleted; what a disk keeps beneath its files is beyond us (docs/privacy)."""
        path = self._path(survey)
        for file in (path, *self.folder.glob(f"{survey}.*.part")):
            with contextlib.suppress(FileNotFoundError):
                with file.open("r+b") as kept:
                    _overwrite(kept)
                file.unlink()
                self._settle()

    def kept(self) -> dict[str, float]:
        """Of every survey whose key is here, half written ones too: how many seconds ago it was last written."""
        found: dict[str, float] = {}
        with contextlib.suppress(FileNotFoundError):
            for path in self.folder.iterdir():
                with contextlib.suppress(FileNotFoundError):
                    if path.suffix in {".key", ".part"}:
                        found[path.name.partition(".")[0]] = time.time() - path.stat().st_mtime
        return found

    def _path(self, survey: str) -> Path:
        if not _ID.fullmatch(survey):
            raise ValueError("this is no survey's id")
        return self.folder / f"{survey}.key"

    def _settle(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _overwrite(file: IO[bytes]) -> None:
    file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())
