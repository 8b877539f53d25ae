#!/usr/bin/env python3
"""Makes a site of N stories, the same for the same N.

    site.py N FOLDER [--for podium|podium-equal|hugo|zola|blades]

podium         a site with every feature: events with podiums and results, athletes, nations, authors and tags; the
               built-in theme, all feeds, and builds that check. Some of the prose speaks of medals, truly.
podium-equal   the stories alone, with a theme that writes the pages of the comparison (templates.py) and no more
hugo, zola, blades   the same stories and pages, as that program reads them
"""
import argparse
import dataclasses
import datetime
import pathlib
import random
import sys

# Nobody wants a folder of compiled Python here.
sys.dont_write_bytecode = True
import templates  # noqa: E402

SEED = 1896
EVENTS = 300
NATIONS = {
    "CHN": "China", "USA": "the United States", "JPN": "Japan", "KOR": "South Korea", "FRA": "France",
    "GBR": "Great Britain", "AUS": "Australia", "ITA": "Italy", "GER": "Germany", "NED": "the Netherlands",
    "SWE": "Sweden", "KEN": "Kenya", "JAM": "Jamaica", "BRA": "Brazil"}
CODES = list(NATIONS)
WORDS = ("the race was run late in the day and nobody in the stadium had left before it ended while a light rain "
         "fell on the track where the second of the heats had been stopped and begun again after a false start").split()
# No two are a letter apart: the checks would take one name for a misspelt other.
SYLLABLES = "bar cus den fim gol hap jut kev lod mir nak pez rog suv tib wyx".split()
SUBJECTS = ["Finals", "Heats", "Training", "Records", "Village", "Crowd", "Weather"]
LAST_STORY = datetime.datetime(2024, 8, 11, 21, 0)
# The hour before does not exist where the Games are; of 200,000 stories some would be in it.
CLOCKS_FORWARD = datetime.datetime(2024, 3, 31, 3, 0)
DAYS_OF_STORIES = 10
DAYS_OF_EVENTS = 11


def name(number, syllables):
    """A made-up word, another for each number."""
    word = ""
    while number or len(word) < 3 * syllables:
        number, rest = divmod(number, len(SYLLABLES))
        word += SYLLABLES[rest]
    return word.capitalize()


def athlete(number):
    """The name of an athlete."""
    return f"{name(number % 256, 2)}o {name(number * 7 + 1, 3)}"


def nation_of(number):
    """An athlete's nation, by code."""
    return CODES[number % len(CODES)]


AUTHORS = [name(900 + 11 * i, 3) for i in range(40)]


@dataclasses.dataclass
class Event:
    """A medal event. The winners are the numbers of athletes: gold, silver, bronze."""
    number: int
    path: str
    title: str
    winners: list[int]


@dataclasses.dataclass
class Story:
    """A story as all programs get it."""
    number: int
    title: str
    standfirst: str
    date: datetime.datetime
    author: str
    tags: list[str]
    event: Event
    athletes: list[str]
    nation: str
    paragraphs: list[str]
    closing: str
    other: int

    @property
    def slug(self):
        return slug(self.number)


def slug(number):
    return f"story-{number:05}"


def sentence(chance):
    chosen = [chance.choice(WORDS) for _ in range(chance.randint(8, 20))]
    return " ".join(chosen).capitalize() + "."


def medal_sentence(chance, event):
    """Something true that a story may say of an event."""
    gold, silver, bronze = event.winners
    return chance.choice([
        f"{athlete(gold)} won gold for {NATIONS[nation_of(gold)]}.",
        f"{athlete(silver)} took silver.",
        f"The bronze medal went to {athlete(bronze)}.",
        f"{athlete(gold)}, the gold medallist, had led from the start."])


def make_events(athlete_count):
    """The events of the site."""
    for i in range(EVENTS):
        chance = random.Random(f"{SEED} event {i}")
        winners = chance.sample(range(athlete_count), 3)
        yield Event(i, f"sport-{i % 30:02}/event-{i:03}", f"Event {i}", winners)


