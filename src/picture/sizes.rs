//! The sizes that a picture is shown in.

/// A width and a height, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// The widths of versions: a third of a column, a phone, a column, a column on
/// a dense screen.
const STEPS: [u32; 4] = [320, 640, 960, 1600];

/// The sizes of a picture's versions, the smallest first. None is larger than
/// the picture, and no two are nearly alike.
pub fn sizes(width: u32, height: u32) -> Vec<Size> {
    let largest = width.min(STEPS[STEPS.len() - 1]);
    let widths = STEPS
        .into_iter()
        .filter(|step| step * 5 < largest * 4)
        .chain([largest]);
    widths
        .map(|narrow| Size {
            width: narrow,
            height: scaled(height, narrow, width),
        })
        .collect()
}

/// `height` in the proportion of `narrow` to `width`, rounded; at least 1.
fn scaled(height: u32, narrow: u32, width: u32) -> u32 {
    let (height, narrow, width) = (u64::from(height), u64::from(narrow), u64::from(width));
    let scaled = (height * narrow + width / 2) / width;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_from_the_picture() {
        let widths = |width, height| -> Vec<(u32, u32)> {
            let sizes = sizes(width, height);
            sizes.iter().map(|size| (size.width, size.height)).collect()
        };
        assert_eq!(
            widths(4000, 3000),
            [(320, 240), (640, 480), (960, 720), (1600, 1200)]
        );
        assert_eq!(widths(1000, 10), [(320, 3), (640, 6), (1000, 10)]);
        // 640 is as good as 700.
        assert_eq!(widths(700, 700), [(320, 320), (700, 700)]);
        assert_eq!(widths(320, 200), [(320, 200)]);
        assert_eq!(widths(1, 16_383), [(1, 16_383)]);
        assert_eq!(widths(16_383, 1), [(320, 1), (640, 1), (960, 1), (1600, 1)]);
    }
}
