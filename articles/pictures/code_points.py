"""Colours that AVIF tells by number (ITU-T H.273), without a profile.

Pictures with a brightness beyond paper's (PQ, HLG) stay as they come: to bring those to
sRGB takes judgement, not arithmetic.
"""

from PIL import ImageCms

BOX = b"colrnclx"
# Red, green and blue of Display P3 and of BT.2020 as profiles tell them: XYZ under D50.
PRIMARIES = {
    12: (
        (0.51512, 0.24120, -0.00105),
        (0.29198, 0.69225, 0.04189),
        (0.15710, 0.06657, 0.78407),
    ),
    9: (
        (0.67349, 0.27904, -0.00193),
        (0.16567, 0.67535, 0.02998),
        (0.12508, 0.04560, 0.79685),
    ),
}
PQ_AND_HLG = (16, 18)


def numbered_profile(data: bytes) -> bytes | None:
    """Return the profile that the numbers stand for, None where sRGB's does."""
    place = data.find(BOX) + len(BOX)
    primaries = PRIMARIES.get(int.from_bytes(data[place : place + 2]))
    transfer = int.from_bytes(data[place + 2 : place + 4])
    if place < len(BOX) or primaries is None or transfer in PQ_AND_HLG:
        return None
    profile = bytearray(_srgb())
    for tag, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        entry = profile.index(tag) + len(tag)
        start = int.from_bytes(profile[entry : entry + 4]) + 8
        numbers = (round(part * 65536).to_bytes(4, signed=True) for part in colour)
        profile[start : start + 12] = b"".join(numbers)
    return bytes(profile)


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