def story_date(number, count):
    """When a story appeared. Each has a minute of its own, so that programs agree on the order."""
    apart = datetime.timedelta(minutes=max(1, DAYS_OF_STORIES * 24 * 60 // count))
    date = LAST_STORY - apart * (count - 1 - number)
    return date - datetime.timedelta(hours=1) if date < CLOCKS_FORWARD else date


def make_stories(count, events, athlete_count):
    """The stories, the oldest first."""
    for i in range(count):
        chance = random.Random(f"{SEED} story {i} of {count}")
        event = events[i % len(events)]
        paragraphs = [[sentence(chance) for _ in range(5)] for _ in range(6)]
        if i % 3 == 0:
            paragraphs[chance.randrange(6)].insert(2, medal_sentence(chance, event))
        paragraphs[1][0] = f"*{paragraphs[1][0]}*"
        named = [*chance.sample(range(athlete_count), 2), chance.choice(event.winners)]
        yield Story(
            number=i, title=f"Story {i} of the day", standfirst=sentence(chance),
            date=story_date(i, count), author=AUTHORS[i % len(AUTHORS)],
            tags=[f"Topic{i % 50:02}", SUBJECTS[i % 7]], event=event,
            athletes=[athlete(number) for number in dict.fromkeys(named)], nation=chance.choice(CODES),
            paragraphs=[" ".join(sentences) for sentences in paragraphs],
            closing=sentence(chance), other=chance.randrange(count))


def body(story, link):
    """The Markdown of a story; `link` is where the other story is."""
    text = "\n\n".join(story.paragraphs)
    return (f"{text}\n\n## What it means\n\n{story.closing} See [another story]({link}).\n\n"
            f"- One *point*\n- Another **point**\n\n> {story.standfirst}\n\n{story.closing}\n")


def podium_story(story):
    """A story with all that Podium knows to do with it."""
    text = body(story, f"{slug(story.other)}.md")
    return (f"---\ntitle: {story.title}\nstandfirst: {story.standfirst}\ndate: {story.date:%Y-%m-%d %H:%M}\n"
            f"dateline: Paris\nauthors: [{story.author}]\nevents: [{story.event.path}]\n"
            f"athletes: [{', '.join(story.athletes)}]\nnations: [{story.nation}]\ntags: [{', '.join(story.tags)}]\n"
            f'---\n{text}\n<Podium event="{story.event.path}" />\n')


def equal_story(story):
    """A story for Podium with what the peers get."""
    return (f"---\ntitle: {story.title}\nstandfirst: {story.standfirst}\ndate: {story.date:%Y-%m-%d %H:%M}\n"
            f"authors: [{story.author}]\ntags: [{', '.join(story.tags)}]\n---\n{body(story, f'{slug(story.other)}.md')}")


def hugo_story(story):
    return (f"---\ntitle: {story.title}\ndescription: {story.standfirst}\ndate: {story.date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"authors: [{story.author}]\ntags: [{', '.join(story.tags)}]\n---\n"
            f"{body(story, f'/stories/{slug(story.other)}/')}")


def toml_list(texts):
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"


def zola_story(story):
    return (f'+++\ntitle = "{story.title}"\ndescription = "{story.standfirst}"\ndate = {story.date:%Y-%m-%dT%H:%M:%SZ}\n'
            f"[taxonomies]\nauthors = {toml_list([story.author])}\ntags = {toml_list(story.tags)}\n+++\n"
            f"{body(story, f'/stories/{slug(story.other)}/')}")


def blades_story(story, is_on_front_page):
    mark = "on_front_page = true\n" if is_on_front_page else ""
    return (f'+++\ntitle = "{story.title}"\nsummary = "{story.standfirst}"\ndate = "{story.date:%Y-%m-%dT%H:%M:%S}"\n'
            f'author = "{story.author}"\n{mark}[taxonomies]\nauthors = {toml_list([story.author])}\n'
            f"tags = {toml_list(story.tags)}\n+++\n{body(story, f'/stories/{slug(story.other)}.html')}")


def podium_files(count, events, athletes):
    """What the full site has beside its stories. All events are over before the first story tells of one."""
    first_day = story_date(0, count).date() - datetime.timedelta(days=DAYS_OF_EVENTS)
    yield "site.toml", (
        f'title = "{templates.TITLE}"\ndescription = "{templates.DESCRIPTION}"\nbase_url = "{templates.HOST}/"\n'
        'time_zone = "Europe/Paris"\n[games]\nname = "Bench Games"\ncity = "Paris"\n'
        f"start = {first_day}\nend = {LAST_STORY.date()}\n")
    for number in range(athletes):
        yield (f"content/athletes/athlete-{number:05}.md",
               f"---\nname: {athlete(number)}\nnation: {nation_of(number)}\n---\n")
    for event in events:
        chance = random.Random(f"{SEED} text of event {event.number}")
        day = first_day + datetime.timedelta(days=event.number % DAYS_OF_EVENTS)
        places = "".join(
            f"  {medal}: [{{nation: {nation_of(winner)}, athletes: [{athlete(winner)}]}}]\n"
            for medal, winner in zip(("gold", "silver", "bronze"), event.winners))
        yield (f"content/events/{event.path}.md",
               f"---\ntitle: {event.title}\nvenue: Hall {event.number % 20}\nsessions: [{{name: Final, "
               f"start: {day} 20:00, medal: true, status: finished}}]\n"
               f"status: official\npodium:\n{places}---\n{sentence(chance)}\n")
        yield f"content/events/{event.path}.results.csv", results(event, athletes)


def results(event, athletes):
    """How an event went: a final of eight, the medallists first, and two heats on the way there."""
    chance = random.Random(f"{SEED} results of event {event.number}")
    others = [number for number in chance.sample(range(athletes), 20) if number not in event.winners]
    finalists = [*event.winners, *others[:5]]
    units = [("final", "", finalists), ("heats", "Heat 1", finalists[::2] + others[5:9]),
             ("heats", "Heat 2", finalists[1::2] + others[9:13])]
    rows = ["phase,unit,nation,athletes,rank,mark,qualified\n"]
    for phase, unit, competitors in units:
        for rank, competitor in enumerate(competitors, 1):
            qualified = "Q" if phase == "heats" and rank <= 4 else ""
            rows.append(f"{phase},{unit},{nation_of(competitor)},{athlete(competitor)},{rank},'{9 + rank}.{rank}0,{qualified}\n")
    return "".join(rows)


def make_site(count, folder, program):
    """Writes the files of a site."""
    def write(path, text):
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    athlete_count = max(300, count // 10)
    events = list(make_events(athlete_count))
    files = podium_files(count, events, athlete_count) if program == "podium" else templates.FILES[program]().items()
    for path, text in files:
        write(path, text)
    to_text = {"podium": podium_story, "podium-equal": equal_story, "hugo": hugo_story, "zola": zola_story,
               "blades": lambda story: blades_story(story, story.number >= count - templates.ON_FRONT_PAGE)}[program]
    for story in make_stories(count, events, athlete_count):
        write(f"content/stories/{story.slug}.md", to_text(story))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", metavar="N", type=int)
    parser.add_argument("folder", metavar="FOLDER", type=pathlib.Path)
    parser.add_argument("--for", dest="program", choices=["podium", *templates.FILES], default="podium")
    options = parser.parse_args()
    make_site(options.count, options.folder, options.program)


if __name__ == "__main__":
    main()
