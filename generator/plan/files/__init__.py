"""All other files: sitemaps, markdown, pictures, and what hosts read."""
