//! Which stories are printed in which issue of the magazine.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Assembly, IssueNode};
use crate::parse::documents::Issue;

impl Assembly<'_> {
    /// The issues with their stories, newest first.
    pub(super) fn issue_nodes(&mut self, names: &HashMap<String, Vec<usize>>) -> Vec<IssueNode> {
        let issues = std::mem::take(&mut self.issues);
        let mut node = |doc: Arc<Issue>| IssueNode { stories: self.printed(&doc, names), doc };
        issues.into_iter().map(&mut node).collect()
    }

    /// The stories of an issue, in their order.
    pub(super) fn printed(
        &mut self,
        issue: &Issue,
        names: &HashMap<String, Vec<usize>>,
    ) -> Vec<usize> {
        self.stories_called(&issue.file, "stories", &issue.stories, names)
    }
}
