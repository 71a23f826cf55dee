"""Why the system refused something, in the user's language: the system's own words are English on most machines."""

from __future__ import annotations

import errno

from toolkit.ground.language import Text, text

_SAID = {
    errno.EACCES: text("Permission denied"),
    errno.EPERM: text("Operation not permitted"),
    errno.ENOENT: text("No such file or directory"),
    errno.EEXIST: text("File exists"),
    errno.ENOTDIR: text("Not a directory"),
    errno.EISDIR: text("Is a directory"),
    errno.EROFS: text("Read-only file system"),
    errno.EIO: text("Input/output error"),
    errno.ENOSPC: text("No space left on device"),
    errno.EBUSY: text("Device or resource busy"),
    errno.EMFILE: text("Too many open files"),
    errno.ENAMETOOLONG: text("File name too long"),
    errno.EINVAL: text("Invalid argument"),
    errno.EPIPE: text("Broken pipe"),
    errno.ETIMEDOUT: text("Connection timed out"),
}


def reason(error: Exception) -> Text:
    """Why the system refused something; of a reason that is seldom its number, for whoever looks after the machine."""
    number = getattr(error, "errno", None)
    if number in _SAID:
        return _SAID[number]
    return text("system error {number}", number=type(error).__name__ if number is None else number)
