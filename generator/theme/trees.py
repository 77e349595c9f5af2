"""A parsed template, traversed once: Jinja2's own search traverses the whole tree each time."""

from typing import Generic, TypeVar

from jinja2 import nodes

Node = TypeVar("Node", bound=nodes.Node)
Root = TypeVar("Root", bound=nodes.Node)


class Tree(Generic[Root]):
    """A template's nodes, without `root`, in the order of the text."""

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
    """The direct children of a node."""
    found: list[nodes.Node] = []
    for field in node.fields:
        value = getattr(node, field, None)
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, nodes.Node)]
    return found
