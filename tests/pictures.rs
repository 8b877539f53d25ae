//! Pictures: sizes, crops, rights and colours of what readers get, and what is said of the files.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;
#[path = "common/photographs.rs"]
mod photographs;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use common::{Run, Site, complete, tree};
use jpeg_encoder::ColorType;
use photographs::{Jpeg, alternative, crc, decoded, drawing, mean, packet, png, scene, with_chunk};

/// A site with a story whose lead picture is this file.
fn with_lead(name: &str, bytes: &[u8]) -> Site {
    let image = format!(
        "authors: [Desk]\nstandfirst: x\nimage: {{src: {name}, alt: Four fields, caption: The fields, credit: Desk}}\n"
    );
    Site::small().story("a", &image, "Text.").bytes(&format!("content/stories/{name}"), bytes)
}

/// What is published of pictures, by what stands behind their names.
fn made(run: &Run) -> BTreeMap<String, Vec<u8>> {
    let folder = run.public().join("pictures");
    let files = if folder.is_dir() { tree(&folder) } else { BTreeMap::new() };
    let behind = |name: &str| name.splitn(3, '.').nth(2).unwrap().to_owned();
    files.into_iter().map(|(name, bytes)| (behind(&name), bytes)).collect()
}

/// The four corners of a scene, as they are shown: red, green, blue, white.
fn corners(picture: &(u32, u32, Vec<u8>)) -> [char; 4] {
    [(5, 5), (60, 5), (5, 60), (60, 60)].map(|(left, top)| {
        let [red, green, blue] = mean(picture, left, top, left + 30, top + 30);
        match (red > 120, green > 120, blue > 120) {
            (true, false, false) => 'r',
            (false, true, false) => 'g',
            (false, false, true) => 'b',
            _ => 'w',
        }
    })
}

#[test]
fn a_photograph_goes_out_in_the_sizes_and_shapes_that_pages_mention() {
    let run = with_lead("finish.jpg", &Jpeg::new(1800, 1200).bytes()).build().good();
    let made = made(&run);
    assert_eq!(
        made.keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "1280.jpg",
            "1280.webp",
            "1600.webp",
            "16x9-50-30.1200.jpg",
            "1800.webp",
            "1x1-50-30.1200.jpg",
            "320.webp",
            "480.webp",
            "4x3-50-30.1200.jpg",
            "640.webp",
            "960.webp",
        ]
    );
    for (name, bytes) in &made {
        let (width, height, _) = decoded(bytes);
        let wanted: u32 = name.split('.').rev().nth(1).unwrap().parse().unwrap();
        assert_eq!(width, wanted, "{name}");
        let ratio = f64::from(width) / f64::from(height);
        let shape = match name.split_once('-') {
            Some(("16x9", _)) => 16.0 / 9.0,
            Some(("4x3", _)) => 4.0 / 3.0,
            Some(("1x1", _)) => 1.0,
            _ => 1.5,
        };
        assert!((ratio - shape).abs() < 0.01, "{name}: {width} by {height}");
    }
    // The file itself is nobody's to load.
    assert!(!run.has("/stories/finish.jpg"));
}

#[test]
fn nothing_is_made_larger_and_no_size_twice() {
    let run = with_lead("small.jpg", &Jpeg::new(500, 400).bytes()).build().good();
    let made = made(&run);
    let whole: Vec<&str> = made.keys().map(String::as_str).collect();
    assert_eq!(
        whole,
        [
            "16x9-50-30.500.jpg",
            "1x1-50-30.400.jpg",
            "3x2-50-30.320.webp",
            "3x2-50-30.480.webp",
            "3x2-50-30.500.jpg",
            "3x2-50-30.500.webp",
            "4x3-50-30.500.jpg",
            "500.jpg",
        ],
        "a lead picture is at most as high as 3:2"
    );
}

#[test]
fn a_page_says_how_wide_each_size_is_and_search_engines_get_three_shapes() {
    let run = with_lead("finish.jpg", &Jpeg::new(1800, 1200).bytes()).build().good();
    let page = run.page("/stories/a/");
    let figure = page.split("<figure class=\"lead-picture\">").nth(1).unwrap();
    let figure = figure.split("</figure>").next().unwrap();
    assert!(figure.contains("<source type=\"image/webp\" srcset=\"/pictures/finish."), "{figure}");
    assert!(
        figure.contains(".320.webp 320w, ") && figure.contains(".1800.webp 1800w\""),
        "{figure}"
    );
    assert!(figure.contains(" width=\"1280\" height=\"853\" fetchpriority=\"high\""), "{figure}");
    for shape in [
        "16x9-50-30.1200.jpg\",\"width\":1200,\"height\":675",
        "4x3-50-30.1200.jpg",
        "1x1-50-30.1200.jpg",
    ] {
        assert!(page.contains(shape), "{shape}");
    }
    assert!(page.contains("<meta property=\"og:image:width\" content=\"1200\">"));
}

