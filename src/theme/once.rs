//! Components whose HTML is made once, although many pages show it: the card of a story stands in a hundred
//! lists.

use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock, Weak};

use foldhash::HashMap;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

/// What has been made, and what it is made with.
///
/// A template says `once(component="story_card", story=story)` instead of `<story_card story={story} />`. As
/// templates know no clock and functions are pure, the HTML depends on the arguments alone. An argument that
/// is a map or a list is known by its place in memory, which nobody else can have while it is kept here.
#[derive(Debug, Default)]
pub struct Once {
    made: RwLock<HashMap<String, Made>>,
    /// The theme's templates with the values that all of them know; nothing before those are set.
    tera: RwLock<Option<Arc<Tera>>>,
}

#[derive(Debug)]
struct Made {
    html: Value,
    /// The arguments, so that their places are not given to others.
    _kept: Vec<Value>,
}

impl Once {
    /// Makes the function known to templates. It does nothing once this is gone.
    pub fn register(once: &Arc<Once>, tera: &mut Tera) {
        let once: Weak<Once> = Arc::downgrade(once);
        tera.register_function("once", move |arguments: Kwargs, _: &State| match once.upgrade() {
            Some(once) => once.component(&arguments),
            None => Err(tera::Error::message("the theme is gone")),
        });
    }

    /// Renders with these templates from now on, and forgets what was made with others.
    pub fn set(&self, tera: &Tera) {
        *self.tera.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(tera.clone()));
        self.forget();
    }

    /// Forgets what was made.
    pub fn forget(&self) {
        self.made.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn component(&self, arguments: &Kwargs) -> TeraResult<Value> {
        let name = arguments.must_get::<&str>("component")?;
        let key = key(arguments);
        let known = |made: &HashMap<String, Made>| made.get(&key).map(|made| made.html.clone());
        if let Some(html) = known(&self.made.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(html);
        }
        let tera = self.tera.read().unwrap_or_else(PoisonError::into_inner).clone();
        let tera = tera.ok_or_else(|| tera::Error::message("`once` is for pages"))?;
        let mut context = Context::new();
        let mut kept = Vec::new();
        for (argument, value) in
            arguments.iter().filter_map(|(key, value)| Some((key.as_str()?, value)))
        {
            if argument != "component" {
                context.insert_value(argument.to_owned(), value.clone());
                kept.push(value.clone());
            }
        }
        let html = Value::safe_string(&tera.render_component(name, &context, None, true)?);
        let made = Made { html: html.clone(), _kept: kept };
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(key, made);
        Ok(html)
    }
}

/// What tells a call from others.
fn key(arguments: &Kwargs) -> String {
    let mut key = String::with_capacity(80);
    for (name, value) in arguments.iter() {
        // Writing into memory cannot fail.
        let _ = match (value.as_map(), value.as_array()) {
            (Some(map), _) => write!(key, "{name}={:p};", std::ptr::from_ref(map)),
            (_, Some(list)) => write!(key, "{name}={:p};", list.as_ptr()),
            // Quotes tell a text from a number, and where it ends.
            (None, None) => write!(key, "{name}={value:?};"),
        };
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(component: &str, page: &str) -> (Tera, Arc<Once>) {
        let once = Arc::new(Once::default());
        let mut tera = Tera::new();
        Once::register(&once, &mut tera);
        tera.add_raw_templates([("parts.html", component), ("page.html", page)]).unwrap();
        once.set(&tera);
        (tera, once)
    }

    fn card(title: &str) -> Value {
        Value::from_serializable(&std::collections::BTreeMap::from([("title", title)]))
    }

    fn render(tera: &Tera, story: &Value) -> String {
        let mut context = Context::new();
        context.insert_value("story", story.clone());
        tera.render("page.html", &context).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn what_is_made_once_is_what_the_component_makes() {
        let (tera, once) = theme(
            "{% component card(story, level = 3) %}<h{{ level }}>{{ story.title }}</h{{ level }}>{% endcomponent card %}",
            "{{ once(component=\"card\", story=story) }}{{ once(component=\"card\", story=story, level=2) }}{{ <card story={story} /> }}",
        );
        let (one, other) = (card("A & B"), card("C"));
        let expected = "<h3>A &amp; B</h3><h2>A &amp; B</h2><h3>A &amp; B</h3>";
        assert_eq!(render(&tera, &one), expected);
        assert_eq!(render(&tera, &one), expected);
        assert_eq!(render(&tera, &other), "<h3>C</h3><h2>C</h2><h3>C</h3>");
        assert_eq!(once.made.read().unwrap().len(), 4);
        for i in 0..100 {
            // Each is gone before the next is made, and its place is not given to it.
            let shown = render(&tera, &card(&format!("{i}")));
            assert!(shown.contains(&format!("<h2>{i}</h2>")), "{shown}");
        }
        once.forget();
        assert_eq!(render(&tera, &one), expected);
        assert_eq!(once.made.read().unwrap().len(), 2);
    }

    #[test]
    fn a_mistake_is_told_and_not_kept() {
        let (tera, once) = theme(
            "{% component card(story) %}{{ story.no.such }}{% endcomponent card %}",
            "{{ once(component=\"card\", story=story) }}",
        );
        assert!(render(&tera, &card("A")).contains("no"), "{}", render(&tera, &card("A")));
        assert!(once.made.read().unwrap().is_empty());
        let (tera, _once) = theme("", "{{ once(component=\"crad\", story=story) }}");
        assert!(render(&tera, &card("A")).contains("crad"));
    }
}
