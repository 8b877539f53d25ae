//! What the checks find.

use crate::common::{COMPLETE, SITE, Site, complete, html, themed};
use crate::photographs::{Jpeg, alternative};

/// The judo event of [`common::EVENT`] with another podium or other keys.
fn event(front: &str) -> Site {
    let text = format!("---\ntitle: Open\n{front}---\n");
    Site::new()
        .file("site.toml", &format!("{SITE}[games]\nstart = 2024-07-26\nend = 2024-08-11\n"))
        .file("content/events/judo/open.md", &text)
}

const FINAL: &str = "sessions: [{name: Final, start: 2024-08-01 20:00, medal: true}]\n";

/// Somebody who entered, and won nothing.
const HOUSE_FORM: &str = "---\nname: Ann Lee\nnation: KOR\nfamily: Lee\n---\n";

const ENTRANT: &str = "---\nname: Max Muller\nnation: GER\nentries: [judo/open]\n---\n";

/// An event with a podium of two, and its results.
fn results(sheet: &str) -> Site {
    event("podium: {gold: [{nation: KOR, athletes: [Ann Lee]}], silver: [{nation: CHN, athletes: [Bo Chen]}]}\n")
        .file("content/events/judo/open.results.csv", sheet)
}

/// An event without a podium, and its heats.
fn heats(rows: &str) -> Site {
    event("")
        .file("content/events/judo/open.results.csv", &format!("phase,rank,nation,mark\n{rows}"))
}

/// A match of a sport without falls.
fn tennis(rows: &str) -> Site {
    event("")
        .file("content/events/tennis/open.md", "---\ntitle: Open\n---\n")
        .file("content/events/tennis/open.results.csv", &format!("phase,nation,win,mark\n{rows}"))
}

/// An event without a podium, and a match.
fn matches(rows: &str) -> Site {
    event("")
        .file("content/events/judo/open.results.csv", &format!("phase,nation,win,mark\n{rows}"))
}

/// Two people of one name.
fn twins(body: &str) -> Site {
    complete("", body)
        .file("content/athletes/kim-kor.md", "---\nname: Kim Min\nnation: KOR\n---\n")
        .file("content/athletes/kim-prk.md", "---\nname: Kim Min\nnation: PRK\n---\n")
}

/// A story with this photograph as its lead picture.
fn photograph(keys: &str, bytes: Vec<u8>) -> Site {
    let front = format!(
        "events: [judo/open]\nimage: {{src: x.jpg, alt: Two judoka, caption: The final{keys}}}\n"
    );
    complete(&front, "").bytes("content/stories/x.jpg", &bytes)
}

/// The same without words of its author.
fn uncaptioned(bytes: Vec<u8>) -> Site {
    complete("events: [judo/open]\nimage: {src: x.jpg, alt: Two judoka}\n", "")
        .bytes("content/stories/x.jpg", &bytes)
}

/// One whose file has these properties, and a credit.
fn described(properties: &str) -> Vec<u8> {
    let credit = "<photoshop:Credit>Harbour Pictures</photoshop:Credit>";
    Jpeg::new(1300, 900).xmp(&format!("{credit}{properties}")).bytes()
}

/// The site's settings, and those of pictures.
fn demanding(site: Site) -> Site {
    site.file("site.toml", &format!("{SITE}[pictures]\nrequire_rights = true\n"))
}