#[test]
fn whichever_way_the_camera_was_held_readers_see_it_upright() {
    for turned in 1..=8 {
        // As the camera stored it: turned back.
        let upright = scene(600, 400);
        let (width, height, stored) = stored(600, 400, &upright, turned);
        let photograph = Jpeg::of(width, height, stored, ColorType::Rgb).exif(
            turned,
            "Ana Lima",
            "2024:07:30 12:00:00",
        );
        let run = with_lead("turned.jpg", &photograph.bytes()).build().good();
        let made = made(&run);
        for name in ["480.webp", "600.jpg", "1x1-50-30.400.jpg"] {
            let picture = decoded(&made[name]);
            assert_eq!(corners(&picture), ['r', 'g', 'b', 'w'], "{turned}: {name}");
        }
        assert!(run.page("/stories/a/").contains(" width=\"600\" height=\"400\""), "{turned}");
    }
}

/// The pixels of an upright picture as a camera stores them that was held so.
fn stored(width: u32, height: u32, upright: &[u8], turned: u16) -> (u32, u32, Vec<u8>) {
    let is_on_its_side = turned > 4;
    let (across, down) = if is_on_its_side { (height, width) } else { (width, height) };
    let mut out = Vec::with_capacity(upright.len());
    for row in 0..down {
        for column in 0..across {
            // Exif 3.0: where the first row and the first column of the stored picture are in the shown one.
            let (x, y) = match turned {
                1 => (column, row),
                2 => (width - 1 - column, row),
                3 => (width - 1 - column, height - 1 - row),
                4 => (column, height - 1 - row),
                5 => (row, column),
                6 => (width - 1 - row, column),
                7 => (width - 1 - row, height - 1 - column),
                _ => (row, height - 1 - column),
            };
            let at = ((y * width + x) * 3) as usize;
            out.extend(&upright[at..at + 3]);
        }
    }
    (across, down, out)
}

#[test]
fn a_crop_shows_the_focal_point() {
    // A portrait whose foot is blue and white.
    let bytes = Jpeg::new(800, 1600).bytes();
    let shown = |focus: &str| {
        let front = format!("image: {{src: tall.jpg, alt: x, caption: x, credit: x{focus}}}\n");
        let site = Site::small().story("a", &front, "").bytes("content/stories/tall.jpg", &bytes);
        let run = site.build().good();
        let made = made(&run);
        let name = made.keys().find(|name| name.starts_with("16x9")).unwrap().clone();
        let picture = decoded(&made[&name]);
        (name, mean(&picture, 10, 20, 40, 80))
    };
    let (name, [red, _, blue]) = shown("");
    assert_eq!(name, "16x9-50-30.800.jpg");
    assert!(red > 120 && blue < 120, "heads are in the upper third");
    let (name, [red, _, blue]) = shown(", focus: 40% 90%");
    assert_eq!(name, "16x9-40-90.800.jpg");
    assert!(red < 120 && blue > 120);
}

#[test]
fn drawings_and_what_is_seen_through_stay_exact() {
    let run = with_lead("plan.png", &drawing(1200, 800)).build().good();
    let made = made(&run);
    assert!(!made.keys().any(|name| name.ends_with(".jpg")), "{:?}", made.keys());
    let (_, _, pixels) = decoded(&made["1200.webp"]);
    let (_, _, source) = decoded(&drawing(1200, 800));
    assert_eq!(pixels, source);
    // What is made narrower has the colours of the drawing and no others.
    let known: Vec<&[u8]> = vec![&[250, 250, 250], &[200, 20, 20], &[20, 20, 200], &[0, 0, 0]];
    for name in ["480.webp", "1200.png"] {
        let (_, _, pixels) = decoded(&made[name]);
        assert!(pixels.chunks_exact(3).all(|pixel| known.contains(&pixel)), "{name}");
    }

    let glass: Vec<u8> = (0..450 * 300)
        .flat_map(|i: u32| [10, 200, 90, if i % 450 < 225 { 0 } else { 255 }])
        .collect();
    let glass = png(450, 300, png::ColorType::Rgba, png::BitDepth::Eight, &glass);
    let run = with_lead("glass.png", &glass).build().good();
    let made = self::made(&run);
    let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(&made["320.webp"]))
        .unwrap_or_else(|_| panic!("{:?}", made.keys()));
    assert!(decoder.has_alpha());
    let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut pixels).unwrap();
    // Left of the edge nothing is to be seen, right of it the colour is what it was.
    assert_eq!(pixels[4 * 20 + 3], 0);
    assert_eq!(pixels[4 * 300..4 * 300 + 4], [10, 200, 90, 255]);
}

