"""What the page weighs, and that it is all there is."""

import re

from tests.house.sources import HOUSE

PAGE = HOUSE / "sandbox" / "page"
MOST = 160_000
ADDRESS = re.compile(r"""(?:src|href|import|from|url\(|fetch\()\s*=?\s*['"(]?(?:https?:)?//""")


def test_the_whole_page_is_lighter_than_a_picture():
    assert sum(file.stat().st_size for file in PAGE.iterdir()) < MOST


def test_nothing_of_the_page_comes_from_the_network():
    for file in PAGE.iterdir():
        assert not ADDRESS.search(file.read_text("utf-8")), file.name


def test_every_part_of_the_page_is_a_file_of_its_own_folder():
    parts = {file.name for file in PAGE.iterdir()}
    for file in PAGE.glob("*.js"):
        imports = re.findall(r"from '\./([\w.]+)'", file.read_text("utf-8"))
        assert set(imports) <= parts, file.name
