//! Colours that can be read: enough contrast, and voices that stay apart for every kind of colour vision.

use crate::config::theme::{Color, Role, Theme, VOICES};

/// What the eye makes of red, green and blue light: usual vision, and the three kinds of colour blindness (matrices of
/// Machado, Oliveira and Fernandes 2009, full severity, linear light).
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "without red",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "without green",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "without blue",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// Linear light of an sRGB colour.
fn light(color: Color) -> [f64; 3] {
    let Color::Rgb(r, g, b) = color else { panic!("{color:?} is not written as red, green, blue") };
    [r, g, b].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

/// Contrast of two colours as WCAG 2 measures it, from 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let luminance = |color| {
        let [r, g, b] = light(color);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (low, high) = (luminance(one).min(luminance(other)), luminance(one).max(luminance(other)));
    (high + 0.05) / (low + 0.05)
}

/// A colour in CIE L*a*b*, as seen by this vision.
fn lab(color: Color, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let [r, g, b] = light(color);
    let seen = vision.map(|row| (row[0] * r + row[1] * g + row[2] * b).clamp(0.0, 1.0));
    let [r, g, b] = seen;
    let xyz = [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83,
    ];
    let [x, y, z] = xyz.map(|value| if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours are for this vision; 2.3 is just noticeable.
fn distance(one: Color, other: Color, vision: &[[f64; 3]; 3]) -> f64 {
    let (one, other) = (lab(one, vision), lab(other, vision));
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn everything_that_is_read_has_contrast_to_what_it_is_read_on() {
    for theme in Theme::built_in() {
        let least = if theme.name == "high-contrast" { 7.0 } else { 4.5 };
        let page = theme.rgb.look(Role::Page);
        for (place, voice) in theme.rgb.voices.iter().enumerate() {
            assert!(contrast(*voice, page.bg) >= least, "{}: voice {place}", theme.name);
            let current = theme.rgb.look(Role::Current).bg;
            assert!(contrast(*voice, current) >= 3.0, "{}: voice {place} in the current quote", theme.name);
            let highlight = theme.rgb.look(Role::Highlight).bg;
            let seen = contrast(*voice, highlight);
            assert!(seen >= 3.0, "{}: voice {place} in a highlight {seen:.1}", theme.name);
        }
        for (role, name) in Role::ALL.iter().filter(|(role, _)| *role != Role::Faint) {
            let look = theme.rgb.look(*role);
            let fg = if look.fg == Color::Default { page.fg } else { look.fg };
            let bg = if look.bg == Color::Default { page.bg } else { look.bg };
            assert!(contrast(fg, bg) >= least, "{}: {name} {:.1}", theme.name, contrast(fg, bg));
        }
    }
}

#[test]
fn voices_stay_apart_for_every_kind_of_colour_vision() {
    for theme in Theme::built_in() {
        let voices = theme.rgb.voices;
        for (vision, matrix) in &VISIONS {
            for one in 0..VOICES {
                for other in one + 1..VOICES {
                    // The first four are those that most stories have.
                    let least = if other < 4 { 16.0 } else { 14.0 };
                    let apart = distance(voices[one], voices[other], matrix);
                    assert!(apart >= least, "{}: {one} and {other} {vision}: {apart:.1}", theme.name);
                }
            }
        }
    }
}