#[test]
fn every_kind_of_pixel_is_shown_in_its_colours() {
    let (width, height) = (600, 400);
    let rgb = scene(width, height);
    let grey: Vec<u8> = rgb.chunks_exact(3).map(|px| px[1]).collect();
    let deep: Vec<u8> = rgb.iter().flat_map(|value| [*value, 0x80]).collect();
    let inks: Vec<u8> =
        rgb.chunks_exact(3).flat_map(|px| [255 - px[0], 255 - px[1], 255 - px[2], 0]).collect();
    let deep_png = png(width, height, png::ColorType::Rgb, png::BitDepth::Sixteen, &deep);
    let grey_png = png(width, height, png::ColorType::Grayscale, png::BitDepth::Eight, &grey);
    let colored = ['r', 'g', 'b', 'w'];
    for (what, bytes, wanted) in [
        ("progressive", Jpeg::new(width, height).progressive().bytes(), colored),
        ("inks of print", Jpeg::of(width, height, inks.clone(), ColorType::Cmyk).bytes(), colored),
        ("inks as YCCK", Jpeg::of(width, height, inks, ColorType::CmykAsYcck).bytes(), colored),
        ("sixteen bits", deep_png, colored),
        ("grey PNG", grey_png, ['w', 'w', 'w', 'w']),
        ("grey JPEG", Jpeg::of(width, height, grey, ColorType::Luma).bytes(), ['w', 'w', 'w', 'w']),
    ] {
        let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" };
        let run = with_lead(&format!("x.{ending}"), &bytes).build().good();
        let made = made(&run);
        let (name, bytes) = made.iter().find(|(name, _)| name.ends_with("480.webp")).unwrap();
        let picture = decoded(bytes);
        if wanted == colored {
            assert_eq!(corners(&picture), wanted, "{what}: {name}");
        } else {
            let [red, green, blue] = mean(&picture, 5, 5, 35, 35);
            assert!(red.abs_diff(green) <= 2 && green.abs_diff(blue) <= 2, "{what}");
        }
    }
}

#[test]
fn what_the_file_says_stands_where_the_story_is_silent() {
    let properties = [
        alternative("dc:description", "Min Tran waves to the stands."),
        alternative("Iptc4xmpCore:AltTextAccessibility", "A judoka waves"),
        alternative("dc:rights", "© 2024 Harbour Pictures"),
        "<dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li></rdf:Seq></dc:creator>".into(),
        "<photoshop:Credit>Harbour Pictures</photoshop:Credit>".into(),
        "<xmpRights:WebStatement>https://rights.example.org/</xmpRights:WebStatement>".into(),
        "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>".into(),
    ];
    let bytes = Jpeg::new(1300, 900).xmp(&properties.concat()).bytes();
    let site = |settings: &str, image: &str| {
        let config = std::fs::read_to_string(Site::small().root().join("site.toml")).unwrap();
        Site::small()
            .file("site.toml", &format!("{config}\n{settings}"))
            .story(
                "a",
                &format!("image: {image}\n"),
                "![](x.jpg)\n\n<Photo src=\"x.jpg\" credit=\"Bay\" />",
            )
            .bytes("content/stories/x.jpg", &bytes)
            .build()
            .good()
    };
    let page = site("", "x.jpg").page("/stories/a/");
    let figure =
        page.split("class=\"lead-picture\"").nth(1).unwrap().split("</figure>").next().unwrap();
    assert!(figure.contains("alt=\"A judoka waves\""), "{figure}");
    let caption = "<figcaption>Min Tran waves to the stands. <span class=\"credit\">Harbour Pictures</span> <span class=\"credit\">Made with artificial intelligence</span></figcaption>";
    assert_eq!(page.matches(caption).count(), 2, "{page}");
    assert!(page.contains("<span class=\"credit\">Bay</span>"));
    for linked in [
        "\"creditText\":\"Harbour Pictures\"",
        "\"creator\":[{\"@type\":\"Person\",\"name\":\"Ana Lima\"}]",
        "\"copyrightNotice\":\"© 2024 Harbour Pictures\"",
        "\"license\":\"https://rights.example.org/\"",
    ] {
        assert!(page.contains(linked), "{linked}");
    }
    let own =
        site("", "{src: x.jpg, alt: Mine, caption: My words, credit: Me}").page("/stories/a/");
    assert!(own.contains("<figcaption>My words <span class=\"credit\">Me</span>"));
    let silent = site("[pictures]\nuse_captions = false\n", "x.jpg").page("/stories/a/");
    assert!(
        !silent.contains("waves")
            && silent.contains("<span class=\"credit\">Harbour Pictures</span>")
    );
}

