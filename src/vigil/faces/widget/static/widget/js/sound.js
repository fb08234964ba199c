// A gentle sound for an answer that nobody is looking at, made on the spot; whoever wants none never loads it.

const NOTES = [659.25, 880]; // hertz: E5, A5
const LASTS = 0.35; // seconds

let context = null;

/** Plays it. */
export function play() {
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
