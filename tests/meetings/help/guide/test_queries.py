import pytest

from meetings.help.guide.queries import FOLDERS, NAMES, topics


@pytest.mark.parametrize("locale", FOLDERS)
def test_every_chapter_exists_in_every_language(locale):
    chapters = topics(locale)
    assert tuple(chapters) == NAMES
    assert all(chapter.title and "<p>" in chapter.html for chapter in chapters.values())


@pytest.mark.parametrize("locale", FOLDERS)
def test_a_chapter_keeps_its_one_main_heading_for_the_page(locale):
    assert not [topic.name for topic in topics(locale).values() if "<h1" in topic.html]


@pytest.mark.parametrize("locale", FOLDERS)
def test_every_file_of_the_guide_is_a_chapter(locale):
    assert {file.stem for file in FOLDERS[locale].glob("*.md")} == set(NAMES)


def test_the_guide_is_written_in_vietnamese_and_in_english():
    assert topics("vi")["delegate"].title == "Dành cho đại biểu"
    assert topics("en")["delegate"].title == "For delegates"
