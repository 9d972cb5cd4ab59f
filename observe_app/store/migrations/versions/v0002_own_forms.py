"""Own forms: their versions, their drafts, and the index of all forms."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE form_draft (
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    based_on INTEGER DEFAULT 0 NOT NULL,
    content TEXT NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_form_draft PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE form_index (
    digest TEXT NOT NULL,
    rules INTEGER NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_form_index PRIMARY KEY (digest)
)
 STRICT""",
    """CREATE TABLE form_version (
    id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    created TEXT NOT NULL,
    author_id TEXT,
    deleted INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_form_version PRIMARY KEY (id)
)
 STRICT""",
    """CREATE INDEX ix_form_version_form_id ON form_version (form_id)""",
    """CREATE INDEX ix_visit_form_id_form_version_deleted ON visit (form_id, form_version, deleted)""",
)


def upgrade() -> None:
    """Add the tables; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
