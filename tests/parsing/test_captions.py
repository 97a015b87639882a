import pytest

from articles.parsing.captions import split_credit


@pytest.mark.parametrize(
    ("caption", "text", "credit"),
    [
        ("A ferry. (AFP)", "A ferry.", "AFP"),
        ("A ferry. (REUTERS)", "A ferry.", "REUTERS"),
        ("A ferry (Getty Images)", "A ferry", "Getty Images"),
        ("A ferry. (AFP/File Photo)", "A ferry.", "AFP/File Photo"),
        ("A ferry. (File photo: AFP)", "A ferry.", "File photo: AFP"),
        ("A ferry. (Photo courtesy: PSRC/X)", "A ferry.", "Photo courtesy: PSRC/X"),
        ("A ferry. (AN photo)", "A ferry.", "AN photo"),
        ("A ferry. (@crew/Twitter)", "A ferry.", "@crew/Twitter"),
        ("Ana (L) and Ben. (Supplied)", "Ana (L) and Ben.", "Supplied"),
        ("A ferry. (Lina Haddad)", "A ferry.", "Lina Haddad"),
        ("It rose by 4:07 p.m. Shutterstock", "It rose by 4:07 p.m.", "Shutterstock"),
        ("They signed the pact. SPA", "They signed the pact.", "SPA"),
        ("They made the set. Instagram", "They made the set.", "Instagram"),
        ("A ferry. Photo by Ali Reza", "A ferry.", "Photo by Ali Reza"),
        ("Photo/Supplied", "", "Photo/Supplied"),
        ("Illustration by Mira Sen", "", "Illustration by Mira Sen"),
        ("Courtesy Harbour Films", "", "Courtesy Harbour Films"),
        ("(AFP)", "", "AFP"),
    ],
)
def test_credit_is_taken_out(caption, text, credit):
    assert split_credit(caption) == (text, credit, "")


@pytest.mark.parametrize(
    "caption",
    [
        "The mayor meets the envoy (center, left)",
        "The mayor, Ana Sousa (L)",
        "The pact is worth a lot ($1.07 billion)",
        "The old mole (1911)",
        "A ferry leaves Port Sorrel on May 2, 2021.",
        "Harbor view",
        "Photos by the sea",
        "Courtesy of the crew",
        "A view of St. Petersburg",
        "A talk with Dr. Lina Haddad",
    ],
)
def test_caption_without_credit_stays_whole(caption):
    assert split_credit(caption) == (caption, "", "")


@pytest.mark.parametrize(
    ("caption", "credit", "doubt"),
    [
        ("A ferry of the line (PSRC)", "PSRC", "credit-guessed"),
        ("A ferry. Lina Haddad", "Lina Haddad", "credit-guessed"),
        ("A ferry. (AFP) (Supplied)", "Supplied", "credit-guessed"),
        ("A ferry leaves Reuters", "", "credit-doubtful"),
        ("A ferry. (Reuters", "", "credit-doubtful"),
        ("A ferry. (The name has been changed.)", "", "credit-doubtful"),
    ],
)
def test_guesses_are_doubted(caption, credit, doubt):
    found = split_credit(caption)
    assert (found.credit, found.doubt) == (credit, doubt)


def test_a_thousand_credits_are_read_like_two():
    many = split_credit("Boats at dawn. " + "(AFP)" * 10_000)
    assert (many.credit, many.doubt) == ("AFP", "credit-guessed")
