//! Every code that Podium can report, with the text that `podium explain` prints.
//!
//! The letter names the family: A addresses, B bodies (Markdown), C configuration, D discovery,
//! F front matter, G the Games (references to events, nations, people), I import, P publishing, T themes;
//! and of the editorial checks E what a story lacks, L links and pages, M medals and schedule, N names,
//! R results that prose tells, V pictures.
//! A code keeps its meaning for good; a retired one is not used again.

use super::Severity;

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// A letter and three digits, stable for good.
    pub id: &'static str,
    /// How bad it is unless something changes that.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// What it means, an example, and what to do. Plain text, wrapped.
    pub explanation: &'static str,
}

impl Code {
    /// Whether it belongs to the editorial checks, whose levels site.toml may set.
    pub fn is_check(&self) -> bool {
        let is_mistake = matches!(self.id, "V001" | "V003");
        self.id.starts_with(['E', 'L', 'M', 'N', 'R', 'V']) && !is_mistake
    }

    /// Whether an author may answer for it: it is of what words say.
    pub fn is_waivable(&self) -> bool {
        self.id.starts_with(['N', 'R']) || self.id == "V012"
    }

    /// Whether it only asks: no run is refused for it, `--strict` or not.
    pub fn is_question(&self) -> bool {
        self.id == "R012"
    }

    /// Whether site.toml may set its level. Besides those of checks these are dead links and missing
    /// pictures in texts, of which an archive has more than anybody will mend.
    pub fn has_level(&self) -> bool {
        self.is_check() || matches!(self.id, "B002" | "B003" | "B004")
    }
}

/// The code with this id, in either case.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
}

