import pytest

from articles.tagging.suggest import dateline_places
from tests.tagging.test_suggest import suggested


@pytest.mark.parametrize(
    ("dateline", "places"),
    [
        ("ISLAMABAD", ["Islamabad"]),
        ("DAR ES SALAAM", ["Dar Es Salaam"]),
        ("RIO DE JANEIRO", ["Rio de Janeiro"]),
        ("ST. JOHN’S", ["St. John’s"]),
        ("WASHINGTON DC", ["Washington DC"]),
        ("AL-KHOBAR", ["Al-Khobar"]),
        ("Torkham, Pakistan", ["Torkham"]),
        ("LAHORE/KARACHI", ["Lahore", "Karachi"]),
        ("كابل", ["كابل"]),
        ("", []),
    ],
)
def test_place_of_a_dateline_is_well_written(dateline, places):
    assert dateline_places(dateline) == places
    assert suggested("Ships waited.", dateline=dateline) == tuple(places)
