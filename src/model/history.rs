//! The order of steps whose dates are known more or less well.

use crate::kinds::Step;

/// The steps in the order of time, by their indices.
///
/// Two steps change places only when their dates leave no doubt; else they
/// stay as written, and an undated step stays between its neighbours.
pub(crate) fn order(steps: &[Step]) -> Vec<usize> {
    let mut ordered: Vec<usize> = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let mut at = ordered.len();
        if let Some(date) = step.date {
            for place in (0..ordered.len()).rev() {
                match steps[ordered[place]].date {
                    Some(earlier) if date.latest() < earlier.earliest() => at = place,
                    Some(_) => break,
                    None => {}
                }
            }
        }
        ordered.insert(at, index);
    }
    ordered
}
