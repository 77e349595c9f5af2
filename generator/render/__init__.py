"""View + theme → bytes, and nothing else."""

from generator.render.renderer import Renderer
