"""Stories that hold everything a story can hold."""

from datetime import UTC, datetime

from articles.models import Article
from articles.store import Change, write
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, Story, TagUse

BODY = """\
<p>The harbour <strong>reopened <em>at</em></strong><em> noon</em>.<br>Ships waited.</p>
<h2>What &lt;script&gt;alert(1)&lt;/script&gt; means</h2>
<figure data-caption="pier"></figure>
<p>See <a href="https://example.com/?a=1&amp;b=2">the <strong>tide</strong> table</a>, \
<a href="/articles/">all stories</a> or <a href="mailto:desk@example.com">write</a>.</p>
<blockquote><p>“We waited,” he said.</p><p>“And then?”</p></blockquote>
<ul><li><p>First<br>gate</p></li><li><p><em>Second</em></p></li></ul>
<ol><li><p>One</p></li><li><p>Two &amp; three</p></li></ol>
<aside><p>A box.</p><p>Its second paragraph.</p></aside>
<p>قال المبعوث إن الميناء مفتوح.</p>
<figure data-caption="crane"></figure>"""

FULL = Story(
    headline='Harbour ‘reopens’ & "waits" <script>alert(1)</script>',
    kicker="Weather",
    standfirst="كابل: المبعوث",
    bylines=("Nida Khan", "AFP"),
    dateline="KARACHI",
    section="World",
    kind="opinion",
    language="ar",
    highlights=(Highlight("First gate shut", "h1"), Highlight("ثم فتح", "h2")),
    captions=(
        Caption("The storm.", "AFP photo", key="lead"),
        Caption('The pier, "at noon".', key="pier"),
        Caption("", "Crane & Co", key="crane"),
    ),
    body=BODY,
    tags=(
        TagUse("Ports, harbours", "suggestion"),
        TagUse('The "gate"', "import"),
        TagUse("مرفأ", "editor"),
    ),
    status="in_review",
    published=Moment(datetime(2026, 3, 14, 12, 5, 37, tzinfo=UTC)),
    updated=Moment(datetime(2026, 3, 15, 12, tzinfo=UTC).date(), "estimated"),
    embargo_until=datetime(2026, 10, 25, 0, 30, 15, tzinfo=UTC),
    expires_at=datetime(2030, 1, 1, tzinfo=UTC),
    source_short_url="https://short.example/x",
)


def write_story(story):
    """Return the article of a new story."""
    (outcome,) = write([Change(story)], by=None, why="test")
    return Article.objects.get(pk=outcome.article_id)
