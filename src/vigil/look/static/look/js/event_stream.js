// Reads an event stream from a fetch() body: bytes in, frames {event, id, data} out, as the HTML standard parses them.

export class FrameParser {
  #rest = "";
  #frame = { event: "message", id: null, data: [] };

  /** Returns the frames that this piece of text completes; `retry` is set on a frame that only names it. */
  push(text) {
    const frames = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    for (const line of lines) {
      const frame = line === "" ? this.#finish() : this.#field(line);
      if (frame) frames.push(frame);
    }
    return frames;
  }

  #field(line) {
    const colon = line.indexOf(":");
    if (colon === 0) return null; // a comment keeps the line awake and says nothing
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#frame.data.push(value);
    else if (name === "event") this.#frame.event = value;
    else if (name === "id") this.#frame.id = value;
    else if (name === "retry" && /^\d+$/.test(value)) return { event: "retry", id: null, data: Number(value) };
    return null;
  }

  #finish() {
    const { event, id, data } = this.#frame;
    this.#frame = { event: "message", id: null, data: [] };
    if (!data.length) return null;
    return { event, id, data: JSON.parse(data.join("\n")) };
  }
}

/** Calls `onFrame` for each frame and `onBytes` for each piece of a body, until it ends or says bye. */
export async function readFrames(body, onFrame, onBytes) {
  const parser = new FrameParser();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    for (const frame of parser.push(value)) {
      await onFrame(frame);
      if (frame.event === "bye") return;
    }
  }
}
