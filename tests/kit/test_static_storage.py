"""Collecting static files…"""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage

from kit.static import HashedStaticStorage


def collected(tmp_path: Path) -> dict[str, str]:
    """What a page module became, by the kind of file: the plain one and the hashed one."""
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "js/kit").mkdir(parents=True, exist_ok=True)
    (source / "js/kit/sums.js").write_text("export const two = 2;\n")
    (source / "js/a-page.js").write_text('import { two } from "./kit/sums.js";\nconsole.log(two);\n')
    sources = StaticFilesStorage(location=source, base_url="/static/")
    storage = HashedStaticStorage(location=target, base_url="/static/")
    names = ["js/kit/sums.js", "js/a-page.js"]
    for name in names:
        storage.delete(name)
        with sources.open(name) as file:
            storage.save(name, file)
    assert not [
        outcome
        for *_, outcome in storage.post_process({name: (sources, name) for name in names})
        if isinstance(outcome, Exception)
    ]
    return {
        name: (target / name).read_text() for name in ["js/a-page.js", storage.stored_name("js/a-page.js")]
    }


def test_puts_a_page_module_and_its_imports_into_one_file(tmp_path):
    for text in collected(tmp_path).values():
        assert "const two = 2;" in text
        assert "from " not in text


def test_gathers_the_same_again_when_run_twice(tmp_path):
    assert collected(tmp_path) == collected(tmp_path)
