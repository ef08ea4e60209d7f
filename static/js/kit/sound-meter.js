/** Tells the loudness of a stream a few times a second, from 0 to 1. */

const EVERY_MS = 80;

/** The loudness of samples around 128, on a scale that follows the ear rather than the voltage. */
export function levelOf(samples) {
  let sum = 0;
  for (const sample of samples) sum += (sample - 128) ** 2;
  const rms = Math.sqrt(sum / samples.length) / 128;
  return rms === 0 ? 0 : Math.max(0, Math.min(1, 1 + Math.log10(rms) / 2.5));
}

export class SoundMeter {
  #context = new AudioContext();
  #timer = 0;

  constructor(stream, tell) {
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 512;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      tell(levelOf(samples));
    }, EVERY_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#context.close();
  }
}