#[test]
fn a_picture_whose_right_has_ended_is_on_no_page_and_among_no_files() {
    let site = || {
        let front =
            "image: {src: x.jpg, alt: x, caption: x, credit: x, rights: {until: 2024-09-01}}\n";
        complete(front, "Text.").bytes("content/stories/x.jpg", &Jpeg::new(1300, 900).bytes())
    };
    let at = |time: &str| {
        let site = site();
        let run = site.podium(&["build", "--at", time]).good();
        (run, site.podium(&["check", "--at", time]).reports())
    };
    let (before, said) = at("2024-08-31T12:00:00Z");
    assert!(before.page("/stories/a/").contains("lead-picture"));
    assert!(said.contains(&"V004 content/stories/a.md:6:68".to_owned()), "{said:?}");
    let (after, said) = at("2024-09-01T12:00:00Z");
    assert!(!after.page("/stories/a/").contains("lead-picture"));
    assert!(made(&after).is_empty());
    assert!(said.contains(&"V005 content/stories/a.md:6:68".to_owned()), "{said:?}");
}

#[test]
fn a_right_that_has_ended_has_ended_wherever_the_picture_stands() {
    let front = "image: {src: x.jpg, alt: x, caption: x, credit: x, rights: {until: 2024-08-01}}\n";
    let site = complete(front, "Again: ![x](x.jpg)")
        .story("b", "image: /stories/x.jpg\n", "")
        .bytes("content/stories/x.jpg", &Jpeg::new(1300, 900).bytes());
    let run = site.build();
    assert_eq!((run.status, run.reports()), (0, vec!["V005 content/stories/a.md:8:13".to_owned()]));
    assert!(made(&run).is_empty());
    assert!(!run.page("/stories/b/").contains("lead-picture"));
    let said = site.check().reports();
    assert!(said.contains(&"V005 content/stories/b.md".to_owned()), "{said:?}");
}

#[test]
fn files_whose_names_are_hard_to_write_are_published_where_something_links_to_them() {
    let bytes = Jpeg::new(700, 500).bytes();
    let run = Site::small()
        .story("a", "", "[large](<IMG_1 (1).jpg>) and [his](O'Connor,x;y=z.jpg)")
        .bytes("content/stories/IMG_1 (1).jpg", &bytes)
        .bytes("content/stories/O'Connor,x;y=z.jpg", &bytes)
        .bytes("content/apple-touch-icon.png", common::PNG)
        .bytes("content/quiz/bar.png", common::PNG)
        .bytes("content/quiz/unused.png", common::PNG)
        .file("content/quiz/quiz.css", "a { background: url(bar.png) }")
        .build()
        .good();
    for there in ["IMG_1 (1).jpg", "O'Connor,x;y=z.jpg"] {
        assert!(run.has(&format!("/stories/{there}")), "{there}");
    }
    assert!(run.has("/apple-touch-icon.png") && run.has("/quiz/bar.png"));
    assert!(!run.has("/quiz/unused.png"));
}

#[test]
fn a_photograph_with_a_film_behind_it_is_whole() {
    let film =
        [Jpeg::new(800, 600).bytes(), b"\0\0\0\x18ftypmp42 \xFF\xDA \xFF\xD9 \xFF\xDA".to_vec()];
    assert!(with_lead("x.jpg", &film.concat()).build().good().has("/stories/a/"));
}

#[test]
fn pictures_of_all_sides_can_be_made() {
    for (width, height) in
        [(1200, 800), (1280, 720), (1500, 1000), (1920, 1080), (2048, 1365), (3, 900), (900, 3)]
    {
        for focus in ["", ", focus: 100% 100%"] {
            let front = format!("image: {{src: x.jpg, alt: x, caption: x, credit: x{focus}}}\n");
            let site = complete(&front, "![x](x.jpg)");
            let run =
                site.bytes("content/stories/x.jpg", &Jpeg::new(width, height).bytes()).build();
            assert_eq!(run.status, 0, "{width} by {height}: {}", run.stderr);
        }
    }
    let tall = png(20, 17_000, png::ColorType::Grayscale, png::BitDepth::One, &vec![0; 3 * 17_000]);
    assert_eq!(with_lead("x.png", &tall).build().status, 0);
}

