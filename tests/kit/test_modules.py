"""Gathering modules into one file…"""

from __future__ import annotations

import subprocess

import pytest

from kit.modules import NotUnderstood, gather

SOURCES = {
    "js/a-page.js": 'import { twice, LIMIT as most } from "./kit/sums.js";\nimport "./tell.js";\n'
    "const hidden = 1;\nconsole.log(twice(most), hidden);\n",
    "js/kit/sums.js": 'import { Box } from "./box.js";\nconst hidden = 2;\n'
    "export const LIMIT = 20;\nexport function twice(n) {\n  return new Box(n).value * hidden;\n}\n",
    "js/kit/box.js": "export class Box {\n  constructor(value) {\n    this.value = value;\n  }\n}\n",
    "js/tell.js": 'import { Box } from "./kit/box.js";\nconsole.log(new Box("told").value);\n',
}


def test_runs_like_the_modules_themselves(tmp_path):
    gathered = tmp_path / "gathered.mjs"
    gathered.write_text(gather("js/a-page.js", SOURCES.__getitem__))

    ran = subprocess.run(["node", gathered], capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines() == ["told", "40 1"]


def test_takes_each_module_once():
    assert gather("js/a-page.js", SOURCES.__getitem__).count("class Box") == 1


def test_leaves_comments_behind():
    source = '/** What it is. */\n// Why.\nconst url = "https://x"; // kept: it shares its line\n'

    gathered = gather("a-page.js", {"a-page.js": source}.__getitem__)

    assert "What it is" not in gathered
    assert "Why" not in gathered
    assert '"https://x"; // kept' in gathered


def test_leaves_indentation_behind_and_refuses_what_would_suffer():
    source = "class A {\n  say() {\n    return 1;\n  }\n}\n"

    assert "\nreturn 1;\n" in gather("a-page.js", {"a-page.js": source}.__getitem__)
    with pytest.raises(NotUnderstood):
        gather("a-page.js", {"a-page.js": "const text = `one\n  two`;\n"}.__getitem__)


def test_leaves_later_imports_where_they_point():
    sources = {
        "js/live/room-page.js": 'import { load } from "../kit/far.js";\nload();\n',
        "js/kit/far.js": 'export const load = () => import("../../vendor/far.js");\n',
    }

    assert 'import("../../vendor/far.js")' in gather("js/live/room-page.js", sources.__getitem__)


@pytest.mark.parametrize(
    "source",
    ['import * as all from "./b.js";\n', "export default 1;\n", 'export { a } from "./b.js";\n'],
)
def test_says_when_it_does_not_understand(source):
    sources = {"a-page.js": source, "b.js": "export const a = 1;\n"}

    with pytest.raises(NotUnderstood):
        gather("a-page.js", sources.__getitem__)


def test_refuses_a_circle():
    sources = {"a-page.js": 'import "./b.js";\n', "b.js": 'import "./a-page.js";\n'}

    with pytest.raises(NotUnderstood):
        gather("a-page.js", sources.__getitem__)
