"""The pages of the comparison: their HTML, written once, and how each program says what varies in it.

A skeleton has marks such as @title@. A program's own words take their places: a template that prints the
title in its language. So all programs write the same HTML, apart from what a program decides by itself:
where a page lies, ids of headings, a fingerprint in the address of the style sheet.
"""
import re

TITLE = "Bench Games"
DESCRIPTION = "Stories that were made up to be counted"
HOST = "https://games.example"
PER_PAGE = 20
# Podium's home page has the lead and twelve more.
ON_FRONT_PAGE = 13

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@title@ | Bench Games</title>
<meta name="description" content="@description@">
<link rel="canonical" href="@canonical@">
<link rel="stylesheet" href="@style@">
</head>
<body>
<header class="top"><a href="/">Bench Games</a>
<nav><a href="/stories/">Stories</a> <a href="/tags/">Tags</a> <a href="/authors/">Authors</a></nav></header>
<main>
@main@
</main>
<footer><p>No race in these stories was ever run.</p></footer>
</body>
</html>
"""

STORY = """<article>
<h1>@title@</h1>
<p class="standfirst">@description@</p>
<p class="byline">By @author@, <time datetime="@moment@">@day@</time></p>
<div class="text">
@body@</div>
<ul class="tags">@each_tag@
<li><a href="@tag_url@">@tag@</a></li>@end_tag@
</ul>
</article>"""

TEASER = """
<li><h2><a href="@story_url@">@story_title@</a></h2>
<p>@story_standfirst@</p>
<p class="byline">By @story_author@, <time datetime="@story_moment@">@story_day@</time></p></li>"""

FRONT = """<h1>Latest</h1>
<ul class="stories">@teasers@
</ul>"""

LIST = """<h1>@title@</h1>
<ul class="stories">@teasers@
</ul>
<p class="pages">@if_previous@<a rel="prev" href="@previous@">Newer</a> @end_previous@Page @number@ of @count@@if_next@ <a rel="next" href="@next@">Older</a>@end_next@</p>"""

TERMS = """<h1>@title@</h1>
<ul class="terms">@each_term@
<li><a href="@term_url@">@term@</a></li>@end_term@
</ul>"""

STYLE = """body { max-width: 40rem; margin: auto; padding: 1rem; font: 1.1rem/1.5 serif }
.top, nav, .tags { display: flex; gap: 1rem }
.byline, footer { color: #555 }
"""


def fill(skeleton, words):
    """A skeleton with a program's words at its marks."""
    return re.sub(r"@(\w+)@", lambda mark: words[mark[1]], skeleton)


def page(main, words, **own):
    """A whole page around `main`, with words of this page alone."""
    words = {"description": DESCRIPTION, **words, **own}
    return fill(PAGE, {**words, "main": fill(main, words)})


def teasers(words, opening, closing):
    """A list of stories, in the words of a loop."""
    return opening + fill(TEASER, words) + closing


def podium():
    """Files of a Podium site: a theme that extends none, so it has a template of each kind of page."""
    words = {"canonical": "{{ page.canonical }}", "style": '{{ asset(path="style.css") }}'}
    story = {
        "title": "{{ story.title }}", "description": "{{ page.description }}",
        "author": "{{ story.card.authors[0].name }}",
        "moment": "{{ story.card.date.iso }}", "day": '{{ story.card.date | date(style="day") }}',
        "body": "{{ story.body }}", "each_tag": "{% for tag in story.tags %}", "end_tag": "{% endfor %}",
        "tag_url": "{{ tag.url }}", "tag": "{{ tag.name }}"}
    card = {
        "story_url": "{{ story.url }}", "story_title": "{{ story.title }}",
        "story_standfirst": "{{ story.standfirst }}", "story_author": "{{ story.authors[0].name }}",
        "story_moment": "{{ story.date.iso }}", "story_day": '{{ story.date | date(style="day") }}'}
    list_ = {
        **words, "teasers": teasers(card, "{% for story in stories %}", "{% endfor %}"),
        "if_previous": "{% if pagination.previous %}", "end_previous": "{% endif %}",
        "previous": "{{ pagination.previous }}", "number": "{{ pagination.number }}",
        "count": "{{ pagination.count }}", "if_next": "{% if pagination.next %}", "end_next": "{% endif %}",
        "next": "{{ pagination.next }}"}
    lead = "{% if lead %}{% set story = lead %}" + fill(TEASER, card) + "{% endif %}"
    terms = {**words, "each_term": "{% for item in items %}", "end_term": "{% endfor %}",
             "term_url": "{{ item.url }}", "term": "{{ item.name }}"}
    templates = {
        "story.html": page(STORY, {**words, **story}),
        "home.html": page(FRONT, {**list_, "teasers": lead + list_["teasers"]}, title="Latest"),
        "stories.html": page(LIST, list_, title="Stories"),
        "tag.html": page(LIST, list_, title="{{ tag.name }}"),
        "author.html": page(LIST, list_, title="{{ author.name }}"),
        "index.html": page(TERMS, terms, title="{{ name }}"),
        "redirect.html": '<!doctype html>\n<meta http-equiv="refresh" content="0; url={{ to }}">\n',
        "update.html": "{{ update.body }}", "key-moments.html": ""}
    # Podium asks for these; the site has nothing for most of them to show.
    for name in ("live medals schedule day occasion sports sport event athletes athlete nations nation "
                 "venue page 404").split():
        templates[f"{name}.html"] = page(f"<h1>{name.capitalize()}</h1>", words, title=name.capitalize())
    return {
        "themes/equal/theme.toml": 'name = "Equal"\ndescription = "The HTML of the comparison."\n',
        "themes/equal/assets/style.css": STYLE,
        "themes/equal/i18n/en.toml":
            'months_short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]\n'
            '[date]\nday = "{day} {month_short} {year}"\n',
        **{f"themes/equal/templates/{name}": text for name, text in templates.items()},
        "site.toml": f'title = "{TITLE}"\ndescription = "{DESCRIPTION}"\nbase_url = "{HOST}/"\ntime_zone = "UTC"\n'
                     f'theme = "equal"\n[lists]\nper_page = {PER_PAGE}\n[markdown]\nsmart_punctuation = false\n'
                     "[feeds]\nformats = []\n[check]\nbuild = false\n"}


def hugo():
    """Files of a Hugo site. Go escapes the plus sign of a time: no template can help it."""
    words = {"canonical": "{{ .Permalink }}", "style": "/assets/style.css"}
    moment, day = '{{ .Date.Format "2006-01-02T15:04:05-07:00" }}', '{{ .Date.Format "2 Jan 2006" }}'
    story = {
        "title": "{{ .Title }}", "description": "{{ .Description }}", "author": "{{ index .Params.authors 0 }}",
        "moment": moment, "day": day, "body": "{{ .Content }}",
        "each_tag": '{{ range .GetTerms "tags" }}', "end_tag": "{{ end }}",
        "tag_url": "{{ .RelPermalink }}", "tag": "{{ .Title }}"}
    card = {
        "story_url": "{{ .RelPermalink }}", "story_title": "{{ .Title }}", "story_standfirst": "{{ .Description }}",
        "story_author": "{{ index .Params.authors 0 }}", "story_moment": moment, "story_day": day}
    list_ = {
        **words, "title": "{{ .Title }}", "canonical": "{{ $list.URL | absURL }}",
        "teasers": teasers(card, "{{ range $list.Pages }}", "{{ end }}"),
        "if_previous": "{{ if $list.HasPrev }}", "end_previous": "{{ end }}", "previous": "{{ $list.Prev.URL }}",
        "number": "{{ $list.PageNumber }}", "count": "{{ $list.TotalPages }}",
        "if_next": "{{ if $list.HasNext }}", "end_next": "{{ end }}", "next": "{{ $list.Next.URL }}"}
    list_page = "{{ $list := .Paginate .Pages }}" + page(LIST, list_)
    front = teasers(card, f"{{{{ range first {ON_FRONT_PAGE} site.RegularPages }}}}", "{{ end }}")
    terms = {**words, "title": "{{ .Title }}", "each_term": "{{ range .Data.Terms.Alphabetical }}",
             "end_term": "{{ end }}", "term_url": "{{ .Page.RelPermalink }}", "term": "{{ .Page.Title }}"}
    return {
        "layouts/page.html": page(STORY, {**words, **story}),
        "layouts/home.html": page(FRONT, words, teasers=front, title="Latest"),
        "layouts/section.html": list_page,
        "layouts/term.html": list_page,
        "layouts/taxonomy.html": page(TERMS, terms),
        "layouts/404.html": page("<h1>404</h1>", words, title="404"),
        "static/assets/style.css": STYLE,
        "content/stories/_index.md": "---\ntitle: Stories\n---\n",
        "hugo.toml": f'baseURL = "{HOST}/"\ntitle = "{TITLE}"\ntimeZone = "UTC"\ndisableKinds = ["rss"]\n'
                     "disableHugoGeneratorInject = true\ncapitalizeListTitles = false\n"
                     '[taxonomies]\ntag = "tags"\nauthor = "authors"\n'
                     f"[pagination]\npagerSize = {PER_PAGE}\ndisableAliases = true\n"
                     "[markup.goldmark.extensions.typographer]\ndisable = true\n"}


def zola():
    """Files of a Zola site, for its versions with the first Tera."""
    words = {"canonical": "{{ current_url | safe }}", "style": "/assets/style.css"}
    formats = {"moment": '{{ %s | date(format="%%Y-%%m-%%dT%%H:%%M:%%S+00:00") }}',
               "day": '{{ %s | date(format="%%-d %%b %%Y") }}'}
    story = {
        "title": "{{ page.title }}", "description": "{{ page.description }}",
        "author": "{{ page.taxonomies.authors[0] }}",
        "moment": formats["moment"] % "page.date", "day": formats["day"] % "page.date",
        "body": "{{ page.content | safe }}",
        "each_tag": "{% for tag in page.taxonomies.tags %}", "end_tag": "{% endfor %}",
        "tag_url": "/tags/{{ tag | slugify }}/", "tag": "{{ tag }}"}
    card = {
        "story_url": "{{ story.path | safe }}", "story_title": "{{ story.title }}",
        "story_standfirst": "{{ story.description }}", "story_author": "{{ story.taxonomies.authors[0] }}",
        "story_moment": formats["moment"] % "story.date", "story_day": formats["day"] % "story.date"}
    below_host = '{{ paginator.%s | replace(from=config.base_url, to="") | safe }}'
    list_ = {
        **words, "teasers": teasers(card, "{% for story in paginator.pages %}", "{% endfor %}"),
        "if_previous": "{% if paginator.previous %}", "end_previous": "{% endif %}",
        "previous": below_host % "previous", "number": "{{ paginator.current_index }}",
        "count": "{{ paginator.number_pagers }}",
        "if_next": "{% if paginator.next %}", "end_next": "{% endif %}", "next": below_host % "next"}
    front = teasers(card, '{% set all = get_section(path="stories/_index.md") %}'
                          f"{{% for story in all.pages | slice(end={ON_FRONT_PAGE}) %}}", "{% endfor %}")
    terms = {**words, "title": "{{ taxonomy.name }}", "each_term": "{% for term in terms %}",
             "end_term": "{% endfor %}", "term_url": "{{ term.path | safe }}", "term": "{{ term.name }}"}
    taxonomies = ", ".join(f'{{ name = "{name}", paginate_by = {PER_PAGE} }}' for name in ("tags", "authors"))
    return {
        "templates/page.html": page(STORY, {**words, **story}),
        "templates/index.html": page(FRONT, words, teasers=front, title="Latest"),
        "templates/section.html": page(LIST, list_, title="{{ section.title }}"),
        "templates/taxonomy_single.html": page(LIST, list_, title="{{ term.name }}"),
        "templates/taxonomy_list.html": page(TERMS, terms),
        # It is not told its own address.
        "templates/404.html": page("<h1>404</h1>", words, title="404", canonical=f"{HOST}/404.html"),
        "static/assets/style.css": STYLE,
        "content/_index.md": '+++\ntitle = "Latest"\n+++\n',
        "content/stories/_index.md":
            f'+++\ntitle = "Stories"\nsort_by = "date"\npaginate_by = {PER_PAGE}\n+++\n',
        "config.toml": f'base_url = "{HOST}"\ntitle = "{TITLE}"\ncompile_sass = false\n'
                       f"build_search_index = false\ntaxonomies = [{taxonomies}]\n"}


def blades():
    """Files of a blades site. It writes a story as /stories/NAME.html, and page 2 of a list as 2.html."""
    words = {"canonical": "{{permalink}}", "style": "/assets/style.css"}
    moment = "{{#date}}{{y}}-{{m}}-{{d}}T{{H}}:{{M}}:{{S}}+00:00{{/date}}"
    day = "{{#date}}{{e}} {{b}} {{y}}{{/date}}"
    # A field of our own is read as Markdown where it is escaped, so it is printed as it is.
    story = {
        "title": "{{title}}", "description": "{{summary}}", "author": "{{{author}}}", "moment": moment, "day": day,
        "body": "{{content}}", "each_tag": "{{#taxonomies}}{{#tags}}", "end_tag": "{{/tags}}{{/taxonomies}}",
        "tag_url": "/tags/{{name}}/", "tag": "{{name}}"}
    card = {
        "story_url": "/stories/{{slug}}.html", "story_title": "{{title}}", "story_standfirst": "{{summary}}",
        "story_author": "{{{author}}}", "story_moment": moment, "story_day": day}
    list_ = {
        **words, "title": "{{title}}", "teasers": teasers(card, "{{#pages}}", "{{/pages}}"),
        "if_previous": "{{#pagination}}{{#previous}}", "end_previous": "{{/previous}}{{/pagination}}",
        "previous": "{{previous}}.html",
        # There is no pagination where one page has all.
        "number": "{{#pagination}}{{current}}{{/pagination}}{{^pagination}}1{{/pagination}}",
        "count": "{{#pagination}}{{length}}{{/pagination}}{{^pagination}}1{{/pagination}}",
        "if_next": "{{#pagination}}{{#next}}", "end_next": "{{/next}}{{/pagination}}", "next": "{{next}}.html"}
    # It has no way to take the first stories of a list: those have a mark of ours.
    front = teasers(card, "{{#subsections}}{{#pages}}{{#on_front_page}}",
                    "{{/on_front_page}}{{/pages}}{{/subsections}}")
    terms = {**words, "title": "{{title}}", "each_term": "{{#keys}}", "end_term": "{{/keys}}",
             "term_url": "/{{slug}}/{{key}}/", "term": "{{key}}", "canonical": HOST + "/{{slug}}/"}
    of_key = HOST + "/{{#taxonomy}}{{slug}}{{/taxonomy}}/{{title}}/"
    return {
        "templates/page.html": page(STORY, {**words, **story}),
        "templates/front.html": page(FRONT, words, teasers=front, title="Latest"),
        "templates/section.html": page(LIST, list_),
        "templates/taxonomy_key.html": page(LIST, list_, canonical=of_key),
        "templates/taxonomy.html": page(TERMS, terms),
        "templates/404.html": page("<h1>404</h1>", words, title="404"),
        "assets/style.css": STYLE,
        "content/index.toml": 'title = "Latest"\ntemplate = "front.html"\n',
        "content/404.toml": 'title = "404"\ntemplate = "404.html"\nhidden = true\n',
        "content/stories/index.toml": f'title = "Stories"\npaginate_by = {PER_PAGE}\n',
        "Blades.toml": f'title = "{TITLE}"\nurl = "{HOST}"\nlang = "en"\nrss = false\natom = false\n'
                       + "".join(f'[taxonomies.{name}]\ntitle = "{name}"\npaginate_by = {PER_PAGE}\n'
                                 for name in ("tags", "authors"))}


FILES = {"podium-equal": podium, "hugo": hugo, "zola": zola, "blades": blades}
