"""Whom alerts don't reach: plain SQL for both databases, since `doctor` has no time to import
SQLAlchemy.
"""

# A later letter that has left says that Start has been pressed since.
UNREACHED = """
    SELECT DISTINCT refused.chat_id
    FROM outbox AS refused
    WHERE refused.kind = 'case'
      AND refused.chat_id IS NOT NULL
      AND refused.state = 'failed'
      AND refused.fault = 'unreachable'
      AND NOT EXISTS (
          SELECT 1 FROM outbox AS later
          WHERE later.chat_id = refused.chat_id
            AND later.id > refused.id
            AND later.state = 'sent'
      )
"""
