"""Normalises web addresses that people wrote, or explains why they are not valid.

Patterns are compiled when they are first used: a build with nothing to do needs none of them.
"""

import functools
import ipaddress
import re
import unicodedata
from urllib.parse import quote, unquote

WEB_SCHEMES = frozenset({"http", "https"})
MAX_ADDRESS = 2000
"""The longest address that all feed readers accept, in characters."""

MAX_PORT = 65_535
_MAX_DIGITS = 10
_MAX_LABEL, _MAX_HOST = 63, 253  # RFC 1035, section 2.3.4

_PARTS = r"(?s)(?:([A-Za-z][A-Za-z0-9+.\-]*):)?(?://([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?"
_AS_WRITTEN = (
    r"https?://(?![^/]*xn--)(?:[a-z0-9_\-]{1,63}+\.){1,9}[a-z][a-z0-9_\-]{0,62}+(?:/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*+)?"
)
"""Most addresses, in which there is nothing to change."""

_HOST = r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]*))?"
_BRACKET = "%5[BbDd]"  # some encode those of IPv6, too
_LABEL = r"[a-z0-9_\-]+"
_NUMBER = r"[0-9]+|0x[0-9a-f]*"
_NO_TEXT = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_NOT_IN_PATH = r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]+"
_NOT_IN_QUERY = r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+"
_IS_IRI = r"[A-Za-z][A-Za-z0-9+.\-]*:(?:%[0-9A-Fa-f]{2}|[^%\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff\[\]])+"
_ENCODED = r"(?:%[89A-Fa-f][0-9A-Fa-f])+"


class AddressError(Exception):
    """A text is not an address; the message is for the person who wrote it."""


def write_address(text: str) -> str:
    """Normalise an http(s) address from front matter, a text or `site.toml`; `//host/x` means https.

    Returns:
        ASCII with scheme and host in lower case and the host in punycode; characters that RFC 3986 does not allow
        are percent-encoded in UTF-8. Normalising it again changes nothing.

    Raises:
        AddressError: it is not a valid address, or has a user or password.

    Source: RFC 3986, sections 3 and 2.1; WHATWG URL, "host parsing"; RFC 5891.
    """
    if len(text) <= _MAX_HOST and re.fullmatch(_AS_WRITTEN, text):
        return text
    text = text.strip(" \t\r\n\f")
    if re.search(_NO_TEXT, text):
        raise AddressError("an address cannot contain control characters or line breaks")
    found = re.fullmatch(_PARTS, text)
    scheme, authority, path, query, fragment = found.groups() if found else (None,) * 5
    scheme = scheme.lower() if scheme else None
    if scheme not in WEB_SCHEMES and not (scheme is None and authority is not None):
        raise AddressError("it does not begin with https:// or http://")
    if not authority:
        raise AddressError(f"no host after '{scheme or 'https'}://'")
    host = _write_authority(authority)
    path = re.sub(_NOT_IN_PATH, _encode, (path or "").replace("\\", "/"))
    rest = "".join(part[0] + re.sub(_NOT_IN_QUERY, _encode, part[1:]) for part in (query, fragment) if part)
    return f"{scheme or 'https'}://{host}{path}{rest}"


def write_link(text: str) -> str:
    """Normalise an address in a text with `write_address`; `mailto:` addresses are allowed, too.

    Raises:
        AddressError: it is neither.
    """
    scheme, colon, rest = text.strip(" \t\r\n\f").partition(":")
    if not colon or scheme.lower() != "mailto":
        return write_address(text)
    if re.search(_NO_TEXT, rest):
        raise AddressError("an address cannot contain control characters or line breaks")
    if not rest.partition("?")[0].strip() and "to=" not in rest:
        raise AddressError("no email address after 'mailto:'")
    return "mailto:" + re.sub(_NOT_IN_QUERY, _encode, rest)


def show_address(url: str) -> str:
    """An address for people, with decoded punycode and percent signs; invisible or confusable characters stay."""
    found = re.fullmatch(_PARTS, url)
    if ("%" not in url and "xn--" not in url) or not found or found[2] is None:
        return url
    labels = ".".join(map(_show_label, found[2].split(".")))
    return f"{found[1]}://{labels}" + "".join(re.sub(_ENCODED, _decode, part) for part in found.groups()[2:] if part)


def is_iri(text: str) -> bool:
    """Whether a text is a valid id of an Atom entry (RFC 4287, section 4.2.6; RFC 3987, section 2.2)."""
    return re.fullmatch(_IS_IRI, text) is not None


@functools.lru_cache(maxsize=16_384)
def _write_authority(authority: str) -> str:
    """Host and port."""
    if "@" in authority:
        raise AddressError("it contains a user or a password")
    found = re.fullmatch(_HOST, re.sub(_BRACKET, lambda bracket: unquote(bracket[0]), authority))
    if found is None:
        raise AddressError(f"'{authority}' is not a host, or its port is not a number")
    host, port = found[1], found[2]
    if port and (len(port) > _MAX_DIGITS or int(port) > MAX_PORT):
        raise AddressError(f"port {port[:_MAX_DIGITS]} does not exist: the highest is {MAX_PORT}")
    written = _write_ipv6(host) if host.startswith("[") else _write_host(host)
    return f"{written}:{port}" if port else written


def _write_ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host[1:-1])
    except ValueError:
        raise AddressError(f"'{host}' is not an IPv6 address") from None
    if address.scope_id:
        raise AddressError(f"'{host}' names a network interface of one computer")
    return f"[{address.compressed}]"


def _write_host(host: str) -> str:
    name = unquote(host) if "%" in host else host
    if len(name) > _MAX_HOST:
        raise AddressError("its host name is too long")
    name = _write_international(name) if not name.isascii() or "xn--" in name.lower() else name.lower()
    labels = name.removesuffix(".").split(".")
    is_sound = all(re.fullmatch(_LABEL, label) and len(label) <= _MAX_LABEL for label in labels)
    if not is_sound or len(name) > _MAX_HOST:
        raise AddressError(f"'{host}' is not a host name")
    if re.fullmatch(_NUMBER, labels[-1]):
        try:
            ipaddress.IPv4Address(name)
        except ValueError:
            raise AddressError(f"'{host}' is not an IPv4 address") from None
    return name


def _write_international(name: str) -> str:
    """A host name in punycode; symbols, which browsers accept but IDNA 2008 does not, follow UTS 46."""
    import idna

    try:
        return idna.encode(name, uts46=True).decode()
    except idna.InvalidCodepoint:
        try:
            labels = idna.uts46_remap(name, std3_rules=False).split(".")
        except UnicodeError:
            raise AddressError(f"'{name}' is not a host name") from None
        return ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode()}" for one in labels)
    except UnicodeError:
        raise AddressError(f"'{name}' is not a host name") from None


def _encode(bad: re.Match[str]) -> str:
    return quote(bad[0], safe="")


def _show_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    import idna

    try:
        shown = idna.decode(label)
    except UnicodeError:
        return label
    scripts = {unicodedata.name(char, "?").split()[0] for char in shown if char.isalpha()}
    return shown if len(scripts) == 1 or scripts <= _SCRIPTS_OF_JAPANESE else label


_SCRIPTS_OF_JAPANESE = {"CJK", "HIRAGANA", "KATAKANA", "LATIN"}
"""First words of the names of letters; a label with other combinations of scripts may deceive."""


def _decode(encoded: re.Match[str]) -> str:
    try:
        shown = unquote(encoded[0], errors="strict")
    except UnicodeDecodeError:
        return encoded[0]
    return "".join(char if char.isprintable() else quote(char) for char in shown)
