"""Load templates without what only their writers need: indentation, and empty lines.

It would be a twentieth of what a phone is sent of a page. White space between two words
or elements stays white space.
"""

import re

from django.conf import settings
from django.template.loaders import filesystem

# A line of nothing but such tags is none on the page.
CONTROL = (
    "load|extends|with|endwith|if|elif|else|endif|for|empty|endfor|comment|endcomment"
)
ONLY_CONTROL = re.compile(rf"^((?:\{{% (?:{CONTROL})\b[^%]*%\}})+) *\n", re.MULTILINE)
INDENTATION = re.compile(r"\n\s+")


def without_indentation(template):
    r"""Return a template that prints the same to a browser.

    >>> without_indentation("<p>\n  {% if a %}\n    A\n  {% endif %}\n\n  B</p>\n")
    '<p>\n{% if a %}A\n{% endif %}B</p>\n'
    >>> without_indentation("{% if a %}A{% endif %}\n{% if b %}B{% endif %}\n")
    '{% if a %}A{% endif %}\n{% if b %}B{% endif %}\n'
    """
    return ONLY_CONTROL.sub(r"\1", INDENTATION.sub("\n", template))


class Loader(filesystem.Loader):
    def get_contents(self, origin):
        contents = super().get_contents(origin)
        # An error in a template is shown with its line.
        if settings.DEBUG or not origin.name.endswith(".html"):
            return contents
        return without_indentation(contents)
