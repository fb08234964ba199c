// A gentle sound for an answer that nobody is looking at: off until somebody asks for it, made on the spot.

import { keep, kept } from "./kept.js";

const KEPT_AS = "vigil-sound";
const NOTES = [659.25, 880]; // hertz: E5, A5
const LASTS = 0.35; // seconds

let context = null;

export function hasSound() {
  return Boolean(kept(KEPT_AS));
}

/** Turns the sound on or off, and remembers it; a browser lets it be heard because somebody has just pressed something. */
export function setSound(on) {
  keep(KEPT_AS, on ? "1" : null);
  if (on) play();
}

/** Plays it, where it is wanted. */
export function play() {
  if (!hasSound()) return;
  context ??= new AudioContext();
  NOTES.forEach((pitch, place) => {
    const begin = context.currentTime + place * 0.12;
    const volume = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context, { frequency: pitch });
    volume.gain.setValueAtTime(0, begin).linearRampToValueAtTime(0.06, begin + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + LASTS);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + LASTS);
  });
}
