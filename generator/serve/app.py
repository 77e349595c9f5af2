"""The preview over HTTP: the site, the script of the preview, and events of builds."""

import mimetypes
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.media import MEDIA_TYPES
from generator.publish import STAGING
from generator.serve.board import Board, name_output
from generator.serve.pages import OWN, add_script

for _suffix, _type in MEDIA_TYPES.items():  # systems differ in these
    mimetypes.add_type(_type, _suffix)

_MOST_DIGITS = 100  # of the number of a build

_STATIC = Path(__file__).parent / "static"
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


def make_app(
    board: Board, folder: Path, *, meanwhile: Path | None = None, may_be_called: Callable[[str], bool]
) -> Starlette:
    """The application; `meanwhile` is shown until `folder` has a site, `may_be_called` accepts `Host` headers."""
    folders = [folder, *([meanwhile] if meanwhile else ())]
    return Starlette(
        routes=[
            Route(f"{OWN}events", _Events(board, folders)),
            Mount(OWN.rstrip("/"), StaticFiles(directory=_STATIC)),
            Mount("/", _Site(board, folders)),
        ],
        middleware=[Middleware(_AddHeaders), Middleware(_CheckHost, may_be_called=may_be_called)],
    )


def _choose_folder(folders: Sequence[Path]) -> Path | None:
    """The first folder with a site; its front page is published last."""
    return next((folder for folder in folders if (folder / "index.html").is_file()), None)


class _Site:
    """The site under its base path; until there is one, a page that waits for it."""

    def __init__(self, board: Board, folders: Sequence[Path]) -> None:
        self._board = board
        self._folders = folders
        self._files = {folder: _Files(board, folder) for folder in folders}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        base_path, path = self._board.base_path, scope["path"]
        folder = _choose_folder(self._folders)
        app: ASGIApp
        if folder is None:
            page = (_STATIC / "waiting.html").read_bytes()
            app = HTMLResponse(add_script(page, 0, ""), status_code=503)
        elif base_path and path in ("/", base_path):
            app = RedirectResponse(f"{base_path}/")
        elif not path.startswith(f"{base_path}/"):
            app = PlainTextResponse(f"Not here: the site is at {base_path}/", status_code=404)
        else:
            app = self._files[folder]
        await app({**scope, "root_path": base_path}, receive, send)


class _Files(StaticFiles):
    """The files of the site, without links to other folders; pages get the script."""

    def __init__(self, board: Board, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._board = board

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.split("/", maxsplit=1)[0] == STAGING:
            raise HTTPException(404)
        build = self._board.good  # read first: the page may be newer, but not older
        response, url = await super().get_response(path, scope), Request(scope).url
        origin = f"{url.scheme}://{url.netloc}"
        if early := self._board.early.get(name_output(scope["path"], self._board.base_path)):
            number, page = early
            return HTMLResponse(add_script(page, number, origin))
        if not isinstance(response, FileResponse) or response.media_type != "text/html":
            return response
        try:
            page = await to_thread.run_sync(Path(response.path).read_bytes)
        except FileNotFoundError:  # a build removed it just now
            raise HTTPException(404) from None
        return HTMLResponse(add_script(page, build, origin), response.status_code)


class _Events:
    """Events for one page (HTML, section 9.2): that it has to reload, or the state of the last build."""

    def __init__(self, board: Board, folders: Sequence[Path]) -> None:
        self._board = board
        self._folders = folders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope).query_params
        build = asked.get("build", "")
        is_number = build.isdecimal() and len(build) <= _MOST_DIGITS
        lines = self._follow(asked.get("path", "/"), int(build) if is_number else 0)
        await StreamingResponse(lines, media_type="text/event-stream")(scope, receive, send)

    async def _follow(self, address: str, build: int) -> AsyncIterator[str]:
        with self._board.viewing(address):
            async for _ in self._board.follow():
                if self._board.is_stale(self._outputs_at(address), build):
                    yield "event: reload\ndata: {}\n\n"
                else:
                    yield f"event: state\ndata: {self._board.state}\n\n"

    def _outputs_at(self, address: str) -> list[str]:
        """The output at an address; the 404 page, too, if there is none."""
        path = name_output(address, self._board.base_path)
        folder = _choose_folder(self._folders) or self._folders[0]
        try:
            is_there = (folder / path).is_file()
        except OSError:  # the name is too long for a file
            is_there = False
        return [path] if is_there else [path, "404.html"]


class _CheckHost:
    """Refuses requests with a host name that is not the preview's."""

    def __init__(self, app: ASGIApp, *, may_be_called: Callable[[str], bool]) -> None:
        self._app = app
        self._may_be_called = may_be_called

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_known = self._may_be_called(Headers(scope=scope).get("host", ""))
        app = self._app if is_known else PlainTextResponse("Invalid host header", status_code=400)
        await app(scope, receive, send)


class _AddHeaders:
    """Adds headers: answers are not cached, not indexed, and their types are not guessed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_more)
