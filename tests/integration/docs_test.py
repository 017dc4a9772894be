"""The README's commands do what it says, with this estate's addresses; the links in the documents lead somewhere."""
import os
import pathlib
import re
import subprocess
import unittest

from estate import MIGRATION, ROOT
from retailer import prices, stock_rows
from running import RunningEstate


def commands(section):
    """The shell lines of a README section, continuations joined, comments cut."""
    text = (ROOT / "README.md").read_text().split(f"## {section}\n")[1].split("\n## ")[0]
    block = re.search(r"```sh\n(.*?)```", text, re.S)[1].replace("\\\n", " ")
    return [line.split("  #")[0].strip() for line in block.splitlines() if line.strip()]


class Docs(RunningEstate):
    def test_what_to_try_works_as_written(self):
        prices(self.estate, [row["sku"] for row in stock_rows(self.estate)[:3]])
        environment = dict(os.environ, HEADGATE_TOKEN=MIGRATION)
        tried = 0
        for line in commands("What to try in the demo"):
            if line.startswith("export"):
                continue
            line = line.replace("http://127.0.0.1:8080", self.estate.api).replace("http://127.0.0.1:9900", self.estate.admin)
            if line.startswith("build/release/headgate"):
                line = line.replace("build/release/headgate", str(self.estate.bin / "headgate")) + f" --server {self.estate.admin}"
            if line.startswith("curl"):
                line += " -sS --fail-with-body"
            done = subprocess.run(line, shell=True, env=environment, capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 0, f"{line}\n{done.stdout}{done.stderr}")
            self.assertTrue(done.stdout.strip(), line)
            tried += 1
        self.assertGreater(tried, 4)

    def test_the_page_of_the_contracts_names_each_operation(self):
        page = (ROOT / "docs/reference/catalogue.md").read_text()
        for path in sorted((ROOT / "contracts/catalog").glob("*.v*.yaml")):
            row, = [line for line in page.splitlines() if line.startswith(f"| `{path.stem}`")]
            for operation in re.findall(r"operationId: (\w+)", path.read_text()):
                self.assertIn(f"`{operation}`", row, path.name)

    def test_links_lead_somewhere(self):
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
            for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page}: {link}")

    def test_the_configuration_reference_names_every_key(self):
        reference = (ROOT / "docs/reference/configuration.md").read_text()
        source = (ROOT / "gateway/config/config.cpp").read_text()
        for key in re.findall(r'(?:text|integer|span_ms|flag|share_ppm|word|texts|node|size|folders|each)\((?:fields, )?"(\w+)"', source):
            self.assertRegex(reference, rf"\b{key}\b", key)


if __name__ == "__main__":
    unittest.main()
