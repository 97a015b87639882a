"""Bring every picture to one kind of colour: eight bits of sRGB.

Feed readers, mail and the cards of other sites ignore colour profiles, and a profile is
code and hiding place in one: here it is used once and not passed on.

AVIF tells its colours by number (ITU-T H.273), without a profile. Pictures with a
brightness beyond paper's (PQ, HLG) stay as they come: to bring those to sRGB takes
judgement, not arithmetic.
"""

from io import BytesIO

from PIL import Image, ImageCms

# Which of Pillow's modes a profile for this kind of colour can be used on.
MODES = {"RGB ": ("RGB", "RGBA"), "GRAY": ("L",), "CMYK": ("CMYK",)}
WHITE = (255, 255, 255)


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, or RGBA where something shows through it."""
    profile = _profile(image)
    image = _plain(image)
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode in MODES.get(profile.profile.xcolor_space, ()):
        try:
            srgb = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, profile, srgb, outputMode=target)
            return changed or image
        except ImageCms.PyCMSError:
            pass  # A broken profile: its numbers are the best guess there is.
    return image if image.mode == target else image.convert(target)


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency, as if printed on paper."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, WHITE)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    data = image.info.get("icc_profile")
    try:
        return ImageCms.ImageCmsProfile(BytesIO(data)) if data else None
    except (OSError, ImageCms.PyCMSError):
        return None


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey, which `convert` would cut off instead of scaling.
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        is_opaque = image.getchannel("A").getextrema() == (255, 255)
        return image.convert("RGB") if is_opaque else image
    if image.mode in ("1", "LA"):
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


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
    position = data.find(BOX) + len(BOX)
    primaries = PRIMARIES.get(int.from_bytes(data[position : position + 2]))
    transfer = int.from_bytes(data[position + 2 : position + 4])
    if position < len(BOX) or primaries is None or transfer in PQ_AND_HLG:
        return None
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    profile = bytearray(srgb.tobytes())
    for tag, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        entry = profile.index(tag) + len(tag)
        start = int.from_bytes(profile[entry : entry + 4]) + 8
        numbers = (round(part * 65536).to_bytes(4, signed=True) for part in colour)
        profile[start : start + 12] = b"".join(numbers)
    return bytes(profile)
