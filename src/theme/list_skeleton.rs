//! A list that a component writes, as the frame around its items and one item.
//!
//! A list of each length would be a shape of its own. But what is written for an item after the
//! second is what was written for the second: so a list of any length is put together of what
//! the component writes for one and for two, which is tried for three.

use super::html::{Html, Writer};
use super::shape::Shaped;
use super::skeleton::{Gap, Skeleton};
use serde::Serialize;

/// What a component that writes a list takes.
#[derive(Serialize)]
pub(super) struct Items<'a, T> {
    items: Vec<&'a T>,
}

impl<T> Items<'_, T> {
    pub(super) fn all(items: &[T]) -> Items<'_, T> {
        Items {
            items: items.iter().collect(),
        }
    }

    /// A list of so many items that are all the same.
    pub(super) fn repeated(item: &T, count: usize) -> Items<'_, T> {
        Items {
            items: vec![item; count],
        }
    }
}

/// What a component writes for lists of items of one shape.
#[derive(Debug)]
pub(super) struct ListSkeleton {
    /// Before the first gap.
    before: Box<str>,
    /// The gaps of one item, each after the first with the text before it.
    item: Box<[(Box<str>, Gap)]>,
    /// Between the last gap of an item and the first of the next.
    between: Box<str>,
    /// After the last gap.
    after: Box<str>,
    /// How many texts and how much HTML an item has.
    texts: usize,
    parts: usize,
}

/// Whether a list has so many items that all have the shape of one. A shape tells by itself where
/// it ends, so it is enough that theirs come one after the other.
pub(super) fn are_alike(list: &Shaped, item: &Shaped, items: usize) -> bool {
    let shapes = list.shape.get(SEQUENCE..).unwrap_or_default();
    let mut each = shapes.chunks(item.shape.len().max(1));
    shapes.len() == item.shape.len() * items && each.all(|shape| shape == item.shape)
}

/// How many bytes of a shape say that a list follows, and how long it is.
const SEQUENCE: usize = 1 + size_of::<usize>();

impl ListSkeleton {
    /// That of lists of items like this one, whose skeletons for one, two and three of them are
    /// given; `None` where the third is not written as the second.
    pub(super) fn of([one, two, three]: &[Skeleton; 3], item: &Shaped) -> Option<ListSkeleton> {
        let (mut of_one, last) = one.pieces();
        let (of_two, _) = two.pieces();
        let (between, _) = of_two.get(of_one.len())?;
        let before = std::mem::take(&mut of_one.first_mut()?.0);
        let of_one = of_one.into_iter();
        let list = ListSkeleton {
            before: before.into(),
            item: of_one.map(|(text, gap)| (text.into(), gap)).collect(),
            between: (*between).into(),
            after: last.into(),
            texts: item.ends.len(),
            parts: item.parts.len(),
        };
        (list.is_as(two, 2) && list.is_as(three, 3)).then_some(list)
    }

    /// Whether a list of so many items has this skeleton.
    fn is_as(&self, skeleton: &Skeleton, items: usize) -> bool {
        let (pieces, last) = skeleton.pieces();
        let mut expected = (0..items).flat_map(|index| {
            let between = if index == 0 {
                &self.before
            } else {
                &self.between
            };
            let gaps = self.item.iter().enumerate();
            gaps.map(move |(place, (text, gap))| {
                let text = if place == 0 { between } else { text };
                (&**text, gap.shifted(index * self.texts, index * self.parts))
            })
        });
        last == &*self.after
            && pieces.into_iter().eq(expected.by_ref())
            && expected.next().is_none()
    }

    /// A list of so many items.
    pub(super) fn fill(&self, list: &Shaped, items: usize) -> Html {
        let of_item: usize = self.item.iter().map(|(text, _)| text.len()).sum();
        let around = self.before.len() + self.after.len();
        let literals = around + items * (of_item + self.between.len());
        let mut out = Writer::with_room(literals + list.texts.len() * 17 / 16, &list.parts);
        out.text.push_str(&self.before);
        for index in 0..items {
            if index > 0 {
                out.text.push_str(&self.between);
            }
            for (text, gap) in &self.item {
                out.text.push_str(text);
                gap.shifted(index * self.texts, index * self.parts)
                    .fill(list, &mut out);
            }
        }
        out.text.push_str(&self.after);
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::skeleton::Skeletons;
    use super::super::skeleton::tests::render;
    use super::*;
    use crate::model::LanguageId;
    use tera::Value;

    #[derive(Serialize)]
    struct Item {
        name: String,
        html: Value,
        part: Html,
    }

    fn items(count: usize) -> Vec<Item> {
        let item = |number: usize| Item {
            name: format!("<{number}>"),
            html: Value::safe_string(&format!("<i>{number}</i>")),
            part: Html::text(format!("<b>{number}</b>").repeat(number * 40)),
        };
        (0..count).map(item).collect()
    }

    /// The lists of these lengths are as the template writes them; gives how often it was run.
    fn runs(template: &str, lengths: &[usize]) -> usize {
        let skeletons = Skeletons::new(1);
        let runs = std::cell::Cell::new(0);
        for length in lengths {
            let items = items(*length);
            let run = |value| {
                runs.set(runs.get() + 1);
                render(template, value)
            };
            let list = skeletons.fill_list("list", LanguageId(0), &items, run);
            let whole = render(template, Value::from_serializable(&Items::all(&items)));
            let list = String::from_utf8(list.unwrap().with_root("")).unwrap();
            assert_eq!(list, whole.unwrap());
        }
        runs.get()
    }

    #[test]
    fn lists_of_any_length_are_put_together_of_short_ones() {
        const LIST: &str = "<ul>{% for item in items %}{% if not loop.first %}, {% endif %}<li>{{ item.part }}{{ item.name }}: {{ item.html }}{{ item.name }}</li>{% endfor %}</ul>";
        assert_eq!(runs(LIST, &[1, 2, 3, 4, 50, 7]), 3);
    }

    #[test]
    fn what_is_no_plain_list_is_run_for_each_length() {
        const NUMBERED: &str = "{% for item in items %}{{ loop.index }}. {{ item.name }} {{ item.html }} {{ item.part }}{% endfor %}";
        assert_eq!(runs(NUMBERED, &[4, 5, 4]), 3 + 2);
        assert_eq!(
            runs("{% for item in items %}-{% endfor %}", &[4, 5, 4]),
            3 + 2
        );
    }

    #[test]
    fn items_that_are_not_alike_are_run_as_a_whole() {
        let skeletons = Skeletons::new(1);
        let run = |value| render("{% for item in items %}<{{ item }}>{% endfor %}", value);
        let items = ["", "a long text", "another one"];
        let list = skeletons.fill_list("list", LanguageId(0), &items, run);
        let list = String::from_utf8(list.unwrap().with_root("")).unwrap();
        assert_eq!(list, "<><a long text><another one>");
    }
}
