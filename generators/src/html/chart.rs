//! The picture of a category: one square per control, worst first.

use serde::Serialize;

use crate::view::{Category, Control, ControlState, Report};

/// Squares in a row.
const COLUMNS: u64 = 20;
/// More squares than this, and each stands for several controls.
const SQUARES: u64 = 200;
/// Side of a square with the gap beside it.
const PITCH: u64 = 16;

/// A category with its picture.
#[derive(Serialize)]
pub(super) struct Chart<'a> {
    category: &'a Category,
    width: u64,
    height: u64,
    /// Controls that each square stands for.
    scale: u64,
    squares: Vec<Square<'a>>,
    /// The picture in words, for those who cannot see it.
    words: Vec<Part>,
    open: u64,
}

/// How many controls are in one state.
#[derive(Serialize)]
struct Part {
    count: u64,
    name: &'static str,
}

/// One square.
#[derive(Serialize)]
struct Square<'a> {
    x: u64,
    y: u64,
    state: &'static str,
    name: &'static str,
    /// The control; none where squares stand for several.
    control: Option<&'a Control>,
}

/// The pictures of all categories that something was evaluated in.
pub(super) fn charts(report: &Report) -> Vec<Chart<'_>> {
    let shown = report.categories.iter().filter(|category| category.evaluated > 0);
    shown.map(|category| chart(report, category)).collect()
}

fn chart<'a>(report: &'a Report, category: &'a Category) -> Chart<'a> {
    let scale = category.total.div_ceil(SQUARES).max(1);
    let mut controls: Vec<&Control> = report.controls.iter().filter(|c| c.category == category.id).collect();
    controls.sort_by_key(|control| control.state);
    let mut squares: Vec<Square<'_>> = Vec::new();
    for state in ControlState::ALL {
        let of_state = controls.iter().filter(|control| control.state == state);
        if scale == 1 {
            squares.extend(of_state.map(|control| square(state.word(), state.name(), Some(control))));
        } else {
            let count = category.states.get(&state).copied().unwrap_or_default();
            squares.extend((0..count.div_ceil(scale)).map(|_| square(state.word(), state.name(), None)));
        }
    }
    let rest = (category.total - category.evaluated).div_ceil(scale);
    squares.extend((0..rest).map(|_| square("not-evaluated", "Not evaluated", None)));
    for (square, at) in squares.iter_mut().zip(0_u64..) {
        square.x = at % COLUMNS * PITCH;
        square.y = at / COLUMNS * PITCH;
    }
    let rows = u64::try_from(squares.len()).unwrap_or_default().div_ceil(COLUMNS);
    let open = ControlState::ALL.into_iter().filter(|state| state.is_open());
    Chart {
        category,
        width: COLUMNS * PITCH,
        height: rows * PITCH,
        scale,
        squares,
        words: words(category),
        open: open.filter_map(|state| category.states.get(&state)).sum(),
    }
}

fn square<'a>(state: &'static str, name: &'static str, control: Option<&'a Control>) -> Square<'a> {
    Square { x: 0, y: 0, state, name, control }
}

fn words(category: &Category) -> Vec<Part> {
    let with = ControlState::ALL.into_iter().filter_map(|state| {
        let count = category.states.get(&state).copied().filter(|count| *count > 0)?;
        Some(Part { count, name: state.name() })
    });
    let rest = Some(category.total - category.evaluated).filter(|rest| *rest > 0);
    with.chain(rest.map(|count| Part { count, name: "Not evaluated" })).collect()
}
