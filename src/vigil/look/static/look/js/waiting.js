// Waiting that can be cut short: backoff with jitter, and what an HTTP answer says about whether and when to come back.

/** Resolves after `ms`, or as soon as the signal is aborted; never rejects. */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}

/** Milliseconds to wait before attempt number `tries` (from 1): doubling, up to `most`, spread so that a crowd does not return as one. */
export function backoff(tries, { least = 500, most = 30000 } = {}) {
  const whole = Math.min(most, least * 2 ** Math.min(tries - 1, 16));
  return whole * (0.5 + Math.random() / 2);
}

/** Resolves to what our server says against us, {error, message}; the page of a wall or a proxy on the way is no word of ours: {}. */
export function refusal(response) {
  return response.clone().json().catch(() => ({}));
}

/** Milliseconds that an answer's Retry-After asks for, in seconds or as a date, or null. */
export function retryAfter(response) {
  const value = response.headers.get("Retry-After");
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, moment - Date.now());
}
