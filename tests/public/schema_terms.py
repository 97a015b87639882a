"""Write down which properties schema.org has for the types that pages use.

npm pack schema-dts@2.1.0
python -m tests.public.schema_terms schema-dts-2.1.0.tgz
"""

import json
import re
import sys
import tarfile
from pathlib import Path

TERMS = Path(__file__).with_suffix(".json")
TYPES = (
    "AnalysisNewsArticle",
    "BreadcrumbList",
    "CorrectionComment",
    "ImageObject",
    "ListItem",
    "NewsArticle",
    "NewsMediaOrganization",
    "OpinionNewsArticle",
    "Organization",
    "Person",
    "ProfilePage",
    "WebSite",
)
INTERFACE = re.compile(
    r"^(?:export )?interface (\w+) extends ([^{]+) \{(.*?)^\}", re.M | re.S
)
PROPERTY = re.compile(r'^    "(\w+)"\?:', re.MULTILINE)
SOURCES = re.compile(r"^export type IPTCDigitalSourceEnumeration = (.*);$", re.M)


def read_terms(package):
    """Return the terms of the package that `npm pack` brought."""
    with tarfile.open(package) as archive:
        about = json.load(archive.extractfile("package/package.json"))
        text = archive.extractfile("package/dist/schema.d.ts").read().decode()
    interfaces = {
        name: (bases.split(", "), PROPERTY.findall(body))
        for name, bases, body in INTERFACE.findall(text)
    }

    def properties(name):
        bases, own = interfaces.get(name, ((), ()))
        return {*own, *(term for base in bases for term in properties(base))}

    return {
        "package": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "types": {name: sorted(properties(f"{name}Leaf")) for name in TYPES},
        "digitalSourceType": re.findall(r'"(\w+)"', SOURCES.search(text)[1]),
    }


if __name__ == "__main__":
    terms = json.dumps(read_terms(sys.argv[1]), indent=1)
    TERMS.write_text(terms + "\n", encoding="utf-8")