macro_rules! codes {
    ($($id:ident $severity:ident $summary:literal $explanation:literal)*) => {
        $(
            #[doc = $summary]
            pub static $id: Code = Code {
                id: stringify!($id),
                severity: Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            };
        )*
        /// Every code, in the order of their ids.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
A001 Error "two pages claim one address" "\
Every page and file of the site has an address of its own. Two of them that end in the same
place, or in places that differ only in upper and lower case (which are one file on many
machines), cannot both be published.

    content/stories/2024/final.md    /stories/final/
    content/stories/2025/final.md    /stories/final/

Give one of the two another `slug:` in its front matter, or rename its file. If one of them is
an alias (an old address that leads to a story), remove the alias."

B001 Error "raw HTML in Markdown" "\
Stories are Markdown. A tag such as <div> or <iframe> would bypass the theme and can break the
page around it, so it is refused rather than dropped.

    <center>Final score</center>

Use Markdown, or a component of the theme (a tag that starts with a capital letter, such as
<Note>...</Note>). To write the characters themselves, put them in backticks or write &lt;.
A site that needs raw HTML can allow it in site.toml:

    [markdown]
    raw_html = true"

B002 Error "a link leads to nothing" "\
A link to another file of the site is written as the path from the file that it stands in, or
from content/ with a slash in front. Podium turns it into the address of the page.

    [the final](../events/table-tennis/mixed-doubles.md)
    [the final](/events/table-tennis/mixed-doubles.md)

A link to an address of the site is checked as well: [all stories](/stories/). This one leads to
a file or page that does not exist. Check the spelling; upper and lower case count."

B003 Error "a link leads to a heading that is not there" "\
The part of a link after # is the id of a heading. A heading's id is made of its words
(`## The last point` has the id `the-last-point`) or given in braces: `## The last point {#last}`.
The page exists, but has no heading of that id; the message lists those that it has."

B004 Error "a picture or file that is not there" "\
A picture is written as the path from the file that it is used in, or from content/ with a slash
in front. It usually lies beside the story, in the story's own folder:

    content/stories/one-phone/index.md
    content/stories/one-phone/selfie.png      ![Six players](selfie.png)"

B005 Error "an unknown component" "\
A tag that starts with a capital letter is a component of the theme. The theme has none of this
name. `podium explain B005` cannot know your theme: the message lists what it has.

    <Podum event=\"judo/mens-over-100kg\" />      should be <Podium ... />"

B006 Error "a component's attribute is wrong" "\
Each component takes the attributes that its theme defines: some must be given, unknown ones are
refused, and a number must be a number. The attributes event, athlete, nation, sport and story
are references and must lead to something that is on the site.

    <MedalTable limit=\"five\" />                 should be limit=\"5\"
    <Podium event=\"judo/mens\" />                no such event"

B007 Error "a component is not closed, or closed twice" "\
A component with words inside is closed by the same name; one without ends in />.

    <Note>This is a note.</Note>
    <Podium event=\"judo/mens-over-100kg\" />

What is opened inside a paragraph must be closed in the same paragraph."

B008 Error "a block component in the middle of a sentence" "\
Some components are blocks: a podium, a picture, a pull quote. They cannot stand inside a
sentence. Put the tag on lines of its own, with an empty line before and after."

B009 Error "a link of a kind that is not allowed" "\
Links may start with http:, https:, mailto: or tel:, or name a file or an address of the site.
Others, javascript: and data: among them, are refused: they can run code in a reader's browser.
An address that cannot be taken apart (a space in it, a broken host) is refused as well."

B010 Warning "a link to a page that is not published" "\
The page exists, but it is a draft, its publish_at is still to come, or its expire_at has passed.
The words of the link are published without the link, so that readers do not meet a dead end and
so that a story that expires at night does not stop the next morning's build. When the page is
published, the link is there by itself."

B011 Error "a text that could not be read as Markdown" "\
The Markdown parser gave up on this text. This is a bug in Podium or in its parser, not in the
text. Please report it with the file. Changing the part that was written last usually helps."

B012 Warning "a footnote without a reference, or the other way round" "\
A footnote's text is published only if something refers to it; a reference without a text is
published as the signs that were typed.

    The tie was the first of its kind.[^1]

    [^1]: Timed to a hundredth of a second."

B013 Error "a heading of a live blog that begins no update" "\
In content/live/ each heading of the second level begins an update and starts with the time of day
at which it was written, in the site's time zone and in 24 hours. A day may stand in front of it;
without one, the day follows from `date` and from the order of the updates.

    ## 14:05 The final is under way
    ## 2024-07-31 00:10 After midnight {.key}

A heading within an update has three signs or more: ### The line-ups."

B014 Warning "updates out of order" "\
The updates of a live blog stand in the order of time, the oldest first or the newest first. One
that is a few hours earlier than the one in front of it is taken for one of the same day and put
into its place. If it is of another day, write that day into the heading:

    ## 2024-07-31 09:00 Good morning"

B015 Error "a mark that updates do not know" "\
At the end of its heading an update may be marked, in one pair of braces:

    {.key}              a key moment
    {.pinned}           stands above all others
    {by=maud-pryce}     its author, by the name of the file in content/authors/
    {#the-end}          a name of its own in links
    {.key by=maud-pryce}"

B016 Error "something that only looks like an update" "\
A line of a live blog has the form of an update's heading, but is text, code or a comment, and
would not be an update. Behind the signs stands a space, and in front of them nothing:

    ##14:05 Title           no space
    ### 14:05 Title         one sign too many: a heading within an update
        ## 14:05 Title      indented: a block of code
    ## 14:05 Title          right

If it looks right, a fence of code (```) or a comment (<!--) above it was not closed."

B017 Error "more than words in the title of an update" "\
The title of an update stands in lists of key moments, in the data for open pages and in search
results, as plain words. Links, pictures, footnotes and components belong into its text."

B018 Warning "a picture that shows nothing" "\
A picture is used that no browser, or hardly any, will show: its file is empty, was cut off on
its way, is something else under the name of a picture, or is of a format for other programs.
Telephones save HEIC, scanners TIFF; the web has JPEG, PNG, WebP, AVIF, GIF and SVG.

Save the picture again from the program that made it, in one of these formats."

B019 Warning "the syntax of another program" "\
Programs that read Markdown have additions of their own. What is marked here means something to
one of them, but nothing to Podium: readers would see it as it stands.

    {{< youtube abc >}}       a shortcode of Hugo
    {% include x.html %}      a tag of Liquid, as in Jekyll
    ::: note                  a container
    [the rules][rules]        a link whose address nobody has written down

Use a component, such as <Note>...</Note>, or write the address of the link. To write the
characters themselves, put them in backticks."

B020 Error "a host of which nothing may stand in a text" "\
Posts and films of other hosts stand in a text as a card, and what the host itself shows only when
a reader asks for it. A house says of which hosts:

    [embeds]
    allow = [\"youtube.com\", \"x.com\", \"social.example.org\"]

The list is all. Without it these are YouTube, X, Instagram, Threads, Bluesky, TikTok and
mastodon.social."

C001 Error "there is no site.toml" "\
A site is a folder with a site.toml in it. Podium looked for it in the current folder, or in the
one that --root names. `podium init DIR` makes a new site."

C002 Error "site.toml is not TOML" "\
The file cannot be parsed. Strings stand in quotes, tables in brackets:

    title = \"Paris 2024\"

    [games]
    name = \"Games of the XXXIII Olympiad\""

C003 Error "a setting that is unknown or of the wrong kind" "\
site.toml knows the settings that README.md lists. An unknown one is an error, since a setting
with a typing mistake in its name would silently do nothing."

C004 Error "a setting that cannot be used" "\
The setting has the right form but a value that leads nowhere: a base_url that is not an absolute
http or https address, a time zone that the IANA database does not have, a language that is not a
BCP 47 tag, a lead story that does not exist."

C005 Warning "an address that is only an example" "\
The base_url of site.toml is still the one that `podium init` wrote. Links in feeds, sitemaps,
calendars and shared pages would lead to nobody's site. Write the address at which the site will
be:

    base_url = \"https://news.example/games/\"

A build for another place may name it with --base-url instead."

C006 Warning "the example of a new site" "\
`podium init` writes a story and an event, so that there is something to look at. They are still
there, in a site that covers other Games or has results of its own. Delete the files that the
message names."

D001 Error "a file or folder cannot be read" "\
The operating system refused to read it. The message says why. Podium publishes the whole site
or nothing, so a file that cannot be read stops it."

D002 Error "a file is not UTF-8" "\
Markdown, templates and settings are read as UTF-8. This file has a byte that UTF-8 does not
allow; it was probably saved in Windows-1252 or Latin-1. Open it in an editor and save it as
UTF-8. The message names the first such byte."

D003 Error "a symbolic link leads out of the site" "\
Only what is in content/ and themes/ is read, so that a build cannot publish a file of the machine
by accident. Copy the file into the site, or link to one that is inside."

D004 Error "symbolic links form a loop" "\
A folder links to one that contains it, so walking through it would never end. Remove the link,
or\nlet it lead to a folder beside its own."

D005 Error "a name that cannot be an address" "\
The name of this file or folder is not valid Unicode, or has a character in it (such as a line
break or a backslash) that cannot stand in an address on every host. Rename it."

D006 Warning "a file that is not published" "\
Files beside the Markdown are copied to the site if they are of a kind that sites have:
pictures, films and sound, data, fonts, documents, web pages, and what hosts look for
(robots.txt, CNAME, .well-known/). Others are left alone: an editor, a merge or another program
may have left them behind, with the text of a draft in them.

    content/stories/final.md.orig

Remove the file, or name its ending in site.toml if readers are to have it:

    [files]
    copy = [\"glb\"]"

D007 Error "another command is at work" "\
An import, `podium new` and `podium check --fix` change files of content/, all of them or none,
and keep others from reading and changing them meanwhile. This command has waited for another
one to end, and the other one has not ended.

Wait until it has, and try again. No lock is left behind by a command that was killed: the
operating system releases it."

E001 Warning "a picture without a text alternative" "\
`alt` says what a picture shows, for those who do not see it and where it does not load. A reader
who hears the page learns nothing of a picture that has none.

    image: {src: final.jpg, alt: Two players embrace at the net, caption: ..., credit: ...}
    ![Two players embrace at the net](final.jpg)

Write what matters of it in one sentence; not \"picture of\"."

E002 Warning "a picture without a caption" "\
The caption says who and what is seen, where and when. A lead picture without one leaves readers
to guess who the people on it are.

    image: {src: final.jpg, alt: ..., caption: The final on Tuesday, credit: ...}"

E003 Warning "a picture without a credit" "\
`credit` names who made the picture or owns the rights to it. Most licences ask for it, and an
agency's invoice for a picture without one is dearer than the picture.

    image: {src: final.jpg, alt: ..., caption: ..., credit: A. Photographer / Agency}"

E004 Warning "a story without an author" "\
Readers and search engines want to know who says it. Name a person or an agency.

    authors: [Meridian Wire]"

E005 Warning "a story without a standfirst" "\
The standfirst is the sentence under the headline. It is also the description that search engines
and shared links show; without one Podium has to take the first words of the text.

    standfirst: Three pairs, one telephone, and a picture that travelled."

E006 Warning "a live blog that is still said to be live" "\
The home page and the event say LIVE until a live blog has ended, or until a day after its last
update. The last update of this one is more than twelve hours old, so readers wait, or have
waited, for nothing. When the coverage is over, say when:

    ended_at: 2024-07-30 23:00"

E007 Warning "an update that is still to come" "\
The time of this update lies ahead. Either its time or its day is wrong, or it was written before
its time and would tell readers what has not happened. A day is written in front of the time:

    ## 2024-07-31 00:10 After midnight"

E008 Warning "an update after the end of the coverage" "\
Readers are told that the coverage has ended, and open pages no longer ask for updates, but this
one is later than `ended_at`. Either the coverage goes on, then change `ended_at` or leave it out,
or the time or day of the update is wrong. A day is written in front of the time:

    ## 2024-07-31 00:10 After midnight"

F001 Error "no front matter" "\
A content file starts with front matter: YAML between two lines of three dashes. It must be the
first thing in the file.

    ---
    title: One phone, three flags
    date: 2024-07-31T12:45:00+05:30
    ---
    The story."

F002 Error "the front matter is not closed" "\
The line of three dashes that ends the front matter is missing. It stands on a line of its own,
without a space in front."

F003 Error "the front matter is not YAML" "\
Common causes: a tab where YAML wants spaces; a colon or a # inside a value that is not in quotes;
a quotation mark that is not closed.

    title: Biles: the last floor        should be  title: \"Biles: the last floor\""

F004 Error "an unknown key" "\
Front matter takes the keys that README.md lists. Unknown ones are refused, since a key with a
typing mistake would silently do nothing. What a theme alone needs goes under `extra:`."

F005 Error "a value of the wrong kind" "\
The key takes another kind of value: a list where a text was given, say, or the other way round.

    tags: Korea                         should be  tags: [Korea]
    title: [One, two]                   should be  title: One, two"

F006 Error "a key is missing" "\
A story needs `title` and `date`; an event and a page need `title`; athletes, nations, sports,
venues and authors need `name`; an athlete also needs `nation`."

F007 Error "a key is given twice" "\
YAML would take one of the two and drop the other without a word, so this is refused. Remove the
one that is wrong."

F008 Error "a slug that cannot be part of an address" "\
A slug is made of lower-case letters from a to z, digits and hyphens. Without `slug:` it is made
of the file's name, whatever its script; a name that has no letter or digit at all needs one."

F009 Error "an alias that cannot be an address" "\
An alias is an old address of this page, from the top of the site, without the host:

    aliases: [old/address/]

It cannot lead out of the site (..), cannot name another host, and has no ? or #."

F010 Error "the picture in `image:` is not there" "\
`src` is the path from the story's own folder, or from content/ with a slash in front. Upper and
lower case count."

F011 Warning "a part of a value that is a comment" "\
In YAML a # after a space begins a comment, so the end of this headline is lost:

    title: 100% gold #paris             should be  title: \"100% gold #paris\""

F012 Error "not a date" "\
Dates are written in one of these forms:

    2024-07-31
    2024-07-31 12:45
    2024-07-31T12:45:00+05:30
    2024-07-31T12:45:00+05:30[Asia/Kolkata]

Without an offset the site's time zone is used. The day must exist, and so must the hour: in the
night when the clocks go forward, an hour does not. expire_at must be after publish_at."

F013 Error "a file in the wrong place" "\
The first folder says what a file is. An event lies at events/SPORT/EVENT.md, a nation's file is
named by its code (nations/kor.md). Markdown files end in .md."

F014 Error "an empty value" "\
The key must have a value: a title, a name, a nation. A value that begins with # is a comment in
YAML unless it stands in quotes."

F015 Warning "dates that contradict each other" "\
A story is updated after it was first published, and expires after it has begun. One of the two
dates is probably wrong: a year or a month that was not changed when a front matter was copied,
say.

    date: 2024-08-10
    updated: 2024-08-01"

F016 Error "a line break or control character in a value" "\
Names, titles and headlines are texts of one line: calendars, feeds and terminals take a line
break, or a character that cannot be seen, for the end of something or for an order.

    title: \"First line\nsecond line\"

Write it in one line. Standfirsts, captions and the texts of corrections may go over several,
but have no control characters either. Such characters come with text that was copied from a PDF
or a terminal."

F017 Error "a key that cannot lead to that" "\
`buy` and `subscribe` of an issue lead to where it is sold: an address of the web, which begins with
https://, or one of this site, which begins with a slash.

    buy: shop.example.org/12            should be  buy: https://shop.example.org/12"

G001 Error "an unknown event" "\
An event is named by its sport and its file: `table-tennis/mixed-doubles` is the file
content/events/table-tennis/mixed-doubles.md."

G002 Error "an unknown nation" "\
A nation is named by its three-letter IOC code, such as KOR, or by the name that it has on this
site. A code that the built-in list lacks becomes known by a file: content/nations/xyz.md."

G003 Error "a name that more than one person has" "\
Two athletes of different nations have this name. Add the code of the nation in brackets:

    athletes: [Kim Min-jong (KOR)]"

G004 Error "an unknown story" "\
A story is named by its file without .md, or by its folder if it has one: `wang-chuqin-paddle` is
content/stories/wang-chuqin-paddle.md. Two stories of one name are told apart by the path from
content/stories/: `2024/final`."

G005 Error "two files describe one thing" "\
Two files claim the same athlete, nation, sport, venue, author or name. Merge them, or change the
name or alias that they share."

G006 Warning "two names with one address" "\
A tag's, author's or sport's address is made of the letters and digits of its name. Two names that
differ in signs alone would have one page, and one of the names would be lost:

    tags: [C++, C#]                     both would be /tags/c/

Write one of them in other letters, such as `C sharp`."

G007 Error "an unknown author" "\
The author of an update is named by the file in content/authors/, or by the name in small letters
with hyphens, as it stands in the address of the author's page: {by=maud-pryce}. Authors without a
file are known if `authors` names them in this or another story."

G008 Error "results without their event" "\
A sheet of results lies beside the file of its event, and has its name:

    content/events/athletics/mens-100m.md
    content/events/athletics/mens-100m.results.csv

There is no event of that name. Rename the sheet, or write the event's file."

G009 Error "results of a session that the event has not" "\
The column `session` names a session of the event, as the event's file writes it. It may be left
out: a unit is of the session with its name or its phase, and of several of the one that had begun
last."

G010 Warning "results that may be of several sessions" "\
Sessions of the event that begin at the same time have the phase of this unit, and nothing says
which of them it is a part of. Name it under `session`. Until then the schedule shows the result at
none of them."

I001 Error "a spreadsheet that cannot be read" "\
A spreadsheet is a CSV file in UTF-8: the first line names the columns, each other line is a row
with as many cells. Between cells stands a comma, a semicolon or a tab. A cell with one of them
in it stands in quotes.

    date,venue
    2024-07-30,\"Paris, France\""

I002 Error "a column that is missing, or there twice" "\
Columns are found by their headings, of which README.md lists those that are understood. Another
heading is named on the command line:

    podium import medals file.csv --map \"Land=noc\"

The columns of a sheet of results in content/ have names of their own, which README.md lists."

I003 Error "a cell that makes no sense" "\
The cell has something in it that is no date, medal, nation, name or state, or has nothing where
something must be. A spreadsheet is taken as a whole or not at all: an import has written nothing.
Mend the cell, or the program that wrote it."

I004 Error "rows that contradict each other" "\
Two rows cannot both be true: a person with two medals of one event, an event with two names, two
athletes with one code, two people of one name and nation that nothing tells apart, somebody twice
in one heat. The message says which row the other one is; the header is row 1."

I005 Error "dates that may be read in two ways" "\
03/08/2024 is the third of August to some and the eighth of March to others. Podium looks for a
date that can be read in one way only, and at the days of the Games in site.toml; here neither
decides.

    podium import medals file.csv --dates day-first"

I006 Error "much that is recorded would be lost" "\
Feeds fail half-way, and a file of half the Games looks like any other. An import that has many
fewer rows than are recorded, or fewer medals of an event, is refused. If the file is right, say
so: --partial if it has only a part (a day, a sport), --allow-removals if what it lacks is to
go."

I007 Error "a file that cannot be changed safely" "\
An import changes the front matter of recorded files in place and keeps their comments and
layout. This one uses YAML that few people write (anchors, tags) or could not be changed without
losing something. Write its front matter more plainly, or make the change by hand."

I008 Error "a file could not be written" "\
The operating system refused to write it. Files before it were written, each of them whole; the
same import again goes on from there."

I009 Error "a cell that a spreadsheet has changed" "\
Spreadsheets take 4-2 for the fourth of February, =WR for a formula and 15.300 for 15.3, and save
what they have made of it. Write the cell as it was printed. An apostrophe in front keeps it so,
and Podium reads the rest:

    '4-2      '=WR      '15.300      '1:43.21"

L001 Error "an address of the site at which nothing is" "\
The page that is built leads to an address of the site, and there is no page or file. Links in
Markdown are found out before (B002); this one stands in a template, a component or raw HTML.
Pictures, scripts and style sheets are looked for as well as links.

    <a href=\"{{ url(path=\"/medal/\") }}\">       should be /medals/

Where no document or template has the address as it stands, the message names the pages that do.
A site that is not at the top of its host needs `url(path=...)` around each address in a template."

L002 Error "a link to an id that its page does not have" "\
The part of a link after # is the id of an element on the page it leads to. The page exists, but
nothing on it has this id. Upper and lower case count.

    <a href=\"/schedule/2024-07-30/#judo\">       that day has no judo

Correct the id, or leave it out: the link then leads to the top of the page."

L003 Warning "a page that no other page leads to" "\
Readers come to it by its address alone. A plain page belongs into the menu, or into a text that
speaks of it:

    [[menu]]
    title = \"About\"
    url = \"/about/\"

Where a whole kind of pages is not led to, the theme has lost a link. The home page, old addresses
and files are no concern of this; a page's link to itself does not count."

L004 Error "an id that several elements of a page have" "\
An id is the name of one element: links, labels and scripts find the first that has it. This one
is there twice, by a component that is used twice, or by a heading that is called like something
in the theme. Give a heading another id, and make a component's of what is in it:

    ## Sources {#our-sources}"

L005 Warning "headings out of order" "\
Many readers who listen to a page go from heading to heading. It has one of level 1, which says
what the page is, and goes down a level at a time.

    ## The final
    #### How it was won          should be ###

In a text, levels begin at ##: the headline is the theme's."

L006 Warning "a link or button without words" "\
Who listens to the page hears \"link\" and no more. Words are text, the `alt` of a picture, the
title of an SVG, or an `aria-label`; what is `aria-hidden` is none.

    <a href=\"/\"><img src=\"logo.png\" alt=\"\"></a>       should say where it leads"

L007 Error "a page without its language" "\
Browsers need to know the language to read a page aloud, hyphenate and translate it. The template
of the page begins with <html> and no `lang`:

    <html lang=\"{{ site.language }}\">"

L008 Warning "an external link that is dead" "\
With --external, Podium asks other sites for the pages that this one leads to. This one answered
that there is nothing (404, 410), or its host does not exist. Find where the page has moved to, or
take the link away."

L009 Note "an external link that could not be checked" "\
The other site did not answer in time, refused, or said that it cannot tell (401, 403, 429,
5xx). Many sites refuse programs and serve people: open the link in a browser. The next check
asks again."

M001 Warning "an event is over and has no podium" "\
The session in which the event's medals are decided has ended, as of --at or now, and the event
has no podium. The medal table and every page about it are behind. Write the podium into the
event's file, or import the results; if the event was moved or cancelled, say so:

    sessions: [{name: Final, start: 2024-07-30 14:30, medal: true, status: postponed}]"

M002 Warning "a result has been provisional for more than a day" "\
A provisional result becomes official, or is changed, within hours. Look it up and set
`status: official`."

M003 Warning "a podium without a gold medal" "\
An event with a silver or bronze has a gold too, unless it was taken away. If it was, a dated
entry of `changes` says so, and this warning goes away:

    changes: [{date: 2024-08-20, text: Disqualified.}]"

M004 Warning "a podium has too many medals of a colour" "\
Two golds leave no silver, three leave no bronze, and two silvers leave no bronze (IOC and
federations' rules for ties). A bronze beside two silvers is usually a mistake of typing. Two
bronzes are right in boxing, judo, taekwondo and wrestling, and in ties."

M005 Error "somebody stands on a podium twice" "\
An athlete or a team can win one medal of an event. The name is there twice: one of them is
probably somebody else."

M006 Error "a member of a team is of another nation" "\
The podium says that the team is of one nation, the athlete's own file says another. If the
athlete has changed nations, say so in the athlete's file."

M007 Warning "a session outside the Games" "\
The session is not within [games] start and end of site.toml. Events do begin before the opening
ceremony (football, handball): set `start` to the first day of competition. Otherwise look at the
year and the month."

M008 Error "a podium and its results contradict each other" "\
The podium in the event's file says who has each medal, and the sheet of results beside it has the
final, or the matches for gold and bronze. They must tell of the same people. Mend the one that is
wrong. A medal that changed hands after the ceremony is explained by an entry of `changes` that says
who had it until then:

    changes: [{date: 2024-08-11, text: Reallocated., was: {bronze: [{nation: USA}]}}]"

M009 Warning "a gold medal, and no final in the results" "\
The event has a podium and a sheet of results, but no unit of the sheet is the one in which medals
are decided. Its phase is `final`, or `overall` where several units are added up."

M010 Warning "a medallist who is in no unit" "\
Somebody stands on the podium whom the results of the event do not have. Usually the name is written
otherwise in one of the two: give the athlete's file an alias, or the sheet the competitor's code."

M011 Warning "equal ranks with different marks" "\
Who shares a rank has the same mark. Here the marks are different: a rank or a mark is mistyped."

M012 Warning "a mark out of order" "\
All marks of this heat or final stand in the order of the ranks, but one. It is mistyped, or the
rank is, or a spreadsheet has changed it."

M013 Warning "a result that contradicts itself" "\
Of a match one side has won and the other has lost, or both have drawn, and the winner does not have
the lower score; each side has its own score in its own row. Who is disqualified has no rank. What
the row says cannot be so: look it up.

    final,Match 1,KOR,4,W
    final,Match 1,CHN,2,L"

N001 Warning "a name that the house writes otherwise" "\
An athlete has one form of the name in print: that of the athlete's own file, or of the podium.
Other orders, hyphens, accents and capitals are understood, but readers and search engines take
two spellings for two people.

    Lim Jonghoon                     house form: Lim Jong-hoon

`podium check --fix` writes the house form. Names in quotation marks are left alone."

N002 Warning "a name that is a letter off" "\
Nobody on the site has this name, and somebody of the same event or nation has one that differs
by a letter or two. In a story's `athletes` such a slip makes a person of its own, with a page
that nobody links to. Correct the name; if it is somebody else, give them a file in
content/athletes/."

N003 Warning "a name that several people have" "\
Two people on the site have this name, and nothing in the sentence or in the story's front matter
tells which is meant. Name the nation (\"Kim Min-jong of South Korea\"), or put the person into
`athletes`, with the nation in brackets:

    athletes: [Kim Min-jong (KOR)]"

N004 Error "somebody is said to be of another nation" "\
The words beside a name say one nation, the results or the athlete's own file another. One of the
two is wrong, or the name is.

    Kittiphon Saelim of Malaysia             recorded: THA

If both are right (an athlete who has changed nations, told of the time before), say so in the
front matter:

    fact_ok: [{words: Malaysia, reason: he was born there}]"

P001 Error "this output folder is refused" "\
The output folder is replaced as a whole by each build. To be safe, Podium takes a folder that
it made itself, an empty one or one that does not exist yet. It never takes the site's own
folder, one above it, or one in (or around) content/ or themes/."

P002 Error "the site could not be written" "\
The operating system refused a file or the disk is full. The site that was published before is
still there, whole."

P003 Error "another build is writing to this folder" "\
Two builds at one time would undo each other. Wait for the other one, or choose another output
folder with --output."

P004 Warning "files in the output folder that Podium did not write" "\
Somebody put files into the output folder by hand. They were kept, but the next machine that
builds the site will not have them. Put them into content/: what is not Markdown is copied to the
same place. A file that stands where a page belongs is an error."

R001 Error "a medal of another colour" "\
The text says that somebody won a medal; the recorded podium of the event has them with another.
The message marks the words and the line of the podium. Where the correction is certain, `podium
check --fix` makes it.

    Siobhan Ho took bronze in the 100m freestyle        recorded: silver

If the podium is wrong, correct the event's file: every page follows. If the words are about
another competition, name it (\"her bronze in Tokyo\"). If they are right all the same, say why
in the front matter, and the finding is not told:

    fact_ok: [{words: took bronze, reason: \"the film's title\"}]"

R002 Error "a medal that somebody else has" "\
The text says that somebody won a medal of an event, and the recorded podium has others. Either
the name is wrong, or the event, or the podium. See `podium explain R001` for the ways out."

R003 Error "an order that the podium contradicts" "\
The text says who beat whom, who finished behind whom, or that a nation took the first two places,
and the recorded podium says otherwise.

    Chen beat Quan to platform gold                     recorded: gold for Quan

See `podium explain R001` for the ways out."

R004 Error "a count that the results contradict" "\
The text says which medal of these Games it is (\"her third gold of the Games\", \"China's first
medal in Paris\"); counting the recorded results up to that event gives another number. Counts
are compared only where the words say that they are about these Games.

See `podium explain R001` for the ways out."

R006 Note "a medal that no recorded result supports" "\
The text says that somebody won a medal, and nothing recorded says so or contradicts it: the event
is not recorded, or the words do not say which it is. Told only with `podium check --notes`."

R007 Note "a medal in a quotation that the results contradict" "\
Somebody is quoted with words that the recorded results contradict. People misspeak; whether the
quotation needs a word of explanation is for the desk to say. Told only with
`podium check --notes`."

R008 Warning "a waiver that waives nothing" "\
`fact_ok` in the front matter says that a finding is not to be told, but there is no such finding:
the words have changed, or the results have. Remove it, so that it does not hide the next mistake."

R009 Warning "a waiver that has expired" "\
The `until` of this waiver in `fact_ok` has passed, as of --at or now. Look at the words again:
remove the waiver, or give it a later date."

R010 Warning "words that tell a result that has changed" "\
A recorded result is another than it was in the revision (`check --since`) or folder (`check
--against`) that it is compared with, and these words still tell the old one. Change them, and
tell readers that you did:

    podium new correction STORY --since REV"

R011 Note "a result that has changed" "\
A recorded result is another than it was in the revision or folder that it is compared with. The
pages that show results follow by themselves at the next build; words do not (R010)."

R012 Warning "a question: words that may contradict a result" "\
The text can be read so that it contradicts what is recorded, but not for certain: a word in it is
not understood, or it may be about another event, another year or a wish. The message says the
reading that it took. Look at the words, and at the record. A question stops no build, and --strict
does not make an error of it.

    Ho, who had led at the turn, was left with bronze        recorded: silver

If the words are right, and are to be asked about no more:

    fact_ok: [{words: left with bronze, reason: of the other race}]"

R013 Error "a rank, mark or score that the results contradict" "\
The text says a place, a mark, a score, a margin, a round or a record of somebody, and the recorded
results of the event have another. The message says which. What is in no record at all is no error:
split times and personal bests are not recorded.

    Ho finished seventh in 53.20                       recorded: 6th in 53.17

See `podium explain R001` for the ways out."

T001 Error "there is no such theme" "\
The `theme` in site.toml, or `extends` in a theme's theme.toml, names a folder in themes/. The
theme `podium` is built in and needs no folder."

T002 Error "theme.toml is wrong" "\
A theme's theme.toml may have `name`, `description` and `extends` (the theme that it builds on):

    extends = \"podium\""

T003 Error "themes extend each other in a circle" "\
A theme cannot extend itself, directly or by way of another. Remove `extends` from the
theme.toml of one of those that the message names."

T004 Error "a template is wrong" "\
The template cannot be compiled: a tag that is not closed, a filter or function that does not
exist, a parent that is not there. Template language: Tera 2."

T005 Error "a template failed" "\
The template was compiled, but failed on a page. The message names the place in the template, the
page that was being rendered and the templates in between. A common cause is a value that this
page does not have: `story.image.src` fails where there is no image, `story.image?.src` does not."

T006 Error "a theme's words are wrong" "\
i18n/LANGUAGE.toml holds the words of the theme: texts, or tables of plural forms.

    read_more = \"Read\"
    stories = { one = \"{count} story\", other = \"{count} stories\" }"

T007 Error "a style sheet imports something that is not there" "\
`@import \"name.css\";` takes in another style sheet of the theme, `@import \"parent:name.css\";` the
one of the theme that it extends. Style sheets cannot import each other in a circle."

T008 Warning "a theme without words in the site's language" "\
The site's language is not English, and neither the theme nor one that it extends has a file
i18n/LANGUAGE.toml for it. The theme's own words (\"Medal table\", \"Read\") appear in English.
Copy i18n/en.toml of the default theme into your own theme under the name of the language, and
translate it."

T009 Warning "a template that nothing uses" "\
Pages are made of the templates that the default theme has, and a theme changes a page by a
template of the same name. This one has a name of its own, and no other template includes or
extends it, so nothing shows what is in it. Its name is probably misspelt.

    themes/mine/templates/storry.html             should be story.html"

V001 Error "a picture of which nothing can be made" "\
Readers get sizes and crops of a picture, which are made when the site is built. The bytes of this
one cannot be decoded: the file was cut off on its way, was damaged, or is no picture but its
beginning. Or its head promises 100 megapixels and more, which no camera takes and no page needs.

Ask for the file again, or open it in another program and save it anew. Nothing was published."

V002 Warning "a large file that goes to readers as it is" "\
Of moving pictures (GIF, animated WebP and PNG) and of formats that few programs read, no smaller
sizes are made: every reader loads the whole file, on a telephone too. This one has two megabytes
or more. A film is a tenth as large and can be stopped:

    <Video src=\"finish.mp4\" caption=\"...\" credit=\"...\" />"

V003 Error "a drawing with a program in it" "\
An SVG may hold scripts, handlers such as onload=\"...\" and links to scripts. A page that shows the
drawing runs none of them, but who opens its address does, and what runs there may do in the
reader's name whatever the site may. Save the drawing as plain SVG, or as PNG."

V004 Warning "the right to show a picture ends soon" "\
`image.rights.until` says until when a picture may be shown. Within the next fourteen days it ends;
from then on the story stands without it. Ask for a longer right, or choose another picture now.

    image: {src: final.jpg, rights: {until: 2024-09-01}}"

V005 Warning "the right to show a picture has ended" "\
`image.rights.until` lies in the past, so the picture is not on the site any more: not on the page,
not on lists, not among the files. Give the story another picture, or remove this one from it."

V006 Warning "a credit that contradicts the picture's file" "\
The file names whom its supplier wants to be credited (IPTC's Credit Line, or else the creator),
and the story names somebody else. Licences end with wrong credits.

    credit: Harbour Pictures              the file says: Ana Lima / Bay Agency

Where the file is wrong, have its supplier mend it; where the story is, leave `credit` out, and
that of the file is shown."

V007 Warning "a picture that does not say whose it is" "\
The house demands it ([pictures] require_rights in site.toml): each picture that pages show has a
copyright notice, a web statement of rights or a licensor in its file (IPTC Photo Metadata). This
one has none. Ask its supplier, or write the notice into the file with your picture editor."

V008 Warning "a picture that is too small for its place" "\
Search engines show a story with a large picture only from 1,200 pixels of width on, and screens
of today show a lead picture of 800 points with twice as many. A smaller one is not enlarged; it
looks soft. Ask for the picture in its full size."

V009 Warning "a picture that is younger than its story" "\
By the clock of its camera this picture was taken after the story was published or last updated.
Either the clock was wrong, or the picture shows something else than the words under it say, or
the story has changed and does not say so (`updated`)."

V010 Warning "a picture with two credits" "\
The same picture, byte for byte, is credited to one in one place and to another elsewhere. One of
them is wrong, and both may have to be paid."

V011 Note "a picture that nothing shows" "\
The file lies in content/, but no page shows it or links to it, so it is not published. Either the
story has lost it, or it can be deleted."

V012 Warning "a picture's own caption that the podium contradicts" "\
An agency's caption travels within the file, and this one tells a result that the record does not
have. It may be shown under the picture, and whoever writes the story may believe it.

    in the file: Min Tran (silver) after the final          recorded: bronze

Write a caption of your own that is right, and tell the agency. If the record is wrong, mend it;
if you answer for the caption, say so in the story (`fact_ok`)."

V013 Warning "a file that says where it was taken" "\
Of photographs readers get sizes and crops, from which the position of the camera is gone. This
file goes out as it is, because a text links to it or because its format is not decoded (GIF,
AVIF, TIFF, moving pictures), and it says where it was taken: perhaps at an athlete's home.

Take the position out with the program that manages your pictures, or with one for metadata."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn every_code_is_explained_in_lines_that_fit_a_terminal() {
        for code in ALL {
            assert!(code.explanation.len() > 80, "{}", code.id);
            for line in code.explanation.lines() {
                assert!(line.chars().count() <= 100, "{}: {line}", code.id);
            }
        }
    }

    #[test]
    fn a_code_is_found_in_either_case() {
        assert_eq!(find("f012"), Some(&F012));
        assert_eq!(find("F999"), None);
    }
}
