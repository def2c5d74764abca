# SPDX-License-Identifier: MIT
"""A headless Chromium, driven over two pipes by the DevTools protocol. Nothing but the standard library.

    with Browser() as browser, browser.open(Path("page.html")) as page:
        page.size(320)
        page.evaluate("document.title")

Every call has a deadline. At the end the browser and its profile are gone; if this process is killed, Chromium
sees its pipe closed and ends by itself.
"""

import base64
import fcntl
import json
import math
import os
import select
import shutil
import signal
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS_A_CALL = 60
PAPERS = {"a4": (210 / 25.4, 297 / 25.4), "letter": (8.5, 11)}  # inches

# No network of its own, no profile of anybody's, and the same pixels on every machine.
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
    "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync", "--disable-component-update",
    "--disable-background-networking", "--disable-default-apps", "--disable-breakpad", "--disable-crash-reporter",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server", "--hide-scrollbars", "--mute-audio",
    "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=en-US", "about:blank",
)  # fmt: skip


class BrowserError(Exception):
    """The browser did not answer in time, or refused what was asked of it."""


def chromium():
    """The path of the program, or None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def above_standard(descriptor):
    """The same pipe under a number that 3 and 4 can't overwrite, closed in the child."""
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return high


class Browser:
    """One Chromium for many pages. Start it as a context."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="attune-browser-")
        self.next_id = 0
        self.pending = b""
        self.replies = {}
        self.pages = {}  # by session
        child_in, to_child = map(above_standard, os.pipe())
        from_child, child_out = map(above_standard, os.pipe())
        self.to_child, self.from_child = to_child, from_child
        try:
            self.child = self.start(child_in, child_out)
        finally:
            os.close(child_in)
            os.close(child_out)
        try:
            self.version = self.call("Browser.getVersion")["product"]
        except BrowserError:
            self.__exit__()
            raise
        return self

    def start(self, child_in, child_out):
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        null = os.open(os.devnull, os.O_RDWR)
        redirected = [(null, 0), (null, 1), (null, 2), (child_in, 3), (child_out, 4)]
        try:
            return os.posix_spawn(
                chromium(),
                [chromium(), f"--user-data-dir={self.profile}", *sandbox, *FLAGS],
                {**os.environ, "HOME": self.profile, "XDG_CONFIG_HOME": self.profile, "XDG_CACHE_HOME": self.profile},
                file_actions=[(os.POSIX_SPAWN_DUP2, own, number) for own, number in redirected],
                setpgroup=0,
            )
        finally:
            os.close(null)

    def __exit__(self, *_):
        try:
            self.call("Browser.close", seconds=5)
        except (BrowserError, OSError):
            pass  # it is ended below in any case
        os.close(self.to_child)
        os.close(self.from_child)
        deadline = time.monotonic() + 5
        ended = 0
        while ended == 0 and time.monotonic() < deadline:
            ended = os.waitpid(self.child, os.WNOHANG)[0]
            if ended == 0:
                select.select([], [], [], 0.02)
        try:  # its helpers are in its group
            os.killpg(self.child, signal.SIGKILL)
        except ProcessLookupError:
            pass
        if ended == 0:
            os.waitpid(self.child, 0)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, session=None, seconds=SECONDS_A_CALL, **parameters):
        """The result of one method. Events that come meanwhile go to their pages."""
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        own_id = self.next_id
        self.send(json.dumps(message).encode() + b"\0")
        self.read_until(lambda: own_id in self.replies, seconds, method)
        reply = self.replies.pop(own_id)
        if "error" in reply:
            raise BrowserError(f"{method}: {reply['error'].get('message')}")
        return reply["result"]

    def post(self, method, session, **parameters):
        """Sends one whose answer nobody waits for, from within an event."""
        self.next_id += 1
        self.send(json.dumps({"id": self.next_id, "method": method, "params": parameters, "sessionId": session}).encode()
                  + b"\0")  # fmt: skip

    def send(self, data):
        while data:
            data = data[os.write(self.to_child, data) :]

    def read_until(self, done, seconds, what):
        deadline = time.monotonic() + seconds
        while not done():
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.from_child], [], [], left)[0]:
                raise BrowserError(f"{what}: no answer within {seconds} seconds")
            block = os.read(self.from_child, 1 << 16)
            if not block:
                raise BrowserError(f"{what}: the browser has ended")
            *messages, self.pending = (self.pending + block).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self.replies[message["id"]] = message
                elif page := self.pages.get(message.get("sessionId")):
                    page.hear(message["method"], message["params"])

    def open(self, path):
        """A page of its own that shows the file."""
        return Page(self, Path(path))


class Page:
    """One file in a tab. What it asked for, said and threw is collected from the first byte on."""

    def __init__(self, browser, path):
        self.browser = browser
        self.url = path.resolve().as_uri()
        self.requests = []
        self.messages = []  # console, exceptions, and what the browser itself has logged
        self.dialogs = []
        self.is_loaded = False
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        browser.pages[self.session] = self
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(1280)
        self.call("Page.navigate", url=self.url)
        browser.read_until(lambda: self.is_loaded, SECONDS_A_CALL, self.url)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.call("Target.closeTarget", targetId=self.target)
        self.browser.pages.pop(self.session, None)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def hear(self, method, params):
        if method == "Page.loadEventFired":
            self.is_loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.javascriptDialogOpening":  # an open one would stop everything
            self.dialogs.append(params["message"])
            self.browser.post("Page.handleJavaScriptDialog", self.session, accept=False)
        elif method == "Runtime.consoleAPICalled":
            words = " ".join(str(each.get("value", each.get("description", ""))) for each in params["args"])
            self.messages.append(f"{params['type']}: {words}")
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.messages.append(f"exception: {details.get('exception', {}).get('description', details['text'])}")
        elif method == "Log.entryAdded":
            self.messages.append(f"{params['entry']['level']}: {params['entry']['text']}")

    def size(self, width, height=900, scale=1):
        """The viewport in CSS pixels, and device pixels per CSS pixel."""
        self.window = (width, scale)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def media(self, scheme="light", kind="screen"):
        """Light or dark as the reader's system is, on a screen or in print."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", media=kind, features=[feature])

    def text_size(self, percent):
        """The size of text as a reader sets it in the browser, where widths in rem follow, those of media queries too."""
        self.call("Page.setFontSizes", fontSizes={"standard": 16 * percent // 100, "fixed": 13 * percent // 100})

    def evaluate(self, expression):
        """The value of a JavaScript expression, waited for where it is a promise."""
        reply = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if details := reply.get("exceptionDetails"):
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return reply["result"].get("value")

    def screenshot(self, path):
        """All of the page as PNG, at the width that is set; the window grows to the height of the page for it."""
        width, scale = self.window
        height = self.call("Page.getLayoutMetrics")["cssContentSize"]["height"]
        self.size(width, max(900, math.ceil(height)), scale)
        picture = self.call("Page.captureScreenshot", optimizeForSpeed=True)
        Path(path).write_bytes(base64.b64decode(picture["data"]))

    def pdf(self, path, paper):
        """The page as it is printed on "a4" or "letter", with the margins that its style asks for."""
        width, height = PAPERS[paper]
        printed = self.call("Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=False)
        Path(path).write_bytes(base64.b64decode(printed["data"]))
