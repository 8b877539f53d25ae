//! The match for a medal: "won the bronze-medal match".

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::lexicon::Class;
use crate::games::medals::Medal;

impl<'a> Reader<'a> {
    /// "won the bronze-medal match".
    pub(in crate::check::claims) fn round(&self, k: usize, medal: Medal) -> Vec<Claim> {
        // The final itself is no medal; who won it has gold.
        let from = self.clause_start(k);
        let verb = (from..k)
            .rev()
            .take(5)
            .find(|i| self.is_one(*i, "won wins win winning lost loses losing lose"));
        let Some(verb) = verb.filter(|verb| !(*verb..k).any(|i| self.who(i).is_some())) else {
            return Vec::new();
        };
        let is_lost = self.fold(verb).starts_with("lo");
        if self.is_elsewhere_beside(k)
            || (verb + 1..k).any(|i| self.class(i) == Some(Class::Oblique))
        {
            return Vec::new();
        }
        let Some(subject) = self.subject(verb).filter(|subject| self.is_real(subject.at, verb))
        else {
            return Vec::new();
        };
        let word = self.parts[k].words.start;
        let says = match (is_lost, medal) {
            (false, medal) => Says::Has(medal, word),
            (true, Medal::Gold) => Says::Has(Medal::Silver, word),
            (true, _) => return Vec::new(),
        };
        vec![self.claim(k, &subject, says)]
    }
}
