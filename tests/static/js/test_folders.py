import pytest

pytestmark = pytest.mark.browser

FOLDER = """async (path) => {
  const { dropped } = await import("/static/js/folders.js");
  const file = (fullPath) => {
    const name = fullPath.split("/").pop();
    return { name, fullPath, isFile: true, file: (done) => done(new File(["x"], name)) };
  };
  const folder = (name, ...parts) => ({
    name,
    isDirectory: true,
    createReader: () => ({ readEntries: (done) => done(parts.shift() ?? []) }),
  });
  const inner = folder("2", [file("/Họp/2/b.pdf")]);
  const top = folder("Họp", [file("/Họp/a.pdf"), file("/Họp/.DS_Store")], [inner]);
  const items = [top, file("/c.pdf"), null].map((entry) => ({ webkitGetAsEntry: () => entry }));
  const found = await dropped({ items, files: [] });
  return found.map(({ file, folder }) => [file.name, folder]);
}"""
FILES = """async () => {
  const { dropped } = await import("/static/js/folders.js");
  const transfer = new DataTransfer();
  transfer.items.add(new File(["x"], "a.pdf"));
  transfer.items.add(new File(["x"], "~$a.docx"));
  const found = await dropped(transfer);
  return found.map(({ file, folder }) => [file.name, folder]);
}"""


def test_a_dropped_folder_is_read_to_its_end_and_to_its_depth(page, address):
    page.goto(address)
    assert page.evaluate(FOLDER) == [["a.pdf", "Họp"], ["b.pdf", "Họp/2"], ["c.pdf", ""]]


def test_dropped_files_lie_in_no_folder(page, address):
    page.goto(address)
    assert page.evaluate(FILES) == [["a.pdf", ""]]
