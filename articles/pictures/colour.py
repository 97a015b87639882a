"""Bring every picture to one kind of colour: eight bits of sRGB.

Feed readers, mail and the cards of other sites ignore colour profiles, and a profile is
code and hiding place in one: here it is used once, by the house, and goes no further.
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
