"""What refers to what is kept, and rows that have gone meanwhile are no failure."""

import pytest
from factories import make_output, make_site, make_theme
from wagtail import signal_handlers
from wagtail.models import ReferenceIndex

from contactpoint.outputs.models import OutputTheme


def test_a_row_that_has_gone_before_the_job_is_no_failure(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    page = make_output(make_site(standard=False))
    row = OutputTheme.objects.create(page=page, theme=make_theme("return"))
    references = ReferenceIndex.objects.filter(object_id=str(page.pk))
    assert references.exists()
    OutputTheme.objects.filter(pk=row.pk).delete()
    references.delete()
    signal_handlers.update_reference_index_on_save(row)
    assert [each for each in caplog.records if each.exc_info or each.levelname == "ERROR"] == []
    assert not references.exists()
