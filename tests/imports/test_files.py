import pytest

from articles.imports.files import Refused, find_files, read_file


def test_a_folder_gives_its_text_files_in_order_and_once(tmp_path):
    for name in ("b.txt", "a.TXT", "deep/c.txt", "a.json", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = find_files([tmp_path / "b.txt", tmp_path])
    assert [file.name for file in found.files] == ["b.txt", "a.TXT", "deep/c.txt"]
    assert found.passed_over == [tmp_path / "a.json"]


def test_a_file_that_is_named_is_meant_whatever_its_ending(tmp_path):
    (tmp_path / "page.html").write_text("x")
    found = find_files([tmp_path / "page.html"])
    assert [file.name for file in found.files] == ["page.html"]


def test_a_path_that_leads_nowhere_is_refused_with_the_reason(tmp_path):
    (file,) = find_files([tmp_path / "gone.txt"]).files
    with pytest.raises(Refused, match="No such file"):
        read_file(file.path)


def test_a_file_may_be_as_large_as_allowed_and_no_larger(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_file(path, largest=100)) == 100
    with pytest.raises(Refused, match="larger than 99 bytes"):
        read_file(path, largest=99)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_file_may_have_as_many_lines_as_ten_thousand_pages(tmp_path, end):
    path = tmp_path / "page.txt"
    path.write_bytes(f"a{end}".encode() * 250_000)
    assert read_file(path, largest=99 * 10_000)
    path.write_bytes(f"a{end}".encode() * 250_001)
    with pytest.raises(Refused, match="longer than 250,000 lines, as no newspaper"):
        read_file(path)
    assert read_file(path, largest=20_000_000)


def test_a_folder_without_text_is_refused_rather_than_passed_over(tmp_path):
    (tmp_path / "picture.jpg").touch()
    (file,) = find_files([tmp_path]).files
    with pytest.raises(Refused, match="is a folder without"):
        read_file(file.path)
