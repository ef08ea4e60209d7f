// Replaces the camera: a canvas that carries the time of day as black and white fields, and a tone.
// 4 rows of 8 fields: 24 bits of milliseconds, then a checksum of their three bytes.
(() => {
  const [WIDTH, HEIGHT, FPS] = [360, 640, 25];
  const SIDE = WIDTH / 8;

  function bytesOf(ms) {
    const time = Math.floor(ms) % 2 ** 24;
    const bytes = [(time >> 16) & 255, (time >> 8) & 255, time & 255];
    return [...bytes, (bytes[0] * 7 + bytes[1] * 5 + bytes[2] * 3 + 85) & 255];
  }

  function drawTime(context) {
    bytesOf(performance.timeOrigin + performance.now()).forEach((byte, row) => {
      for (let bit = 0; bit < 8; bit += 1) {
        context.fillStyle = byte & (128 >> bit) ? "#fff" : "#000";
        context.fillRect(bit * SIDE, row * SIDE, SIDE, SIDE);
      }
    });
  }

  function drawScene(context, number) {
    context.fillStyle = "#24303c";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (let ball = 0; ball < 20; ball += 1) {
      context.fillStyle = `hsl(${(ball * 18 + number) % 360} 65% 55%)`;
      const [x, y] = [Math.sin(number / 22 + ball) * 140, Math.cos(number / 29 + ball * 1.6) * 120];
      context.fillRect(WIDTH / 2 + x - 14, HEIGHT * 0.7 + y - 14, 28, 28);
    }
  }

  function picture() {
    const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
    const context = canvas.getContext("2d", { alpha: false });
    let number = 0;
    const draw = () => {
      number += 1;
      drawScene(context, number);
      drawTime(context);
    };
    draw();
    setInterval(draw, 1000 / FPS);
    return canvas.captureStream(FPS);
  }

  function tone() {
    const context = new AudioContext();
    const [source, volume, target] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
    volume.gain.value = 0.05;
    source.connect(volume).connect(target);
    source.start();
    return target.stream.getAudioTracks()[0];
  }

  navigator.mediaDevices.getUserMedia = async ({ audio }) => {
    const stream = picture();
    if (audio) stream.addTrack(tone());
    return stream;
  };
})();