#[test]
fn the_same_bytes_come_of_one_thread_and_of_two_with_a_full_cache_and_an_empty_one() {
    let site = complete("image: {src: x.jpg, alt: x, caption: x, credit: x}\n", "![p](y.png)")
        .bytes("content/stories/x.jpg", &Jpeg::new(2400, 1700).bytes())
        .bytes("content/stories/y.png", &drawing(900, 500));
    let first = tree(&site.podium(&["build", "--jobs", "1"]).good().public());
    assert!(site.root().join(".podium/pictures").is_dir());
    let from_cache =
        tree(&site.podium(&["build", "--jobs", "2", "--output", "other"]).good().public());
    assert_eq!(tree(&site.root().join("other")), first);
    assert_eq!(from_cache, first);
    // What is damaged is made anew.
    let kept = site.root().join(".podium/pictures");
    for entry in std::fs::read_dir(&kept).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xFF;
        std::fs::write(&path, bytes).unwrap();
    }
    std::fs::remove_dir_all(site.public()).unwrap();
    assert_eq!(tree(&site.podium(&["build", "--jobs", "2"]).good().public()), first);
    // What is made alone is what is made with others.
    for entry in std::fs::read_dir(&kept).unwrap().step_by(2) {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    std::fs::remove_dir_all(site.public()).unwrap();
    assert_eq!(tree(&site.podium(&["build", "--jobs", "1"]).good().public()), first);
    std::fs::remove_dir_all(site.root().join(".podium")).unwrap();
    std::fs::remove_dir_all(site.public()).unwrap();
    assert_eq!(tree(&site.podium(&["build"]).good().public()), first);
    // A check keeps nothing.
    std::fs::remove_dir_all(site.root().join(".podium")).unwrap();
    site.check().good();
    assert!(!site.root().join(".podium").exists());
}

/// Derivatives are kept for good under their names: whoever changes how one is made changes `VERSION` in
/// src/pictures/derivative.rs, and then these.
#[test]
fn the_bytes_of_derivatives_change_only_with_the_version_in_their_names() {
    let run = with_lead("finish.jpg", &Jpeg::new(1300, 900).bytes()).build().good();
    let plan = with_lead("plan.png", &drawing(900, 500)).build().good();
    let print = |run: &Run, ending: &str| {
        let made = made(run);
        let (_, bytes) = made.iter().find(|(name, _)| name.ends_with(ending)).unwrap();
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes))
    };
    let name = std::fs::read_dir(run.public().join("pictures")).unwrap().next().unwrap().unwrap();
    let name = name.file_name().into_string().unwrap();
    assert_eq!(name.split('.').nth(1), Some("bb9ce4669661"));
    let prints = [
        print(&run, "640.webp"),
        print(&run, "320.webp"),
        print(&run, "16x9-50-30.1200.jpg"),
        print(&plan, "480.webp"),
        print(&plan, "900.png"),
    ];
    assert_eq!(
        prints,
        [
            "9a0347eb3e1db74e",
            "1156306ca696a934",
            "9c963f4c6f35a72b",
            "1db3f84ab1536b9f",
            "db6eeb70024a1e66"
        ]
    );
}

#[test]
fn a_file_that_something_links_to_is_published_as_it_is() {
    let bytes = Jpeg::new(700, 500).bytes();
    let run = Site::small()
        .story("a", "", "![p](x.jpg) and [all of it](x.jpg)")
        .story("b", "", "![p](y.jpg)")
        .bytes("content/stories/x.jpg", &bytes)
        .bytes("content/stories/y.jpg", &Jpeg::new(701, 500).bytes())
        .build()
        .good();
    assert_eq!(std::fs::read(run.public().join("stories/x.jpg")).unwrap(), bytes);
    assert!(!run.has("/stories/y.jpg"));
}