/// What is reported, a site that shows it, and one that has it right.
pub fn fixtures() -> Vec<(&'static str, Site, Site)> {
    let picture = |keys: &str| complete(&format!("image: {{src: a.png, {keys}}}\n"), "");
    let live = |front: &str, updates: &str| {
        let text = format!(
            "---\ntitle: a\ndate: 2024-08-01 19:00\n{front}authors: [Desk]\nstandfirst: b\n---\n{updates}"
        );
        complete("", "").file("content/live/a.md", &text)
    };
    let all = "alt: Two judoka, caption: The final, credit: A. Drawer";
    vec![
        ("E001 content/stories/a.md:6:14", picture("caption: x, credit: x"), picture(all)),
        (
            "E001 content/stories/a.md:7:6",
            complete("", "See: ![](a.png)"),
            complete("", "See: ![Two judoka](a.png)"),
        ),
        ("E002 content/stories/a.md:6:14", picture("alt: x, credit: x"), picture(all)),
        ("E003 content/stories/a.md:6:14", picture("alt: x, caption: x"), picture(all)),
        (
            "E003 content/stories/a.md:7:1",
            complete("", "<Photo src=\"a.png\" alt=\"x\" caption=\"x\" />"),
            complete("", "<Photo src=\"a.png\" alt=\"x\" caption=\"x\" credit=\"x\" />"),
        ),
        (
            "E004 content/stories/a.md:2:8",
            complete("", "").story("a", "standfirst: x\n", ""),
            complete("", ""),
        ),
        (
            "E005 content/stories/a.md:2:8",
            complete("", "").story("a", "authors: [Desk]\n", ""),
            complete("", ""),
        ),
        (
            "E006 content/live/a.md:2:8",
            live("", "## 19:05 a\n"),
            live("ended_at: 2024-08-01 20:00\n", "## 19:05 a\n"),
        ),
        (
            "E008 content/live/a.md:8:1",
            live("ended_at: 2024-08-01 20:00\n", "## 20:30 a\n"),
            live("ended_at: 2024-08-01\n", "## 20:30 a\n"),
        ),
        (
            "E007 content/live/a.md:7:1",
            live("", "## 2024-08-13 19:05 a\n"),
            live("", "## 2024-08-12 02:09 a\n"),
        ),
        (
            "L001 content/stories/a.md:7:10",
            html("<a href=\"/nowhere/\">a</a>"),
            html("<a href=\"/medals\">a</a> <a href=\"../../medals/?a#top\">a</a> <a href=\"tel:1\">a</a>"),
        ),
        (
            "L001 content/stories/a.md:7:14",
            html("<img srcset=\"/no.png, ../a.png 2x\" src=\"/stories/a.png\" alt=\"a\">"),
            html("<img srcset=\"../a.png, /stories/a.png 2x\" src=\"/stories/%61.png\" alt=\"a\">"),
        ),
        (
            "L001 themes/child/templates/footer.html:22:27",
            themed("footer.html", "\"/venues/\"", "\"/venue/\""),
            themed("footer.html", "\"/venues/\"", "\"/venues/index.html\""),
        ),
        (
            "L001 themes/child/templates/footer.html:22:8",
            themed("footer.html", "{{ url(path=\"/venues/\") }}", "/venues/")
                .argument("--base-url")
                .argument("https://games.example/paris/"),
            themed("footer.html", "{{ url(path=\"/venues/\") }}", "https://games.example/paris/venues/")
                .argument("--base-url")
                .argument("https://games.example/paris/"),
        ),
        (
            "L002 content/stories/a.md:7:10",
            html("<a href=\"/sports/judo/open/#th-final\">a</a>"),
            html("<a href=\"/sports/judo/open/#the-final\">a</a> <a href=\"#top\">a</a> <a href=\"#\">a</a> <a href=\"#:~:text=a\">a</a>"),
        ),
        (
            "L002 themes/child/templates/base.html:21:23",
            themed("base.html", "id=\"_text\"", "id=\"text\""),
            themed("base.html", "id=\"_text\"", "id=\"text\"").file(
                "themes/child/templates/header.html",
                "<a name=\"_text\"></a>\n<a href=\"{{ url(path=\"/medals/\") }}\">a</a><a href=\"{{ url(path=\"/stories/\") }}\">a</a><a href=\"{{ url(path=\"/schedule/\") }}\">a</a><a href=\"{{ url(path=\"/sports/\") }}\">a</a><a href=\"{{ url(path=\"/nations/\") }}\">a</a><a href=\"{{ url(path=\"/athletes/\") }}\">a</a>",
            ),
        ),
        (
            "L003 content/about.md",
            complete("", "Text.").file("content/about.md", "---\ntitle: About\n---\n[a](/about/)\n"),
            complete("", "[a](/old/)")
                .file("content/about.md", "---\ntitle: About\naliases: [old/]\n---\nText.\n"),
        ),
        (
            "L003",
            themed("footer.html", "{{ url(path=\"/tags/\") }}", "{{ url(path=\"/\") }}")
                .story("a", &format!("{COMPLETE}tags: [Korea]\n"), "")
                .file("themes/child/templates/tag.html", "{% extends \"podium/tag.html\" %}\n{% block crumbs %}{% endblock crumbs %}\n"),
            themed("footer.html", "{{ url(path=\"/tags/\") }}", "{{ url(path=\"/\") }}"),
        ),
        (
            "L004 content/stories/a.md:9:10",
            html("<p id=\"twice\">a</p>\n\n## Twice {#twice}"),
            html("<p id=\"once\">a</p>\n\n## Twice {#twice}"),
        ),
        (
            "L005 content/stories/a.md:9:6",
            complete("", "## One\n\n#### Three's `deep`"),
            complete("", "## One\n\n### Two\n\n## One's `more`"),
        ),
        (
            "L005 content/stories/a.md",
            html("<h1>More</h1>"),
            html("<h2>More</h2>"),
        ),
        (
            "L005",
            themed("medals.html", "<h1>{{ t(key=\"medal_table\") }}</h1>", ""),
            themed("medals.html", "<h1>{{ t(key=\"medal_table\") }}</h1>", "<h1>Medals</h1>"),
        ),
        (
            "L006 content/stories/a.md:7:10",
            html("<a href=\"/medals/\"><img src=\"../a.png\" alt=\"\"> <i aria-hidden=\"true\">→</i></a>"),
            html("<a href=\"/medals/\"><img src=\"../a.png\" alt=\"Medals\"></a><a href=\"/medals/\" aria-label=\"Medals\"></a><a href=\"/medals/\"><svg><title>Medals</title></svg></a>"),
        ),
        (
            "L006 content/stories/a.md:7:1",
            html("<button class=\"share\"></button>"),
            html("<button class=\"share\">Share</button>"),
        ),
        (
            "L007 themes/child/templates/redirect.html:2:1",
            themed("redirect.html", " lang=\"{{ site.language }}\"", "")
                .story("a", &format!("{COMPLETE}aliases: [old/]\n"), "Text."),
            themed("redirect.html", " lang=\"{{ site.language }}\"", " lang='en'")
                .story("a", &format!("{COMPLETE}aliases: [old/]\n"), "Text."),
        ),
        (
            "M001 content/events/judo/open.md:2:8",
            event(FINAL),
            event("sessions: [{start: 2024-08-01 20:00, medal: true, status: postponed}]\n"),
        ),
        (
            "M002 content/events/judo/open.md:4:9",
            event(&format!("{FINAL}status: provisional\npodium: {{gold: [{{nation: KOR}}]}}\n")),
            event(&format!("{FINAL}status: official\npodium: {{gold: [{{nation: KOR}}]}}\n")),
        ),
        (
            "M003 content/events/judo/open.md:3:9",
            event("podium: {silver: [{nation: KOR}]}\n"),
            event(
                "podium: {silver: [{nation: KOR}]}\nchanges: [{date: 2024-08-02, text: Disqualified, was: {gold: [{nation: CHN}]}}]\n",
            ),
        ),
        (
            "M004 content/events/judo/open.md:3:56",
            event("podium: {gold: [{nation: KOR}, {nation: CHN}], silver: [{nation: FRA}]}\n"),
            event("podium: {gold: [{nation: KOR}, {nation: CHN}], bronze: [{nation: FRA}]}\n"),
        ),
        (
            "M005 content/events/judo/open.md:3:75",
            event(
                "podium: {gold: [{nation: KOR, athletes: [Ann Lee]}], bronze: [{athletes: [Ann Lee], nation: KOR}]}\n",
            ),
            event(
                "podium: {gold: [{nation: KOR, athletes: [Ann Lee]}], bronze: [{athletes: [Ben Lee], nation: KOR}]}\n",
            ),
        ),
        (
            "M006 content/events/judo/open.md:3:29",
            event("podium: {gold: [{athletes: [Ann Lee], nation: CHN}]}\n")
                .file("content/athletes/ann-lee.md", "---\nname: Ann Lee\nnation: KOR\n---\n"),
            event("podium: {gold: [{athletes: [Ann Lee], nation: KOR}]}\n")
                .file("content/athletes/ann-lee.md", "---\nname: Ann Lee\nnation: KOR\n---\n"),
        ),
        (
            "M007 content/events/judo/open.md:3:20",
            event("sessions: [{start: 2024-07-01 20:00}]\npodium: {gold: [{nation: KOR}]}\n"),
            event("sessions: [{start: 2024-08-01 20:00}]\npodium: {gold: [{nation: KOR}]}\n"),
        ),
        (
            "M008 content/events/judo/open.md:3:16",
            results("phase,nation,athletes,rank\nfinal,CHN,Bo Chen,1\nfinal,KOR,Ann Lee,2\n"),
            results("phase,nation,athletes,rank\nfinal,KOR,Ann Lee,1\nfinal,CHN,Bo Chen,2\n"),
        ),
        (
            "M009 content/events/judo/open.md:3:16",
            results("phase,nation,athletes,rank\nheats,KOR,Ann Lee,1\nheats,CHN,Bo Chen,2\n"),
            results("phase,nation,athletes,rank\noverall,KOR,Ann Lee,1\noverall,CHN,Bo Chen,2\n"),
        ),
        (
            "M010 content/events/judo/open.md:3:63",
            results("phase,nation,athletes,win,status\nfinal,KOR,Ann Lee,,live\nfinal,FRA,Cy Roux,,live\n"),
            results("phase,nation,athletes,win,status\nfinal,KOR,Ann Lee,,live\nfinal,CHN,Bo Chen,,live\n"),
        ),
        (
            "M011 content/events/judo/open.results.csv:3:7",
            heats("heats,1,FRA,9.80\nheats,1,GER,9.81\nheats,3,ITA,9.82\n"),
            heats("heats,1,FRA,9.80\nheats,1,GER,9.80\nheats,3,ITA,9.82\n"),
        ),
        (
            "M012 content/events/judo/open.results.csv:4:13",
            heats("heats,1,FRA,9.80\nheats,2,GER,9.81\nheats,3,ITA,9.28\nheats,4,ESP,9.83\n"),
            heats("heats,1,FRA,9.80\nheats,2,GER,9.81\nheats,3,ITA,9.82\nheats,4,ESP,9.83\n"),
        ),
        (
            "M013 content/events/judo/open.results.csv:3:11",
            matches("heats,FRA,W,2\nheats,GER,W,0\n"),
            matches("heats,FRA,W,2\nheats,GER,L,0\n"),
        ),
        (
            "M013 content/events/tennis/open.results.csv:2:13",
            tennis("heats,FRA,W,0\nheats,GER,L,2\n"),
            tennis("heats,FRA,L,0\nheats,GER,W,2\n"),
        ),
        (
            "M013 content/events/judo/open.results.csv:2:13",
            matches("heats,FRA,W,2-0\nheats,GER,L,0-2\n"),
            matches("heats,FRA,W,2\nheats,GER,L,0\n"),
        ),
        (
            "M013 content/events/judo/open.results.csv:2:7",
            heats("heats,1,FRA,DQ\nheats,2,GER,9.80\nheats,3,ITA,9.82\n"),
            heats("heats,,FRA,DQ\nheats,1,GER,9.80\nheats,2,ITA,9.82\n"),
        ),
        (
            "N001 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Gold to Lee Ann at last.").file("content/athletes/ann-lee.md", HOUSE_FORM),
            complete("events: [judo/open]\n", "Gold to Ann Lee at last.").file("content/athletes/ann-lee.md", HOUSE_FORM),
        ),
        (
            "N002 content/stories/a.md:8:7",
            complete("events: [judo/open]\n", "Later Max Muler spoke.").file("content/athletes/max.md", ENTRANT),
            complete("events: [judo/open]\n", "Later Max Muller spoke.").file("content/athletes/max.md", ENTRANT),
        ),
        (
            "N002 content/stories/a.md:6:12",
            complete("athletes: [Ann Leee]\n", ""),
            complete("athletes: [Ann Lee]\n", ""),
        ),
        (
            "N003 content/stories/a.md:7:11",
            twins("Yesterday Kim Min trained."),
            twins("Yesterday South Korea's Kim Min trained."),
        ),
        (
            "N004 content/stories/a.md:8:1",
            complete("events: [judo/open]\n", "China's Ann Lee came early."),
            complete("events: [judo/open]\n", "South Korea's Ann Lee came early."),
        ),
        (
            "N004 content/stories/a.md:6:12",
            complete("athletes: [Ann Lee (CHN)]\n", ""),
            complete("athletes: [Ann Lee (KOR)]\n", ""),
        ),
        (
            "R001 content/stories/a.md:8:14",
            complete("events: [judo/open]\n", "Bo Chen took gold on Thursday."),
            complete("events: [judo/open]\n", "Bo Chen took silver on Thursday."),
        ),
        (
            "R002 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Gold to Max Muller in the end.").file("content/athletes/max.md", ENTRANT),
            complete("events: [judo/open]\n", "Gold hopes for Max Muller in the end.").file("content/athletes/max.md", ENTRANT),
        ),
        (
            "R003 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Bo Chen beat Ann Lee in the final."),
            complete("events: [judo/open]\n", "Bo Chen lost to Ann Lee in the final."),
        ),
        (
            "R004 content/stories/a.md:8:11",
            complete("events: [judo/open]\n", "Ann Lee's third gold of the Games came late."),
            complete("events: [judo/open]\n", "Ann Lee's first gold of the Games came late."),
        ),
        (
            "R006 content/stories/a.md:7:12",
            complete("", "China took bronze in the long jump."),
            complete("", "China took part in the long jump."),
        ),
        (
            "R007 content/stories/a.md:8:15",
            complete("events: [judo/open]\n", "\"Bo Chen took gold,\" she said."),
            complete("events: [judo/open]\n", "\"Bo Chen took silver,\" she said."),
        ),
        (
            "R008 content/stories/a.md:7:19",
            complete("events: [judo/open]\nfact_ok: [{words: took gold, reason: a film}]\n", "Bo Chen took silver."),
            complete("events: [judo/open]\nfact_ok: [{words: took gold, reason: a film}]\n", "Bo Chen took gold."),
        ),
        (
            "R009 content/stories/a.md:7:19",
            complete(
                "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, until: 2024-08-02}]\n",
                "Bo Chen took silver.",
            ),
            complete(
                "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, until: 2024-09-02}]\n",
                "Bo Chen took gold.",
            ),
        ),
        (
            "R012 content/stories/a.md:8:33",
            complete("events: [judo/open]\n", "Bo Chen dreamt on and was given gold."),
            complete("events: [judo/open]\n", "Bo Chen dreamt on and was given silver."),
        ),
        (
            "R013 content/stories/a.md:8:23",
            with_results("Bo Chen was second in 9.48 seconds."),
            with_results("Bo Chen was second in 9.84 seconds."),
        ),
        (
            "V002 content/stories/a.md:7:1",
            complete("", "![Two judoka](x.gif)").bytes("content/stories/x.gif", &moving(2_100_000)),
            complete("", "![Two judoka](x.gif)").bytes("content/stories/x.gif", &moving(1_900_000)),
        ),
        (
            "V004 content/stories/a.md:7:74",
            photograph(", rights: {until: 2024-08-20}", described("")),
            photograph(", rights: {until: 2024-09-20}", described("")),
        ),
        (
            "V005 content/stories/a.md:7:74",
            photograph(", rights: {until: 2024-08-11}", described("")),
            photograph("", described("")),
        ),
        (
            "V006 content/stories/a.md:7:14",
            photograph(", credit: Bay Agency", described("")),
            photograph(", credit: Ana Lima / Harbour Pictures", described("")),
        ),
        (
            "V007 content/stories/a.md:7:14",
            demanding(photograph("", described(""))),
            demanding(photograph("", described(&alternative("dc:rights", "© Harbour")))),
        ),
        (
            "V008 content/stories/a.md:7:14",
            photograph(", credit: Desk", Jpeg::new(1100, 900).bytes()),
            photograph(", credit: Desk", Jpeg::new(1200, 900).bytes()),
        ),
        (
            "V008 content/stories/a.md:7:1",
            complete("", "<Photo src=\"x.jpg\" alt=\"x\" caption=\"x\" credit=\"x\" />")
                .bytes("content/stories/x.jpg", &Jpeg::new(500, 300).bytes()),
            complete("", "<Photo src=\"x.jpg\" alt=\"x\" caption=\"x\" credit=\"x\" />")
                .bytes("content/stories/x.jpg", &Jpeg::new(700, 300).bytes()),
        ),
        (
            "V009 content/stories/a.md:7:14",
            photograph("", Jpeg::new(1300, 900).exif(1, "Ana Lima", "2024:08:03 12:00:00").bytes()),
            photograph("", Jpeg::new(1300, 900).exif(1, "Ana Lima", "2024:08:01 12:00:00").bytes()),
        ),
        ("V010 content/stories/b.md:6:49", twice("Bay"), twice("Desk")),
        (
            "V011 content/stories/x.jpg",
            complete("", "").bytes("content/stories/x.jpg", &described("")),
            photograph("", described("")),
        ),
        (
            "V012 content/stories/a.md:7:14",
            uncaptioned(described(&alternative("dc:description", "Bo Chen celebrates her gold medal."))),
            uncaptioned(described(&alternative("dc:description", "Bo Chen celebrates her silver medal."))),
        ),
        // What an author answers for is not told, nor what was so when the picture was taken.
        (
            "V012 content/stories/a.md:7:14",
            uncaptioned(described(&alternative("dc:description", "Bo Chen won gold, Ann Lee won silver."))),
            complete(
                "events: [judo/open]\nfact_ok: [{words: her gold medal, reason: of a film}]\nimage: {src: x.jpg, alt: x}\n",
                "",
            )
            .bytes("content/stories/x.jpg", &described(&alternative("dc:description", "Bo Chen celebrates her gold medal."))),
        ),
        ("V013 content/stories/x.jpg", linked("[all of it](x.jpg)"), linked("![it](x.jpg)")),
    ]
}

