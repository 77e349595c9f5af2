"""`site.toml` → Config, which all rooms read and none changes."""

from generator.config.reading import CONFIG_NAME, PUBLIC_FOLDER, ConfigDraft, draft_config, parse_toml, read_config
from generator.config.sections import (
    ENGINE_LIBRARIES,
    AllowSection,
    BudgetsSection,
    Config,
    Content,
    EngineName,
    ImagesSection,
    MarkdownSection,
    MenuFamily,
    MenuItem,
    OutputsSection,
    PublishSection,
    Rotation,
    SiteSection,
    ThemeSection,
    TypographySection,
)
