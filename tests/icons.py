"""Draw the icons in `static/` from the one in SVG: python -m tests.icons."""

import re
from io import BytesIO

from defusedxml.ElementTree import parse
from PIL import Image, ImageDraw

from tests.newcomer import HOUSE

STATIC = HOUSE / "static"
SVG = "{http://www.w3.org/2000/svg}"
STEPS = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER = re.compile(r"-?[\d.]+")
# So many points of a drawing become one of the icon, whose edges are smooth then.
FINE = 4
FAVICON = [(16, 16), (32, 32), (48, 48)]


def draw(size, *, is_round=True):
    """Return the icon; systems that cut it to a shape of their own want no corners."""
    drawing = parse(STATIC / "icon.svg").getroot()
    rect, path = drawing.find(f"{SVG}rect"), drawing.find(f"{SVG}path")
    unit = size * FINE / float(rect.get("width"))
    image = Image.new("RGBA", (size * FINE, size * FINE))
    pen = ImageDraw.Draw(image)
    radius = float(rect.get("rx")) * unit if is_round else 0
    pen.rounded_rectangle((0, 0, *image.size), radius, rect.get("fill"))
    letter = [(x * unit, y * unit) for x, y in corners(path.get("d"))]
    pen.polygon(letter, path.get("fill"))
    return image.reduce(FINE)


def corners(path):
    """Return the corners of a path of straight lines.

    >>> corners("M8 25V7h3.5z")
    [(8.0, 25.0), (8.0, 7.0), (11.5, 7.0)]
    """
    x = y = 0.0
    found = []
    for step, text in STEPS.findall(path):
        given = [float(number) for number in NUMBER.findall(text)]
        from_x, from_y = (x, y) if step.islower() else (0.0, 0.0)
        match step.lower(), given:
            case "m" | "l", [to_x, to_y]:
                x, y = from_x + to_x, from_y + to_y
            case "h", [to_x]:
                x = from_x + to_x
            case "v", [to_y]:
                y = from_y + to_y
            case "z", []:
                break
            case _:
                raise ValueError(f"Not a straight line: {step}{text}")
        found.append((x, y))
    return found


def icons():
    """Return the bytes of each file by its name."""
    return {
        "icon-192.png": png(draw(192)),
        "icon-512.png": png(draw(512)),
        "icon-maskable-512.png": png(draw(512, is_round=False)),
        "apple-touch-icon.png": png(draw(180, is_round=False).convert("RGB")),
        "favicon.ico": favicon(),
    }


def png(image):
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def favicon():
    file = BytesIO()
    *smaller, largest = (draw(width) for width, _ in FAVICON)
    largest.save(file, "ICO", sizes=FAVICON, append_images=smaller)
    return file.getvalue()


if __name__ == "__main__":
    for name, content in icons().items():
        (STATIC / name).write_bytes(content)
