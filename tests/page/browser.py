"""A real Chromium that opens the page from a file, is given files as a user gives them, and tells what it asked for."""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

webdriver: Any
try:
    from selenium import webdriver
except ImportError:  # the tests say what is missing
    webdriver = None

PATIENCE = 120
"""Seconds; a machine that does many things at once is slow to start an interpreter."""


def needed() -> str:
    """What is missing for the page to be built and opened; empty where nothing is."""
    names = [name for name in ("chromium", "chromedriver", "npm", "node") if not shutil.which(name)]
    return ", ".join(names + ([] if webdriver else ["selenium"]))


class Browser:
    """A browser with the page in it. `downloads` is where it puts what is taken."""

    def __init__(self, downloads: Path, width: int = 1200, dark: bool = False) -> None:
        self.downloads = downloads
        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        options.page_load_strategy = "eager"
        for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"):
            options.add_argument(each)
        if dark:
            options.add_argument("--blink-settings=preferredColorScheme=0")
        options.add_argument(f"--window-size={width},1400")
        several = {"profile.default_content_setting_values.automatic_downloads": 1}  # a script's clicks are no user's
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads), **several})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("SE_OFFLINE", "true")  # nothing is to be fetched for it
            service = webdriver.ChromeService(shutil.which("chromedriver"))
            self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_page_load_timeout(PATIENCE)
        self.driver.set_script_timeout(PATIENCE)

    def open(self, page: Path, query: str = "") -> None:
        """Open the page and wait until it can be used."""
        self.driver.get(page.resolve().as_uri() + query)
        self.until("document.documentElement.dataset.ready")

    def until(self, condition: str) -> Any:
        """Wait for something to be so, and give it.

        Raises:
            AssertionError: it did not come to be, or the page says of trouble.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.run(f"return {condition}")
            if found:
                return found
            assert not self.run("return document.getElementById('trouble').textContent"), self.text("trouble")
            time.sleep(0.1)
        raise AssertionError(f"not within {PATIENCE} seconds: {condition}")

    def run(self, script: str) -> Any:
        """What a script gives."""
        return self.driver.execute_script(script)

    def evaluate(self, script: str) -> Any:
        """What a script gives that the page's own policy would not let run, in the end."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        return self.driver.execute_cdp_cmd("Runtime.evaluate", asked)["result"].get("value")

    def before(self, script: str) -> None:
        """Have a script run before those of any page that is opened."""
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def text(self, name: str) -> str:
        """The words of an element, as they stand in the page."""
        return str(self.run(f"return document.getElementById({name!r}).textContent"))

    def click(self, selector: str) -> None:
        """Click the first element that a selector finds."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def give(self, name: str, *paths: Path) -> None:
        """Choose files, or a folder, in a field."""
        self.driver.find_element("id", name).send_keys("\n".join(str(each) for each in paths))

    def drop(self, name: str, *paths: Path) -> None:
        """Drag files, or a folder, onto an element and let them go."""
        box = f"document.getElementById({name!r}).getBoundingClientRect()"
        x, y = self.run(f"const box = {box}; return [box.x + box.width / 2, box.y + box.height - 8]")
        dragged = {"items": [], "files": [str(each) for each in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": dragged})

    def printed(self) -> bytes:
        """The page on paper, as a PDF."""
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {})["data"])

    def taken(self, name: str) -> bytes:
        """The bytes of a file that was taken out, which is then gone."""
        path, end = self.downloads / name, time.monotonic() + PATIENCE
        while not (path.exists() and path.stat().st_size):
            assert time.monotonic() < end, f"{name}: only {sorted(self.downloads.iterdir())}"
            time.sleep(0.1)
        content = path.read_bytes()
        path.unlink()
        return content

    def complaints(self) -> list[str]:
        """What the browser's console says."""
        return [each["message"] for each in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for, but for files and what is in the page itself."""
        said = (json.loads(each["message"])["message"] for each in self.driver.get_log("performance"))
        sent = [each["params"]["request"]["url"] for each in said if each["method"] == "Network.requestWillBeSent"]
        return [each for each in sent if not each.startswith(("file:", "blob:", "data:"))]

    def close(self) -> None:
        """End it."""
        self.driver.quit()


def zipped(folder: Path, target: Path, names: Sequence[str]) -> Path:
    """Some files of a folder in an archive."""
    import zipfile

    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.write(folder / name, name)
    return target
