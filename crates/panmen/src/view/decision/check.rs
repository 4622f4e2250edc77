//! For the caseworker: which papers prove which fact, how far each was checked, and lines to sign.

use super::Report;
use crate::answer::FactPath;
use crate::doc::{Block, Group, Item, Pair, Section, Status as Mark};
use crate::profile::{Document, Provenance, Status};
use crate::wording::Word;

impl Report<'_> {
    /// Every fact that the result uses, with its papers; what is to be checked stands before what was.
    pub(super) fn papers_to_check(&self) -> Option<Section> {
        let used = self.facts_used();
        let mut blocks = Vec::new();
        for (status, heading) in [
            (Some(Status::Rejected), Word::GroupRejected),
            (Some(Status::Declared), Word::GroupDeclared),
            (None, Word::GroupMissing),
            (Some(Status::Verified), Word::GroupVerified),
        ] {
            let of_status = used.iter().filter(|(_, found)| *found == status);
            let items: Vec<Item> = of_status.map(|(path, _)| self.paper_item(*path, status)).collect();
            if !items.is_empty() {
                blocks.push(Block::Group(Group { heading: self.say(heading, &[]), aside: None, items }));
            }
        }
        (!blocks.is_empty()).then(|| self.section(Word::CheckHeading, blocks))
    }

    fn paper_item(&self, path: FactPath, status: Option<Status>) -> Item {
        let mut item = Item::new(Mark::Told, self.words.path(path));
        item.value = self.words.given(self.profile, path).unwrap_or_default();
        let provenance = self.profile.provenance(path);
        let mut papers = self.papers(path.fact);
        if let Some(provenance) = provenance.filter(|_| status == Some(Status::Declared)) {
            // The paper that the firm names stands below.
            let kinds = provenance.documents.iter().filter_map(|document| document.kind.as_ref());
            let named: Vec<String> =
                kinds.chain(&provenance.evidence).map(|kind| self.paper_name(kind)).collect();
            papers.retain(|paper| !named.contains(paper));
        }
        if status != Some(Status::Verified) && !papers.is_empty() {
            item.notes.push(self.words.clauses(&papers));
        }
        let Some(provenance) = provenance else { return item };
        let pair = |word: Word, value: String| Pair { key: self.say(word, &[]), value, ..Pair::default() };
        let mut row = Vec::new();
        let named = |paper: &&String| provenance.documents.iter().all(|d| d.kind.as_ref() != Some(*paper));
        let shown = provenance.evidence.as_ref().filter(named).map(|paper| self.paper_name(paper));
        row.extend(shown.map(|paper| pair(Word::DocumentKey, paper)));
        row.extend(
            provenance.documents.iter().map(|paper| pair(Word::DocumentKey, self.document(path, paper))),
        );
        for (word, (who, when)) in
            [(Word::CheckedBy, &provenance.verified), (Word::SignedOff, &provenance.signed)]
        {
            let day = when.map(|day| day.to_string());
            let said: Vec<String> = who.iter().cloned().chain(day).collect();
            if !said.is_empty() {
                row.push(pair(word, self.words.list(&said)));
            }
        }
        if !row.is_empty() {
            item.details.push(row);
        }
        if status == Some(Status::Rejected) {
            item.notes.push(self.rejected(path, provenance));
        }
        item
    }

    /// Why a value was not accepted. The reason may name a value that is not shown.
    pub(super) fn rejected(&self, path: FactPath, provenance: &Provenance) -> String {
        match provenance.reason.as_ref().filter(|_| !self.words.is_masked(path)) {
            Some(reason) => self.say(Word::RejectedBecause, &[reason]),
            None => self.say(Word::RejectedBare, &[]),
        }
    }

    fn paper_name(&self, id: &str) -> String {
        self.words.paper(id, "").unwrap_or_else(|| id.to_owned())
    }

    /// A paper; the number of one about a person is often what is not shown.
    fn document(&self, path: FactPath, document: &Document) -> String {
        let mut parts = Vec::new();
        parts.extend(document.kind.as_ref().map(|kind| self.paper_name(kind)));
        let number = document.number.as_ref().filter(|_| !self.words.is_masked(path));
        parts.extend(number.map(|number| self.say(Word::DocumentNo, &[number])));
        parts.extend(document.dated.map(|dated| self.say(Word::DocumentOf, &[&dated.to_string()])));
        self.words.list(&parts)
    }

    /// Lines for whoever checked it.
    pub(super) fn signature(&self) -> Section {
        let lines = [Word::SignName, Word::SignDate, Word::SignStamp].map(|word| self.say(word, &[]));
        self.section(Word::Signature, vec![Block::Blanks(lines.to_vec())])
    }
}
