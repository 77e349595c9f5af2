"""A parsed template, walked through once: Jinja2's own search walks through the whole tree for each question."""

from typing import Generic, TypeVar

from jinja2 import nodes

Node = TypeVar("Node", bound=nodes.Node)
Root = TypeVar("Root", bound=nodes.Node)


class Tree(Generic[Root]):
    """A template's nodes in the order in which they are written; `root` is not among them."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.nodes: list[nodes.Node] = []
        waiting = children_of(root)[::-1]
        while waiting:
            node = waiting.pop()
            self.nodes.append(node)
            waiting += children_of(node)[::-1]

    def find(self, *kinds: type[Node]) -> list[Node]:
        """The nodes of some kinds."""
        return [node for node in self.nodes if isinstance(node, kinds)]


def children_of(node: nodes.Node) -> list[nodes.Node]:
    """What stands right inside a node."""
    found: list[nodes.Node] = []
    for field in node.fields:
        value = getattr(node, field, None)
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, nodes.Node)]
    return found