/// A story that links to a photograph as it is, or shows it.
fn linked(link: &str) -> Site {
    let bytes = Jpeg::new(1300, 900).exif(1, "Ana Lima", "2024:07:30 12:00:00").bytes();
    complete("", link).bytes("content/stories/x.jpg", &bytes)
}

/// The head of a GIF, and nothing that anybody looks at.
fn moving(length: usize) -> Vec<u8> {
    let mut bytes = b"GIF89a\x10\0\x10\0\0\0\0".to_vec();
    bytes.resize(length, 0);
    bytes
}

/// Two stories with one picture: the second credits it so.
fn twice(credit: &str) -> Site {
    let front = |credit: &str| {
        format!("{COMPLETE}image: {{src: x.jpg, alt: x, caption: x, credit: {credit}}}\n")
    };
    Site::small()
        .file("content/stories/first.md", "---\ntitle: First\ndate: 2024-08-01\ndraft: true\n---\n")
        .story("a", &front("Desk"), "")
        .story("b", &front(credit), "")
        .bytes("content/stories/x.jpg", &Jpeg::new(1300, 900).bytes())
}

/// A complete story about an event of which more is known than the medals.
fn with_results(body: &str) -> Site {
    let rows =
        "phase,nation,athletes,rank,mark\nfinal,KOR,Ann Lee,1,9.79\nfinal,CHN,Bo Chen,2,9.84\n";
    complete("events: [judo/open]\n", body).file("content/events/judo/open.results.csv", rows)
}