#[test]
fn files_that_are_no_pictures_are_told_of_and_harm_nothing() {
    let photograph = Jpeg::new(1300, 900).bytes();
    let cut_off = &photograph[..photograph.len() / 2];
    let run = with_lead("x.jpg", cut_off).build().bad();
    assert_eq!(run.reports(), ["V001 content/stories/x.jpg"]);
    let said = with_lead("x.jpg", cut_off).check().bad().reports();
    assert_eq!(said.last().map(String::as_str), Some("V001 content/stories/x.jpg"));

    // Wrong colours would be worse than none.
    let mixed = Jpeg::of(40, 30, vec![9; 40 * 30 * 4], ColorType::CmykAsYcck).mixed().bytes();
    assert_eq!(with_lead("x.jpg", &mixed).build().bad().reports(), ["V001 content/stories/x.jpg"]);

    // Ten thousand by ten thousand pixels in a few bytes.
    let bomb =
        png(10_000, 10_000, png::ColorType::Grayscale, png::BitDepth::One, &vec![0; 1250 * 10_000]);
    assert!(bomb.len() < 200_000);
    assert_eq!(with_lead("x.png", &bomb).build().bad().reports(), ["V001 content/stories/x.png"]);

    // A head that promises more rows than there are.
    let mut lying = drawing(300, 200);
    lying[22] = 200;
    let sum = lying[12..29].to_vec();
    let lying = {
        let end = lying.split_off(33);
        lying.truncate(29);
        lying.extend(crc(&sum).to_be_bytes());
        [lying, end].concat()
    };
    assert_eq!(with_lead("x.png", &lying).build().bad().reports(), ["V001 content/stories/x.png"]);

    for (name, bytes) in [
        ("x.jpg", b"\xFF\xD8\xFF".as_slice()),
        ("x.png", b"\x89PNG\r\n\x1A\n".as_slice()),
        ("x.webp", b"RIFF\x04\0\0\0WEBPVP8 ".as_slice()),
    ] {
        let run = with_lead(name, bytes).build().bad();
        assert_eq!(run.reports(), [format!("V001 content/stories/{name}")]);
    }
    for (name, bytes) in [
        ("x.jpg", b"<!doctype html><p>404".as_slice()),
        ("x.jpg", b"".as_slice()),
        ("x.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice()),
    ] {
        let run = with_lead(name, bytes).build();
        assert_eq!(run.status, 0, "{name} {bytes:?}: {}", run.stderr);
        assert_eq!(
            run.reports().first().map(|report| &report[..4]),
            Some("B018"),
            "{name} {bytes:?}"
        );
    }
}

#[test]
fn moving_pictures_and_vectors_go_out_as_they_are() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\"/>";
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;";
    let run = Site::small()
        .story("a", "image: {src: x.svg, alt: x, caption: x, credit: x}\n", "![p](x.gif)")
        .file("content/stories/x.svg", svg)
        .bytes("content/stories/x.gif", gif)
        .build()
        .good();
    assert_eq!(std::fs::read(run.public().join("stories/x.svg")).unwrap(), svg.as_bytes());
    assert_eq!(std::fs::read(run.public().join("stories/x.gif")).unwrap(), gif);
    assert!(
        run.page("/stories/a/")
            .contains("<img src=\"/stories/x.svg\" alt=\"x\" width=\"1600\" height=\"900\"")
    );
    let still = drawing(300, 200);
    let moving = [&still[..33], &with_chunk(&still, b"acTL", &[0; 8])[33..]].concat();
    let run = with_lead("x.png", &moving).build().good();
    assert!(run.has("/stories/x.png") && made(&run).is_empty());
}

#[test]
fn the_houses_icon_is_made_in_the_sizes_that_browsers_and_telephones_ask_for() {
    let config = std::fs::read_to_string(Site::small().root().join("site.toml")).unwrap();
    let brand =
        "[brand]\nlogo = \"/mark.png\"\nicon = \"/mark.png\"\nshare_image = \"/mark.png\"\n";
    let run = Site::small()
        .file("site.toml", &format!("{config}\n{brand}"))
        .bytes("content/mark.png", &drawing(600, 600))
        .build()
        .good();
    let file = |name: &str| std::fs::read(run.public().join(name)).unwrap();
    assert_eq!(file("favicon.ico")[..8], [0, 0, 1, 0, 1, 0, 48, 48]);
    assert_eq!(decoded(&file("favicon.ico")[22..]).0, 48);
    assert_eq!(decoded(&file("apple-touch-icon.png")).0, 180);
    assert_eq!(decoded(&file("icon-192.png")).0, 192);
    assert_eq!(decoded(&file("icon-512.png")).0, 512);
    let manifest: serde_json::Value = serde_json::from_slice(&file("site.webmanifest")).unwrap();
    assert_eq!(manifest["icons"][1]["src"], "/icon-512.png");
    let page = run.page("/medals/");
    for link in [
        "<link rel=\"icon\" href=\"/favicon.ico\" sizes=\"48x48\" type=\"image/x-icon\">",
        "<link rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\" sizes=\"180x180\">",
        "<link rel=\"manifest\" href=\"/site.webmanifest\">",
        ".600.png\" alt=\"",
        "<meta property=\"og:image\" content=\"",
    ] {
        assert!(page.contains(link), "{link}");
    }
}

