"""Pictures: whole, of a size that can be opened, nothing behind them; and copies without what they tell."""

import warnings
import zipfile
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.inspection import refused
from documents.inspection.reading import at, holds, size_of
from documents.inspection.refused import Refused

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}
MOST_PIXELS = 100_000_000
MOST_FRAMES = 500
PREVIEW = (1000, 1000)
# How programs and other files begin that somebody may have put into a picture.
INTRUDERS = (b"<?php", b"<script", b"<html", b"<svg", b"%pdf-", b"#!/bin/", b"<!doctype")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, ZeroDivisionError)
PNG_END = b"IEND\xaeB`\x82"
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def opened(file: IO[bytes], mime: str) -> Image.Image:
    """The picture, before a single point of it is drawn."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=[FORMATS[mime]])
    except Image.DecompressionBombError as bomb:
        raise Refused(refused.PIXELS) from bomb
    except (*BROKEN, UnidentifiedImageError) as broken:
        raise Refused(refused.DAMAGED) from broken
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(refused.PIXELS)
    return picture


def look_at_picture(file: IO[bytes], mime: str) -> None:
    """Whole and alone, or Refused."""
    with opened(file, mime) as picture:
        check_frames(picture)
        drawn(picture)
    file.seek(0)
    if zipfile.is_zipfile(file) or holds(file, INTRUDERS) or has_tail(file, mime):
        raise Refused(refused.TWO_KINDS)


def drawn(picture: Image.Image) -> Image.Image:
    """All its points; a picture that was cut off shows here."""
    try:
        picture.load()
    except BROKEN as broken:
        raise Refused(refused.DAMAGED) from broken
    return picture


def check_frames(picture: Image.Image) -> None:
    """No page of a picture with many pages is too large either."""
    frames = getattr(picture, "n_frames", 1)
    if frames > MOST_FRAMES:
        raise Refused(refused.PIXELS)
    try:
        for number in reversed(range(frames)):
            picture.seek(number)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(refused.PIXELS)
    except BROKEN as broken:
        raise Refused(refused.DAMAGED) from broken


def has_tail(file: IO[bytes], mime: str) -> bool:
    """Something follows after the end of the picture."""
    if mime == "image/png":
        if at(file, -len(PNG_END), len(PNG_END)) == PNG_END:
            return False
        if not holds(file, (PNG_END.lower(),)):
            raise Refused(refused.DAMAGED)
        return True
    if mime == "image/webp":
        said = int.from_bytes(at(file, 4, 4), "little") + 8
        return said + said % 2 < size_of(file)
    return False


def clean_picture(file: IO[bytes], out: IO[bytes], mime: str) -> str:
    """The same picture drawn anew, without place, time, camera or thumbnail; the ending of the copy."""
    with opened(file, mime) as picture:
        plain = redrawn(picture)
    if mime == "image/jpeg":
        plain.convert("RGB").save(out, "JPEG", quality=92)
        return ".jpg"
    plain.save(out, "PNG")
    return ".png"


def preview_of(file: IO[bytes], out: IO[bytes], mime: str) -> None:
    """A small PNG of our own making."""
    with opened(file, mime) as picture:
        picture.draft("RGB", PREVIEW)
        plain = redrawn(picture)
    plain.thumbnail(PREVIEW)
    plain.save(out, "PNG")


def redrawn(picture: Image.Image) -> Image.Image:
    """The points alone, turned the way the camera was held."""
    upright = ImageOps.exif_transpose(drawn(picture))
    clear = "A" in upright.getbands() or "transparency" in upright.info
    points = upright.convert("RGBA" if clear else "RGB")
    plain = Image.new(points.mode, points.size)
    plain.paste(points)
    return plain
