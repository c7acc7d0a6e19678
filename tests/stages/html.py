"""Reads a page as somebody without JavaScript has it before them: text, forms, and what a form would send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.stages import Shown

VOID = {"input", "img", "meta", "link", "hr", "br"}
UNSEEN = {"script", "style", "button", "select", "textarea", "title", "head", "nav"}
BLOCKS = {"p", "li", "dt", "dd", "div", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "article", "section"}
PREFIX = "f-"


@dataclass
class Node:
    """An element; its children are elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __iter__(self) -> Iterator["Node"]:
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def all(self, tag: str, which: Callable[["Node"], bool] = lambda _: True) -> list["Node"]:
        return [node for node in self if node.tag == tag and which(node)]

    def one(self, tag: str, which: Callable[["Node"], bool] = lambda _: True) -> "Node":
        found = self.all(tag, which)
        assert found, f"the page has no such <{tag}>"
        return found[0]

    @property
    def words(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.words for child in self.children).strip()

    def lines(self) -> list[str]:
        """Visible text, line by line, without buttons."""
        parts: list[str] = []
        self._write(parts)
        return [line for line in (" ".join(line.split()) for line in "".join(parts).split("\n")) if line]

    def _write(self, parts: list[str]) -> None:
        classes = self["class"].split()
        if self.tag == "textarea" and "readonly" in self.attributes:
            parts.append(f"\n{self.words}\n")  # to copy
            return
        if self.tag in UNSEEN or "visually-hidden" in classes or "button" in classes:
            return
        if self.tag in BLOCKS:
            parts.append("\n")
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            else:
                child._write(parts)
        if self.tag in BLOCKS:
            parts.append("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(page: str) -> Node:
    """The page's elements; fails when they are not nested properly."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def sent(form: Node) -> list[tuple[str, str]]:
    """What a browser would send of a form as it stands, without the button."""
    pairs = []
    for node in form:
        if not node["name"] or "disabled" in node.attributes:
            continue
        if node.tag == "input" and node["type"] in {"radio", "checkbox"}:
            if "checked" in node.attributes:
                pairs.append((node["name"], node["value"] or "on"))
        elif node.tag == "input":
            pairs.append((node["name"], node["value"]))
        elif node.tag == "textarea":
            pairs.append((node["name"], node.words))
        elif node.tag == "select":
            options = node.all("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            pairs += [(node["name"], option["value"]) for option in chosen]
    return pairs


def shown(region: Node) -> Shown:
    """What somebody sees in one region of a page."""
    forms = region.all("form", lambda node: node["action"] == "/submit")
    pressing = region.all("form", lambda node: node["action"] == "/press")
    buttons = tuple(
        node.words
        for form in pressing
        for node in form
        if node.tag == "button" or (node.tag == "a" and "button" in node["class"].split())
    )
    days = {node.words for node in region.all("p", lambda node: node["class"] == "since-line")}  # of letters
    text = "\n".join(line for line in region.lines() if line not in days)
    links = {node.words: node["href"] for form in pressing for node in form if node.tag == "a"}
    if not forms:
        return Shown(text, buttons, links=links)
    form = forms[0]
    values = {name.removeprefix(PREFIX): "" for name in _names(form)}
    for name, value in sent(form):
        if name.startswith(PREFIX):
            before = values[plain := name.removeprefix(PREFIX)]
            several = f"{before},{value}" if before else value
            values[plain] = "true" if _is_tick(form, name) else several
    errors = {
        node["id"].removeprefix(PREFIX).removesuffix("-error"): node.words
        for node in form.all("p", lambda node: node["id"].endswith("-error"))
    }
    return Shown(text, buttons, _labels(form), values, errors, is_form=True)


def _names(form: Node) -> list[str]:
    return list(dict.fromkeys(node["name"] for node in form if node["name"].startswith(PREFIX)))


def _is_tick(form: Node, name: str) -> bool:
    """Whether it is a box by itself: of several, each has a value of its own."""
    return any(node["type"] == "checkbox" and node["value"] in {"", "y"} for node in form if node["name"] == name)


def _labels(form: Node) -> dict[str, str]:
    """Label by field name; of open choices, the legend."""
    labels = {}
    for group in form.all("fieldset"):
        radio = group.one("input")
        labels[radio["name"].removeprefix(PREFIX)] = _label(group.one("legend"))
    for label in form.all("label"):
        name = label["for"].removeprefix(PREFIX)
        if PREFIX + name in _names(form):
            labels[name] = _label(label)
    return {name.removeprefix(PREFIX): labels[name.removeprefix(PREFIX)] for name in _names(form)}


def _label(node: Node) -> str:
    return "".join(child for child in node.children if isinstance(child, str)).strip()
