#!/usr/bin/env python3
"""Makes a site of N stories with events, athletes and tags, the same for the same N.

    site.py N FOLDER
"""
import pathlib
import random
import sys

count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
chance = random.Random(1896)
nations = ["CHN", "USA", "JPN", "KOR", "FRA", "GBR", "AUS", "ITA", "GER", "NED", "SWE", "KEN", "JAM", "BRA"]
words = ("the race was run late in the day and nobody in the stadium had left before it ended while a light rain "
         "fell on the track where the second of the heats had been stopped and begun again after a false start").split()

def write(path, text):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)

def sentence():
    chosen = [chance.choice(words) for _ in range(chance.randint(8, 20))]
    return " ".join(chosen).capitalize() + "."

write("site.toml", 'title = "Bench"\nbase_url = "https://games.example/"\ntime_zone = "Europe/Paris"\n[check]\nbuild = false\n')
athletes = [f"Athlete Number{i}" for i in range(max(300, count // 10))]
events = []
for i in range(300):
    sport, slug = f"sport-{i % 30:02}", f"event-{i:03}"
    events.append(f"{sport}/{slug}")
    places = "".join(
        f"  {medal}: [{{nation: {chance.choice(nations)}, athletes: [{chance.choice(athletes)} {i} {medal}]}}]\n"
        for medal in ("gold", "silver", "bronze"))
    write(f"content/events/{sport}/{slug}.md",
          f"---\ntitle: Event {i}\nvenue: Hall {i % 20}\nsessions: [{{name: Final, start: 2024-08-{i % 11 + 1:02} 20:00, medal: true}}]\n"
          f"status: official\npodium:\n{places}---\n{sentence()}\n")
for i in range(count):
    named = ", ".join(chance.sample(athletes, 3))
    paragraphs = "\n\n".join(" ".join(sentence() for _ in range(5)) for _ in range(6))
    other = f"story-{chance.randrange(count):05}.md"
    write(f"content/stories/story-{i:05}.md",
          f"---\ntitle: Story {i} of the day\nstandfirst: {sentence()}\n"
          f"date: 2024-08-{i % 11 + 1:02} {i % 24:02}:{i % 60:02}\ndateline: Paris\nauthors: [Author {i % 40}]\n"
          f"events: [{events[i % 300]}]\nathletes: [{named}]\nnations: [{chance.choice(nations)}]\ntags: [Tag {i % 50}, Tag {i % 7}]\n---\n"
          f"{paragraphs}\n\n## What it means\n\n{sentence()} See [another story]({other}).\n\n- One *point*\n- Another **point**\n\n"
          f'<Podium event="{events[i % 300]}" />\n\n{sentence()}\n')