#[test]
fn a_gallery_leads_to_large_pictures_without_a_script() {
    let body = "<Gallery label=\"The final\">\n<Photo src=\"x.jpg\" alt=\"One\" caption=\"First\" credit=\"A\" />\n<Photo src=\"y.jpg\" alt=\"Two\" caption=\"Second\" credit=\"B\" />\n</Gallery>\n\n<Photo src=\"x.jpg\" alt=\"One\" caption=\"Wide\" credit=\"A\" width=\"wide\" />";
    let run = complete("", body)
        .bytes("content/stories/x.jpg", &Jpeg::new(1500, 1000).bytes())
        .bytes("content/stories/y.jpg", &Jpeg::new(1501, 1000).bytes())
        .build()
        .good();
    let page = run.page("/stories/a/");
    let gallery = page.split("<section class=\"gallery\" aria-label=\"The final\"").nth(1).unwrap();
    let gallery = gallery.split("</section>").next().unwrap();
    assert_eq!(gallery.matches("<a class=\"enlarge\" href=\"/pictures/").count(), 2, "{gallery}");
    assert_eq!(gallery.matches("<figcaption>").count(), 2);
    let after = page.split("</section>").find(|part| part.contains("picture-wide")).unwrap();
    assert!(!after.contains("class=\"enlarge\""));
    let wrong = complete(
        "",
        "<Photo src=\"x.jpg\" alt=\"x\" caption=\"x\" credit=\"x\" width=\"large\" />",
    )
    .bytes("content/stories/x.jpg", &Jpeg::new(1500, 1000).bytes())
    .build()
    .bad();
    assert_eq!(wrong.reports(), ["B006 content/stories/a.md:7:51"]);
}

/// A command of somebody else's, which `tests/run` installs.
fn output(program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).output();
    let run = run.unwrap_or_else(|error| panic!("tests/run installs {program}: {error}"));
    assert!(run.status.success(), "{program}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn exiftool(path: &Path) -> serde_json::Value {
    let out = output("exiftool", &["-j", "-G1", "-struct", path.to_str().unwrap()]);
    serde_json::from_str::<serde_json::Value>(&out).unwrap()[0].clone()
}

#[test]
#[ignore = "needs exiftool, which tests/run installs"]
fn rights_stay_in_every_derivative_and_the_position_goes() {
    let properties = [
        alternative("dc:description", "Min Tran waves to the stands."),
        alternative("dc:rights", "© 2024 Harbour &amp; Sons"),
        "<dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li><rdf:li>Bo Chen</rdf:li></rdf:Seq></dc:creator>".into(),
        "<photoshop:Credit>Harbour Pictures</photoshop:Credit><aux:SerialNumber>4711</aux:SerialNumber>".into(),
        "<xmpRights:WebStatement>https://rights.example.org/</xmpRights:WebStatement>".into(),
        "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><plus:LicensorName>Harbour</plus:LicensorName><plus:LicensorURL>https://buy.example.org/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>".into(),
        "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</Iptc4xmpExt:DigitalSourceType>".into(),
    ];
    let photograph = || Jpeg::new(1300, 900).exif(1, "Ana Lima", "2024:07:30 12:00:00");
    let with_xmp = photograph().xmp(&properties.concat()).bytes();
    let plan = with_chunk(
        &drawing(700, 500),
        b"iTXt",
        [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), packet(&properties.concat()).as_bytes()]
            .concat()
            .as_slice(),
    );
    for (name, bytes, is_full) in [
        ("x.jpg", with_xmp, true),
        ("x.png", plan, true),
        (
            "y.jpg",
            photograph()
                .iim(&[
                    (80, "Ana Lima"),
                    (110, "Harbour Pictures"),
                    (116, "© 2024 Harbour & Sons"),
                    (120, "Words"),
                ])
                .bytes(),
            false,
        ),
    ] {
        let site = with_lead(name, &bytes);
        let source = exiftool(&site.root().join("content/stories").join(name));
        assert_eq!(source.get("GPS:GPSLatitude").is_some(), name.ends_with("jpg"), "{source}");
        let run = site.build().good();
        let folder = run.public().join("pictures");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let tags = exiftool(&path);
            assert_eq!(
                tags["XMP-photoshop:Credit"],
                "Harbour Pictures",
                "{}: {tags}",
                path.display()
            );
            assert_eq!(tags["XMP-dc:Rights"], "© 2024 Harbour & Sons", "{}", path.display());
            if is_full {
                assert_eq!(tags["XMP-dc:Creator"], serde_json::json!(["Ana Lima", "Bo Chen"]));
                assert_eq!(tags["XMP-xmpRights:WebStatement"], "https://rights.example.org/");
                assert_eq!(tags["XMP-plus:Licensor"][0]["LicensorURL"], "https://buy.example.org/");
                assert!(tags["XMP-iptcExt:DigitalSourceType"].as_str().unwrap().contains("igital"));
            }
            let all = tags.to_string();
            for gone in ["GPS", "Serial", "4711", "waves", "Words", "DateTimeOriginal", "Warning"] {
                assert!(!all.contains(gone), "{} has {gone}: {all}", path.display());
            }
            count += 1;
        }
        assert!(count > 5);
    }
}

