//! Generated cases: what is disguised, and in which layers.

use super::judge::{all_packs, decision};
use super::known;
use crate::disguise::{Form, Layer, Numbers, dressed};
use argvet::Decision;
use std::collections::BTreeSet;

/// What is disguised, beside the examples of the packs.
pub(super) const PAYLOADS: &[&str] = &[
    "rm -rf /",
    "rm -rf /etc/ssh",
    "git reset --hard",
    "dd of=/dev/sda if=x",
    "shred -u /etc/passwd",
    "find /usr -delete",
    "mv /etc /tmp/x",
    "mkfs.ext4 /dev/sda1",
    "echo x > /dev/sda",
];

/// Most layers of a case.
const MAX_LAYERS: usize = 4;

/// A destructive command, and what is decided about it as it stands.
pub(super) struct Payload {
    pub(super) text: String,
    pub(super) plain: Decision,
}

/// The payloads, with the destructive examples of all packs that are stopped as they stand.
pub(super) fn payloads() -> Vec<Payload> {
    all_packs(|policy| {
        let mut texts: Vec<String> = PAYLOADS.iter().map(|text| (*text).to_owned()).collect();
        for pack in policy.catalog.packs() {
            texts.extend(policy.catalog.rules(&pack.id).into_iter().flat_map(|rule| rule.blocks));
        }
        let mut seen = BTreeSet::new();
        texts
            .into_iter()
            .filter(|text| seen.insert(text.clone()))
            .map(|text| Payload { plain: decision(&text, policy), text })
            .filter(|payload| payload.plain > Decision::Allow)
            .collect()
    })
}

/// A payload in its layers; `command` is the outcome.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) seed: u64,
    pub(super) payload: usize,
    pub(super) layers: Vec<Layer>,
    pub(super) command: String,
}

impl Case {
    /// The payload in those of the layers that apply to it.
    pub(super) fn new(payloads: &[Payload], seed: u64, payload: usize, layers: &[Layer]) -> Case {
        let (command, layers) = dressed(&Form::new(&payloads[payload].text), layers);
        Case { seed, payload, layers, command }
    }

    /// One in one to four layers. All payloads take turns, so that each gets its share; which layers it gets does not
    /// depend on the others, so that a new pack changes no case of another.
    pub(super) fn random(payloads: &[Payload], index: usize, first: u64) -> Case {
        let payload = index % payloads.len();
        let turn = first + (index / payloads.len()) as u64;
        let seed = payloads[payload]
            .text
            .bytes()
            .fold(turn, |seed, byte| Numbers::new(seed ^ u64::from(byte)).next());
        let mut numbers = Numbers::new(seed);
        let wanted = 1 + numbers.below(MAX_LAYERS);
        let mut layers = Vec::new();
        // Half of them apply to simple commands only: others are drawn in their place.
        for _ in 0..4 * wanted {
            let layer = Layer::random(&mut numbers);
            if known::is_missed(layer) {
                continue;
            }
            layers.push(layer);
            let case = Case::new(payloads, seed, payload, &layers);
            if case.layers.len() == wanted {
                return case;
            }
        }
        Case::new(payloads, seed, payload, &layers)
    }

    /// Every layer alone, a few times each: which word is spelled differently depends on the seed.
    pub(super) fn each_layer(payloads: &[Payload]) -> Vec<Case> {
        let mut cases = Vec::new();
        for index in 0..Layer::count() {
            let of_layer = (0..30).map(|seed| {
                let payload = (index + seed as usize) % PAYLOADS.len();
                Case::new(payloads, seed, payload, &[Layer::numbered(index, seed)])
            });
            cases.extend(of_layer.filter(|case| !case.layers.is_empty()).take(3));
        }
        cases
    }
}
