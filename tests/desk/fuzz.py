"""Requests to the desk that no browser would send, made by a seeded hand."""

import random
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.contrib.admin import site
from django.contrib.auth.models import Permission

from articles.models import Author, SourceFile, Tag
from tests.builders import make_article, make_section
from tests.desk.conflicts import make_conflict
from tests.desk.pictures import photo

RIGHTS = ("view", "add", "change", "delete")
NUMBERS = [
    *"0 1 -1 007 ٣ 1e9 0x1 NaN 1.5".split(),
    *("9" * digits for digits in (9, 18, 19, 30, 5_000)),
    "-" + "9" * 30,
]
WORDS = [
    "",
    " ",
    "%",
    "_",
    "\\",
    "'\"`",
    "\x00",
    "a\x00b",
    "\ud7ff\ufffd\u202e",
    "(a+)+$",
    "['",
    "x" * 300,
    "word " * 1_000,
    "%_" * 30_000,
    "0001-01-01",
    "0001-01-01 00:00:00+14:00",
    "9999-12-31 23:59:59-14:00",
    "2026-13-45",
    "None",
    "True",
    "[]",
    "{}",
    "=cmd",
    "../..",
]
# So many strokes has the address of a list.
LIST = 4
PARAMETERS = (
    "all e o p q _facets _popup _to_field _changelist_filters _source_model next from "
    "page before term app_label model_name field_name article settled post id pk"
).split()
# What the filters of all lists ask.
PARAMETERS += sorted(
    each.parameter_name
    for screen in site._registry.values()
    for each in screen.list_filter
    if hasattr(each, "parameter_name")
)
FIELDS = (
    "headline body code status published_at published_certainty section tags name "
    "aliases is_section kind sha256 captions__photo revisions__by__password "
    "added_by taggings__tag__name id pk nothing user password groups"
).split()
LOOKUPS = (
    "regex iregex contains exact iexact in gt gte lt range isnull year date search "
    "startswith nothing id__exact pk__in length"
).split()
SENT = (
    "action index select_across _selected_action base tags section dismissed "
    "suggestions-accept bylines status published_0 published_1 published_day "
    "published_time captions-TOTAL_FORMS captions-INITIAL_FORMS captions-0-photo "
    "captions-0-key captions-0-ORDER highlights-TOTAL_FORMS highlights-0-text "
    "highlights-0-ORDER name slug position aliases kind focal_x focal_y credit "
    "web_statement digital_source_type initial-focal_x ours theirs conflict post "
    "form_token _popup _to_field username password1 password2 usable_password groups "
    "user_permissions is_active role reason object_id file files headline body "
    "language source_short_url correction change embargo_until_0 embargo_until_1 "
    "expires_at_day"
).split()


@dataclass(frozen=True)
class Request:
    method: str
    address: str
    query: dict
    values: dict


def screens():
    """Return the address of every screen, of rows that are there."""
    draft = make_article(status="draft")
    story = make_article(section=make_section().name)
    make_conflict(story)
    rows = {
        "article": draft.pk,
        "tag": Tag.objects.first().pk,
        "author": Author.objects.create(name="Nida Khan").pk,
        "photo": photo().pk,
        "sourcefile": SourceFile.objects.first().pk,
        "importrun": SourceFile.objects.first().run_id,
    }
    found = ["/admin/"]
    for model in site._registry:
        at = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = f"{at}{rows.get(model._meta.model_name, 1)}/"
        found += [at, f"{at}add/"]
        found += [f"{row}{each}/" for each in ("change", "delete", "history")]
    return found


def addresses(screens):
    """Return the screens, often, and addresses of rows that cannot be."""
    lists = [at for at in screens if at.count("/") == LIST]
    odd = [f"{at}{pk}/change/" for at in lists for pk in (*NUMBERS, "a/b", "_00")]
    kinds = [f"/admin/r/{kind}/{pk}/" for kind in (1, 99) for pk in NUMBERS]
    photos = [f"/admin/articles/photo/{each}/" for each in ("choose", "keep")]
    conflicts = [f"/admin/articles/conflict/{pk}/" for pk in NUMBERS]
    others = ["/admin/autocomplete/", "/admin/jsi18n/", *photos]
    return [*screens * 8, *others * 4, *odd, *kinds, *conflicts]


def forms(client, screens):
    """Return what each screen's form would send, by its address."""
    values = {}
    for address in screens:
        response = client.get(address)
        if response.status_code == 200 and "html" in response["Content-Type"]:
            page = BeautifulSoup(response.text, "html.parser")
            if filled := _filled(page.select("#content form [name]")):
                values[address] = filled
    return values


def _filled(fields):
    filled = {}
    for field in fields:
        chosen = [o.get("value", "") for o in field.select("option[selected]")]
        value = chosen or [field.get("value", field.text)]
        filled.setdefault(field["name"], []).extend(value)
    return filled


def requests(seed, number, found, filled):
    """Yield as many requests of a seed, half of them forms with a field or two awry."""
    dice = random.Random(seed)
    for _ in range(number):
        query = {_name(dice): _value(dice) for _ in range(dice.randint(0, 3))}
        values = {
            dice.choice(SENT): [_value(dice) for _ in range(dice.randint(1, 2))]
            for _ in range(dice.randint(0, 6))
        }
        method = dice.choice(("GET", "POST"))
        address = dice.choice(found)
        if method == "POST" and address in filled and dice.random() < 0.8:
            names = dice.choices(list(filled[address]), k=dice.randint(1, 2))
            values = filled[address] | {name: [_value(dice)] for name in names}
        yield Request(method, address, query, values)


def _name(dice):
    if dice.random() < 0.5:
        return dice.choice(PARAMETERS)
    field = dice.choice(FIELDS)
    return f"{field}__{dice.choice(LOOKUPS)}" if dice.random() < 0.9 else field


def _value(dice):
    return dice.choice(NUMBERS if dice.random() < 0.5 else WORDS)


def give_rights(dice, user):
    """Give an account some rights to some models, and take all others."""
    models = dice.sample(sorted(Permission.objects.values_list("pk", flat=True)), 6)
    user.user_permissions.set(models)
