"""Pictures are sent, chosen, dropped and pointed at in the browser."""

import pytest

from articles.models import Photo
from articles.store import read
from articles.story.story import Caption, to_json
from tests.builders import make_article
from tests.desk.conftest import press_save
from tests.desk.pictures import photo, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHOTOS = "/admin/articles/photo/"
# What a browser hands over when files are let go over an element.
DROPPED = """(files) => {
  const transfer = new DataTransfer()
  for (const [name, bytes, type = "image/jpeg"] of files) {
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
  }
  return transfer
}"""
FOLLOWING = """() => [...document.querySelectorAll(".crop__picture")]
  .map((crop) => crop.style.objectPosition)"""


def file(data, name="pier.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def drop(page, target, **files):
    listed = [[f"{name}.jpg", list(data)] for name, data in files.items()]
    transfer = page.evaluate_handle(DROPPED, listed)
    target.dispatch_event("dragover", {"dataTransfer": transfer})
    target.dispatch_event("drop", {"dataTransfer": transfer})


def open_form(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ProseMirror").wait_for()


def captions(page):
    return page.get_by_role("group", name="Captions")


def with_caption(text="The pier.", **parts):
    return make_article(captions=(Caption(text, key="pier", **parts),))


def captions_of(article):
    return read.story(article.pk).captions


def test_a_picture_is_sent_from_its_row_and_proposes_its_words(at_desk):
    article = make_article()
    open_form(at_desk, article)
    at_desk.get_by_role("button", name="Add a caption").click()
    row = captions(at_desk).locator(".part")
    data = picture(caption="From the file.", credit="Harbour Desk")
    row.get_by_label("Text:", exact=True).fill("The pier.")
    row.get_by_label("Picture from this computer").set_input_files(file(data))
    row.get_by_text("Added to the photos.").wait_for()
    placed = "Harbour Desk (the photo’s credit)"
    assert row.get_by_label("Credit").get_attribute("placeholder") == placed
    assert Photo.objects.count() == 1
    assert captions_of(article) == ()
    press_save(at_desk)
    (caption,) = captions_of(article)
    assert (caption.text, caption.credit) == ("The pier.", "")
    assert caption.photo == Photo.objects.get().sha256


def test_alternative_text_stands_beside_a_picture_and_goes_with_the_story(at_desk):
    chosen = photo("teal", "b.jpg", alternative_text="Cranes.", caption="At rest.")
    other = photo("navy", "a.jpg", alternative_text="A pier.")
    with_caption(photo=chosen.sha256)
    article = with_caption(photo=other.sha256)
    open_form(at_desk, article)
    row = captions(at_desk).locator(".part")
    text = row.get_by_label("Alternative text")
    assert text.input_value() == "A pier."
    text.fill("A pier, typed.")
    row.get_by_role("button", name="Choose an existing photo").click()
    at_desk.get_by_role("button", name="At rest.").click()
    row.get_by_text("was not saved: “A pier, typed.”").wait_for()
    row.get_by_text("which 1 other story shows").wait_for()
    assert text.input_value() == "Cranes."
    text.fill("Cranes at rest.")
    press_save(at_desk)
    texts = Photo.objects.order_by("pk").values_list("alternative_text", flat=True)
    assert list(texts) == ["Cranes at rest.", "A pier."]


def test_creator_becomes_the_credit_when_the_editor_says_so(at_desk):
    article = with_caption()
    open_form(at_desk, article)
    row = captions(at_desk).locator(".part")
    data = file(picture(creator="Nida Rauf"))
    row.get_by_label("Picture from this computer").set_input_files(data)
    row.get_by_text("The file names a creator: Nida Rauf").wait_for()
    assert row.get_by_label("Credit").input_value() == ""
    row.get_by_role("button", name="Use as credit").click()
    assert row.get_by_role("button", name="Use as credit").count() == 0
    press_save(at_desk)
    assert captions_of(article)[0].credit == "Nida Rauf"
    known = Photo.objects.get()
    at_desk.goto(f"{PHOTOS}{known.pk}/change/")
    at_desk.get_by_role("button", name="Use as credit").click()
    press_save(at_desk)
    known.refresh_from_db()
    assert known.credit == "Nida Rauf"


@pytest.mark.slow
def test_what_is_no_picture_is_refused_in_its_row(at_desk):
    open_form(at_desk, with_caption())
    row = captions(at_desk).locator(".part")
    row.get_by_label("Picture from this computer").set_input_files(file(b"%PDF-1.7"))
    row.get_by_text("pier.jpg: This is a PDF document.").wait_for()
    assert row.locator("[data-picture] img").count() == 0


def test_a_photo_is_found_and_chosen_by_keyboard_alone(at_desk):
    chosen = photo("teal", "b.jpg", caption="Cranes at rest.", credit="Harbour Desk")
    photo("navy", "a.jpg", caption="The pier.")
    article = make_article()
    open_form(at_desk, article)
    at_desk.get_by_role("button", name="Add a caption").press("Enter")
    choose = at_desk.get_by_role("button", name="Choose an existing photo")
    choose.press("Enter")
    dialog = at_desk.get_by_role("dialog", name="Choose a photo")
    other = dialog.get_by_role("button", name="The pier.")
    other.wait_for()
    at_desk.keyboard.type("cranes")
    other.wait_for(state="detached")
    at_desk.keyboard.press("Tab")
    at_desk.keyboard.press("Enter")
    captions(at_desk).locator("[data-picture] img").wait_for()
    assert choose.evaluate("(button) => button === document.activeElement")
    press_save(at_desk)
    (caption,) = captions_of(article)
    assert caption.text == "Cranes at rest."
    assert (caption.credit, caption.photo) == ("", chosen.sha256)


@pytest.mark.slow
def test_closing_the_choice_changes_nothing(at_desk):
    photo()
    article = with_caption()
    open_form(at_desk, article)
    at_desk.get_by_role("button", name="Choose an existing photo").click()
    at_desk.get_by_role("dialog").get_by_role("button", name="pier.jpg").wait_for()
    at_desk.keyboard.press("Escape")
    at_desk.get_by_role("dialog").wait_for(state="hidden")
    press_save(at_desk)
    assert article.revisions.count() == 1


@pytest.mark.slow
def test_more_photos_come_when_asked_for(at_desk):
    for n in range(26):
        photo((9 * n, 0, 0), f"{n}.jpg")
    open_form(at_desk, with_caption())
    at_desk.get_by_role("button", name="Choose an existing photo").click()
    dialog = at_desk.get_by_role("dialog")
    dialog.get_by_role("button", name="25.jpg").wait_for()
    assert dialog.locator(".chooser__photo").count() == 24
    dialog.get_by_role("button", name="Show more").click()
    dialog.get_by_role("button", name="0.jpg", exact=True).wait_for()
    assert dialog.locator(".chooser__photo").count() == 26
    assert dialog.get_by_role("button", name="Show more").count() == 0


@pytest.mark.slow
def test_a_picture_is_taken_away(at_desk):
    article = with_caption(photo=photo().sha256)
    open_form(at_desk, article)
    at_desk.get_by_role("button", name="Remove the picture").click()
    at_desk.get_by_text("It stays among the photos.").wait_for()
    press_save(at_desk)
    assert captions_of(article) == (Caption("The pier.", key="pier"),)
    assert Photo.objects.exists()


@pytest.mark.slow
def test_dropped_files_fill_the_row_and_make_new_ones(at_desk):
    article = with_caption()
    open_form(at_desk, article)
    row = captions(at_desk).locator(".part")
    crane = picture("teal", caption="The crane.")
    drop(at_desk, row, a=picture("navy", caption="Other words."), b=crane)
    captions(at_desk).locator("[data-picture] img").nth(1).wait_for()
    press_save(at_desk)
    first, second = captions_of(article)
    assert (first.text, second.text) == ("The pier.", "The crane.")
    assert len({first.photo, second.photo} - {""}) == 2


@pytest.mark.slow
def test_a_dropped_file_that_did_not_arrive_goes_with_the_form(at_desk, complaints):
    article = with_caption()
    open_form(at_desk, article)
    at_desk.context.route("**/photo/keep/", lambda route: route.abort())
    drop(at_desk, captions(at_desk).locator(".part"), a=picture())
    at_desk.get_by_text("Saving will send it again").wait_for()
    complaints.clear()  # The browser says that the network failed.
    press_save(at_desk)
    assert captions_of(article)[0].photo == Photo.objects.get().sha256


@pytest.mark.slow
def test_a_dropped_file_waits_for_a_colleague_s_and_is_kept(at_desk, complaints):
    article = with_caption()
    open_form(at_desk, article)
    told = []

    def keep(route):
        """Say once that there is no room, and once that another picture came first."""
        told.append(route.request.method)
        if told == ["GET"]:
            route.fulfill(status=503, headers={"Retry-After": "5"})
        elif told == ["GET", "GET", "POST"]:
            route.fulfill(json={"refusal": "Others are open.", "isBusy": True})
        else:
            route.continue_()

    at_desk.context.route("**/photo/keep/", keep)
    at_desk.clock.install()
    drop(at_desk, captions(at_desk).locator(".part"), a=picture())
    shown = captions(at_desk).locator("[data-picture] img")
    while not shown.count():
        at_desk.clock.run_for(1000)
    assert told == ["GET", "GET", "POST", "GET", "POST"]
    complaints.clear()  # The browser says that it heard 503.
    press_save(at_desk)
    assert captions_of(article)[0].photo == Photo.objects.get().sha256


@pytest.mark.slow
def test_a_gallery_of_more_than_a_hundred_captions_is_saved(at_desk):
    many = tuple(Caption(f"Pier {n}.") for n in range(110))
    article = make_article(captions=many)
    open_form(at_desk, article)
    at_desk.get_by_label("Kicker").fill("Sea")
    press_save(at_desk)
    assert len(captions_of(article)) == 110


@pytest.mark.slow
def test_pictures_saved_unchanged_stay_as_they_are(at_desk):
    body = '<p>One.</p>\n<figure data-caption="pier"></figure>'
    caption = Caption("The pier.", photo=photo().sha256, key="pier")
    article = make_article(captions=(caption,), body=body)
    before = to_json(read.story(article.pk))
    open_form(at_desk, article)
    press_save(at_desk)
    assert to_json(read.story(article.pk)) == before
    assert article.revisions.count() == 1


def test_the_body_shows_the_picture_in_its_place(at_desk):
    body = '<p>One.</p>\n<figure data-caption="pier"></figure>'
    known = photo(alternative_text="A pier.")
    caption = Caption("The pier.", photo=known.sha256, key="pier")
    open_form(at_desk, make_article(captions=(caption,), body=body))
    place = at_desk.locator(".ProseMirror .picture-place")
    assert place.locator("img").get_attribute("src").endswith(known.thumbnail)
    at_desk.get_by_role("button", name="Remove the picture").click()
    place.locator("img").wait_for(state="detached")
    assert place.inner_text() == "Picture: The pier."


@pytest.mark.slow
def test_a_picture_that_was_not_saved_is_warned_of(at_desk):
    asked = []
    at_desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    known = photo()
    open_form(at_desk, with_caption())
    at_desk.get_by_role("button", name="Choose an existing photo").click()
    at_desk.get_by_role("dialog").get_by_role("button", name=str(known)).click()
    captions(at_desk).locator("[data-picture] img").wait_for()
    at_desk.goto("/admin/")
    assert asked == ["beforeunload"]


@pytest.mark.slow
def test_words_of_a_photo_that_were_not_saved_are_warned_of(at_desk):
    asked = []
    at_desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    at_desk.goto(f"{PHOTOS}{photo().pk}/change/")
    at_desk.get_by_label("Caption").fill("The pier.")
    at_desk.goto("/admin/")
    assert asked == ["beforeunload"]


def test_several_files_are_kept_one_by_one_and_the_grid_shows_them(at_desk):
    at_desk.goto(PHOTOS)
    files = [file(picture("navy"), "a.jpg"), file(b"words", "b.jpg")]
    at_desk.get_by_label("Add photos").set_input_files(files)
    at_desk.locator(".photo", has_text="a.jpg").wait_for()
    came = at_desk.locator(".arrival").all_inner_texts()
    assert came[0].split() == ["a.jpg", "Saved."]
    assert came[1].startswith("b.jpg\nThis is not a picture")
    assert Photo.objects.count() == 1


@pytest.mark.slow
def test_one_dropped_file_leads_to_its_form(at_desk):
    at_desk.goto(PHOTOS)
    drop(at_desk, at_desk.locator(".arrivals"), pier=picture(caption="The pier."))
    at_desk.get_by_label("Caption").wait_for()
    assert at_desk.get_by_label("Caption").input_value() == "The pier."


@pytest.mark.slow
def test_a_click_sets_the_focal_point_and_the_crops_follow(at_desk):
    known = photo(size=(400, 200))
    at_desk.goto(f"{PHOTOS}{known.pk}/change/")
    at_desk.locator(".focus__picture").click(position={"x": 100, "y": 150})
    assert at_desk.get_by_label("Across").input_value() == "25"
    assert at_desk.get_by_label("Down").input_value() == "75"
    assert at_desk.evaluate(FOLLOWING) == ["0% 50%"] * 3
    press_save(at_desk)
    known.refresh_from_db()
    assert (known.focal_x, known.focal_y) == (25, 75)


@pytest.mark.slow
def test_the_focal_point_is_set_by_keyboard(at_desk):
    known = photo()
    at_desk.goto(f"{PHOTOS}{known.pk}/change/")
    at_desk.get_by_label("Across").press("ArrowUp")
    at_desk.get_by_label("Down").fill("0")
    wide, square, share = at_desk.evaluate(FOLLOWING)
    assert (wide, share) == ("50% 0%", "50% 0%")
    assert square.endswith("% 50%")
    press_save(at_desk)
    known.refresh_from_db()
    assert (known.focal_x, known.focal_y) == (51, 0)


def test_screens_of_photos_shut_nobody_out(at_desk, shuts_nobody_out):
    known = photo(headline="Pier" * 40, credit="Harbour Desk", size=(400, 300))
    caption = Caption("The pier.", photo=known.sha256)
    article = make_article(captions=(caption, Caption("The crane.")))
    change = f"/admin/articles/article/{article.pk}/change/"
    for path in (PHOTOS, f"{PHOTOS}add/", f"{PHOTOS}{known.pk}/change/", change):
        at_desk.goto(path)
        shuts_nobody_out()
    at_desk.get_by_role("button", name="Choose an existing photo").first.click()
    at_desk.locator(".chooser__photo").wait_for()
    shuts_nobody_out()
