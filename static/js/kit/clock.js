// Countdowns and stopwatches; moments are milliseconds, as Date.parse gives them.

// What is left until a moment, each part as two digits; all nought once it has come.
export function timeLeft(until, now = Date.now()) {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return { ...parts(seconds), isOver: seconds === 0 };
}

// "00.42.17", or "00:42:17" in English.
export function stopwatch(seconds, language = "id") {
  const shown = parts(Math.max(0, Math.floor(seconds)));
  return [shown.hours, shown.minutes, shown.seconds].join(language.startsWith("en") ? ":" : ".");
}

// What is left in minutes and seconds: "1.20", or "1:20" in English.
export function minutesLeft(ms, language = "id") {
  const seconds = Math.ceil(ms / 1000);
  return [Math.floor(seconds / 60), two(seconds % 60)].join(language.startsWith("en") ? ":" : ".");
}

function parts(seconds) {
  return {
    hours: two(Math.floor(seconds / 3600)),
    minutes: two(Math.floor((seconds % 3600) / 60)),
    seconds: two(seconds % 60),
  };
}

function two(value) {
  return String(value).padStart(2, "0");
}