/// CIE L*a*b* of a colour of sRGB, under D65 (IEC 61966-2-1 and CIE 15).
fn lab(color: [u8; 3]) -> [f64; 3] {
    let light = color.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let [red, green, blue] = light;
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
    let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
    let [x, y, z] = [x, y, z]
        .map(|part| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Fine stripes, whose mean light is what a resampler in the wrong light gets wrong, and ramps of colours.
fn chart(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let ramp = (x * 255 / width) as u8;
            pixels.extend(match y * 6 / height {
                0 => [ramp, 0, 0],
                1 => [0, ramp, 0],
                2 => [0, 0, ramp],
                3 => [ramp / 2 + 60, 200 - ramp / 2, 128],
                4 if (x + y) % 2 == 0 => [255, 255, 255],
                4 => [0, 0, 0],
                _ => [ramp, ramp, ramp],
            });
        }
    }
    pixels
}

#[test]
#[ignore = "needs ImageMagick, which tests/run installs"]
fn colours_are_those_that_another_program_finds_in_linear_light() {
    let (width, height) = (1200, 900);
    let rgb = chart(width, height);
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let inks: Vec<u8> =
        rgb.chunks_exact(3).flat_map(|px| [255 - px[0], 255 - px[1], 255 - px[2], 0]).collect();
    let jpeg = |pixels: Vec<u8>, color| Jpeg::of(width, height, pixels, color);
    let colors = || jpeg(rgb.clone(), ColorType::Rgb);
    let deep: Vec<u8> = rgb.iter().flat_map(|value| [*value, *value]).collect();
    for (what, name, bytes) in [
        ("as it is", "a.jpg", colors().bytes()),
        ("on its side", "b.jpg", colors().exif(6, "Ana Lima", "2024:07:30 12:00:00").bytes()),
        ("Display P3", "c.jpg", colors().profile(wide.clone()).bytes()),
        ("inks", "d.jpg", jpeg(inks.clone(), ColorType::Cmyk).bytes()),
        ("inks as YCCK", "e.jpg", jpeg(inks, ColorType::CmykAsYcck).bytes()),
        (
            "sixteen bits",
            "f.png",
            png(width, height, png::ColorType::Rgb, png::BitDepth::Sixteen, &deep),
        ),
    ] {
        let site = Site::small()
            .story("a", "", &format!("![p]({name})"))
            .bytes(&format!("content/stories/{name}"), &bytes);
        let source = site.root().join("content/stories").join(name);
        let reference = site.root().join("reference.png");
        let srgb = site.root().join("srgb.icc");
        std::fs::write(&srgb, moxcms::ColorProfile::new_srgb().encode().unwrap()).unwrap();
        let run = site.build();
        let made = made(&run);
        let size = made.keys().find(|name| name.ends_with("480.webp")).unwrap();
        let shown = decoded(&made[size]);
        let mut arguments = vec![source.to_str().unwrap(), "-auto-orient"];
        if what == "Display P3" {
            arguments.extend(["-profile", srgb.to_str().unwrap()]);
        }
        // From inks straight to light it takes no way through sRGB.
        arguments.extend(["-colorspace", "sRGB"]);
        let size = format!("{}x{}!", shown.0, shown.1);
        arguments.extend(["-colorspace", "RGB", "-filter", "Lanczos", "-resize", &size]);
        arguments.extend([
            "-colorspace",
            "sRGB",
            "-strip",
            "-depth",
            "8",
            reference.to_str().unwrap(),
        ]);
        output("/usr/bin/convert", &arguments);
        let wanted = decoded(&std::fs::read(&reference).unwrap());
        assert_eq!((wanted.0, wanted.1), (shown.0, shown.1), "{what}");
        let mut worst: (f64, u32, u32) = (0.0, 0, 0);
        // Away from the edges of the stripes, where half of the colours' dots are the neighbour's.
        for (left, stripe) in (0..20).flat_map(|x| (0..6).map(move |stripe| (x * 5, stripe))) {
            let (top, bottom) = (stripe * 100 / 6 + 3, (stripe + 1) * 100 / 6 - 3);
            let [a, b] =
                [&shown, &wanted].map(|picture| lab(mean(picture, left, top, left + 5, bottom)));
            let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
            worst = if apart > worst.0 { (apart, left, top) } else { worst };
        }
        assert!(worst.0 <= 2.0, "{what}: {worst:?}");
    }
}
